"""Vectors are compared exactly while they are few; of many, the true nearest are found without comparing them all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex, build_dense, unit_length
from index.errors import DamagedIndex
from index.lexical import LexicalIndex, build_lexical
from index.search import Asked, Grain, Searcher
from index.weights import DEFAULT_WEIGHTS

COUNT, DIMENSION = 4000, 32


def clustered(count: int) -> np.ndarray:
    chance = np.random.default_rng(7)
    centres = chance.normal(size=(60, DIMENSION))
    return unit_length(centres[chance.integers(0, 60, count)] + 0.6 * chance.normal(size=(count, DIMENSION)))


def opened(folder: Path, name: str, vectors: np.ndarray, *, exact_up_to: int) -> DenseIndex:
    build_dense(folder / f"{name}.faiss", vectors, exact_up_to=exact_up_to)
    return DenseIndex(folder / f"{name}.faiss", count=len(vectors), dimension=vectors.shape[1])


def test_the_true_ten_nearest_of_many_are_among_the_candidates(tmp_path: Path) -> None:
    vectors = clustered(COUNT)
    dense = opened(tmp_path, "many", vectors, exact_up_to=100)
    assert dense.nearby is not None
    chance = np.random.default_rng(8)
    found = 0
    for row in range(100):
        question = unit_length(vectors[row : row + 1] + 0.1 * chance.normal(size=(1, DIMENSION)))
        truth = np.argsort(-(question @ vectors.T)[0])[:10]
        found += len(set(truth.tolist()) & set(dense.nearby.candidates(question, 100, None).tolist()))
    assert found >= 990


def test_only_allowed_rows_are_candidates(tmp_path: Path) -> None:
    vectors = clustered(COUNT)
    dense = opened(tmp_path, "many", vectors, exact_up_to=100)
    allowed = np.arange(COUNT) % 7 == 0
    assert dense.nearby is not None
    rows = dense.nearby.candidates(vectors[:3], 50, allowed)
    assert len(rows) >= 50
    assert allowed[rows].all()


def test_scores_of_some_rows_are_those_of_all(tmp_path: Path) -> None:
    vectors = clustered(300)
    few, many = (opened(tmp_path, name, vectors, exact_up_to=most) for name, most in (("few", 1000), ("many", 10)))
    rows = np.asarray([3, 77, 299])
    assert np.allclose(many.scores(vectors[:2], rows), few.scores(vectors[:2])[rows], atol=1e-6)
    assert np.array_equal(many.vectors(rows), vectors[rows])


def test_a_file_of_another_size_is_refused(tmp_path: Path) -> None:
    build_dense(tmp_path / "many.faiss", clustered(300), exact_up_to=10)
    with pytest.raises(DamagedIndex, match="the manifest says 301"):
        DenseIndex(tmp_path / "many.faiss", count=301, dimension=DIMENSION)


@pytest.mark.parametrize("share", [1.0, 0.2])
def test_a_big_index_finds_what_an_exact_one_finds(tmp_path: Path, share: float) -> None:
    vectors, words = clustered(COUNT), [[f"w{row % 97}", f"v{row % 31}"] for row in range(COUNT)]
    (tmp_path / "bm25").mkdir()
    build_lexical(tmp_path / "bm25", words)
    lexical = LexicalIndex(tmp_path / "bm25", count=COUNT)
    owners = np.arange(COUNT, dtype=np.int32) // 2
    chance = np.random.default_rng(9)
    allowed = chance.random(COUNT) < share
    kept = 0
    searchers = []
    for name, most in (("exact", COUNT), ("nearby", 100)):
        grain = Grain(opened(tmp_path, name, vectors, exact_up_to=most), lexical)
        searchers.append(Searcher(passages=grain, units=grain, passage_of_unit=owners))
    for row in range(40):
        asked = Asked(
            unit_length(vectors[row : row + 1] + 0.1 * chance.normal(size=(1, DIMENSION))), ((f"w{row % 97}",),)
        )
        exact, nearby = (
            searcher.find(asked, DEFAULT_WEIGHTS, allowed=allowed, limit=40, unit_limit=160)[0].rows[:10].tolist()
            for searcher in searchers
        )
        kept += len(set(exact) & set(nearby))
    assert kept >= 0.97 * 400
