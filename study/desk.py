"""What each command of `python -m study` does: it opens index and record, and gives a row for --json and a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import study.mock as mocking
from index.errors import FootnoteError
from index.store import Index
from study.anki import as_csv, write_anki
from study.asking import as_text, text_of, verdict_named
from study.calendar import as_calendar
from study.cards import Card, Cards
from study.errors import CannotPlan, NoSuchMock, StudyError
from study.grading import Grader
from study.mocks import Mocks
from study.planning import Item, Plan, Wishes, out_of_order, uid_in
from study.planning import move as moved
from study.planning import tick as ticked
from study.plans import Plans, plan_for, plan_json
from study.portable import delete_everything, export_record, import_record
from study.practising import FACETS, Practice, find_questions, question_json
from study.progress import measure
from study.rounds import Loop, Round, length_text, loops_of, round_json, told_of
from study.scheduling import interval_text, next_due
from study.scorecard import as_html, as_markdown, score
from study.sitting import LENGTHS, MOVES, MockChoice, Sitting
from study.store import Store

if TYPE_CHECKING:
    from index.settings import Settings

Said = tuple[dict[str, Any], str]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class MockWishes:
    """Which rounds of which guide, and how."""

    guide: str | None
    rounds: tuple[str, ...]
    mode: str
    seed: str
    length: str = "full"
    role: str | None = None
    minutes: Mapping[str, str] = field(default_factory=dict)  # round's name -> minutes, one of what the guides say


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to grade: a file or -; with verdicts, rated by the candidate."""

    question: str
    source: str
    verdicts: tuple[str, ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class PlanSteps:
    """What to do with the plan there is: items by their uid, a day as it was typed."""

    tick: str | None = None
    untick: str | None = None
    move: str | None = None
    to: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """A plan's wishes as they were typed."""

    interview: str | None
    hours: float
    off: tuple[str, ...]
    ratings: tuple[tuple[str, str], ...]
    guide: str | None
    level: str = "mid"


def grade(settings: Settings, answered: Answered, *, now: datetime) -> Said:
    """An answer graded, or rated by the candidate; kept as an attempt where that is asked."""
    text = text_of(answered.source)
    grader = Grader.open(settings)
    question = grader.question(answered.question)
    rated = [verdict_named(each) for each in answered.verdicts]
    graded = grader.rate(question, rated) if rated else grader.grade(question, text)
    if answered.keep:
        with Store(settings.study_db) as store:
            Practice(store).keep(graded, text, at=now)
    return graded.as_json(), as_text(graded)


def mistakes(settings: Settings) -> Said:
    """What to do again, soonest first."""
    with Store(settings.study_db) as store:
        found = Practice(store).mistakes()
    rows = [{"question": each.question, "redo": each.redo.isoformat(), "points": list(each.points)} for each in found]
    lines = [f"{each.redo}  {each.question}: {'; '.join(each.points)}" for each in found]
    return {"mistakes": rows}, "\n".join(lines) or "No mistake to do again."


def practise(settings: Settings, question: str | None, facets: Mapping[str, str], text: str, limit: int) -> Said:
    """The bank, or one question; its model answer only where an attempt is on record."""
    unknown = set(facets) - set(FACETS)
    if unknown:
        raise StudyError(f"The bank has no {', '.join(sorted(unknown))}: filter by {', '.join(FACETS)}.")
    index = Index.open(settings)
    if question is not None:
        found = Grader(index).question(question)
        with Store(settings.study_db) as store:
            tried = bool(Practice(store).attempts(question))
        row = question_json(found, model_answer=tried)
        return (
            row,
            f"{found.title}\n\n{found.prompt}\n\nHints: {len(found.hints)}. Answer with `python -m study grade {question}`.",
        )
    questions = find_questions(index, facets, text)[:limit]
    lines = [f"{each.id}\t{each.round or ''}\t{each.difficulty or ''}\t{each.title}" for each in questions]
    return {"questions": [question_json(each) for each in questions]}, "\n".join(lines) or "No question fits."


def due(settings: Settings, *, now: datetime) -> Said:
    """The cards due, after holding them against the corpus of today."""
    with Store(settings.study_db) as store:
        cards = Cards(store)
        changes = cards.synchronise(Index.open(settings), now=now)
        interview = Plans(store).interview()
        waiting = cards.due(now=now)
        rows = [_card_json(card, now, interview) for card in waiting]
    text = "\n".join(f"{card.text.id}\t{card.text.front}" for card in waiting) or "No card is due."
    return {"due": rows, "changes": asdict(changes)}, text


def rate(settings: Settings, card: str, rating: int, *, now: datetime) -> Said:
    """A review."""
    with Store(settings.study_db) as store:
        after = Cards(store).review(card, rating, now=now, interview=Plans(store).interview())
    return {
        "card": card,
        "due": after.memory.due.isoformat(),
    }, f"{card} comes back in {interval_text(after.memory.due, now=now)}."


def undo(settings: Settings) -> Said:
    """The last review taken back."""
    with Store(settings.study_db) as store:
        card = Cards(store).undo()
    return {"undone": card}, f"The review of {card} is taken back." if card else "There is no review to take back."


def write_cards(settings: Settings, anki: Path | None, csv: Path | None, *, now: datetime) -> Said:
    """All cards as files."""
    with Store(settings.study_db) as store:
        cards = Cards(store)
        cards.synchronise(Index.open(settings), now=now)
        every = cards.all()
    if anki:
        with _written(anki):
            write_anki(every, anki)
    if csv:
        with _written(csv):
            csv.write_text(as_csv(every), encoding="utf-8")
    files = [str(path) for path in (anki, csv) if path]
    return {"cards": len(every), "files": files}, f"{len(every)} cards written to {', '.join(files)}."


def _card_json(card: Card, now: datetime, interview: date | None) -> dict[str, Any]:
    intervals = next_due(card.memory, now=now, interview=interview)
    shown = {str(rating): interval_text(at, now=now) for rating, at in intervals.items()}
    return {**asdict(card.text), "status": card.status, "due": card.memory.due.isoformat(), "next": shown}


def mock(
    settings: Settings, step: str, wishes: MockWishes, answer: str | None, html: Path | None, *, now: datetime
) -> Said | None:
    """One step of a mock interview; None where the step is unknown or lacks something."""
    with Store(settings.study_db) as store:
        mocks = Mocks(store)
        if step == "list":
            rows = [{"id": each.id, "title": each.title, "finished": each.finished} for each in mocks.all()]
            return {"mocks": rows}, "\n".join(
                f"{row['id']}\t{row['title']}" for row in rows
            ) or "No mock interview yet."
        grader = Grader.open(settings)
        if step == "loops":
            return _loops(loops_of(grader.index))
        if step == "report":
            return _report(mocks, grader, html)
        sitting = Sitting(store, grader)
        if step == "begin" and wishes.guide:
            stamp = f"{now:%Y%m%d-%H%M%S}"
            choice = _choice(loops_of(grader.index), wishes)
            return _open_mock(sitting.begin(choice, identity=stamp, seed=wishes.seed or stamp, now=now), grader)
        if step == "answer" and answer:
            return _open_mock(sitting.answer(text_of(answer), now=now), grader)
        return _open_mock(sitting.move(step, now=now), grader) if step in MOVES else None


def _choice(loops: list[Loop], wishes: MockWishes) -> MockChoice:
    mode = next((each for each in mocking.MODES if each == wishes.mode), None)
    length = next((each for each in LENGTHS if each == wishes.length), None)
    if mode is None or length is None:
        raise NoSuchMock(f"Choose a mode of {', '.join(mocking.MODES)} and a length of {', '.join(LENGTHS)}.")
    loop = next((loop for loop in loops if wishes.guide and wishes.guide in loop.guide), None)
    if loop is None:
        raise NoSuchMock(
            f"No guide {wishes.guide!r} describes rounds: `python -m study mock loops` lists those that do."
        )
    rounds = [each for each in loop.rounds if not wishes.rounds or {each.name, each.bank} & set(wishes.rounds)]
    minutes = {name: _told(name, value, rounds, loops) for name, value in wishes.minutes.items()}
    return MockChoice(loop, rounds, mode, length, wishes.role, minutes)


def _told(name: str, value: str, rounds: list[Round], loops: list[Loop]) -> Round:
    """The round whose guide gives it so many minutes. Raises NoSuchMock, which names what the guides say."""
    told = [one for each in rounds if each.name == name for one in told_of(each, loops)]
    fitting = [one for one in told if value.isdigit() and one.low <= int(value) <= one.high]
    if not fitting:
        said = ", ".join(f"{length_text(one)} ({one.citation.publisher})" for one in told) or "nothing"
        raise NoSuchMock(f"No guide gives {name!r} {value} minutes; they say: {said}.")
    return replace(fitting[0], low=int(value), high=int(value))


def _open_mock(mock: mocking.Mock, grader: Grader) -> Said:
    row = asdict(mock) | {"asks": None if mock.finished else mocking.asked_text(mock, grader)}
    if mock.finished:
        return row, "Finished. `python -m study mock report` shows the scorecard."
    stage = mock.stages[mock.stage]
    return row, f"{stage.name} ({stage.minutes} minutes)\n\n{row['asks']}"


def _loops(loops: list[Loop]) -> Said:
    rows = [
        {"guide": loop.guide, "title": loop.title, "rounds": [
            round_json(each) | {"told": [round_json(one) for one in told_of(each, loops)]} for each in loop.rounds
        ]}
        for loop in loops
    ]  # fmt: skip
    lines = [f"{loop.guide}: " + ", ".join(_named_round(each, loops) for each in loop.rounds) for loop in loops]
    return {"loops": rows}, "\n".join(lines) or "No guide describes rounds with durations."


def _named_round(each: Round, loops: list[Loop]) -> str:
    """The round and its duration; where other guides say otherwise, theirs beside it."""
    others = [f"{length_text(one)} in {one.citation.guide}" for one in told_of(each, loops)[1:]]
    return f"{each.name} ({'; '.join([length_text(each), *others])})"


def _report(mocks: Mocks, grader: Grader, html: Path | None) -> Said:
    latest = next(iter(mocks.all()), None)
    if latest is None:
        raise NoSuchMock("There is no mock interview to report on: begin one.")
    card = score(latest, grader.questions)
    if html:
        with _written(html):
            html.write_text(as_html(card), encoding="utf-8")
    return asdict(card), as_markdown(card)


def plan(settings: Settings, asked: PlanWishes, steps: PlanSteps, calendar: Path | None, *, now: datetime) -> Said:
    """Make, tick, move, re-plan or show the plan, and write its calendar."""
    with Store(settings.study_db) as store:
        plans = Plans(store)
        current = plans.current()
        if asked.interview is not None:
            made = plan_for(settings, Index.open(settings), _wishes(asked), today=now.date(), before=current)
            current = plans.keep(made, at=now, before=current)
        if current is None:
            raise CannotPlan("There is no plan yet: `python -m study plan --interview 2026-12-01 --hours 8` makes one.")
        if steps.tick or steps.untick or steps.move:
            current = plans.change(lambda plan: _stepped(plan, steps), at=now)
        if steps.again and asked.interview is None:
            made = plan_for(settings, Index.open(settings), current.wishes, today=now.date(), before=current)
            current = plans.keep(made, at=now, before=current)
    if calendar:
        with _written(calendar):
            calendar.write_bytes(as_calendar(current, now=now))
    return {**plan_json(current), "out_of_order": out_of_order(current)}, _plan_text(current)


def _stepped(plan: Plan, steps: PlanSteps) -> Plan:
    if steps.tick:
        plan = ticked(plan, uid_in(plan, steps.tick))
    if steps.untick:
        plan = ticked(plan, uid_in(plan, steps.untick), done=False)
    if steps.move and steps.to:
        try:
            day = date.fromisoformat(steps.to)
        except ValueError as error:
            raise CannotPlan(f"{error}: write the day as 2026-12-01.") from error
        plan = moved(plan, uid_in(plan, steps.move), day)
    return plan


@contextmanager
def _written(target: Path) -> Iterator[None]:
    """A file that cannot be written, said with the cure."""
    try:
        yield
    except OSError as error:
        raise StudyError(
            f"{target} cannot be written ({error}): name a file in a folder that may be written."
        ) from error


def _wishes(asked: PlanWishes) -> Wishes:
    weekdays = tuple(WEEKDAYS.index(each.lower()) for each in asked.off if each.lower() in WEEKDAYS)
    try:
        dates = tuple(date.fromisoformat(each) for each in asked.off if each.lower() not in WEEKDAYS)
        ratings = tuple((topic, int(value)) for topic, value in asked.ratings)
        return Wishes(
            date.fromisoformat(asked.interview or ""), asked.hours, weekdays, dates, asked.level, ratings, asked.guide
        )
    except ValueError as error:
        raise CannotPlan(f"{error}: write days as 2026-12-01, weekdays as monday, ratings as coding=2.") from error


def _plan_text(plan: Plan) -> str:
    def line(item: Item) -> str:
        cited = "".join(f"[{number}]" for number in item.cites)
        return f"{item.day} {'x' if item.done else ' '} {item.minutes:>3} min  {item.title} {cited} ({item.uid.split('@')[0]})"

    dropped = [f"left out: {title}" for title in plan.dropped]
    sources = [f"[{each.number}] {each.title}, {each.section}: {' '.join(each.quote.split())}" for each in plan.sources]
    return "\n".join([*plan.notes, *out_of_order(plan), "", *map(line, plan.items), *dropped, "", *sources])


def progress(settings: Settings, *, now: datetime) -> Said:
    """How far it is."""
    with Store(settings.study_db) as store:
        try:
            bank = {question.id: question for question in Index.open_any(settings).questions()}
        except FootnoteError:
            bank = {}
        found = measure(store, bank, now=now)
    lines = [
        f"{topic.name}: {topic.readiness:.0%} ready on {found.on}, {topic.attempts} attempts" for topic in found.topics
    ]
    return found.as_json(), "\n".join(lines) or "Nothing practised yet: `python -m study practise` shows the bank."


def export_to(settings: Settings, target: Path | None, *, now: datetime) -> Said:
    """Everything, to a file or to standard output."""
    with Store(settings.study_db) as store:
        row = export_record(store, now=now)
    if target is None:
        return row, ""
    with _written(target):
        target.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    counts = {table: len(rows) for table, rows in row["tables"].items()}
    return {"file": str(target), "rows": counts}, f"{sum(counts.values())} rows written to {target}."


def import_from(settings: Settings, source: str) -> Said:
    """An export put in the place of the record."""
    text = text_of(source)
    with Store(settings.study_db) as store:
        counts = import_record(store, text)
    return {"rows": counts}, f"{sum(counts.values())} rows taken in."


def delete(settings: Settings) -> Said:
    """The record emptied, and what a model answered forgotten."""
    with Store(settings.study_db) as store:
        delete_everything(store)
    if settings.model_answers.is_dir():
        from answer.model.response_cache import ResponseCache

        ResponseCache(settings.model_answers).clear()
    return {"deleted": True}, "Chats, attempts, cards, reviews, mock interviews and plan are deleted."
