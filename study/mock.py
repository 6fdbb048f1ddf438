"""A mock interview as a value: rounds from a guide, one question at a time, follow-ups at what was missed.

Every move gives a new `Mock`; time, chance and the grader come in. `study.mocks` keeps it after each move, so that it
goes on after a restart. Hints exist in rehearsal only, and there is no mode for a real interview.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from index.passages import BankQuestion
from study.errors import NoSuchMock
from study.grading import Grade, Grader, PointGrade
from study.rounds import Round

Asks = Callable[[BankQuestion, str, Grade], str | None]
Mode = Literal["real", "relaxed", "rehearsal"]
MODES: tuple[Mode, ...] = ("real", "relaxed", "rehearsal")
MINUTES_A_QUESTION = 15
MOST_QUESTIONS = 4  # a round
FOLLOW_UPS = 2
NEAREST = 5  # questions a round's draw is from
PROMPTS = (
    "Restate the question and say what you assume.",
    "Give the answer in one sentence first.",
    "Name two alternatives and what decides between them.",
    "Give one figure, and one way it goes wrong.",
    "Close with what you would check next.",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A round of this mock: the guide's words for it, and the questions drawn."""

    name: str
    bank: str
    minutes: int
    guide: str
    section: str
    quote: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that was put and answered. `grade` is `Grade.as_json()` of everything said to the question so far."""

    stage: int
    question: str
    asked: str
    answer: str
    follow_up: bool
    seconds: float
    at: str
    grade: dict[str, Any] | None = None  # None where the question was skipped or is gone from the bank
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mock:
    """A mock interview. `put_at` is when the open question was shown; `spent` the seconds used on it before a pause."""

    id: str
    title: str
    mode: Mode
    started: str
    stages: tuple[Stage, ...]
    exchanges: tuple[Exchange, ...] = ()
    stage: int = 0
    place: int = 0
    pending: tuple[str, ...] = ()  # follow-ups still to be asked on the open question
    put_at: str | None = None
    spent: float = 0.0
    finished: str | None = None

    @property
    def question(self) -> str | None:
        """The id of the open question, None at the end."""
        return None if self.finished else self.stages[self.stage].questions[self.place]

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands."""
        return self.finished is None and self.put_at is None

    def seconds_on(self, now: datetime) -> float:
        """Seconds spent on the open question."""
        running = (now - datetime.fromisoformat(self.put_at)).total_seconds() if self.put_at else 0.0
        return self.spent + max(0.0, running)


def draw_stages(
    rounds: Sequence[Round],
    questions: Sequence[BankQuestion],
    *,
    seed: str,
    role: str | None = None,
    near: Mapping[tuple[str, str], float] | None = None,
) -> tuple[Stage, ...]:
    """Questions for each round, never one twice; those the round's company asks come first. Same seed, same draw.

    `near` says how near (round's name, question's id) are: the draw is from the nearest `NEAREST` of the fitting ones.
    """
    chance = random.Random(seed)
    used: set[str] = set()
    stages = []
    for each in rounds:
        fitting = [
            question
            for question in questions
            if question.round == each.bank and question.id not in used and question.company in (None, each.company)
            and (role is None or question.role in (None, role))
        ]  # fmt: skip
        fitting.sort(key=lambda question: -(near or {}).get((each.name, question.id), 0.0))
        fitting = _nearest(fitting, each.name, near) if near else fitting
        chance.shuffle(fitting)
        fitting.sort(key=lambda question: question.company is None)
        drawn = _within(fitting, each.minutes)
        if drawn:
            used.update(drawn)
            cited = each.citation
            stages.append(Stage(each.name, each.bank, each.minutes, cited.path, cited.section, cited.quote, drawn))
    return tuple(stages)


def _nearest(questions: list[BankQuestion], name: str, near: Mapping[tuple[str, str], float]) -> list[BankQuestion]:
    """The first few, without those that are further than questions of the round are on average."""
    return [each for each in questions[:NEAREST] if near.get((name, each.id), 0.0) > 0] or questions[:NEAREST]


def _within(questions: Sequence[BankQuestion], minutes: int) -> tuple[str, ...]:
    """The first questions that fit into the minutes; at least one."""
    drawn: list[str] = []
    left = minutes
    for question in questions:
        needs = question.minutes or MINUTES_A_QUESTION
        if len(drawn) < MOST_QUESTIONS and (needs <= left or not drawn):
            drawn.append(question.id)
            left -= needs
    return tuple(drawn)


def begin(identity: str, title: str, mode: Mode, stages: tuple[Stage, ...], *, now: datetime) -> Mock:
    """A mock whose first question is open. Raises NoSuchMock where there is nothing to ask."""
    if not stages:
        raise NoSuchMock("The bank has no question for these rounds: choose another loop, role or round.")
    return Mock(identity, title, mode, now.isoformat(), stages, put_at=now.isoformat())


def pause(mock: Mock, *, now: datetime) -> Mock:
    """The clock stands still."""
    return replace(mock, spent=mock.seconds_on(now), put_at=None)


def resume(mock: Mock, *, now: datetime) -> Mock:
    """The clock goes on; a finished mock stays as it is."""
    return mock if mock.finished or mock.put_at else replace(mock, put_at=now.isoformat())


def asked_text(mock: Mock, grader: Grader) -> str:
    """What is asked now: a follow-up, the question's prompt, or that it is gone."""
    if mock.pending:
        return mock.pending[0]
    question = grader.questions.get(mock.question or "")
    return question.prompt if question else "This question is no longer in the bank. Go on to the next one."


def answer(mock: Mock, text: str, grader: Grader, *, now: datetime, asks: Asks | None = None) -> Mock:
    """Take an answer to what is open, grade it with all said to the question, and put what comes next.

    `asks` may give a follow-up of its own, which then comes first.
    """
    if mock.finished or mock.question is None:
        raise NoSuchMock("This mock interview is finished: begin another one.")
    question = grader.questions.get(mock.question)
    follow_up = bool(mock.pending)
    seconds = round(mock.seconds_on(now), 1)
    exchange = Exchange(mock.stage, mock.question, asked_text(mock, grader), text, follow_up, seconds, now.isoformat())
    if question is None:
        gone = replace(exchange, note="The question went from the bank meanwhile; it is not counted.")
        return _next(replace(mock, exchanges=(*mock.exchanges, gone), pending=()), now)
    earlier = [each.answer for each in mock.exchanges if each.question == question.id and each.answer.strip()]
    grade = grader.grade(question, "\n".join([*earlier, text]))
    done = replace(mock, exchanges=(*mock.exchanges, replace(exchange, grade=grade.as_json())))
    left = mock.pending[1:] if follow_up else _with_own(asks, question, text, grade)
    if left and text.strip():
        return replace(done, pending=left, put_at=now.isoformat(), spent=0.0)
    return _next(replace(done, pending=()), now)


def skip(mock: Mock, grader: Grader, *, now: datetime) -> Mock:
    """Leave what is open unanswered; a question without any answer is "not enough to judge"."""
    if mock.finished or mock.question is None:
        return mock
    if mock.pending:
        return _next(replace(mock, pending=()), now)
    exchange = Exchange(
        mock.stage, mock.question, asked_text(mock, grader), "", False, round(mock.seconds_on(now), 1), now.isoformat()
    )
    return _next(replace(mock, exchanges=(*mock.exchanges, exchange)), now)


def finish(mock: Mock, *, now: datetime) -> Mock:
    """End here; what was not asked is not counted."""
    return mock if mock.finished else replace(mock, finished=now.isoformat(), put_at=None, pending=())


def _next(mock: Mock, now: datetime) -> Mock:
    stage, place = mock.stage, mock.place + 1
    if place >= len(mock.stages[stage].questions):
        stage, place = stage + 1, 0
    if stage >= len(mock.stages):
        return replace(mock, finished=now.isoformat(), put_at=None, spent=0.0)
    return replace(mock, stage=stage, place=place, put_at=now.isoformat(), spent=0.0)


def _with_own(asks: Asks | None, question: BankQuestion, text: str, grade: Grade) -> tuple[str, ...]:
    found = follow_ups(question, grade)
    own = asks(question, text, grade) if asks is not None and found and text.strip() else None
    return (own, *found)[:FOLLOW_UPS] if own else found


def follow_ups(question: BankQuestion, grade: Grade) -> tuple[str, ...]:
    """One or two follow-ups at what was contradicted or missed; the answer is not given away. None where all is said."""
    found = [
        f"You said “{' '.join(point.words.split())}”. Are you sure? Give the reason, or put it right."
        for point in grade.having("contradicted")[:1]
    ]
    for point in grade.having("missed", "partly"):
        if len(found) < FOLLOW_UPS and (text := _aimed_at(point, question)) not in found:
            found.append(text)
    return tuple(found[:FOLLOW_UPS])


def _aimed_at(point: PointGrade, question: BankQuestion) -> str:
    """The bank's own follow-up that shares most words with the point, else one that names the section."""
    wanted = set(point.point.casefold().split())
    shared = [(len(wanted & set(text.casefold().split())), text) for text in question.follow_ups]
    count, text = max(shared, default=(0, ""))
    if count >= 3:
        return text
    if point.citation is None:
        return "What is still missing from your answer?"
    section = point.citation.section.split(" > ")[-1]
    return f"Go deeper on one thing: {point.citation.title}, “{section}”. What would you add to your answer?"
