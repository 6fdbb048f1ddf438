"""What a plan is made of: the notes and questions of the tracks that lead to the chosen rounds, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from index.passages import BankQuestion
from study.rounds import Loop
from study.tracks import Step, Track, prerequisites_in

if TYPE_CHECKING:
    from index.store import Index

READ_MINUTES = 20
QUESTION_MINUTES = 15
AFTERWARDS = 5  # minutes for the feedback on a question
MOCK_MINUTES = 45
KNOWN_WELL, KNOWN_BADLY = 4, 2  # self-ratings from 1 to 5
TOPICS: Mapping[str, frozenset[str]] = {
    "coding": frozenset({"Coding", "Phone screen"}),
    "fundamentals": frozenset({"ML fundamentals", "Phone screen"}),
    "llm": frozenset({"LLM"}),
    "system-design": frozenset({"ML system design"}),
    "behavioural": frozenset({"Behavioural", "Project deep dive", "Case study", "Phone screen"}),
}  # a track's topic -> the bank's rounds it prepares for


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do once. `priority` 0 is needed, larger is dropped first."""

    kind: Literal["read", "practise"]
    ref: str
    title: str
    minutes: int
    topic: str
    source: str
    priority: int


@dataclass(frozen=True, slots=True)
class Needs:
    """What the tasks are chosen for: rounds of the bank (all where empty), self-ratings, weeks there are."""

    rounds: frozenset[str] = frozenset()
    ratings: Mapping[str, int] | None = None
    weeks: float = 8


def tasks_of(index: Index, tracks: Sequence[Track], needs: Needs) -> list[Task]:
    """The tasks, in an order in which what builds on something comes after it; each note and question once.

    The track of the fitting length gives the frame; the tracks on topics add what the chosen rounds need beyond it.
    Without tracks the bank itself is the plan, easy questions first.
    """
    questions = {question.id: question for question in index.questions()}
    notes = {
        info.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]: info.title for info in index.guides() if info.kind == "note"
    }
    paths = {PurePosixPath(info.path).stem: info.path for info in index.guides() if info.kind == "note"}
    steps = list(_steps(tracks, needs)) or [_bank_step(questions.values())]
    tasks: dict[str, Task] = {}
    for step, source, topic, rank in steps:
        for ref in step.notes:
            if ref in notes:
                title = f"Read: {notes[ref]}"
                tasks.setdefault(ref, Task("read", ref, title, READ_MINUTES, topic, source, rank))
        for ref in step.questions:
            question = questions.get(ref)
            if question and (not needs.rounds or question.round is None or question.round in needs.rounds):
                minutes = (question.minutes or QUESTION_MINUTES) + AFTERWARDS
                title = f"Practise: {question.title}"
                tasks.setdefault(ref, Task("practise", ref, title, minutes, topic, source, rank))
    return in_order(tasks, {ref: _builds_on(index, ref, questions, paths) for ref in tasks})


def in_order(tasks: Mapping[str, Task], builds_on: Mapping[str, Sequence[str]]) -> list[Task]:
    """The tasks in their order, but each after those it builds on; a circle is cut where it closes."""
    ordered: dict[str, Task] = {}
    open_refs: set[str] = set()

    def visit(ref: str) -> None:
        if ref in ordered or ref in open_refs or ref not in tasks:
            return
        open_refs.add(ref)
        for earlier in builds_on.get(ref, ()):
            visit(earlier)
        ordered[ref] = tasks[ref]

    for ref in tasks:
        visit(ref)
    return list(ordered.values())


def _builds_on(
    index: Index, ref: str, questions: Mapping[str, BankQuestion], paths: Mapping[str, str]
) -> Sequence[str]:
    """A note's prerequisites, as its front matter names them; a question's notes, as its key points cite them."""
    if ref in questions:
        sources = (point.source.partition("#")[0] for point in questions[ref].key_points)
        return [PurePosixPath(source).stem for source in sources]
    return prerequisites_in(index.guide(paths[ref]).text) if ref in paths else ()


def note_refs(index: Index) -> dict[str, str]:
    """A note's id, the name of its file -> its title."""
    return {PurePosixPath(info.path).stem: info.title for info in index.guides() if info.kind == "note"}


def rounds_of(loops: Iterable[Loop], guide: str | None) -> frozenset[str]:
    """The bank's rounds that a guide's loop asks for; none where no loop is chosen."""
    return frozenset(each.bank for loop in loops if loop.guide == guide for each in loop.rounds)


def _steps(tracks: Sequence[Track], needs: Needs) -> Iterator[tuple[Step, str, str, int]]:
    """(step, source, topic, priority): topics in the order of the frame, each topic's frame and extension together."""
    dated = sorted((track for track in tracks if track.weeks), key=lambda track: track.weeks or 0)
    fitting = [track for track in dated if (track.weeks or 0) <= max(needs.weeks, 2)]
    for track in (fitting or dated)[-1:]:
        for step in track.steps:
            yield step, f"{track.title}: {step.title}", "", 1
    for topic in _topics(tracks, needs):
        on_topic = (track for track in tracks if track.topic == topic and not track.weeks)
        for step, source in ((step, f"{each.title}: {step.title}") for each in on_topic for step in each.steps):
            yield step, source, topic, _rank(topic, needs)


def _topics(tracks: Sequence[Track], needs: Needs) -> list[str]:
    """The topics of the needed rounds, those rated weakest first."""
    there = dict.fromkeys(track.topic for track in tracks if track.topic and not track.weeks)
    wanted = [topic for topic in there if not needs.rounds or TOPICS.get(topic, needs.rounds) & needs.rounds]
    return sorted(wanted, key=lambda topic: (needs.ratings or {}).get(topic, 3))


def _rank(topic: str, needs: Needs) -> int:
    rating = (needs.ratings or {}).get(topic, 3)
    if rating <= KNOWN_BADLY:
        return 0
    return 3 if rating >= KNOWN_WELL else 2


def _bank_step(questions: Iterable[BankQuestion]) -> tuple[Step, str, str, int]:
    order = {"Easy": 0, "Medium": 1, "Hard": 2}
    ids = [each.id for each in sorted(questions, key=lambda each: order.get(each.difficulty or "", 1))]
    return Step("The question bank", 0, (), tuple(ids)), "The question bank", "", 1
