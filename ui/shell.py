"""The frame around the pages: set-up, navigation, what happens when something fails, what is warmed at the start."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

import ui.engine as engine
from ui.pages import ask, benchmark, library, mock, model, plan, practise, progress

if TYPE_CHECKING:
    from streamlit.starlette import App

_LOG = logging.getLogger("footnote")
_STYLE = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"
_ICON = Path(__file__).with_name("icon.svg")


@dataclass(frozen=True, slots=True)
class PageOfApp:
    """A page of the navigation; `icon` is a name of Material's symbols, `address` the end of its URL."""

    draw: Callable[[], None]
    title: str
    icon: str
    address: str
    help: str


PAGES = (
    PageOfApp(ask.draw, "Ask", "forum", "", "Ask the guides."),
    PageOfApp(practise.draw, "Practise", "exercise", "practise", "Bank questions with feedback, cards due, mistakes."),
    PageOfApp(
        mock.draw, "Mock interview", "record_voice_over", "mock", "The rounds of a guide, one question at a time."
    ),
    PageOfApp(plan.draw, "Plan", "event", "plan", "A dated plan to the day."),
    PageOfApp(progress.draw, "Progress", "monitoring", "progress", "Readiness, days, reviews, mocks."),
    PageOfApp(library.draw, "Library", "local_library", "library", "The guides that answers come from."),
    PageOfApp(benchmark.draw, "Benchmark", "speed", "benchmark", "How well answers are grounded, and where they fail."),
    PageOfApp(model.draw, "Language model", "tune", "model", "Whether a language model words the answers."),
)


def draw() -> None:
    """One run of the script: set up the page, draw the one that is open."""
    st.set_page_config(page_title="Footnote", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    first, *others = PAGES
    pages = [st.Page(first.draw, title=first.title, icon=_icon(first), default=True, help=first.help)]
    pages += [
        st.Page(each.draw, title=each.title, icon=_icon(each), url_path=each.address, help=each.help) for each in others
    ]
    st.navigation(pages).run()


def _icon(page: PageOfApp) -> str:
    return f":material/{page.icon}:"


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
