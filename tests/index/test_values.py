"""Values are read the same whether a guide writes digits or words, one figure or a range."""

from __future__ import annotations

import pytest

from index.values import ValueKind, has_value, values_in, values_of_kind


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("usually 30 to 45 minutes by phone", "duration", 30, 45),
        ("Recruiter screen (15 min)", "duration", 15, 15),
        ("four\u2013eight weeks", "duration", 4 * 10080, 8 * 10080),
        ("a 90-minute round", "duration", 90, 90),
        ("$150,000 to $225,000", "money", 150_000, 225_000),
        ("about $200k", "money", 200_000, 200_000),
        ("Hourly pay: 26.10 EUR", "money", 26.1, 26.1),
        ("Pay: CHF 90,000", "money", 90_000, 90_000),
        ("Base salary (USD): 180,000 – 210,000", "money", 180_000, 210_000),
        ("a 15\u201325\u202f% premium", "percent", 15, 25),
        ("five or six scenarios", "count", 5, 6),
    ],
)
def test_a_value_is_read_as_a_range_of_numbers(text: str, kind: ValueKind, low: float, high: float) -> None:
    (value,) = values_of_kind(text, kind)
    assert (value.low, value.high) == pytest.approx((low, high))


def test_a_sum_of_money_is_not_counted_as_a_number_too() -> None:
    assert not values_of_kind("It costs $59.", "count")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Updated Apr 12, 2026", "date"), ("at 9:30 am", "time of day"), ("write to bees@apiary.example", "address")],
)
def test_dates_times_and_addresses_are_seen(text: str, kind: ValueKind) -> None:
    assert has_value(text, kind)


def test_a_text_without_the_value_has_none() -> None:
    assert not has_value("The recruiter checks motivation.", "duration")


def test_a_figure_with_several_points_is_no_fault() -> None:
    assert [value.low for value in values_in("see 1.2.3.4 for 2.5 hours")] == [1.2, 150.0]
