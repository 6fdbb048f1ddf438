"""The source panel: where a citation's section is read, with the exact passage highlighted and scrolled to.

One component serves the page. It is given every source of the chat at once, so that a click on a chip shows its passage
without a round trip. What a source says about itself is worked out here: the passage as cited, moved within an edited
guide, changed since, or gone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

import streamlit as st

from answer.answers import Citation
from index.passages import Guide
from ui.components.inline_marks import STYLES, Run
from ui.components.safe_text import visible
from ui.components.section_view import Line, frame_of, lines_of

_HERE = Path(__file__).parent
SOURCES_KEPT = 2048  # drawn sources that are remembered: every answer draws those of its whole chat again
CHANGED = "This guide has changed since. These are the words that were cited then; they no longer stand in it."
GONE = "This guide is no longer in the library. These are the words that were cited then."

GuideOf = Callable[[str], Guide | None]


class _Mounted(Protocol):
    def __call__(self, *, key: str, data: dict[str, Any]) -> object: ...


@cache
def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _registered() -> _Mounted:
    """The component; registering it again under its name is how Streamlit picks up a restart."""
    mounted: _Mounted = st.components.v2.component(
        "footnote_source_panel",
        html=_part("source_panel.html"),
        css=_part("source_panel.css"),
        js=_part("source_panel.js"),
        isolate_styles=False,
    )
    return mounted


@lru_cache(maxsize=1)
def formula_library() -> str:
    """The address of the KaTeX that Streamlit ships, relative to the app; empty where it is not found."""
    found = sorted((Path(st.__file__).parent / "static" / "static" / "js").glob("katex.*.js"))
    return f"static/js/{found[0].name}" if found else ""


def span_of(citation: Citation, guide: Guide | None) -> tuple[int, int] | None:
    """Where the quote stands in the guide now: at its offsets, else the nearest place that reads the same, else None."""
    if guide is None or not citation.quote:
        return None
    if guide.text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    places = []
    at = guide.text.find(citation.quote)
    while at >= 0:
        places.append(at)
        at = guide.text.find(citation.quote, at + 1)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - citation.start))
    return start, start + len(citation.quote)


def described(citation: Citation) -> str:
    """Publisher, date and page on one line."""
    parts = [citation.publisher, _day(citation.updated), f"page {citation.page}" if citation.page else None]
    return " · ".join(visible(part) for part in parts if part)


def _day(updated: str | None) -> str | None:
    return f"updated {updated}" if updated else None


@dataclass(frozen=True, slots=True)
class _Revised:
    """A guide, known by its path and revision, so that what is drawn of it is worked out once."""

    path: str
    revision: str
    guide: Guide = field(compare=False)


def source_of(citation: Citation, of: int, guide: Guide | None) -> dict[str, Any]:
    """What the panel shows for a citation, as JSON; not to be changed, it is given to every run of the page."""
    revised = None if guide is None else _Revised(guide.info.path, guide.info.revision, guide)
    return _source_of(citation, of, revised)


@lru_cache(maxsize=SOURCES_KEPT)
def _source_of(citation: Citation, of: int, revised: _Revised | None) -> dict[str, Any]:
    guide = revised.guide if revised else None
    span = span_of(citation, guide)
    if guide is not None and span is not None:
        lines, note = lines_of(guide, *frame_of(guide, *span), span), ""
    else:
        lines, note = (Line("paragraph", (Run(citation.quote, cited=True),)),), GONE if guide is None else CHANGED
    at = {"guide": citation.path} | ({"from": str(span[0]), "to": str(span[1])} if span else {})
    return {
        "number": citation.number,
        "of": of,
        "title": visible(citation.title),
        "meta": described(citation),
        "path": visible(citation.section.replace(" > ", " › ")),
        "quote": visible(citation.quote),
        "note": note,
        "address": f"library?{urlencode(at)}" if guide is not None else "",
        "lines": [_line(line) for line in lines],
    }


_EMPTY = {
    "number": 1,
    "of": 1,
    "title": "",
    "meta": "",
    "path": "",
    "quote": "",
    "note": "",
    "address": "",
    "lines": [],
}


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "level": line.level,
        "noise": line.noise is not None,
        "runs": [[run.text, STYLES.index(run.style), run.cited, run.cell] for run in line.runs],
    }


def anchor_of(turn: int, number: int) -> str:
    """The name of one citation of one turn, as its chip links to it."""
    return f"{turn:d}-{number:d}"


def sources_of(turns: Iterable[tuple[int, tuple[Citation, ...]]], guide_of: GuideOf) -> dict[str, dict[str, Any]]:
    """Every source of a chat by its anchor."""
    return {
        anchor_of(turn, citation.number): source_of(citation, len(citations), guide_of(citation.path))
        for turn, citations in turns
        for citation in citations
    }


def draw_source_panel(sources: dict[str, dict[str, Any]], *, active: str | None, latest: str) -> None:
    """Draw the panel with `active` open; a click on a chip opens another without asking the server.

    `latest` names the newest question on the page, which is brought into view when it changes.
    """
    data = {"sources": sources, "active": active, "latest": latest, "formulas": formula_library()}
    _mount("source_panel", data)


def draw_guide(guide: Guide, span: tuple[int, int]) -> None:
    """Draw a whole guide to read, with a span highlighted and scrolled to where it is not empty."""
    lines = [line for line in lines_of(guide, 0, len(guide.text), span) if line.noise != "front matter"]
    source = _EMPTY | {"title": visible(guide.info.title), "lines": [_line(line) for line in lines]}
    data = {"sources": {"guide": source}, "active": "guide", "formulas": formula_library(), "reader": True}
    _mount("guide_reader", data)


def _mount(key: str, data: dict[str, Any]) -> None:
    """Mount the component with data that say since when they hold: the browser may be given older data last."""
    kept, since = st.session_state.get(f"{key}-data", (None, 0.0))
    if data != kept:
        since = time.time()
        st.session_state[f"{key}-data"] = (data, since)
    _registered()(key=key, data=data | {"since": since})
