"""Words of the corpus by meaning: which of them are near a word that a person uses, so that "doctorate" finds "PhD".

Every generation keeps the vectors of its own most used words, made by the same embedder as everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.mapped import mapped
from index.words import STOP_WORDS

Vectors = NDArray[np.float32]
MOST_WORDS = 20_000  # the most used; 384 dimensions make 30 MB of them
NEAR = 0.5  # the least cosine of a related word
MOST_RELATED = 24
WORDS, VECTORS = "words.txt", "words.npy"


@dataclass(frozen=True)
class RelatedWords:
    """Words in alphabetical order and their vectors, (n, dimension), rows of length 1."""

    words: tuple[str, ...]
    vectors: Vectors

    @classmethod
    def open(cls, folder: Path) -> RelatedWords:
        """The words of a generation, mapped into memory; none where it keeps none."""
        if not (folder / WORDS).exists():
            return cls((), np.empty((0, 0), dtype=np.float32))
        return cls(tuple((folder / WORDS).read_text(encoding="utf-8").split()), mapped(folder / VECTORS))

    def write(self, folder: Path) -> None:
        """Writes them into a generation's folder."""
        (folder / WORDS).write_text("\n".join(self.words), encoding="utf-8")
        np.save(folder / VECTORS, self.vectors)

    def near_words(self, words: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> list[dict[str, float]]:
        """For each word the nearest ones; only words that are not among these themselves are embedded."""
        if not self.words or not words:
            return [{} for _ in words]
        unknown = [word for word in words if word not in self._place]
        fresh = dict(zip(unknown, embed(unknown), strict=True)) if unknown else {}
        place = self._place
        return self.near(np.stack([fresh[word] if word in fresh else self.vectors[place[word]] for word in words]))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {word: position for position, word in enumerate(self.words)}

    def near(self, vectors: Vectors) -> list[dict[str, float]]:
        """For each vector (m, dimension) the nearest words with their cosines, nearest first."""
        if not self.words or not len(vectors):
            return [{} for _ in vectors]
        cosines = vectors @ self.vectors.T
        return [self._nearest(row) for row in cosines]

    def _nearest(self, cosines: NDArray[np.float32]) -> dict[str, float]:
        near = np.flatnonzero(cosines >= NEAR)
        best = near[np.argsort(-cosines[near], kind="stable")][:MOST_RELATED]
        return {self.words[at]: float(cosines[at]) for at in best.tolist()}


def related_of(vocabulary: Mapping[str, int], embedder: Embedder, *, kept: RelatedWords | None = None) -> RelatedWords:
    """The most used words of a vocabulary (word -> units that hold it); vectors of `kept` are used again."""
    telling = [word for word in vocabulary if word.isalpha() and len(word) > 2 and word not in STOP_WORDS]
    words = sorted(sorted(telling, key=lambda word: (-vocabulary[word], word))[:MOST_WORDS])
    at = {word: position for position, word in enumerate(kept.words)} if kept else {}
    vectors = np.empty((len(words), embedder.dimension), dtype=np.float32)
    old = [position for position, word in enumerate(words) if word in at]
    new = [position for position, word in enumerate(words) if word not in at]
    if kept and old:
        vectors[old] = kept.vectors[[at[words[position]] for position in old]]
    if new:
        vectors[new] = embedder.embed([words[position] for position in new])
    return RelatedWords(tuple(words), vectors)
