"""Statements are exact spans; formulas, figures and denials are read the same however they are written."""

from __future__ import annotations

import pytest

from study.phrasing import same_figure, statements_of, take_apart
from study.polarity import are_opposite, disorder, flipped


def test_statements_are_spans_of_the_answer() -> None:
    answer = "- First, we cut the bread, and then we toast it.\n2. The pan is hot; no oil is used.\n"
    statements, cut = statements_of(answer)
    assert not cut and statements
    assert all(answer[each.start : each.end] == each.text for each in statements)
    assert "The pan is hot;" in [each.text for each in statements]


def test_a_long_answer_is_cut_at_a_word() -> None:
    statements, cut = statements_of("word " * 5000)
    assert cut and max(each.end for each in statements) <= 4000 * 5


@pytest.mark.parametrize(
    ("left", "right"),
    [("60 %", "0.6"), ("1.2 million", "1,200,000"), ("57.9k", "57,900"), ("$300", "300 dollars"), ("seven", "7")],
)
def test_figures_are_the_same_in_any_writing(left: str, right: str) -> None:
    (a,), (b,) = take_apart(left).figures, take_apart(right).figures
    assert same_figure(a, b)


def test_other_figures_differ() -> None:
    assert not same_figure(*(take_apart(text).figures[0] for text in ("5,790", "57,900")))


def test_formulas_are_spelled_alike() -> None:
    assert take_apart("it takes $O(n^2 d)$").formulas == take_apart("O(n²·d) time").formulas == ("o(n2d)",)
    assert take_apart("with probability k/i").formulas != take_apart("with probability i/k").formulas


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


def test_disorder_counts_pairs_in_the_other_order() -> None:
    words = "bread butter cheese".split()
    assert disorder(words, words) == 0
    assert disorder(words, words[::-1]) == 1
