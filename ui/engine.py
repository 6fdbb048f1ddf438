"""What the pages ask: the assistant with its index, and the study record, each opened once per process.

`open_assistant` is the seam to the engine. It picks up a new generation of the index by itself, at the next question.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from answer.answers import Answer, Question
from answer.streaming import Streamed
from index.errors import FootnoteError
from index.settings import Settings, settings_now
from study.chats import Chats
from study.store import Store, open_or_set_aside
from ui.answerers import MOST, Answerers
from ui.garbage import set_aside
from ui.model import model_in_use
from ui.turns import Turns

if TYPE_CHECKING:
    from answer.assistant import Assistant
    from index.passages import Guide
    from index.store import Index

_LOG = logging.getLogger("footnote")
FIRST_ASKED = 20  # titles that are asked for beforehand
WARMED = 512  # guides that are read before anybody asks for them


@dataclass(frozen=True, slots=True)
class Record:
    """The study record and its chats, and what a person should know about the record."""

    chats: Chats
    notice: str | None
    store: Store


def open_assistant(settings: Settings) -> Assistant:
    """The engine that answers, in the guides' own words. Raises NoIndex and the rest of `index.errors`."""
    from answer.assistant import Assistant

    return Assistant.open(settings, composer="extractive")


def record() -> Record:
    """The study record of this home. Raises StudyError."""
    return _record(str(settings_now().home))


@st.cache_resource(show_spinner=False)
def _record(home: str) -> Record:
    store, notice = open_or_set_aside(Settings(home=home).study_db, now=datetime.now(UTC))  # type: ignore[arg-type]
    return Record(Chats(store), notice, store)


def assistant() -> Assistant:
    """The assistant over the published index. Raises NoIndex, DamagedIndex or OtherEmbedder."""
    return _assistant(str(settings_now().home))


@st.cache_resource(show_spinner=False)
def _assistant(home: str) -> Assistant:
    return open_assistant(Settings(home=home))  # type: ignore[arg-type]


def index() -> Index:
    """The index that the next question is answered from."""
    return assistant().index


class Reply:
    """An answer on its way: iterate over its pieces; `done` once they are through, `answer` as soon as it is known."""

    def __init__(self, question: Question, begin: Callable[[Question], Streamed]) -> None:
        self.question = question
        self.answer: Answer | None = None
        self.done = False
        self._begin = begin

    @property
    def whole(self) -> Answer:
        """The whole answer, once it is done."""
        assert self.answer is not None
        return self.answer

    def __iter__(self) -> Iterator[str]:
        pieces = self._begin(self.question)
        for piece in pieces:
            self.answer = pieces.last
            yield piece
        self.answer, self.done = pieces.last, True


def _stopped() -> bool:
    """Never says so itself: a look at the session's state is where Streamlit ends a run that a person stopped."""
    st.session_state.get("pending")
    return False


def answers_at_once() -> bool:
    """Whether answers are in the guides' own words: those take no longer than drawing them."""
    return model_in_use().author() is None


def reply(question: Question) -> Reply:
    """Begin to answer a question, in a model's words where one is in use. Raises the engine's errors, or later on."""
    author = model_in_use().author()
    if author is None:
        return Reply(question, _in_guides_words)
    TURNS.leave()  # waiting for a model keeps nobody else from being answered
    return Reply(question, partial(assistant().written_by(author).stream, stopped=_stopped))


def _in_guides_words(question: Question) -> Streamed:
    """By a process of its own while there are some, else by this one."""
    if ANSWERERS.there:
        with TURNS.lent():
            answer = ANSWERERS.ask(question)
        if answer is not None:
            return Streamed(answer)
    return assistant().stream(question)


def _first_questions() -> list[Question]:
    """Whoever answers them pays for what is loaded, and for the words that are taken apart, when they are first used."""
    ready = assistant()
    titles = [info.title for info in ready.index.guides()]
    return [Question(asked) for asked in (*ready.starters(), *titles[:: max(1, len(titles) // FIRST_ASKED)])]


ANSWERERS = Answerers(min(MOST, (os.cpu_count() or 1) - 1), _first_questions)
TURNS = Turns(on_crowd=ANSWERERS.call)  # of the runs that answer and draw


def guide(path: str) -> Guide | None:
    """A guide of the library; None where it is no longer there."""
    return guide_in(index(), path)


def guide_in(library: Index, path: str) -> Guide | None:
    """The same, of an index that is at hand: asking for the newest one takes a look at the disk each time."""
    try:
        return library.guide(path)
    except FootnoteError:
        return None


def warm_up() -> None:
    """Open the engine before the first question, then set aside what is alive (`ui.garbage`)."""
    try:
        ready = assistant()
        for question in _first_questions()[:1]:
            ready.ask(question)
        for info in ready.index.guides()[:WARMED]:
            ready.index.guide(info.path)
        model_in_use().author()  # its libraries take seconds to import; nothing is sent
    except FootnoteError as error:
        _LOG.info("Not warmed up: %s", error)
    set_aside()
