"""Library: the guides that answers come from, and one of them to read."""

from __future__ import annotations

import streamlit as st

import ui.engine as engine
from index.errors import FootnoteError
from index.passages import GuideInfo
from index.store import Index
from ui.components.adding import draw_adding
from ui.components.corpus_check import draw_check
from ui.components.guide_care import draw_care
from ui.components.safe_text import plain, visible
from ui.components.source_panel import draw_guide

KINDS = {"guide": "Guides", "note": "Study notes", "cheatsheet": "Cheatsheets", "question": "Question bank"}


def draw() -> None:
    """The page."""
    try:
        index = engine.index()
    except FootnoteError as error:
        st.header("There is nothing to read yet")
        st.error(plain(str(error)), icon=":material/error:")
        st.button("Try again", icon=":material/refresh:")
        return
    wanted = st.query_params.get("guide")
    if wanted:
        _draw_one(wanted)
    else:
        _draw_list(index)


def _close() -> None:
    for name in ("guide", "from", "to"):
        st.query_params.pop(name, None)


def _open(path: str) -> None:
    _close()
    st.query_params["guide"] = path


def _draw_list(index: Index) -> None:
    st.title("Library", anchor=False)
    guides = index.guides()
    st.markdown(f"The {len(guides)} texts that answers come from, as last published.")
    draw_adding(guides)
    draw_check()
    wanted = st.text_input(
        "Find a text",
        key="library-find",
        placeholder="Find by title, publisher or topic",
        label_visibility="collapsed",
        live=True,
    )
    words = (wanted or "").casefold().split()
    found = [info for info in guides if all(word in _searchable(info) for word in words)]
    for kind, heading in KINDS.items():
        of_kind = [info for info in found if info.kind == kind]
        if of_kind:
            st.subheader(f"{heading} ({len(of_kind)})", anchor=False)
            _draw_table(of_kind, kind)
    if not found:
        st.info("No text has all these words in its title, publisher or topic.")


def _searchable(info: GuideInfo) -> str:
    named = (info.title, info.publisher, info.topic, info.company, info.role, info.path)
    return " ".join(filter(None, named)).casefold()


def _draw_table(infos: list[GuideInfo], kind: str) -> None:
    with st.container(key=f"library-{kind}"), st.grid(2, min_column_width=300, gap="small"):
        for info in infos:
            with st.container(border=True, gap="xsmall", height="stretch"):
                st.button(
                    plain(info.title), key=f"read-{info.path}", type="tertiary", on_click=_open, args=(info.path,)
                )
                st.caption(plain(_facts(info)))


def _facts(info: GuideInfo) -> str:
    facts = (
        info.publisher,
        info.topic,
        info.company,
        f"published {info.published}" if info.published else None,
        f"updated {info.updated}" if info.updated else None,
        f"revision {info.revision.removeprefix('sha256:')[:8]}",
    )
    return " · ".join(filter(None, facts))


def _draw_one(path: str) -> None:
    st.button("All guides", icon=":material/arrow_back:", type="tertiary", key="library-back", on_click=_close)
    guide = engine.guide(path)
    if guide is None:
        st.info(plain(f"The library of today holds no {path}. It may have been removed or renamed."))
        return
    st.title(plain(guide.info.title), anchor=False)
    st.caption(plain(_facts(guide.info)))
    if guide.info.source:
        st.caption(plain(f"Taken from {visible(guide.info.source)}"))
    if not draw_care(guide.info):
        draw_guide(guide, _span_asked(len(guide.text)))


def _span_asked(length: int) -> tuple[int, int]:
    """The span the address asks to highlight; empty where it asks for none, or for nonsense."""
    try:
        start, end = int(st.query_params.get("from", "0")), int(st.query_params.get("to", "0"))
    except ValueError:
        return (0, 0)
    return (start, end) if 0 <= start < end <= length else (0, 0)
