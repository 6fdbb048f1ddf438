"""What the practice pages share: grader and cards of the published index, the study record, the clock, the timer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import streamlit as st

import ui.engine as engine
from index.errors import FootnoteError
from study.cards import Cards
from study.grading import Grader
from study.plans import Plans
from study.store import Store
from ui.components.safe_text import plain
from ui.model import model_in_use

if TYPE_CHECKING:
    from study.advising import Advisor


def now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


def store() -> Store:
    """The study record. Raises StudyError."""
    return engine.record().store


def interview() -> date | None:
    """The day that the cards aim at."""
    return Plans(store()).interview()


def grader() -> Grader:
    """The grader of the index published now. Raises the index's errors."""
    return _grader(str(store().path), engine.index().number)


@st.cache_resource(show_spinner=False, max_entries=2)
def _grader(record: str, number: int) -> Grader:  # noqa: ARG001 - what the cache goes by
    return Grader(engine.index())


def ready(otherwise: str) -> Grader | None:
    """The grader, once index and record are open; else the page says `otherwise` with what is wrong and the cure.

    What a person should know of the record, such as that a damaged one was set aside, is said on the page.
    """
    try:
        bank, notice = grader(), engine.record().notice
    except FootnoteError as error:
        st.header(otherwise)
        st.error(plain(str(error)), icon=":material/error:")
        return None
    if notice:
        st.warning(plain(notice), icon=":material/info:")
    return bank


def advisor() -> Advisor | None:
    """The model in use as a second reader; None where there is none."""
    author = model_in_use().author()
    if author is None:
        return None
    from study.advising import Advisor

    return Advisor(author.consult, grader())


def cards() -> Cards:
    """The cards, held against the index published now once per generation and record."""
    _synchronised(str(store().path), engine.index().number)
    return Cards(store())


@st.cache_resource(show_spinner=False, max_entries=4)
def _synchronised(record: str, number: int) -> bool:  # noqa: ARG001 - what the cache goes by
    Cards(store()).synchronise(engine.index(), now=now())
    return True


def draw_timer(seconds: Callable[[], float], minutes: int, *, key: str, running: bool = True) -> None:
    """Time used out of the minutes there are, redrawn each second without touching the page."""

    @st.fragment(run_every=1 if running else None, key=key)
    def timer() -> None:
        used = seconds()
        share = min(1.0, used / (60 * minutes))
        left = 60 * minutes - used
        words = f"{int(used) // 60}:{int(used) % 60:02d} of {minutes} minutes"
        st.progress(share, text=words if left >= 0 else f"{words}, over time")

    timer()


def forget_cards() -> None:
    """The record was emptied or replaced: its cards are held against the index again."""
    _synchronised.clear()
