"""Adding a guide: drop a file, see what is understood of it, correct what it says about itself, publish."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import streamlit as st

from index.errors import FootnoteError
from index.passages import Guide, GuideInfo
from index.settings import Settings
from ingest.reading import FORMATS
from ingest.report import Report
from ui.components.safe_text import plain, visible
from ui.components.source_panel import draw_guide
from ui.publishing import STATED, Publisher, keep, look_at, safe_name

SHOWN = 5
LABELS = {
    "title": "Title",
    "publisher": "Publisher",
    "company": "Company",
    "role": "Role",
    "published": "Published (a day, 2026-11-21)",
    "updated": "Updated (a day)",
    "source": "Taken from",
}


def draw_adding(known: list[GuideInfo]) -> None:
    """Draw the place to add a guide; `known` are the guides there are."""
    _draw_standing()
    with st.expander("Add a guide", icon=":material/note_add:", key="adding"):
        st.file_uploader(
            "A guide to add",
            type=[suffix.removeprefix(".") for suffix in sorted(FORMATS)],
            key=_upload_key(),
            help="It stays on this machine. You see what is understood of it before it is published.",
        )
        file = st.session_state.get(_upload_key())
        if file is not None:
            _draw_preview(file.name, file.getvalue(), known)


def _upload_key() -> str:
    """A name of its own for each upload: the browser keeps a file until its widget is another one."""
    return f"upload-{st.session_state.get('uploads', 0)}"


def _draw_preview(name: str, content: bytes, known: list[GuideInfo]) -> None:
    try:
        leaf = safe_name(name)
        guide = _looked_at(name, content)
    except FootnoteError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.markdown(f"**{plain(guide.info.title)}** · {plain(understood(guide))}")
    for warning in guide.warnings:
        st.warning(plain(warning), icon=":material/info:")
    if any(info.path.endswith(f"/{leaf}") and info.path.startswith("own/") for info in known):
        st.info(plain(f"This replaces the {leaf} you added before."), icon=":material/sync:")
    stated = _draw_fields(guide.info, sha256(content).hexdigest()[:12])
    with st.container(height=360, border=True):
        draw_guide(guide, (0, 0))
    st.button("Publish", type="primary", key="publish", on_click=_publish, args=(name, content, stated))


def _looked_at(name: str, content: bytes) -> Guide:
    """What is understood of the file, worked out once per upload."""
    key = (name, sha256(content).hexdigest())
    if st.session_state.get("looked-at", (None, None))[0] != key:
        with st.spinner("Reading it …"):
            st.session_state["looked-at"] = (key, look_at(name, content))
    guide: Guide = st.session_state["looked-at"][1]
    return guide


def understood(guide: Guide) -> str:
    """What was recovered, in figures."""
    blocks = Counter(block.kind for block in guide.blocks if block.noise is None)
    noise = sum(block.noise is not None for block in guide.blocks)
    figures = (
        (len(guide.sections) - 1, "section"),
        (blocks["list"], "list"),
        (blocks["table"], "table"),
        (len(guide.questions), "practice question"),
        (noise, "part left out as noise"),
    )
    return (
        ", ".join(f"{count} {name if count == 1 else _plural(name)}" for count, name in figures if count) or "no text"
    )


def _plural(name: str) -> str:
    return name.replace("part", "parts") if name.startswith("part") else f"{name}s"


def _draw_fields(info: GuideInfo, mark: str) -> dict[str, str]:
    """The metadata that was found, open to correction; only what was changed is stated beside the guide."""
    stated = {}
    with st.grid(2, min_column_width=240, gap="small"):
        for field in STATED:
            found = visible(getattr(info, field) or "")
            said = st.text_input(LABELS[field], found, key=f"stated-{field}-{mark}", max_chars=300) or ""
            if said.strip() != found:
                stated[field] = said
    return stated


def _publish(name: str, content: bytes, stated: dict[str, str]) -> None:
    keep(Settings(), name, content, stated)
    publisher().start()
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1


def publisher() -> Publisher:
    """The one publisher of this process and home."""
    return _publisher(str(Settings().home))


@st.cache_resource(show_spinner=False)
def _publisher(home: str) -> Publisher:
    return Publisher(Settings(home=home))  # type: ignore[arg-type]


def _draw_standing() -> None:
    """How the publishing goes, by the second while it runs."""
    running = publisher().standing().state == "running"
    st.fragment(_draw_progress, run_every=1.0 if running else None)()


def _draw_progress() -> None:
    standing = publisher().standing()
    if standing.state == "running":
        st.progress(min(1.0, standing.share), text=plain(f"Publishing … {standing.stage}"))
        st.session_state["publishing"] = True
    elif st.session_state.pop("publishing", False):
        st.rerun()
    elif standing.state == "failed":
        st.error(plain(standing.problem), icon=":material/error:")
        st.button("All right", key="forget", on_click=publisher().forget)
    elif standing.report is not None:
        _draw_report(standing.report)
        st.button("All right", key="forget", on_click=publisher().forget)


def _draw_report(report: Report) -> None:
    """What became of each file, one's own first; the rest in figures."""
    changed = sorted(
        (each for each in report.guides if each.outcome != "unchanged"),
        key=lambda each: (each.outcome != "rejected", not each.path.startswith("own/"), each.path),
    )
    for each in changed[:SHOWN]:
        line = f"{each.outcome.capitalize()}: {each.path}"
        if each.reason:
            st.warning(plain(f"{line}. {each.reason}"), icon=":material/info:")
        else:
            st.success(plain(line), icon=":material/check:")
    if not changed:
        st.success("Nothing had changed.", icon=":material/check:")
    elif len(changed) > SHOWN:
        st.caption(f"And {len(changed) - SHOWN} more.")
