"""Words of the corpus are found by meaning, and their vectors are used again by the next generation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import load_embedder
from index.related import MOST_WORDS, RelatedWords, related_of
from index.settings import Settings

VOCABULARY = {"phd": 3, "honey": 9, "larger": 2, "the": 50, "ab": 7, "x1": 4}


class Counting:
    """An embedder that gives each word a direction of its own and counts what it is asked for."""

    name, fingerprint, dimension, token_limit = "counting", "0", 32, 256

    def __init__(self) -> None:
        self.asked: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed(self, texts: Sequence[str], *, progress: object = None) -> np.ndarray:
        self.asked.extend(texts)
        return np.eye(32, dtype=np.float32)[[sum(map(ord, text)) % 32 for text in texts]]


def test_only_words_that_tell_something_are_kept() -> None:
    assert related_of(VOCABULARY, Counting()).words == ("honey", "larger", "phd")


def test_the_most_used_words_are_kept_where_there_are_too_many() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = {f"{a}{b}{c}{d}": 1 for a in letters for b in letters for c in letters for d in "ab"} | {"honey": 5}
    words = related_of(many, Counting()).words
    assert len(words) == MOST_WORDS
    assert "honey" in words


def test_vectors_of_words_that_were_there_are_used_again(tmp_path: Path) -> None:
    first = related_of(VOCABULARY, Counting())
    first.write(tmp_path)
    embedder = Counting()
    second = related_of(VOCABULARY | {"queen": 1}, embedder, kept=RelatedWords.open(tmp_path))
    assert embedder.asked == ["queen"]
    assert np.array_equal(second.vectors, related_of(VOCABULARY | {"queen": 1}, Counting()).vectors)


def test_a_generation_without_words_relates_nothing(tmp_path: Path) -> None:
    assert RelatedWords.open(tmp_path).near(np.ones((2, 4), dtype=np.float32)) == [{}, {}]


@pytest.mark.parametrize(("asked", "found"), [("doctorate", "phd"), ("bigger", "larger")])
def test_words_of_the_same_meaning_are_near(models: Path, tmp_path: Path, asked: str, found: str) -> None:
    (tmp_path / "models").symlink_to(models)
    embedder = load_embedder(Settings(home=tmp_path))
    (near,) = related_of(VOCABULARY, embedder).near(embedder.embed([asked]))
    assert next(iter(near)) == found
