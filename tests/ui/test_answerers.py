"""Processes that answer beside the app: the same answers, none left behind, and nobody waits for one that is gone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from answer.answers import Answer, Question, Turn
from answer.assistant import Assistant
from index.settings import CHECKOUT, Settings, environment_of
from ingest.pipeline import synchronise
from ui.answerers import Answerer, Answerers, Gone

GUIDE = """\
---
title: How a lighthouse hires
company: Lamp & Sons
---

# How a lighthouse hires

## Rounds

The stairs round takes 25 minutes and has 199 steps. The lamp round takes 40 minutes.
"""
FIRST = Question("How long is the stairs round?")


@pytest.fixture(scope="module")
def lighthouse(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """A home with a published guide."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("corpus")
    (home / "models").symlink_to(models)
    (folder / "lighthouse.md").write_text(GUIDE, encoding="utf-8")
    synchronise(Settings(home=home), [folder])
    return home


@pytest.fixture
def made(lighthouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Answerers]]:
    """Makes answerers that end soon; afterwards no process is left."""
    monkeypatch.setenv("FOOTNOTE_HOME", str(lighthouse))
    yield lambda count: Answerers(count, lambda: [FIRST], idle=1.0)
    until(lambda: not processes_of(psutil.Process()))


def until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def processes_of(parent: psutil.Process) -> list[psutil.Process]:
    found = []
    for each in parent.children():
        with suppress(psutil.Error):  # it has just ended
            found += [each] if "--batch" in each.cmdline() else []
    return found


def untimed(answer: Answer | None) -> Answer | None:
    return answer and replace(answer, timings_ms={})


def test_their_answers_are_the_apps_own(made: Callable[..., Answerers], lighthouse: Path) -> None:
    answerers = made(2)
    answerers.call()
    answerers.call()
    until(lambda: answerers.there == 2)
    assert len(processes_of(psutil.Process())) == 2
    alone = Assistant.open(Settings(home=lighthouse))
    history = (Turn("How long is the stairs round?", "25 minutes."),)
    for question in (
        FIRST,
        Question("and the lamp round?", history, {"company": "Lamp & Sons"}),
        Question("Who pays?"),
    ):
        assert untimed(answerers.ask(question)) == untimed(alone.ask(question))
    until(lambda: not answerers.there)
    assert answerers.ask(FIRST) is None


def test_they_come_again_after_they_went(made: Callable[..., Answerers]) -> None:
    answerers = made(1)
    for _ in range(2):
        answerers.call()
        until(lambda: answerers.there == 1)
        until(lambda: not answerers.there)


def test_one_that_is_killed_keeps_nobody_waiting(made: Callable[..., Answerers]) -> None:
    answerers = made(1)
    answerers.call()
    until(lambda: answerers.there == 1)
    (process,) = processes_of(psutil.Process())
    process.kill()
    assert answerers.ask(FIRST) is None
    assert answerers.there == 0


def test_without_an_index_there_are_none(
    made: Callable[..., Answerers], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    alone = Answerer()
    with pytest.raises(Gone):
        alone.ask(FIRST)
    alone.close()
    answerers = made(1)
    answerers.call()
    until(lambda: bool(processes_of(psutil.Process())))
    assert answerers.ask(FIRST) is None


def test_a_machine_with_one_core_has_none(made: Callable[..., Answerers]) -> None:
    answerers = made(0)
    answerers.call()
    assert not answerers.there and not processes_of(psutil.Process())


def test_an_app_that_is_killed_leaves_none_behind(lighthouse: Path) -> None:
    program = "import time; from ui.answerers import Answerer; one = Answerer(); print(flush=True); time.sleep(60)"
    app = subprocess.Popen(
        [sys.executable, "-c", program], cwd=CHECKOUT, env=environment_of(lighthouse), stdout=subprocess.PIPE
    )
    assert app.stdout is not None
    app.stdout.readline()
    (answerer,) = processes_of(psutil.Process(app.pid))
    app.kill()
    app.wait()
    app.stdout.close()
    until(lambda: not answerer.is_running() or answerer.status() == psutil.STATUS_ZOMBIE)
