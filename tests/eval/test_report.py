"""A report stands alone, says what was lost, and shows hostile text as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval.plots import interval_bars, latency_bars, risk_curve, stacked_bars
from eval.report import html_report, markdown_report, write_report
from eval.running import run_cases
from eval.runs import RunStore
from eval.scoring import BLAMES, score
from eval.statistics import estimate, risk_coverage
from tests.eval.fakes import TEXTS, answer, case
from tests.eval.test_runs import CASES, engine, made

HOSTILE = "<script>alert(1)</script> <img src=http://example.org/x.png onerror=alert(2)>"


def test_a_page_needs_no_network_and_no_script() -> None:
    rows = [score(case(id=HOSTILE), answer(f"{HOSTILE} [1]"), TEXTS)]
    page = html_report(made("0001"), rows)
    assert "<script" not in page and "<img" not in page
    tags = re.findall(r"<[^>]+>", page)
    assert not [tag for tag in tags if "http" in tag]
    assert "prefers-color-scheme: dark" in page
    assert page.count("<svg") == 5


def test_both_reports_name_the_rows_that_are_not_right(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run_cases((*CASES, case(id="lost", question="how deep")), engine(), store, made("0001"))
    page, text = write_report(store, "0001")
    assert "lost" in page.read_text(encoding="utf-8")
    assert "`lost` (fact), not retrieved" in text.read_text(encoding="utf-8")
    assert markdown_report(store.load("0001"), store.rows("0001")) == text.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "plot",
    [
        interval_bars([("all", estimate([1.0, 0.0])), ("none", estimate([None]))], title="t"),
        stacked_bars([("all", {"wrong": 1}, 2), ("empty", {}, 0)], order=BLAMES, title="t"),
        risk_curve(risk_coverage([0.9, 0.1], [False, True]), title="t"),
        risk_curve((), title="t"),
        latency_bars([("search", 1.0, 2.0)], title="t"),
        latency_bars([], title="t"),
    ],
)
def test_plots_are_well_formed_and_stay_inside_their_box(plot: str) -> None:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(plot)
    width = float(root.attrib["viewBox"].split()[2])
    for part in root.iter():
        assert 0 <= float(part.attrib.get("x", 0)) <= width
        assert float(part.attrib.get("width", 0)) <= width
