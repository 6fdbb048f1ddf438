"""Hybrid search at two grains: every passage and every unit gets a dense and a lexical score, combined by `Weights`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.lexical import LexicalIndex
from index.weights import Weights

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
EVERY = slice(None)
REACH = 6  # candidates for each row that is wanted


@dataclass(frozen=True, slots=True)
class Grain:
    """One grain of an open index: its vectors and its terms, row by row."""

    dense: DenseIndex
    lexical: LexicalIndex

    def give_back(self) -> None:
        """Holds nothing of what the last searches read of its files."""
        self.dense.give_back()
        self.lexical.give_back()


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
        if self.passages.dense.nearby or self.units.dense.nearby:
            try:
                return self._find_nearby(asked, weights, allowed=allowed, limit=limit, unit_limit=unit_limit)
            finally:
                self.passages.give_back()
                self.units.give_back()
        dense, lexical, coverage = _components(self.passages, asked)
        unit_dense, unit_lexical, unit_coverage = _components(self.units, asked)
        own = weights.passage_dense * dense + weights.passage_lexical * coverage
        unit_own = weights.unit_dense * unit_dense + weights.unit_lexical * unit_coverage
        score = np.asarray(
            own + weights.unit_in_passage * _best_of_groups(unit_own, self.passage_of_unit, self.passages.dense.count),
            dtype=np.float32,
        )
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

    def _find_nearby(
        self, asked: Asked, weights: Weights, *, allowed: NDArray[np.bool_] | None, limit: int, unit_limit: int
    ) -> tuple[Scored, Scored]:
        """The same for an index too big to compare every vector: only rows that either search would name are scored."""
        unit_allowed = None if allowed is None else allowed[self.passage_of_unit]
        worded, unit_worded = _worded(self.passages, asked), _worded(self.units, asked)
        lexical, unit_lexical = _best(worded), _best(unit_worded)
        named = _candidates(self.units, asked, unit_lexical, unit_allowed, REACH * unit_limit)
        own_rows = _candidates(self.passages, asked, lexical, allowed, REACH * limit)
        rows = np.union1d(own_rows, self.passage_of_unit[named]).astype(np.int64)
        units = self._units_of(rows)
        dense = self.passages.dense.scores(asked.vectors, rows)
        unit_dense = self.units.dense.scores(asked.vectors, units)
        own = weights.passage_dense * dense + weights.passage_lexical * _coverage(worded, rows)
        unit_own = weights.unit_dense * unit_dense + weights.unit_lexical * _coverage(unit_worded, units)
        place = np.searchsorted(rows, self.passage_of_unit[units])
        best = _best_of_groups(unit_own, place, len(rows))
        score = np.asarray(own + weights.unit_in_passage * best, dtype=np.float32)
        unit_score = np.asarray(unit_own + weights.passage_in_unit * own[place], dtype=np.float32)
        at, unit_at = top(score, limit), top(unit_score, unit_limit)
        unit_rows = units[unit_at]
        return (
            Scored(rows[at], score[at], dense[at], lexical[rows[at]]),
            Scored(unit_rows, unit_score[unit_at], unit_dense[unit_at], unit_lexical[unit_rows]),
        )

    def _units_of(self, rows: Rows) -> Rows:
        """The units of these passages, in order."""
        first = np.searchsorted(self.passage_of_unit, rows, side="left")
        counts = np.searchsorted(self.passage_of_unit, rows, side="right") - first
        before = np.cumsum(counts) - counts
        return np.asarray(np.repeat(first - before, counts) + np.arange(counts.sum()), dtype=np.int64)


def _best_of_groups(scores: Scores, group: NDArray[Any], count: int) -> Scores:
    """The best score of each of `count` groups; 0 for an empty one."""
    best = np.full(count, -np.inf, dtype=np.float32)
    np.maximum.at(best, group, scores)
    return np.where(np.isfinite(best), best, np.float32(0))


def _components(grain: Grain, asked: Asked) -> tuple[Scores, Scores, Scores]:
    """Cosine, BM25 and coverage of every row, for its best wording."""
    worded = _worded(grain, asked)
    return grain.dense.scores(asked.vectors), _best(worded), _coverage(worded)


def _candidates(grain: Grain, asked: Asked, lexical: Scores, allowed: NDArray[np.bool_] | None, most: int) -> Rows:
    """The allowed rows that are worth scoring: near in meaning, or sharing the rarest words; in rising order."""
    sharing = np.flatnonzero(lexical > 0 if allowed is None else (lexical > 0) & allowed)
    worded = sharing[top(lexical[sharing], most)]
    if grain.dense.nearby is not None:
        near = grain.dense.nearby.candidates(asked.vectors, most, allowed)
    else:
        near = _best_allowed(grain.dense.scores(asked.vectors), allowed, most)
    return np.union1d(near, worded).astype(np.int64)


def _best_allowed(scores: Scores, allowed: NDArray[np.bool_] | None, most: int) -> Rows:
    return top(scores if allowed is None else np.where(allowed, scores, np.float32(-np.inf)), most)


def _worded(grain: Grain, asked: Asked) -> list[tuple[Scores, float]]:
    """For each wording the BM25 of every row, and the most it could be."""
    return [(grain.lexical.scores(terms), grain.lexical.most(terms)) for terms in asked.terms]


def _best(worded: list[tuple[Scores, float]]) -> Scores:
    """BM25 of every row for its best wording."""
    first, *others = (scores for scores, _ in worded)
    for scores in others:
        first = np.maximum(first, scores)
    return first


def _coverage(worded: list[tuple[Scores, float]], rows: Rows | slice = EVERY) -> Scores:
    """BM25 of rows as a share of the most it could be, for their best wording."""
    shares = [scores[rows] / np.float32(most) for scores, most in worded if most > 0]
    return np.maximum.reduce(shares) if shares else np.zeros_like(worded[0][0][rows])


def top(scores: Scores, limit: int) -> Rows:
    """The rows of the highest finite scores, best first, ties in the order of rows."""
    limit = min(limit, len(scores))
    if limit <= 0:
        return np.empty(0, dtype=np.int64)
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    rows = np.flatnonzero((scores >= least) & np.isfinite(scores))
    return rows[np.lexsort((rows, -scores[rows]))][:limit]
