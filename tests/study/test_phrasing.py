"""Statements are exact spans; formulas, figures and denials are read the same however they are written."""

from __future__ import annotations

import pytest

from study.phrasing import same_figure, statements_of, take_apart


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
    [
        ("60 %", "0.6"),
        ("1.2 million", "1,200,000"),
        ("57.9k", "57,900"),
        ("$300", "300 dollars"),
        ("seven", "7"),
        (".048", "4.8%"),
        ("63%", "63.4 %"),
        ("13 595", "13,595"),
        ("0.63", "0.625"),
    ],
)
def test_figures_are_the_same_in_any_writing(left: str, right: str) -> None:
    (a,), (b,) = take_apart(left).figures, take_apart(right).figures
    assert same_figure(a, b)


@pytest.mark.parametrize(("left", "right"), [("5,790", "57,900"), ("960", "1,000"), ("7.5", "8"), ("0.05", "0.06")])
def test_other_figures_differ(left: str, right: str) -> None:
    assert not same_figure(take_apart(left).figures[0], take_apart(right).figures[0])


def test_formulas_are_spelled_alike() -> None:
    assert take_apart("it takes $O(n^2 d)$").formulas == take_apart("O(n²·d) time").formulas == ("o(n2d)",)
    assert take_apart("with probability k/i").formulas != take_apart("with probability i/k").formulas
