"""Feedback on an answer: each key point with its verdict, the person's own words and the source section beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ui.components.safe_text import plain, safe_markdown

SIGNS = {
    "covered": (":material/check_circle:", "Covered"),
    "partly": (":material/incomplete_circle:", "Partly covered"),
    "missed": (":material/radio_button_unchecked:", "Missed"),
    "contradicted": (":material/cancel:", "Contradicted"),
}
LEVELS = {"weak": 1, "fair": 2, "good": 3, "strong": 4}


def draw_grade(grade: Mapping[str, Any]) -> None:
    """The grade as `Grade.as_json()` printed it."""
    level = LEVELS.get(grade["level"], 1)
    st.markdown(f"#### {grade['level'].capitalize()} · {grade['score']:.0%}", help=f"Level {level} of 4.")
    for note in grade["notes"]:
        st.warning(plain(note))
    for point in grade["points"]:
        _draw_point(point)
    if grade["to_add"]:
        with st.container(border=True):
            st.markdown("**A stronger answer adds**")
            st.markdown("\n".join(f"- {safe_markdown(point).strip()}" for point in grade["to_add"]))


def _draw_point(point: Mapping[str, Any]) -> None:
    icon, label = SIGNS[point["verdict"]]
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{icon} **{label}:** {safe_markdown(point['point']).strip()}")
        said, source = st.columns(2, gap="medium")
        with said:
            st.caption("Your words")
            st.text(point["words"] or "You did not speak of it.")
        with source:
            draw_source(point["citation"])


def draw_source(cited: Mapping[str, Any] | None) -> None:
    """The source's words and a link to where they stand in the library."""
    if cited is None:
        st.caption("The source of this point is no longer in the library.")
        return
    st.caption(plain(f"[{cited['number']}] {cited['title']} > {cited['section']}"))
    st.markdown(safe_markdown(cited["quote"]))
    address = urlencode({"guide": cited["path"], "from": cited["start"], "to": cited["end"]})
    st.markdown(f"[Open the passage](library?{address})")
