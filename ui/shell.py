"""The frame around the pages: set-up, navigation, what happens when something fails, what is warmed at the start."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

import ui.engine as engine
from ui.pages import ask, benchmark, library, mock, model, plan, practise, progress

if TYPE_CHECKING:
    from streamlit.starlette import App

_LOG = logging.getLogger("footnote")
_STYLE = Path(__file__).with_name("style.css")
_ICON = Path(__file__).with_name("icon.svg")


def draw() -> None:
    """One run of the script: set up the page, draw the one that is open."""
    st.set_page_config(page_title="Footnote", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    page = st.navigation(
        [
            st.Page(ask.draw, title="Ask", icon=":material/forum:", default=True, help="Ask the guides."),
            st.Page(
                practise.draw,
                title="Practise",
                icon=":material/exercise:",
                url_path="practise",
                help="Bank questions with feedback, cards due, mistakes.",
            ),
            st.Page(
                mock.draw,
                title="Mock interview",
                icon=":material/record_voice_over:",
                url_path="mock",
                help="The rounds of a guide, one question at a time.",
            ),
            st.Page(plan.draw, title="Plan", icon=":material/event:", url_path="plan", help="A dated plan to the day."),
            st.Page(
                progress.draw,
                title="Progress",
                icon=":material/monitoring:",
                url_path="progress",
                help="Readiness, days, reviews, mocks.",
            ),
            st.Page(
                library.draw,
                title="Library",
                icon=":material/local_library:",
                url_path="library",
                help="The guides that answers come from.",
            ),
            st.Page(
                benchmark.draw,
                title="Benchmark",
                icon=":material/monitoring:",
                url_path="benchmark",
                help="How well answers are grounded, and where they fail.",
            ),
            st.Page(
                model.draw,
                title="Language model",
                icon=":material/tune:",
                url_path="model",
                help="Whether a language model words the answers.",
            ),
        ]
    )
    page.run()


def on_script_error(error: Exception) -> bool:
    """Say calmly that something failed; the trace goes to the terminal, never to the screen."""
    _LOG.error("A page failed", exc_info=error)
    st.error("Something went wrong here. Nothing is lost: reload the page. The details are in the terminal.")
    return True


@asynccontextmanager
async def warmed(_app: App) -> AsyncIterator[None]:
    """Serve at once and warm the engine beside."""
    threading.Thread(target=engine.warm_up, name="warm-up", daemon=True).start()
    yield
