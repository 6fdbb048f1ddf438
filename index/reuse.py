"""Vectors by content: a text that was embedded for the generation before is not embedded again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.embedding import Embedder

Vectors = NDArray[np.float32]
Keys = NDArray[np.uint8]
KEY_BYTES = 16
Progress = Callable[[str, int, int], None]  # stage, how many are done, of how many


@dataclass(frozen=True, slots=True)
class Kept:
    """The vectors of an earlier generation and the content key of each, (n, KEY_BYTES)."""

    dense: DenseIndex
    keys: Keys


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vector and content key of every text; how many texts went through the embedder."""

    vectors: Vectors
    keys: Keys
    fresh: int


def keys_of(texts: Sequence[str]) -> Keys:
    """The content key of every text, (n, KEY_BYTES)."""
    joined = b"".join(blake2b(text.encode(), digest_size=KEY_BYTES).digest() for text in texts)
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(texts), KEY_BYTES)


def embed_new(
    texts: Sequence[str], embedder: Embedder, *, kept: Sequence[Kept] = (), progress: Progress | None = None
) -> Embedded:
    """The vectors of all texts; only distinct texts that no earlier generation knows are embedded."""
    keys = keys_of(texts)
    names = [row.tobytes() for row in keys]
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    missing = np.ones(len(texts), dtype=np.bool_)
    for earlier in kept:
        at = {row.tobytes(): position for position, row in enumerate(earlier.keys)}
        found = np.asarray([at.get(name, -1) for name in names], dtype=np.int64)
        use = missing & (found >= 0)
        vectors[use] = earlier.dense.vectors(found[use])
        missing &= found < 0
    first = {names[row]: row for row in reversed(np.flatnonzero(missing).tolist())}
    rows = sorted(first.values())
    fresh = embedder.embed([texts[row] for row in rows], progress=_counter(progress, len(rows)))
    place = {names[row]: position for position, row in enumerate(rows)}
    todo = np.flatnonzero(missing)
    vectors[todo] = fresh[[place[names[row]] for row in todo]]
    return Embedded(vectors, keys, len(rows))


def _counter(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    done = 0

    def more(count: int) -> None:
        nonlocal done
        done += count
        progress("embedding", done, total)

    return more
