"""Sources beside a page: its citations as chips, and the panel that shows the exact passage behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

import ui.engine as engine
from answer.answers import Citation
from ui.components.answers import chips_of
from ui.components.source_panel import anchor_of, draw_source_panel, sources_of

WIDTHS = (3, 2)  # of the page and the source beside it


@contextmanager
def sources_beside(citations: Sequence[Citation]) -> Iterator[dict[int, str]]:
    """Draw into the wider column while open; gives the chip of each citation's number. The first source is shown."""
    if not citations:
        yield {}
        return
    page, beside = st.columns(WIDTHS, gap="large")
    with beside:
        draw_source_panel(
            sources_of([(0, tuple(citations))], engine.guide), active=anchor_of(0, citations[0].number), latest=""
        )
    with page:
        yield chips_of(0, citations)


def chips_in(numbers: Sequence[int], chips: dict[int, str]) -> str:
    """The chips of these numbers, one after the other."""
    return " ".join(chips[number] for number in numbers if number in chips)
