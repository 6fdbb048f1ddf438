"""What was read of a mapped array is given back, and reads the same afterwards."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from index.dense import DenseIndex, build_dense, unit_length
from index.lexical import LexicalIndex, build_lexical
from index.mapped import give_back, mapped
from index.search import Asked, Grain, Searcher
from index.weights import DEFAULT_WEIGHTS


def held_of(file: Path) -> int:
    """Kilobytes of a file that this process holds in memory."""
    told = Path("/proc/self/smaps").read_text(encoding="utf-8")
    maps = re.findall(rf"{re.escape(str(file))}\n(?:.*\n)*?Rss: +(\d+) kB", told)
    return sum(map(int, maps))


def test_a_mapped_array_is_read_given_back_and_read_again(tmp_path: Path) -> None:
    numbers = np.arange(1_000_000, dtype=np.float32)
    np.save(tmp_path / "numbers.npy", numbers)
    array = mapped(tmp_path / "numbers.npy")
    assert array.sum() == numbers.sum()
    assert held_of(tmp_path / "numbers.npy") >= 3900
    give_back(array)
    assert held_of(tmp_path / "numbers.npy") == 0
    assert np.array_equal(array, numbers)


def test_an_array_that_is_not_mapped_stays_as_it_is() -> None:
    array = np.arange(10)
    give_back(array)
    give_back(array[2:5])
    assert array.tolist() == list(range(10))


def test_a_search_of_a_big_index_holds_nothing_of_its_files_afterwards(tmp_path: Path) -> None:
    vectors = unit_length(np.random.default_rng(3).normal(size=(5000, 32)))
    build_dense(tmp_path / "many.faiss", vectors, exact_up_to=100)
    (tmp_path / "bm25").mkdir()
    build_lexical(tmp_path / "bm25", [[f"w{row % 7}"] for row in range(5000)])
    dense = DenseIndex(tmp_path / "many.faiss", count=5000, dimension=32)
    grain = Grain(dense, LexicalIndex(tmp_path / "bm25", count=5000))
    searcher = Searcher(passages=grain, units=grain, passage_of_unit=np.arange(5000, dtype=np.int32))
    asked = Asked(vectors[:1], (("w3",),))
    found = [
        searcher.find(asked, DEFAULT_WEIGHTS, allowed=None, limit=5, unit_limit=5)[0].rows.tolist() for _ in range(2)
    ]
    assert found[0] == found[1] and found[0][0] == 0
    for file in (tmp_path / "many.npy", tmp_path / "bm25" / "rows.npy", tmp_path / "bm25" / "scores.npy"):
        assert held_of(file) == 0
