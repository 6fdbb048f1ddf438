"""Text to vectors: the embedder's interface, its ONNX Runtime form, and the slow form it falls back to.

The ONNX form needs neither torch nor transformers. What it loads was exported once from verified weights
(`index.export`), is kept under the settings' `models_dir` by the weights' hash, and is verified again before loading.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.export import PROBES, discard, export_model, load_sentence_transformer
from index.models import Card, find_card, keep, read_verified, verified
from index.settings import Settings, forbid_telemetry

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
BATCH_TOKENS = 512  # padded tokens in one run of the encoder: what lies between its layers stays in a core's cache
AGREEMENT = 1e-5  # largest difference from sentence-transformers that an export may show
SLAB = 4096  # texts tokenised and sorted at a time, so that memory does not grow with the corpus


class Embedder(Protocol):
    """Anything that turns texts into L2-normalised vectors of one dimension."""

    @property
    def name(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def token_limit(self) -> int: ...
    def count_tokens(self, text: str) -> int: ...
    def embed(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors: ...


class OnnxEmbedder:
    """A sentence-transformers model run by ONNX Runtime. Session and tokeniser are loaded when first used."""

    def __init__(self, card: Card, *, threads: int = 0) -> None:
        self._card = card
        self._threads = threads
        self.name = card.name
        self.fingerprint = card.weights
        self.dimension = card.dimension
        self.token_limit = card.token_limit

    @cached_property
    def _session(self) -> InferenceSession:
        forbid_telemetry()
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        # Threads that spin while they wait slow one question four-fold on a busy machine, and its other sessions too.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        model = verified(self._card, "model.onnx")
        return InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(read_verified(self._card, "tokenizer.json").decode())
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.token_limit)
        return tokenizer

    @cached_property
    def _counter(self) -> Tokenizer:
        from tokenizers import Tokenizer

        counter = Tokenizer.from_str(read_verified(self._card, "tokenizer.json").decode())
        counter.no_padding()
        counter.no_truncation()
        return counter

    def count_tokens(self, text: str) -> int:
        """How many tokens the model would see, its own marks included, were nothing cut."""
        return len(self._counter.encode(text).ids)

    def embed(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """The texts' vectors, (n, dimension), rows of length 1. `progress` is told how many more texts are done."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), SLAB):
            slab = self._tokenizer.encode_batch_fast(list(texts[first : first + SLAB]))
            token_ids = [encoding.ids for encoding in slab]
            for batch in batches([len(ids) for ids in token_ids]):
                vectors[np.asarray(batch) + first] = self._run([token_ids[i] for i in batch])
                if progress:
                    progress(len(batch))
        return vectors

    def _run(self, token_ids: list[list[int]]) -> Vectors:
        longest = max(map(len, token_ids))
        ids = np.full((len(token_ids), longest), self._card.pad, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(token_ids):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        (vectors,) = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)


class TorchEmbedder:
    """The same model run by sentence-transformers: slow to import, used where its ONNX form is not to be trusted."""

    def __init__(self, card: Card, *, threads: int = 0) -> None:
        self._card = card
        self._threads = threads
        self.name = card.name
        self.fingerprint = card.weights
        self.dimension = card.dimension
        self.token_limit = card.token_limit

    @cached_property
    def _model(self) -> Any:
        return load_sentence_transformer(self._card.name, threads=self._threads)

    def count_tokens(self, text: str) -> int:
        """How many tokens the model would see, its own marks included, were nothing cut."""
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def embed(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """The texts' vectors, (n, dimension), rows of length 1. `progress` is told how many more texts are done."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), 64):
            batch = list(texts[first : first + 64])
            vectors[first : first + 64] = self._model.encode(batch, normalize_embeddings=True, show_progress_bar=False)
            if progress:
                progress(len(batch))
        return vectors


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions grouped into batches of similar length, longest first, each within `BATCH_TOKENS` after padding."""
    order = sorted(range(len(lengths)), key=lambda position: (-lengths[position], position))
    batch: list[int] = []
    for position in order:
        if batch and (len(batch) + 1) * lengths[batch[0]] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def load_embedder(settings: Settings) -> Embedder:
    """The embedder the settings name; exports it when it is used for the first time in this home (some 15 seconds).

    Raises EmbedderError when the model cannot be found, verified or loaded.
    """
    card = find_card(settings) or _export(settings)
    threads = settings.threads or os.cpu_count() or 1
    return OnnxEmbedder(card, threads=threads) if card.trusted else TorchEmbedder(card, threads=threads)


def _export(settings: Settings) -> Card:
    """Exports, compares with sentence-transformers, and keeps the result: trusted only where the two agree."""
    card, expected = export_model(settings)
    try:
        if card.trusted:
            difference = float(np.abs(OnnxEmbedder(card).embed(PROBES) - expected).max())
            if not difference <= AGREEMENT:
                card = replace(card, trusted=False, reason=f"differs from sentence-transformers by {difference:.1e}")
        return keep(card, settings.models_dir)
    finally:
        discard(card)
