"""A mock follows the guide's rounds, follows up on what was missed, survives a restart, and is judged at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.store import Index
from study.errors import NoSuchMock
from study.grading import Grader
from study.mock import Mock, answer, asked_text, begin, draw_stages, finish, pause, resume, skip
from study.mocks import Mocks
from study.rounds import loops_of, minutes_in
from study.scorecard import NOT_ENOUGH, as_html, as_markdown, score
from study.store import Store
from tests.study.conftest import GOOD, WRONG

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def mock(kites: Index) -> Mock:
    (loop,) = loops_of(kites)
    stages = draw_stages(loop.rounds, kites.questions(), seed="one")
    return begin("m1", loop.title, "real", stages, now=NOW)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45–60 minutes", (45, 60)),
        ("about 1 hour", (60, 60)),
        ("30 min", (30, 30)),
        ("a while", None),
        ("1 to 2 hours", (60, 120)),
    ],
)
def test_durations_are_read(text: str, minutes: tuple[int, int] | None) -> None:
    assert minutes_in(text) == minutes


def test_rounds_and_durations_come_from_the_guide_and_are_cited(mock: Mock, kites: Index) -> None:
    assert [(stage.name, stage.minutes, stage.questions) for stage in mock.stages] == [
        ("Phone screen", 30, ("fly-a-kite",)),
        ("Coding", 45, ("choose-a-spar",)),
    ]
    assert all(stage.quote in kites.guide(stage.guide).text for stage in mock.stages)


def test_a_whole_mock_with_follow_ups_pause_restart_and_report(mock: Mock, grader: Grader, tmp_path: Path) -> None:
    with Store(tmp_path / "study.db") as store:
        mock = Mocks(store).keep(answer(mock, WRONG, grader, now=NOW + timedelta(minutes=4)))
        assert 1 <= len(mock.pending) <= 2 and mock.exchanges[0].seconds == 240
        mock = Mocks(store).keep(pause(mock, now=NOW + timedelta(minutes=5)))
    with Store(tmp_path / "study.db") as store:
        again = Mocks(store).unfinished()
        assert again == mock and again.is_paused
        mock = resume(again, now=NOW + timedelta(days=1))
        assert mock.seconds_on(NOW + timedelta(days=1, seconds=30)) == 90
        while mock.pending:
            mock = answer(mock, GOOD, grader, now=NOW + timedelta(days=1))
        assert mock.question == "choose-a-spar" and asked_text(mock, grader).startswith("Which material")
        mock = Mocks(store).keep(skip(mock, grader, now=NOW + timedelta(days=1)))
        assert mock.finished and Mocks(store).unfinished() is None
    card = score(mock, grader.questions)
    assert [(line.name, line.level == NOT_ENOUGH) for line in card.rounds] == [
        ("Phone screen", False),
        ("Coding", True),
    ]
    assert any(each.words for each in card.quoted) and all(each.source for each in card.quoted)
    assert "Kite pilot interviews" in as_markdown(card) and NOT_ENOUGH in as_markdown(card)


def test_a_perfect_answer_gets_no_follow_up(mock: Mock, grader: Grader) -> None:
    assert answer(mock, GOOD, grader, now=NOW).question == "choose-a-spar"


def test_an_unanswered_mock_is_not_enough_to_judge(mock: Mock, grader: Grader) -> None:
    card = score(finish(mock, now=NOW), grader.questions)
    assert card.overall.level == NOT_ENOUGH
    with pytest.raises(NoSuchMock):
        answer(finish(mock, now=NOW), GOOD, grader, now=NOW)


def test_a_question_that_went_from_the_bank_is_said_and_nothing_is_lost(mock: Mock, grader: Grader) -> None:
    gone = replace(mock, stages=(replace(mock.stages[0], questions=("was-here",)), *mock.stages[1:]))
    after = answer(gone, GOOD, grader, now=NOW)
    assert after.question == "choose-a-spar" and after.exchanges[0].answer == GOOD and "went" in after.exchanges[0].note
    assert score(after, grader.questions).rounds[0].level == NOT_ENOUGH


def test_the_printed_report_shows_markup_as_text(mock: Mock, grader: Grader) -> None:
    said = answer(mock, f"<script>alert(1)</script> {WRONG}", grader, now=NOW)
    assert "<script>" not in as_html(score(said, grader.questions))


def test_an_empty_loop_is_refused() -> None:
    with pytest.raises(NoSuchMock, match="no question"):
        begin("m", "t", "real", (), now=NOW)
