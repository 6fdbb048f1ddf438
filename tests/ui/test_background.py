"""Work beside the pages: how it goes and how it ended, for whoever asks."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from index.settings import Settings
from ingest.errors import WouldDrop
from ingest.report import Report
from ui.background import Background, Standing


def standing_after(background: Background[Any]) -> Standing[Any]:
    for _ in range(200):
        standing = background.standing()
        if standing.state != "running":
            return standing
        threading.Event().wait(0.01)
    raise AssertionError("still running")


def test_publishing_runs_beside_and_says_how_it_goes(tmp_path: Path) -> None:
    told, go_on = threading.Event(), threading.Event()

    def run(settings: Settings, progress: Any) -> Report:
        progress("embed", 1, 4)
        told.set()
        go_on.wait(5)
        return Report(())

    background: Background[Any] = Background(Settings(home=tmp_path), run)
    assert background.standing() == Standing("idle")
    background.start()
    told.wait(5)
    assert background.standing() == Standing("running", "embed", 0.25)
    go_on.set()
    assert standing_after(background) == Standing("done", made=Report(()))
    background.forget()
    assert background.standing() == Standing("idle")


@pytest.mark.parametrize(
    ("error", "said"),
    [(WouldDrop("name the folder"), "name the folder"), (ValueError("x"), "That failed: the terminal says why.")],
)
def test_a_failed_run_is_said_in_one_line(tmp_path: Path, error: Exception, said: str) -> None:
    def run(settings: Settings, progress: Any) -> Report:
        raise error

    background: Background[Any] = Background(Settings(home=tmp_path), run)
    background.start()
    assert standing_after(background) == Standing("failed", problem=said)
