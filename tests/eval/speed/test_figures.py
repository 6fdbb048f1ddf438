"""Ratios, aims and table cells worked out by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from eval.runs import RunStore
from eval.speed.figures import Aim, Figure, Part, Spread, part_of
from eval.speed.measuring import keep_parts, kept_parts
from eval.speed.table import shown_spread, speed_table

COLD = Figure("corpus", "cold answer", "s", Spread.of([1.0, 1.2, 0.9]), Spread.of([6.0, 7.0]), Aim(most=1.5, times=5))
RATE = Figure("corpus", "passages", "1/s", Spread.of([20.0]), Spread.of([10.0]), Aim(times=2.5), more_is_better=True)


def test_a_spread_holds_the_median_and_the_range() -> None:
    assert Spread.of([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0, 3)
    assert Spread.of([3.0, 1.0]) == Spread(2.0, 1.0, 3.0, 2)


def test_times_better_is_the_stock_s_time_over_ours_and_the_other_way_round_for_rates() -> None:
    assert COLD.times == pytest.approx(6.5)
    assert RATE.times == pytest.approx(2.0)
    assert Figure("corpus", "alone", "s", Spread.of([1.0])).times is None


def test_an_aim_is_reached_when_all_it_says_holds() -> None:
    assert COLD.is_reached is True
    assert RATE.is_reached is False
    assert (
        Figure("corpus", "slow", "s", Spread.of([2.0]), Spread.of([20.0]), Aim(most=1.5, times=5)).is_reached is False
    )
    assert Figure("corpus", "share", "", Spread.of([0.9]), aim=Aim(least=0.8)).is_reached is True
    assert Figure("corpus", "no aim", "s", Spread.of([2.0])).is_reached is None
    assert Figure("corpus", "no peer", "s", Spread.of([2.0]), aim=Aim(times=2)).is_reached is None


def test_the_table_has_a_line_a_figure_and_says_what_was_missed() -> None:
    lines = speed_table([Part("corpus", (COLD, RATE), ("On a quiet machine.",))]).splitlines()
    assert lines[0] == "**corpus**" and lines[-1] == "On a quiet machine."
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    assert cells[1] == ["cold answer", "s", "1 (0.9–1.2)", "6.5 (6–7)", "6.5", "≤ 1.5, 5 ×", "yes"]
    assert cells[2] == ["passages", "1/s", "20", "10", "2.0", "2.5 ×", "no"]


def test_big_figures_are_whole_and_small_ones_keep_three_digits() -> None:
    assert shown_spread(Spread.of([1234.5])) == "1,234"
    assert shown_spread(Spread.of([0.01234, 0.5])) == "0.256 (0.0123–0.5)"


def test_a_part_survives_json() -> None:
    part = Part("corpus", (COLD, RATE), ("a note",))
    assert part_of(json.loads(json.dumps(asdict(part)))) == part


def test_a_part_measured_again_takes_its_old_place(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    keep_parts(store, [Part("corpus", (COLD,)), Part("10,000 passages", (RATE,))])
    keep_parts(store, [Part("corpus", (RATE,))])
    assert [(part.name, part.figures) for part in kept_parts(store)] == [
        ("corpus", (RATE,)),
        ("10,000 passages", (RATE,)),
    ]
