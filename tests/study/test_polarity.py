"""Denials, opposites and exchanged sides are seen, in whatever words they come."""

from __future__ import annotations

import pytest

from study.opposites import are_opposite, is_polar, plain
from study.polarity import disorder, flipped, rebound, sides, standings, turned_near


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("It saves arithmetic, not memory.", "It saves memory, not arithmetic."),
        ("Rain makes the roof leak.", "Rain does not make the roof leak."),
        ("The roof is stable.", "The roof is unstable."),
        ("A long rope is heavy.", "A short rope is light."),
    ],
)
def test_a_denial_or_an_opposite_flips(point: str, said: str) -> None:
    assert flipped(point, said) > 0.3
    assert flipped(point, point) == 0


def test_a_denial_ends_with_its_clause() -> None:
    assert flipped("Rain makes the roof leak.", "It is not hot, but rain makes the roof leak.") == 0


def test_an_opposite_that_is_denied_agrees() -> None:
    assert flipped("The roof is stable.", "The roof is not unstable.") == 0


def test_opposites_go_both_ways() -> None:
    assert are_opposite("high", "low") and are_opposite("low", "high") and not are_opposite("high", "tall")


@pytest.mark.parametrize(("left", "right"), [("highest", "low"), ("bigger", "small"), ("earliest", "late")])
def test_a_comparison_counts_as_its_plain_form(left: str, right: str) -> None:
    assert are_opposite(plain(left), plain(right)) and is_polar(left)


def test_a_word_without_a_contrary_tells_no_side() -> None:
    assert not is_polar("kettle") and plain("interest") == plain("interests")


def test_disorder_counts_pairs_in_the_other_order() -> None:
    words = "bread butter cheese".split()
    assert disorder(words, words) == 0
    assert disorder(words, words[::-1]) == 1


def test_each_word_knows_whether_it_is_denied() -> None:
    assert standings("It is not hot, so stay.") == (("it", False), ("is", False), ("hot", True), ("stay", False))


@pytest.mark.parametrize(
    ("said", "against", "agrees"),
    [
        ("The rope is weak.", 1, 0),
        ("The rope is not weak.", 0, 1),
        ("The rope is strong.", 0, 1),
        ("The rope is not strong.", 1, 0),
        ("The rope is blue.", 0, 0),
    ],
)
def test_a_side_is_taken_whatever_the_words(said: str, against: int, agrees: int) -> None:
    assert sides("The rope is strong.", said)[:2] == (against, agrees)


def test_an_opposite_counts_beside_the_same_words_only() -> None:
    assert turned_near("Wet ropes weigh a heavy load.", "Wet ropes weigh a light load.") == 2
    assert turned_near("Wet ropes weigh a heavy load.", "The lamp gives light.") == 0


def test_what_is_told_of_one_is_not_to_be_told_of_the_other() -> None:
    point = "Cats sleep in baskets, while dogs guard gates."
    assert rebound(point, "Cats guard gates, and dogs sleep in baskets.") == 1
    assert rebound(point, "Dogs guard gates, and cats sleep in baskets.") == 0
    assert rebound("Cats sleep.", "Dogs sleep.") == 0
