"""Sitting a mock interview: choosing its rounds, and every move kept in the record, with what was said as an attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import study.mock as mocking
from study.errors import NoSuchMock
from study.grading import Grader
from study.mock import Asks, Mock, Mode
from study.mocks import Mocks
from study.practising import Practice
from study.rounds import Loop, Round, nearness
from study.store import Store

Length = Literal["full", "half", "one"]
SHARES: Mapping[Length, float] = {"full": 1.0, "half": 0.5, "one": 0.0}  # of a round's minutes; "one" asks one question
LENGTHS: tuple[Length, ...] = ("full", "half", "one")
MOVES = ("skip", "pause", "resume", "finish")


@dataclass(frozen=True, slots=True)
class MockChoice:
    """What a candidate chose. `minutes` gives for a round's name the duration where the guides disagree."""

    loop: Loop
    rounds: Sequence[Round]
    mode: Mode = "real"
    length: Length = "full"
    role: str | None = None
    minutes: Mapping[str, Round] = field(default_factory=dict)


class Sitting:
    """The mock interview of one record that can go on, and the moves on it."""

    def __init__(self, store: Store, grader: Grader) -> None:
        self._mocks, self._practice, self._grader = Mocks(store), Practice(store), grader

    def begin(self, choice: MockChoice, *, identity: str, seed: str, now: datetime) -> Mock:
        """Draw the questions and open the first. Raises NoSuchMock where there is nothing to ask, or one is open."""
        open_mock = self._mocks.unfinished()
        if open_mock is not None:
            raise NoSuchMock(
                f"“{open_mock.title}” of {open_mock.started[:10]} is not finished: go on with it, or finish it."
            )
        share = SHARES[choice.length]
        rounds = [_timed(each, choice.minutes.get(each.name, each), share) for each in choice.rounds]
        questions = [each for each in self._grader.questions.values() if each.round in {one.bank for one in rounds}]
        near = nearness(self._grader.index, choice.loop.rounds, questions)
        stages = mocking.draw_stages(rounds, questions, seed=seed, role=choice.role, near=near)
        return self._mocks.keep(mocking.begin(identity, choice.loop.title, choice.mode, stages, now=now))

    def open(self) -> Mock:
        """The mock that can go on. Raises NoSuchMock."""
        found = self._mocks.unfinished()
        if found is None:
            raise NoSuchMock("No mock interview is open: `python -m study mock begin --guide …` begins one.")
        return found

    def answer(self, text: str, *, now: datetime, asks: Asks | None = None) -> Mock:
        """Take an answer to what is open; `asks` may give a follow-up of its own. Raises NoSuchMock."""
        before = self.open()
        return self._keep(before, mocking.answer(before, text, self._grader, now=now, asks=asks), now)

    def move(self, step: str, *, now: datetime) -> Mock:
        """One of `MOVES`. Raises NoSuchMock."""
        before = self.open()
        if step == "skip":
            after = mocking.skip(before, self._grader, now=now)
        else:
            after = {"pause": mocking.pause, "resume": mocking.resume, "finish": mocking.finish}[step](before, now=now)
        return self._keep(before, after, now)

    def _keep(self, before: Mock, after: Mock, now: datetime) -> Mock:
        """Keep the mock; once a question is left, the whole of what was said to it counts as an attempt of practice."""
        self._mocks.keep(after, before=before)
        question = self._grader.questions.get(before.question or "")
        if question is None or (after.question == before.question and not after.finished):
            return after
        said = [each for each in after.exchanges if each.question == question.id and each.answer.strip()]
        if said:
            text, seconds = "\n".join(each.answer for each in said), int(sum(each.seconds for each in said))
            grade = self._grader.grade(question, text)
            self._practice.keep(grade, text, at=now, seconds=seconds, mock=after.id)
        return after


def _timed(each: Round, chosen: Round, share: float) -> Round:
    """The round with the chosen duration and its citation, shortened to a share."""
    minutes = max(1, round(chosen.minutes * share))
    return replace(each, low=minutes, high=minutes, citation=chosen.citation)
