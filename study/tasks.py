"""What a plan is made of: the notes and questions of the tracks that lead to the chosen rounds, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
LEVELS = ("junior", "mid", "senior", "staff")
KEPT_FOR_LAST = {"junior": "Hard", "senior": "Easy", "staff": "Easy"}  # level -> difficulty that waits for spare hours


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do once. `priority` 0 is needed, larger is dropped first.

    `group` is what it covers: a round of the bank, or a topic to read. `builds_on` are the notes that have to be read
    before, in the order of the plan: a task is planned with all of them or not at all.
    """

    kind: Literal["read", "practise"]
    ref: str
    title: str
    minutes: int
    topic: str
    source: str
    priority: int
    group: str = ""
    builds_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """What the tasks are chosen for: rounds of the bank (all where empty), self-ratings, weeks there are, level."""

    rounds: frozenset[str] = frozenset()
    ratings: Mapping[str, int] | None = None
    weeks: float = 8
    level: str = "mid"

    def rating(self, topic: str) -> int:
        """How sure the candidate is of a topic, 3 where nothing is said."""
        return (self.ratings or {}).get(topic, 3)


def tasks_of(index: Index, tracks: Sequence[Track], needs: Needs) -> list[Task]:
    """The tasks, in an order in which what builds on something comes after it; each note and question once.

    The track of the fitting length gives the frame; the tracks on topics add what the chosen rounds need beyond it; the
    notes that those build on come in even where no track names them. Without tracks the bank itself is the plan.
    """
    shelf = _Shelf(index, tracks, needs)
    steps = list(_steps(tracks, needs)) or [_bank_step(shelf.questions.values())]
    tasks: dict[str, Task] = {}
    for step, source, topic, rank in steps:
        for task in shelf.tasks_of(step, source, topic, rank):
            tasks.setdefault(task.ref, task)
    shelf.add_prerequisites(tasks)
    ordered = in_order(tasks, {ref: (*task.builds_on, *shelf.cited_by(ref)) for ref, task in tasks.items()})
    return [replace(task, builds_on=_without_circles(task, ordered[:place])) for place, task in enumerate(ordered)]


def _without_circles(task: Task, before: Sequence[Task]) -> tuple[str, ...]:
    """The prerequisites that do come before; where notes name each other in a circle, one of them cannot."""
    return tuple(ref for ref in task.builds_on if any(each.ref == ref for each in before))


class _Shelf:
    """The notes and questions of an index as tasks."""

    def __init__(self, index: Index, tracks: Sequence[Track], needs: Needs) -> None:
        self.questions = {question.id: question for question in index.questions()}
        self._index, self._needs = index, needs
        self._notes = {PurePosixPath(info.path).stem: info for info in index.guides() if info.kind == "note"}
        self._topics: dict[str, str] = {}
        for track in tracks:
            for note in (note for step in track.steps if track.topic for note in step.notes):
                self._topics.setdefault(note, track.topic or "")

    def tasks_of(self, step: Step, source: str, topic: str, rank: int) -> Iterator[Task]:
        """The tasks of a step that the chosen rounds need."""
        for ref in step.notes:
            if ref in self._notes and _serves(self._topics.get(ref, topic), self._needs):
                yield self._reading(ref, topic, source, rank)
        for ref in step.questions:
            question = self.questions.get(ref)
            if question and (not self._needs.rounds or question.round is None or question.round in self._needs.rounds):
                minutes = (question.minutes or QUESTION_MINUTES) + AFTERWARDS
                waits = 2 * (KEPT_FOR_LAST.get(self._needs.level) == question.difficulty)
                title = f"Practise: {question.title}"
                yield Task("practise", ref, title, minutes, topic, source, rank + waits, question.round or "")

    def _reading(self, ref: str, topic: str, source: str, rank: int) -> Task:
        title, group = f"Read: {self._notes[ref].title}", self._topics.get(ref, topic)
        return Task("read", ref, title, READ_MINUTES, topic, source, rank, group, self._prerequisites(ref))

    def _prerequisites(self, ref: str) -> tuple[str, ...]:
        """The notes that a note's front matter names, but for those of a topic the candidate is sure of."""
        named = prerequisites_in(self._index.guide(self._notes[ref].path).text)
        return tuple(
            each
            for each in named
            if each in self._notes and self._needs.rating(self._topics.get(each, "")) < KNOWN_WELL
        )

    def add_prerequisites(self, tasks: dict[str, Task]) -> None:
        """Add the notes that others build on and that no step named, each beside the first that needs it."""
        waiting = list(tasks.values())
        while waiting:
            task = waiting.pop()
            for ref in task.builds_on:
                if ref not in tasks:
                    tasks[ref] = self._reading(ref, task.topic, task.source, task.priority)
                    waiting.append(tasks[ref])

    def cited_by(self, ref: str) -> Sequence[str]:
        """The notes that a question's key points cite: read before where they are planned at all."""
        points = self.questions[ref].key_points if ref in self.questions else ()
        return [PurePosixPath(point.source.partition("#")[0]).stem for point in points]


def _serves(topic: str, needs: Needs) -> bool:
    return not needs.rounds or not topic or bool(TOPICS.get(topic, needs.rounds) & needs.rounds)


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
    return sorted((topic for topic in there if _serves(topic, needs)), key=needs.rating)


def _rank(topic: str, needs: Needs) -> int:
    if needs.rating(topic) <= KNOWN_BADLY:
        return 0
    return 3 if needs.rating(topic) >= KNOWN_WELL else 2


def _bank_step(questions: Iterable[BankQuestion]) -> tuple[Step, str, str, int]:
    order = {"Easy": 0, "Medium": 1, "Hard": 2}
    ids = [each.id for each in sorted(questions, key=lambda each: order.get(each.difficulty or "", 1))]
    return Step("The question bank", 0, (), tuple(ids)), "The question bank", "", 1
