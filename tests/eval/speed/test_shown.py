"""What was measured stands in the report, and the parts that are measured are the ones asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.__main__ import app
from eval.plots import ratio_bars
from eval.report import write_report
from eval.running import run_cases
from eval.runs import RunStore
from eval.speed.figures import Figure, Part, Spread
from eval.speed.measuring import Wanted, keep_parts
from eval.speed.processes import task
from eval.speed.sessions import Asked, session_figures
from tests.eval.test_runs import CASES, engine, made

RUNNER = CliRunner()
PART = Part(
    "corpus <b>",
    (
        Figure("corpus", "cold answer", "s", Spread.of([1.0]), Spread.of([20.0])),
        Figure("corpus", "size on disk", "MB", Spread.of([4.0]), Spread.of([1.0])),
    ),
    ("measured on a toaster",),
)


def test_a_report_shows_what_was_measured_in_this_home(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run_cases(CASES, engine(), store, made("0001"))
    keep_parts(store, [PART])
    page, text = (file.read_text(encoding="utf-8") for file in write_report(store, "0001"))
    assert "<h3>corpus &lt;b&gt;</h3><svg" in page and "measured on a toaster" in page
    assert "20.0 ×" in page and "0.2 ×" in page
    assert "## Speed" in text and "| cold answer" in text


def test_bars_of_what_is_worse_lie_left_of_the_line_at_one() -> None:
    drawn = ratio_bars([("better", 100.0), ("worse", 0.1)], title="Ratios")
    starts = [float(part.split('"')[1]) for part in drawn.split("<rect x=")[1:]]
    widths = [float(part.split('width="')[1].split('"')[0]) for part in drawn.split("<rect ")[1:]]
    assert starts[1] + widths[1] == pytest.approx(starts[0], abs=0.2)
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)


def test_the_corpus_is_measured_unless_something_else_is_named() -> None:
    assert Wanted().corpus
    assert not Wanted(passages=(10_000,)).corpus and not Wanted(sessions=(1,)).corpus and not Wanted(leaves=200).corpus


def test_a_list_of_sessions_that_is_none_is_wrong_usage() -> None:
    assert RUNNER.invoke(app, ["speed", "--sessions", "many"]).exit_code == 2


def test_waits_of_sessions_become_rows_with_the_aims_of_their_number() -> None:
    rows = session_figures(50, Asked(tuple(float(n) for n in range(100)), 2))
    assert [row.ours.median for row in rows] == [50.0, 95.0, 2.0]
    assert [row.is_reached for row in rows] == [None, False, False]


@pytest.mark.slow
def test_the_stock_stack_is_built_reopened_and_searched_over_the_same_folder(tmp_path: Path) -> None:
    guides = tmp_path / "guides"
    guides.mkdir()
    (guides / "boats.md").write_text("# Boats\n\nThe harbour tour takes 40 minutes and starts at the pier.\n")
    (guides / "trains.md").write_text("# Trains\n\nThe night train leaves at nine; sleepers cost 75 euros.\n")
    built = task("stock-build", folder=guides, home=tmp_path / "stock")
    assert built["counts"]["passages"] == 2
    assert list(built["seconds"]) == ["load", "read", "split", "embed", "index"]
    found = task("stock-search", home=tmp_path / "stock", questions=["how long is the harbour tour?"])
    assert len(found["search_ms"]) == 1 and found["resident_mb"] > 100
    assert task("stock-reingest", folder=guides, home=tmp_path / "stock")["same"] == 2
