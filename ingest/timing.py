"""How long embedding takes: an embedder that counts the seconds spent in the one it stands for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from index.errors import FootnoteError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embedding import Embedder


def get_ready(embedder: Embedder) -> None:
    """Has the embedder loaded beside what comes before embedding; an error of it shows where it is used."""
    Thread(target=_load, args=(embedder,), name="load-embedder").start()


def _load(embedder: Embedder) -> None:
    with suppress(FootnoteError):
        embedder.embed(["ready"])


class TimedEmbedder:
    """The same embedder; `seconds` is what its `embed` took so far."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.fingerprint = embedder.name, embedder.fingerprint
        self.dimension, self.token_limit = embedder.dimension, embedder.token_limit
        self.seconds = 0.0

    def count_tokens(self, text: str) -> int:
        """Tokens of a text."""
        return self._embedder.count_tokens(text)

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """The texts' vectors, (n, dimension)."""
        started = time.perf_counter()
        try:
            return self._embedder.embed(texts, progress=progress)
        finally:
            self.seconds += time.perf_counter() - started
