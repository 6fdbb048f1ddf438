"""A sitting takes the duration that was chosen, keeps what was said as an attempt, and never opens two at once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.settings import Settings
from index.store import Index
from study.__main__ import app
from study.errors import NoSuchMock, UnreadableInput
from study.grading import SELF_RATED, Grader
from study.mocks import Mocks
from study.practising import Practice
from study.rounds import loops_of, told_of
from study.sitting import MockChoice, Sitting
from study.store import Store
from tests.study.conftest import GOOD, WRONG

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "study.db") as store:
        yield store  # type: ignore[misc]


def test_what_was_said_counts_as_one_attempt_whichever_way_the_question_is_left(store: Store, grader: Grader) -> None:
    (loop,) = loops_of(grader.index)
    sitting = Sitting(store, grader)
    sitting.begin(MockChoice(loop, loop.rounds), identity="m", seed="s", now=NOW)
    with pytest.raises(NoSuchMock, match="not finished"):
        sitting.begin(MockChoice(loop, loop.rounds), identity="n", seed="s", now=NOW)
    assert sitting.answer(WRONG, now=NOW).pending
    assert Practice(store).attempts() == []
    after = sitting.move("finish", now=NOW)
    (attempt,) = Practice(store).attempts()
    assert after.finished and (attempt.answer, attempt.mock) == (WRONG, "m")
    with pytest.raises(NoSuchMock, match="No mock"):
        sitting.answer(GOOD, now=NOW)


def test_a_move_on_a_mock_that_went_on_elsewhere_is_refused(store: Store, grader: Grader) -> None:
    (loop,) = loops_of(grader.index)
    sitting = Sitting(store, grader)
    begun = sitting.begin(MockChoice(loop, loop.rounds), identity="m", seed="s", now=NOW)
    after = sitting.answer(WRONG, now=NOW)
    with pytest.raises(NoSuchMock, match="another window"):
        Mocks(store).keep(replace(begun, finished="now"), before=begun)
    assert Mocks(store).find("m") == after


def test_guides_that_disagree_leave_the_choice(store: Store, grader: Grader) -> None:
    (loop,) = loops_of(grader.index)
    phone, coding = loop.rounds
    elsewhere = replace(phone, name="Phone round", low=60, high=60, company=None)
    rival = replace(elsewhere, company="Another")
    other = replace(loop, rounds=(elsewhere, rival, replace(phone, name="Phone talk")))
    assert told_of(replace(phone, name="Phone call one"), [other]) == [replace(phone, name="Phone call one")]
    named = replace(phone, name="Recruiter screen")
    assert told_of(named, [replace(loop, rounds=(named, replace(elsewhere, name="Recruiter call")))])[1].low == 60
    choice = MockChoice(loop, [phone, coding], length="full", minutes={phone.name: elsewhere})
    stages = Sitting(store, grader).begin(choice, identity="m", seed="s", now=NOW).stages
    assert [stage.minutes for stage in stages] == [60, 45]


def test_a_short_length_asks_one_question_a_round(store: Store, grader: Grader) -> None:
    (loop,) = loops_of(grader.index)
    mock = Sitting(store, grader).begin(MockChoice(loop, loop.rounds, length="one"), identity="m", seed="s", now=NOW)
    assert [len(stage.questions) for stage in mock.stages] == [1, 1]


def test_an_outline_is_rated_by_the_candidate(grader: Grader) -> None:
    question = grader.question("fly-a-kite")
    grade = grader.rate(question, ["covered", "partly", "missed", "covered"])
    assert grade.score == pytest.approx(0.625) and SELF_RATED in grade.notes
    assert [point.verdict for point in grade.to_add] == ["missed", "partly"]
    assert all(point.citation for point in grade.points)
    with pytest.raises(UnreadableInput, match="4 key points"):
        grader.rate(question, ["covered"])


def test_the_commands_rate_keep_and_take_a_told_duration(kite_settings: Settings, kites: Index, tmp_path: Path) -> None:
    for name in ("index", "models"):
        (tmp_path / name).symlink_to(kite_settings.home / name)

    def run(*words: str, text: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(app, [*words, "--home", str(tmp_path)], input=text)
        return done.exit_code, done.stdout + done.stderr

    verdicts = [word for each in ("covered", "missed", "missed", "missed") for word in ("--verdict", each)]
    assert run("grade", "fly-a-kite", "--answer", "-", "--keep", *verdicts, text="wind")[0] == 0
    assert "fly-a-kite" in run("practise", "--mistakes")[1]
    assert run("grade", "fly-a-kite", "--answer", "-", "--verdict", "great")[0] == 1
    begin = ("mock", "begin", "--guide", "pilot")
    code, said = run(*begin, "--minutes", "Phone screen=20")
    assert code == 1 and "30 minutes (Windward)" in said
    code, said = run(*begin, "--minutes", "Phone screen=30", "--length", "one", "--json")
    assert code == 0 and json.loads(said)["stages"][0]["minutes"] == 1
    assert run(*begin)[0] == 1 and run("mock", "finish")[0] == 0
    assert run("delete")[0] == 2 and run("delete", "--yes")[0] == 0
    assert "No mistake" in run("practise", "--mistakes")[1]


def test_the_plan_is_moved_and_unticked_by_command(kite_settings: Settings, tmp_path: Path) -> None:
    for name in ("index", "models"):
        (tmp_path / name).symlink_to(kite_settings.home / name)

    def plan(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["plan", *words, "--home", str(tmp_path), "--json"])
        return done.exit_code, done.stdout or done.stderr

    day = datetime.now(UTC).date().replace(day=1)
    later = day.replace(year=day.year + (day.month > 10), month=(day.month + 1) % 12 + 1)
    assert plan("--interview", later.isoformat(), "--level", "chief")[0] == 1
    made = json.loads(plan("--interview", later.isoformat(), "--level", "senior")[1])
    uid = made["items"][0]["uid"]
    assert json.loads(plan("--tick", uid[:12])[1])["items"][0]["done"]
    assert not json.loads(plan("--untick", uid)[1])["items"][0]["done"]
    to = made["items"][-1]["day"]
    moved = next(item for item in json.loads(plan("--move", uid, "--to", to)[1])["items"] if item["uid"] == uid)
    assert moved["day"] == to and moved["pinned"]
    assert plan("--move", uid, "--to", "soon")[0] == 1 and plan("--tick", "zzz")[0] == 1 and plan("--move", uid)[0] == 2
