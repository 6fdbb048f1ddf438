"""Verdicts, and what the points of an answer say of each other."""

from __future__ import annotations

import pytest

from study.judging import MOST_ODDS, beside_measures, chance, judged, level_of, score_of, together_measures, verdict_of
from study.matching import NOTHING
from study.weights import SHIPPED


@pytest.mark.parametrize(
    ("pair", "verdict"),
    [
        ((0.9, 0.05), "covered"),
        ((0.55, 0.1), "partly"),
        ((0.2, 0.1), "missed"),
        ((0.1, 0.8), "contradicted"),
        ((0.55, 0.45), "partly"),
    ],
)
def test_the_higher_chance_gives_the_verdict(pair: tuple[float, float], verdict: str) -> None:
    assert verdict_of(*pair) == verdict


def test_others_count_as_far_as_they_are_addressed_and_up_to_a_bound() -> None:
    first, second, third = together_measures([1.0, 1.0, 0.0], [-2.0, 4.0, 9.0])
    assert first == {"own": -2.0, "others": pytest.approx(MOST_ODDS / 1.5)}
    assert second == {"own": 4.0, "others": pytest.approx(-2 / 1.5)}
    assert third["others"] == pytest.approx((MOST_ODDS - 2.0) / 2.5)


def test_a_point_beside_covered_ones_is_more_likely_addressed() -> None:
    few, many = beside_measures([0.0, -4.0, -4.0])[0], beside_measures([0.0, 4.0, 4.0])[0]
    assert few == {"own": 0.0, "others": -4.0} and beside_measures([1.0]) == [{"own": 1.0, "others": 0.0}]
    assert chance(SHIPPED.beside, many) > chance(SHIPPED.beside, few)


def test_a_wrong_neighbour_makes_a_point_more_doubtful() -> None:
    alone, beside_wrong = together_measures([1.0], [0.0]), together_measures([1.0, 1.0], [0.0, 6.0])
    assert chance(SHIPPED.together, beside_wrong[0]) > chance(SHIPPED.together, alone[0])


def test_an_answer_that_says_nothing_covers_nothing() -> None:
    assert judged([NOTHING, NOTHING]).points == ((0.0, 0.0), (0.0, 0.0))


def test_a_wrong_answer_is_weak_whatever_it_mentions() -> None:
    assert score_of(["covered"] * 4, 0.0) == 1.0
    assert level_of(score_of(["covered"] * 4, 0.9)) == "weak"
    assert score_of(["covered", "partly", "missed", "contradicted"], 0.0) == pytest.approx(0.312, abs=0.001)
