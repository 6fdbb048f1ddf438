"""Plans over the project's own tracks, notes and bank: hours, days off, prerequisites and rounds, whatever is wished."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from index.passages import BankQuestion, KeyPoint
from study.planning import Plan, Wishes, make_plan
from study.tasks import KNOWN_WELL, Needs, Task, tasks_of
from study.tracks import Track, load_tracks, prerequisites_in

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TODAY = date(2026, 3, 4)
ROUNDS = [
    frozenset[str](),
    frozenset({"LLM", "ML system design"}),
    frozenset({"Behavioural"}),
    frozenset({"Coding", "ML fundamentals", "Behavioural", "Phone screen"}),
]


class Shelf:
    """The corpus's files as an index gives them, without vectors."""

    def __init__(self) -> None:
        self.texts = {f"notes/{file.name}": file.read_text(encoding="utf-8") for file in CORPUS.glob("notes/*.md")}
        rows = [row for file in sorted(CORPUS.glob("questions/*.yaml")) for row in yaml.safe_load(file.read_text())]
        self._questions = [_question(row) for row in rows]

    def questions(self) -> list[BankQuestion]:
        return self._questions

    def guides(self) -> list[Any]:
        return [SimpleNamespace(path=path, title=path, kind="note") for path in self.texts]

    def guide(self, path: str) -> Any:
        return SimpleNamespace(text=self.texts[path])


def _question(row: dict[str, Any]) -> BankQuestion:
    points = tuple(KeyPoint(point["point"], point["source"]) for point in row.get("key_points", ()))
    named = {name: row.get(name) for name in ("category", "difficulty", "round", "company", "minutes")}
    return BankQuestion(row["id"], "bank", row["title"], row["prompt"], 0, 1, key_points=points, **named)


@pytest.fixture(scope="module")
def shelf() -> Any:
    return Shelf()


@pytest.fixture(scope="module")
def prerequisites(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    named = {PurePosixPath(path).stem: prerequisites_in(text) for path, text in shelf.texts.items()}
    return {note: tuple(each for each in before if each in named) for note, before in named.items()}


@lru_cache(maxsize=1)
def tracks() -> list[Track]:
    return load_tracks(CORPUS)


def planned(shelf: Any, weeks: int, hours: float, rounds: frozenset[str], **others: Any) -> tuple[Plan, list[Task]]:
    wishes = Wishes(TODAY + timedelta(weeks=weeks), hours, **others)
    needs = Needs(rounds, dict(wishes.ratings), weeks, wishes.level)
    tasks = tasks_of(shelf, tracks(), needs)
    return make_plan(wishes, tasks, today=TODAY), tasks


@pytest.mark.parametrize("weeks", [1, 2, 6, 8, 20])
@pytest.mark.parametrize("hours", [2, 5, 10, 20, 40])
@pytest.mark.parametrize("rounds", ROUNDS, ids=lambda rounds: "+".join(sorted(rounds)) or "all")
def test_a_plan_keeps_to_hours_days_prerequisites_and_rounds(
    shelf: Shelf, prerequisites: dict[str, tuple[str, ...]], weeks: int, hours: float, rounds: frozenset[str]
) -> None:
    plan, tasks = planned(shelf, weeks, hours, rounds, days_off=(6,))
    a_week: Counter[int] = Counter()
    for item in plan.items:
        a_week[(item.day - TODAY).days // 7] += item.minutes
    assert max(a_week.values()) <= hours * 60 and all(item.day.weekday() != 6 for item in plan.items)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, item in enumerate(plan.items):
        first.setdefault(item.ref, place)
        last[item.ref] = place
    read = [item.ref for item in plan.items if item.kind == "read"]
    assert all(last[before] < first[note] for note in set(read) for before in prerequisites[note])
    wanted = {task.group for task in tasks if task.kind == "practise" and task.group}
    assert wanted == rounds or not rounds
    covered = {task.group for task in tasks if task.kind == "practise" and task.ref in first}
    assert wanted == covered or all(
        any("no question fits" in note and group in note for note in plan.notes) for group in wanted - covered
    )
    assert wanted == covered or weeks * hours < 8
    assert bool(plan.dropped) == any("too short" in note or "more hours" in note for note in plan.notes)


def test_a_topic_one_is_sure_of_is_taken_for_read(shelf: Shelf) -> None:
    sure = (("coding", 5), ("fundamentals", KNOWN_WELL))
    needs = Needs(frozenset({"LLM"}), dict(sure), 6)
    taken = {task.ref for task in tasks_of(shelf, tracks(), needs)}  # type: ignore[arg-type]
    unsure = {task.ref for task in tasks_of(shelf, tracks(), Needs(frozenset({"LLM"}), {}, 6))}  # type: ignore[arg-type]
    assert "gradient-descent" in unsure - taken


def test_the_level_says_which_difficulty_waits(shelf: Shelf) -> None:
    difficulty = {question.id: question.difficulty for question in shelf.questions()}
    for level, last in (("junior", "Hard"), ("staff", "Easy")):
        plan, _ = planned(shelf, 2, 6, frozenset(), level=level)
        kinds = Counter(difficulty[item.ref] for item in plan.items if item.kind == "practise")
        assert kinds[last] <= 2 < kinds["Medium"]
