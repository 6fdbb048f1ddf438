"""Opposites, their irregular forms and the words that deny."""

from __future__ import annotations

from itertools import chain

import pytest

from answer.opposites import PAIRS, QUANTITY_OF, STRENGTH_OF, denies, opposites_of, root, side_of


@pytest.mark.parametrize(
    ("word", "other"),
    [("fell", "rise"), ("rose", "falling"), ("sold", "buys"), ("north", "south"), ("entirely", "partly")],
)
def test_opposites_are_known_both_ways_and_in_other_forms(word: str, other: str) -> None:
    assert root(other) in opposites_of(word)
    assert root(word) in opposites_of(other)


def test_no_word_opposes_itself_and_every_pair_has_two_sides() -> None:
    pairs = [pair.split("/") for pair in PAIRS.split()]
    assert all(len(pair) == 2 and root(pair[0]) != root(pair[1]) for pair in pairs)
    assert all(root(word) not in opposites_of(word) for word in chain.from_iterable(pairs))


def test_words_of_one_side_are_known_by_what_they_oppose() -> None:
    assert root("rose") in side_of("grew")
    assert root("fell") not in side_of("grew")


@pytest.mark.parametrize("word", ["not", "didn't", "failed", "lacks", "without", "unable"])
def test_denials_are_explicit_or_lie_in_a_verb(word: str) -> None:
    assert denies(word)


def test_strength_and_quantity_have_classes() -> None:
    assert STRENGTH_OF["must"] != STRENGTH_OF["may"]
    assert QUANTITY_OF["every"] == QUANTITY_OF["all"] != QUANTITY_OF["most"]
