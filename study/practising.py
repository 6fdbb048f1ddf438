"""Practice: choosing a bank question, keeping attempts, and the log of mistakes to redo."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from index.passages import BankQuestion
from study.grading import Grade
from study.store import Store

if TYPE_CHECKING:
    from index.store import Index

FACETS = ("company", "role", "round", "category", "difficulty")
REDO_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer that was given, and its grade as `Grade.as_json()` printed it."""

    id: int
    question: str
    at: datetime
    answer: str
    level: str
    score: float
    grade: dict[str, Any]
    seconds: int | None
    mock: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question whose points were missed, and the day to do it again."""

    id: int
    question: str
    at: datetime
    points: tuple[str, ...]
    redo: date


def choices(questions: Sequence[BankQuestion]) -> dict[str, list[str]]:
    """For each facet the values that the bank holds, in order."""
    return {facet: sorted({value for each in questions if (value := getattr(each, facet))}) for facet in FACETS}


def find_questions(index: Index, facets: Mapping[str, str] | None = None, text: str = "") -> list[BankQuestion]:
    """The bank's questions with these facets; with a text the nearest first, by the search of the chat and by words.

    A question that names no company or role is asked anywhere: it stays when one is chosen, after those that name it.
    """
    wanted = {facet: value for facet, value in (facets or {}).items() if value}
    fitting = [each for each in index.questions() if all(_fits(each, *pair) for pair in wanted.items())]
    fitting.sort(key=lambda each: sum(getattr(each, facet) != value for facet, value in wanted.items()))
    if not text.strip() or not fitting:
        return fitting
    vectors = index.embed([text, *(f"{each.title}. {each.prompt}" for each in fitting)])
    near = vectors[1:] @ vectors[0]
    words = text.casefold().split()
    scores = [
        float(near[place]) + 0.5 * sum(word in f"{each.title} {each.prompt}".casefold() for word in words) / len(words)
        for place, each in enumerate(fitting)
    ]
    best = max(scores)
    order = sorted(range(len(fitting)), key=lambda place: -scores[place])
    return [fitting[place] for place in order if scores[place] >= max(0.25, 0.5 * best)]


def _fits(question: BankQuestion, facet: str, value: str) -> bool:
    held = getattr(question, facet)
    return bool(held == value or (held is None and facet in ("company", "role")))


class Practice:
    """The attempts and mistakes of one study record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(
        self, grade: Grade, answer: str, *, at: datetime, seconds: int | None = None, mock: str | None = None
    ) -> Attempt:
        """Keep an attempt; what it missed goes to the log of mistakes, a good one settles the question's mistakes."""
        content = grade.as_json()
        missed = json.dumps([point.point for point in grade.to_add], ensure_ascii=False)

        def insert(inside: sqlite3.Connection) -> Attempt:
            values = (grade.question, _stamp(at), answer, grade.level, grade.score, json.dumps(content), seconds, mock)
            row = inside.execute(
                """INSERT INTO attempts (question, at, answer, level, score, grade, seconds, mock)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *""",
                values,
            ).fetchone()
            inside.execute("UPDATE mistakes SET done = 1 WHERE question = ?", (grade.question,))
            if grade.level in ("weak", "fair") and grade.points:
                redo = (at + REDO_AFTER).date().isoformat()
                inside.execute(
                    "INSERT INTO mistakes (question, at, points, redo) VALUES (?, ?, ?, ?)",
                    (grade.question, _stamp(at), missed, redo),
                )
            return _attempt_of(row)

        return self._store.write(insert)

    def attempts(self, question: str | None = None) -> list[Attempt]:
        """The attempts, of one question or all, oldest first."""
        clause, values = ("WHERE question = ?", (question,)) if question else ("", ())
        return [_attempt_of(row) for row in self._store.read(f"SELECT * FROM attempts {clause} ORDER BY id", values)]

    def mistakes(self) -> list[Mistake]:
        """What is still to be done again, soonest first."""
        rows = self._store.read("SELECT * FROM mistakes WHERE done = 0 ORDER BY redo, id")
        return [
            Mistake(
                row["id"],
                row["question"],
                datetime.fromisoformat(row["at"]),
                tuple(json.loads(row["points"])),
                date.fromisoformat(row["redo"]),
            )
            for row in rows
        ]


def difference(before: Attempt, after: Attempt) -> list[tuple[str, str, str]]:
    """The points whose verdict changed between two attempts: (point, verdict before, verdict after)."""
    old = {point["point"]: point["verdict"] for point in before.grade["points"]}
    new = ((point["point"], point["verdict"]) for point in after.grade["points"])
    return [(point, old[point], verdict) for point, verdict in new if point in old and old[point] != verdict]


def question_json(question: BankQuestion, *, model_answer: bool = False) -> dict[str, Any]:
    """A question for `--json`; the model answer (key points, outline) only after an attempt."""
    row = asdict(question)
    if not model_answer:
        for hidden in ("key_points", "outline", "star", "mistakes"):
            del row[hidden]
    return row


def _attempt_of(row: sqlite3.Row) -> Attempt:
    values = {name: row[name] for name in ("id", "question", "answer", "level", "score", "seconds", "mock")}
    return Attempt(**values, at=datetime.fromisoformat(row["at"]), grade=json.loads(row["grade"]))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
