"""Feedback on an answer: each key point with its verdict, the person's own words and the source section beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from answer.answers import Citation
from ui.components.beside import sources_beside
from ui.components.safe_text import plain, safe_markdown

SIGNS = {
    "covered": (":material/check_circle:", "Covered"),
    "partly": (":material/incomplete_circle:", "Partly covered"),
    "missed": (":material/radio_button_unchecked:", "Missed"),
    "contradicted": (":material/cancel:", "Contradicted"),
}
LEVELS = {"weak": 1, "fair": 2, "good": 3, "strong": 4}


def draw_grade(grade: Mapping[str, Any]) -> None:
    """The grade as `Grade.as_json()` printed it, with the passage behind each point beside it."""
    level = LEVELS.get(grade["level"], 1)
    st.markdown(f"#### {grade['level'].capitalize()} · {grade['score']:.0%}", help=f"Level {level} of 4.")
    for note in grade["notes"]:
        st.warning(plain(note))
    cited = [Citation(**point["citation"]) for point in grade["points"] if point["citation"]]
    with sources_beside(cited) as chips:
        for point in grade["points"]:
            _draw_point(point, chips)
        if grade["to_add"]:
            with st.container(border=True):
                st.markdown("**A stronger answer adds**")
                st.markdown("\n".join(f"- {safe_markdown(point).strip()}" for point in grade["to_add"]))


def _draw_point(point: Mapping[str, Any], chips: dict[int, str]) -> None:
    icon, label = SIGNS[point["verdict"]]
    cited = point["citation"]
    chip = chips.get(cited["number"], "") if cited else ""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{icon} **{label}:** {safe_markdown(point['point']).strip()} {chip}")
        said, source = st.columns(2, gap="medium")
        with said:
            st.caption("Your words")
            st.text(point["words"] or ("You did not speak of it." if point["verdict"] == "missed" else "–"))
        with source:
            draw_source(cited)


def draw_source(cited: Mapping[str, Any] | None) -> None:
    """The source's words, and where they stand."""
    if cited is None:
        st.caption("The source of this point is no longer in the library.")
        return
    st.caption(plain(f"{cited['title']} › {cited['section']}"))
    st.markdown(safe_markdown(cited["quote"]))
