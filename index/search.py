"""Hybrid search at two grains: every passage and every unit gets a dense and a lexical score, combined by `Weights`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.lexical import LexicalIndex
from index.weights import Weights

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grain:
    """One grain of an open index: its vectors and its terms, row by row."""

    dense: DenseIndex
    lexical: LexicalIndex


@dataclass(frozen=True, slots=True)
class Scored:
    """The rows of one grain that were found, best first, and their scores."""

    rows: Rows
    score: Scores
    dense: Scores
    lexical: Scores


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as search takes it: the vectors (m, dimension) and terms of its m wordings."""

    vectors: Scores
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Searcher:
    """Both grains, and the passage row of every unit; units stand in the order of their passages."""

    passages: Grain
    units: Grain
    passage_of_unit: NDArray[np.int32]

    def find(
        self, asked: Asked, weights: Weights, *, allowed: NDArray[np.bool_] | None, limit: int, unit_limit: int
    ) -> tuple[Scored, Scored]:
        """The best passages and units for a question; `allowed` says which passage rows may be found at all.

        A row's dense and lexical score are those of its best wording.
        """
        dense, lexical, coverage = _components(self.passages, asked)
        unit_dense, unit_lexical, unit_coverage = _components(self.units, asked)
        own = weights.passage_dense * dense + weights.passage_lexical * coverage
        unit_own = weights.unit_dense * unit_dense + weights.unit_lexical * unit_coverage
        score = np.asarray(own + weights.unit_in_passage * self._best_unit(unit_own), dtype=np.float32)
        lent = weights.passage_in_unit * own[self.passage_of_unit]
        unit_score = np.asarray(unit_own + lent, dtype=np.float32)
        if allowed is not None:
            score[~allowed] = -np.inf
            unit_score[~allowed[self.passage_of_unit]] = -np.inf
        best, best_units = top(score, limit), top(unit_score, unit_limit)
        return (
            Scored(best, score[best], dense[best], lexical[best]),
            Scored(best_units, unit_score[best_units], unit_dense[best_units], unit_lexical[best_units]),
        )

    def _best_unit(self, unit_own: Scores) -> Scores:
        """Each passage's best unit score; 0 for a passage without units."""
        best = np.full(self.passages.dense.count, -np.inf, dtype=np.float32)
        np.maximum.at(best, self.passage_of_unit, unit_own)
        return np.where(np.isfinite(best), best, np.float32(0))


def _components(grain: Grain, asked: Asked) -> tuple[Scores, Scores, Scores]:
    """Cosine, BM25 and coverage (BM25 as a share of the most it could be) of every row, for its best wording."""
    lexical = np.zeros(grain.lexical.count, dtype=np.float32)
    coverage = np.zeros(grain.lexical.count, dtype=np.float32)
    for terms in asked.terms:
        scores, most = grain.lexical.scores(terms), grain.lexical.most(terms)
        np.maximum(lexical, scores, out=lexical)
        if most > 0:
            np.maximum(coverage, scores / np.float32(most), out=coverage)
    return grain.dense.scores(asked.vectors), lexical, coverage


def top(scores: Scores, limit: int) -> Rows:
    """The rows of the highest finite scores, best first, ties in the order of rows."""
    limit = min(limit, len(scores))
    if limit <= 0:
        return np.empty(0, dtype=np.int64)
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    rows = np.flatnonzero((scores >= least) & np.isfinite(scores))
    return rows[np.lexsort((rows, -scores[rows]))][:limit]
