"""Means, intervals and curves."""

from __future__ import annotations

import pytest

from eval.statistics import area_under, estimate, quantile, risk_coverage


def test_a_mean_says_how_many_rows_it_is_over() -> None:
    found = estimate([1.0, None, 0.0, 1.0])
    assert found.mean == pytest.approx(2 / 3)
    assert (found.rows, found.of, found.coverage) == (3, 4, 0.75)
    assert found.low is not None and found.high is not None and found.low <= found.mean <= found.high


def test_the_interval_is_the_same_every_time_and_about_as_wide_as_theory_says() -> None:
    values = [1.0] * 50 + [0.0] * 50
    first, second = estimate(values), estimate(list(values))
    assert first == second
    assert first.low == pytest.approx(0.40, abs=0.03) and first.high == pytest.approx(0.60, abs=0.03)


def test_no_rows_give_no_mean_and_equal_rows_no_width() -> None:
    assert estimate([None, None]).mean is None
    assert (estimate([1.0, 1.0]).low, estimate([1.0, 1.0]).high) == (1.0, 1.0)


def test_the_risk_curve_answers_the_surest_first_and_ties_together() -> None:
    points = risk_coverage([0.9, 0.5, 0.5, 0.1], [False, True, False, True])
    assert [(point.threshold, point.coverage, point.risk) for point in points] == [
        (0.9, 0.25, 0.0),
        (0.5, 0.75, pytest.approx(1 / 3)),
        (0.1, 1.0, 0.5),
    ]
    assert area_under(points) == pytest.approx((0 + 1 / 3 + 0.5) / 3)
    assert area_under(()) is None


def test_quantiles_are_values_that_were_seen() -> None:
    assert [quantile([4, 1, 3, 2], share) for share in (0, 0.5, 1.0)] == [1, 3, 4]
    assert quantile([], 0.5) == 0.0
