"""Questions are found by facet and by meaning; attempts are kept, and mistakes come back until they are put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.store import Index
from study.grading import Grader
from study.practising import Practice, choices, difference, find_questions, question_json
from study.store import Store
from tests.study.conftest import GOOD, WRONG

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with Store(tmp_path / "study.db") as store:
        yield Practice(store)


def test_questions_are_found_by_facet_and_by_meaning(kites: Index) -> None:
    assert choices(kites.questions())["difficulty"] == ["Easy", "Medium"]
    assert [each.id for each in find_questions(kites, {"round": "Coding"})] == ["choose-a-spar"]
    assert [each.id for each in find_questions(kites, {"company": "Acme"})] == ["choose-a-spar", "fly-a-kite"]
    assert find_questions(kites, {}, "what should the sticks be made of")[0].id == "choose-a-spar"
    assert find_questions(kites, {"round": "Nowhere"}, "kite") == []


def test_the_model_answer_is_hidden_before_an_attempt(grader: Grader) -> None:
    question = grader.question("fly-a-kite")
    assert not {"key_points", "outline"} & set(question_json(question))
    assert {"key_points", "outline"} <= set(question_json(question, model_answer=True))


def test_a_weak_attempt_is_a_mistake_until_a_good_one(practice: Practice, grader: Grader) -> None:
    question = grader.question("fly-a-kite")
    first = practice.keep(grader.grade(question, WRONG), WRONG, at=NOW, seconds=60)
    (mistake,) = practice.mistakes()
    assert mistake.redo == (NOW + timedelta(days=3)).date() and mistake.points
    second = practice.keep(grader.grade(question, GOOD), GOOD, at=NOW + timedelta(days=3))
    assert practice.mistakes() == []
    assert practice.attempts("fly-a-kite") == [first, second]
    assert all(after == "covered" for _, before, after in difference(first, second) if before != "covered")
    assert difference(first, second)
