"""What each command of `python -m study` does: it opens index and record, and gives a row for --json and a text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import study.mock as mocking
from index.errors import FootnoteError
from index.store import Index
from study.anki import as_csv, write_anki
from study.asking import text_of
from study.calendar import as_calendar
from study.cards import Card, Cards
from study.errors import CannotPlan, NoSuchMock, StudyError
from study.grading import Grader
from study.mocks import Mocks
from study.planning import Item, Plan, Wishes
from study.planning import tick as ticked
from study.plans import Plans, plan_for, plan_json
from study.portable import export_record, import_record
from study.practising import FACETS, Practice, find_questions, question_json
from study.progress import measure
from study.rounds import Loop, loops_of, nearness, round_json
from study.scheduling import interval_text, next_due
from study.scorecard import as_html, as_markdown, score
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


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """A plan's wishes as they were typed."""

    interview: str | None
    hours: float
    off: tuple[str, ...]
    ratings: tuple[tuple[str, str], ...]
    guide: str | None


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
    try:
        if anki:
            write_anki(every, anki)
        if csv:
            csv.write_text(as_csv(every), encoding="utf-8")
    except OSError as error:
        raise StudyError(
            f"The cards cannot be written ({error}): name a file in a folder that may be written."
        ) from error
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
        if step == "begin":
            return _open_mock(mocks.keep(_begin(grader, wishes, now)), grader) if wishes.guide else None
        if step == "report":
            return _report(mocks, grader, html)
        open_mock = mocks.unfinished()
        if open_mock is None:
            raise NoSuchMock("No mock interview is open: `python -m study mock begin --guide …` begins one.")
        after = _step(open_mock, step, answer, grader, now)
        return None if after is None else _open_mock(mocks.keep(after), grader)


def _begin(grader: Grader, wishes: MockWishes, now: datetime) -> mocking.Mock:
    if wishes.mode not in mocking.MODES:
        raise NoSuchMock(f"There is no mode {wishes.mode!r}: choose {', '.join(mocking.MODES)}.")
    loop = next((loop for loop in loops_of(grader.index) if wishes.guide and wishes.guide in loop.guide), None)
    if loop is None:
        raise NoSuchMock(
            f"No guide {wishes.guide!r} describes rounds: `python -m study mock loops` lists those that do."
        )
    rounds = [each for each in loop.rounds if not wishes.rounds or {each.name, each.bank} & set(wishes.rounds)]
    stamp = f"{now:%Y%m%d-%H%M%S}"
    seed = wishes.seed or stamp
    questions = [each for each in grader.questions.values() if each.round in {one.bank for one in rounds}]
    stages = mocking.draw_stages(rounds, questions, seed=seed, near=nearness(grader.index, rounds, questions))
    return mocking.begin(stamp, loop.title, wishes.mode, stages, now=now)


def _step(mock: mocking.Mock, step: str, answer: str | None, grader: Grader, now: datetime) -> mocking.Mock | None:
    if step == "answer":
        return mocking.answer(mock, text_of(answer), grader, now=now) if answer else None
    moves = {
        "skip": lambda: mocking.skip(mock, grader, now=now),
        "pause": lambda: mocking.pause(mock, now=now),
        "resume": lambda: mocking.resume(mock, now=now),
        "finish": lambda: mocking.finish(mock, now=now),
    }
    return moves[step]() if step in moves else None


def _open_mock(mock: mocking.Mock, grader: Grader) -> Said:
    row = asdict(mock) | {"asks": None if mock.finished else mocking.asked_text(mock, grader)}
    if mock.finished:
        return row, "Finished. `python -m study mock report` shows the scorecard."
    stage = mock.stages[mock.stage]
    return row, f"{stage.name} ({stage.minutes} minutes)\n\n{row['asks']}"


def _loops(loops: list[Loop]) -> Said:
    rows = [
        {"guide": loop.guide, "title": loop.title, "rounds": [round_json(each) for each in loop.rounds]}
        for loop in loops
    ]
    lines = [
        f"{loop.guide}: " + ", ".join(f"{each.name} ({each.low}–{each.high})" for each in loop.rounds) for loop in loops
    ]
    return {"loops": rows}, "\n".join(lines) or "No guide describes rounds with durations."


def _report(mocks: Mocks, grader: Grader, html: Path | None) -> Said:
    latest = next(iter(mocks.all()), None)
    if latest is None:
        raise NoSuchMock("There is no mock interview to report on: begin one.")
    card = score(latest, grader.questions)
    if html:
        html.write_text(as_html(card), encoding="utf-8")
    return asdict(card), as_markdown(card)


def plan(
    settings: Settings, asked: PlanWishes, tick: str | None, calendar: Path | None, *, again: bool, now: datetime
) -> Said:
    """Make, tick, re-plan or show the plan, and write its calendar."""
    with Store(settings.study_db) as store:
        plans = Plans(store)
        current = plans.current()
        if asked.interview is not None:
            made = plan_for(settings, Index.open(settings), _wishes(asked), today=now.date(), before=current)
            current = plans.keep(made, at=now)
        if current is None:
            raise CannotPlan("There is no plan yet: `python -m study plan --interview 2026-12-01 --hours 8` makes one.")
        if tick:
            current = plans.keep(ticked(current, tick), at=now)
        if again and asked.interview is None:
            made = plan_for(settings, Index.open(settings), current.wishes, today=now.date(), before=current)
            current = plans.keep(made, at=now)
    if calendar:
        calendar.write_bytes(as_calendar(current, now=now))
    return plan_json(current), _plan_text(current)


def _wishes(asked: PlanWishes) -> Wishes:
    weekdays = tuple(WEEKDAYS.index(each.lower()) for each in asked.off if each.lower() in WEEKDAYS)
    try:
        dates = tuple(date.fromisoformat(each) for each in asked.off if each.lower() not in WEEKDAYS)
        ratings = tuple((topic, int(value)) for topic, value in asked.ratings)
        return Wishes(
            date.fromisoformat(asked.interview or ""), asked.hours, weekdays, dates, "mid", ratings, asked.guide
        )
    except ValueError as error:
        raise CannotPlan(f"{error}: write days as 2026-12-01, weekdays as monday, ratings as coding=2.") from error


def _plan_text(plan: Plan) -> str:
    def line(item: Item) -> str:
        return f"{item.day} {'x' if item.done else ' '} {item.minutes:>3} min  {item.title}  ({item.uid.split('@')[0]})"

    dropped = [f"left out: {title}" for title in plan.dropped]
    return "\n".join([*plan.notes, "", *map(line, plan.items), *dropped])


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
    try:
        target.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise StudyError(
            f"{target} cannot be written ({error}): name a file in a folder that may be written."
        ) from error
    counts = {table: len(rows) for table, rows in row["tables"].items()}
    return {"file": str(target), "rows": counts}, f"{sum(counts.values())} rows written to {target}."


def import_from(settings: Settings, source: str) -> Said:
    """An export put in the place of the record."""
    text = text_of(source)
    with Store(settings.study_db) as store:
        counts = import_record(store, text)
    return {"rows": counts}, f"{sum(counts.values())} rows taken in."
