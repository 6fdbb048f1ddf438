"""The practice pages, run without a browser over a small real corpus: from the first answer to the record's export."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.settings import Settings
from study.cards import Cards
from study.mocks import Mocks
from study.planning import Wishes, make_plan, move
from study.plans import Plans
from study.practising import Practice
from study.store import Store
from study.tasks import Task
from tests.study.conftest import GOOD, WRONG, kite_settings

__all__ = ["kite_settings"]
PAGE = """
from ui.pages import {name}
{name}.draw()
"""


@pytest.fixture(autouse=True)
def home(kite_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("index", "models"):
        (tmp_path / name).symlink_to(kite_settings.home / name)
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    yield tmp_path


def opened(name: str, **query: str) -> AppTest:
    page = AppTest.from_string(PAGE.format(name=name), default_timeout=60)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def submit(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "text", "error", "info", "warning", "success")
    return "\n".join(str(each.value) for kind in kinds for each in page.get(kind))


def test_practise_feedback_and_retry(home: Path) -> None:
    page = press(opened("practise"), "open-fly-a-kite")
    assert "The model answer" not in [each.label for each in page.expander]
    press(page, "hint")
    assert "Think of the air near the ground" in texts(page)
    submit(page, "Give feedback")
    assert "Write an answer first" in texts(page)
    page.text_area[0].set_value(WRONG)
    submit(page, "Give feedback")
    assert "Weak" in texts(page) and "**Contradicted:**" in texts(page) and "A stronger answer adds" in texts(page)
    assert "The model answer" in [each.label for each in page.expander]
    press(page, "retry")
    page.text_area[0].set_value(GOOD)
    submit(page, "Give feedback")
    assert "Strong" in texts(page) and page.metric[0].label == "Since your last attempt"
    with Store(home / "study.db") as store:
        assert [attempt.level for attempt in Practice(store).attempts()] == ["weak", "strong"]


def test_an_outline_is_rated_by_its_writer(home: Path) -> None:
    page = opened("practise", question="fly-a-kite")
    submit(page, "Rate my outline myself")
    assert "Write an answer first" in texts(page)
    page.text_area[0].set_value("- wind\n- gusts")
    submit(page, "Rate my outline myself")
    assert "#cite-0-1" in texts(page) and "Common mistakes" not in texts(page)
    page.radio[0].set_value("Covered")
    page.radio[1].set_value("Partly")
    submit(page, "Keep my rating")
    assert "You rated this answer yourself." in texts(page)
    with Store(home / "study.db") as store:
        (attempt,) = Practice(store).attempts()
        assert attempt.score == 0.375 and [point["verdict"] for point in attempt.grade["points"]][:2] == [
            "covered",
            "partly",
        ]


def test_the_bank_is_filtered_by_the_address() -> None:
    assert "1 of 2 questions" in texts(opened("practise", round="Coding"))
    assert "holds no question nowhere" in texts(opened("practise", question="nowhere"))


def test_cards_are_shown_rated_and_taken_back(home: Path) -> None:
    page = opened("practise", view="Cards due")
    assert "3 cards today" in texts(page)
    press(page, "show")
    assert page.button(key="rate-3").label.startswith("Good · ")
    press(page, "rate-3")
    with Store(home / "study.db") as store:
        assert len(store.read("SELECT * FROM reviews")) == 1
    press(page, "undo")
    with Store(home / "study.db") as store:
        assert store.read("SELECT * FROM reviews") == [] and len(Cards(store).due(now=datetime.now(UTC))) == 3


def test_a_whole_mock_with_a_follow_up_pause_and_report(home: Path) -> None:
    page = opened("mock")
    submit(page, "Begin")
    assert "Phone screen" in texts(page)
    page.text_area[0].set_value(WRONG)
    submit(page, "Answer")
    assert "**Follow-up**" in texts(page)
    press(page, "pause")
    page = opened("mock")
    assert "Paused" in texts(page)
    press(page, "resume")
    press(page, "skip")
    press(page, "finish")
    assert "Scorecard" in texts(page) and "What to do next" in "".join(each.value for each in page.subheader)
    with Store(home / "study.db") as store:
        assert Mocks(store).unfinished() is None


def test_a_plan_is_made_ticked_and_planned_again(home: Path) -> None:
    page = opened("plan")
    day = datetime.now(UTC).date() + timedelta(days=21)
    page.date_input(key="plan-interview").set_value(day)
    page.text_input(key="plan-dates-off").set_value("Christmas")
    submit(page, "Make the plan")
    assert "write a day as" in texts(page)
    holiday = day - timedelta(days=9)
    page.text_input(key="plan-dates-off").set_value(f"{holiday}, ")
    submit(page, "Make the plan")
    page.checkbox[0].check().run()
    with Store(home / "study.db") as store:
        plan = Plans(store).current()
        assert plan is not None and plan.wishes.interview == day and sum(item.done for item in plan.items) == 1
        assert plan.wishes.dates_off == (holiday,) and not plan.on(holiday)
    press(page, "again")
    with Store(home / "study.db") as store:
        again = Plans(store).current()
        assert again is not None and again.revision > plan.revision and sum(item.done for item in again.items) == 1


def test_a_date_in_the_past_and_no_hours_are_said(home: Path) -> None:
    page = opened("plan")
    page.date_input(key="plan-interview").set_value(datetime.now(UTC).date() - timedelta(days=1))
    submit(page, "Make the plan")
    assert "not in the future" in texts(page)
    page.date_input(key="plan-interview").set_value(datetime.now(UTC).date() + timedelta(days=30))
    page.number_input(key="plan-hours").set_value(0.0)
    submit(page, "Make the plan")
    assert "hours a week" in texts(page)


def test_progress_counts_and_everything_can_be_deleted(home: Path) -> None:
    page = press(opened("practise"), "open-fly-a-kite")
    page.text_area[0].set_value(WRONG)
    submit(page, "Give feedback")
    page = opened("progress")
    assert {metric.label: metric.value for metric in page.metric}["Mistakes to do again"] == "1"
    assert "Practise Statistics" in texts(page)
    press(page, "delete-all")
    with Store(home / "study.db") as store:
        assert Practice(store).attempts() == []


def test_what_was_moved_before_its_prerequisite_is_said(home: Path) -> None:
    today = datetime.now(UTC).date()
    task = Task("read", "knots", "Read: Knots", 20, "", "A track", 1)
    tasks = [task, replace(task, ref="bends", title="Read: *Bends*", builds_on=("knots",))]
    plan = make_plan(Wishes(today + timedelta(days=20), 4.0), tasks, today=today)
    first = next(item for item in plan.items if item.ref == "knots")
    with Store(Settings(home=home).study_db) as store:
        Plans(store).keep(move(plan, first.uid, today + timedelta(days=19)), at=datetime.now(UTC))
    page = opened("plan").run()
    assert not page.exception
    (told,) = [each.value for each in page.warning if "builds on" in each.value]
    assert "Knots" in told and r"\*Bends\*" in told


@pytest.mark.parametrize("name", ["practise", "mock", "plan", "progress"])
def test_without_an_index_a_page_says_what_to_do(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "empty"))
    assert "python -m ingest" in texts(opened(name))


@pytest.mark.parametrize("name", ["practise", "mock", "plan", "progress"])
def test_a_damaged_record_is_set_aside_and_said(home: Path, name: str) -> None:
    (home / "study.db").write_bytes(b"garbage" * 1000)
    assert "was damaged and is kept as" in texts(opened(name))
    assert len(list(home.glob("study.db.damaged-*"))) == 1


@pytest.mark.parametrize("name", ["practise", "mock", "plan", "progress"])
def test_a_newer_record_is_left_alone_and_said(home: Path, name: str) -> None:
    with closing(sqlite3.connect(home / "study.db")) as newer:
        newer.execute("PRAGMA user_version = 99")
        newer.commit()
    assert "update Footnote" in texts(opened(name))


def test_a_mock_that_went_on_in_another_window_takes_no_stale_answer(home: Path) -> None:
    first = opened("mock")
    submit(first, "Begin")
    second = opened("mock")
    second.text_area[0].set_value(WRONG)
    submit(second, "Answer")
    first.text_area[0].set_value("My stale answer.")
    submit(first, "Answer")
    with Store(home / "study.db") as store:
        open_mock = Mocks(store).unfinished()
        assert open_mock is not None and [each.answer for each in open_mock.exchanges] == [WRONG]
