"""Our BM25 is bm25s's, score by score."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from index.lexical import K1, B, LexicalIndex, build_lexical


@pytest.mark.parametrize("count", [1, 7, 300])
def test_scores_are_those_of_bm25s(tmp_path: Path, count: int) -> None:
    import bm25s

    chance = random.Random(count)
    rows = [[f"w{int(chance.paretovariate(0.6)) % 200}" for _ in range(chance.randrange(1, 60))] for _ in range(count)]
    build_lexical(tmp_path, rows)
    ours = LexicalIndex(tmp_path, count=count)
    oracle = bm25s.BM25(k1=K1, b=B, method="lucene")
    oracle.index(rows, show_progress=False)
    for _ in range(20):
        query = list(dict.fromkeys(chance.choices([f"w{n}" for n in range(200)], k=4)))
        known = [term for term in query if term in oracle.vocab_dict]
        expected = oracle.get_scores(known) if known else np.zeros(count)
        np.testing.assert_allclose(ours.scores(query), expected, rtol=1e-5, atol=1e-6)
        assert ours.scores(query).max() <= ours.most(query) + 1e-6


def test_a_repeated_or_unknown_term_changes_nothing(tmp_path: Path) -> None:
    build_lexical(tmp_path, [["a", "b"], ["b"], []])
    index = LexicalIndex(tmp_path, count=3)
    np.testing.assert_array_equal(index.scores(["a", "a", "zzz"]), index.scores(["a"]))
    assert index.scores(["zzz"]).tolist() == [0, 0, 0]
    assert index.most(["zzz"]) == 0


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    build_lexical(tmp_path, [])
    assert LexicalIndex(tmp_path, count=0).scores(["a"]).shape == (0,)
