"""Caring for one guide: its revision and history; replacing and removing one of a person's own, difference first."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

import streamlit as st

from index.errors import FootnoteError
from index.passages import GuideInfo
from index.settings import Settings
from ingest.history import Entry, history_of
from ingest.own import own_file
from ingest.preview import Difference, difference
from ui.components.adding import draw_preview, publisher, upload_key
from ui.components.differing import draw_difference
from ui.components.safe_text import plain
from ui.publishing import take_out

SHOWN = 20


def draw_care(info: GuideInfo) -> bool:
    """Draw what can be done with a guide; whether something was opened that wants the page's room."""
    own = own_file(Settings(), info.path) is not None
    choices = ["Read", "History", *(("Replace", "Remove") if own else ())]
    chosen = st.segmented_control(
        "What to do", choices, default="Read", key=f"care-{info.path}", label_visibility="collapsed"
    )
    match chosen:
        case "History":
            _draw_history(info)
        case "Replace":
            _draw_replacing(info)
        case "Remove":
            _draw_removing(info)
        case _:
            return False
    return True


def _draw_history(info: GuideInfo) -> None:
    st.markdown(f"Its text is known by the revision `{info.revision}`.")
    entries = history_of(Settings(), info.path)
    if not entries:
        st.caption("It was published before histories were kept.")
    for entry in entries[:SHOWN]:
        st.markdown(_told(entry))


def _told(entry: Entry) -> str:
    when = datetime.fromisoformat(entry.at).astimezone()
    counts = ((entry.added, "added"), (entry.changed, "changed"), (entry.removed, "removed"))
    passages = ", ".join(f"{count} {what}" for count, what in counts if count)
    facts = (
        f"moved from {plain(entry.moved_from)}" if entry.moved_from else "",
        f"passages: {passages}" if passages else "",
        f"revision {entry.revision.removeprefix('sha256:')[:8]}" if entry.revision else "",
        f"generation {entry.generation}",
    )
    return f"**{entry.outcome.capitalize()}** · {when:%d %b %Y, %H:%M} · {' · '.join(filter(None, facts))}"


def _draw_replacing(info: GuideInfo) -> None:
    suffix = PurePosixPath(info.path).suffix
    st.file_uploader(
        f"The new text of this guide ({suffix})",
        type=[suffix.removeprefix(".")],
        key=upload_key("replacement"),
        help="What changes is shown before it is published.",
    )
    file = st.session_state.get(upload_key("replacement"))
    if file is not None:
        draw_preview(PurePosixPath(info.path).name, file.getvalue(), replaces=True)


def _draw_removing(info: GuideInfo) -> None:
    st.markdown("It and everything cited from it leave the library. Chats keep the words they cited.")
    try:
        draw_difference(_removal(info.path, info.revision))
    except FootnoteError as error:
        st.error(plain(str(error)), icon=":material/error:")
    st.button("Remove it", key="remove", icon=":material/delete:", on_click=_remove, args=(info.path,))


def _removal(path: str, revision: str) -> Difference:
    """What removing a guide takes away, worked out once."""
    key = (path, revision)
    if st.session_state.get("removal-of", (None, None))[0] != key:
        st.session_state["removal-of"] = (key, difference(Settings(), path, None))
    found: Difference = st.session_state["removal-of"][1]
    return found


def _remove(path: str) -> None:
    if take_out(Settings(), path):
        publisher().start()
        for name in ("guide", "from", "to"):
            st.query_params.pop(name, None)
