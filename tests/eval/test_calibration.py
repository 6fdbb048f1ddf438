"""The gate's calibration is kept as it was learnt, and the report draws it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from answer.weighing import GATE
from eval.calibration import keep_calibration, read_calibration
from eval.errors import EvalError
from eval.learning import Learnt, Point, Sure, _curve
from eval.report import html_report
from eval.runs import Run

SURE = (Sure("a", "tune", True, 0.9), Sure("b", "tune", False, 0.2), Sure("c", "report", True, 0.1))


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    learnt = Learnt({}, {}, 0.0, (), SURE, _curve(SURE), (Point(0.17, "tune", 1.0, 0.0),))
    keep_calibration(learnt, tmp_path / "deep" / "gate.json")
    assert read_calibration(tmp_path / "deep" / "gate.json") == (learnt.chosen, learnt.in_use, learnt.sure)
    assert read_calibration(tmp_path / "none.json") == ((), (), ())


def test_the_curve_counts_answered_and_refused_on_each_half() -> None:
    points = {(point.split, point.threshold): (point.answered, point.refused) for point in _curve(SURE)}
    assert points["tune", 0.2] == (1.0, 0.0)
    assert points["tune", 0.25] == (1.0, 1.0)
    assert points["report", 0.15] == (0.0, None)


def test_other_content_is_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "gate.json").write_text('{"chosen": 3}', encoding="utf-8")
    with pytest.raises(EvalError, match="learn --keep"):
        read_calibration(tmp_path / "gate.json")


def test_the_shipped_calibration_is_of_the_threshold_in_use_and_is_drawn() -> None:
    chosen, curve, cases = read_calibration()
    assert {point.threshold for point in chosen} == {GATE.threshold}
    assert len(cases) >= 400
    assert all((first.answered or 0) >= (later.answered or 0) for first, later in pairwise(curve[:19]))
    page = html_report(Run("0001", "2026-11-21", "fake", "c", "r", "d", 0), [])
    assert page.count("<h2>The gate</h2>") == 1
