"""Adding a guide: drop a file, see what is understood of it, correct what it says about itself, publish."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import streamlit as st

from index.errors import FootnoteError
from index.passages import Guide, GuideInfo
from index.settings import Settings
from ingest.folders import OWN
from ingest.inspecting import as_outline
from ingest.preview import Difference, difference
from ingest.reading import FORMATS
from ingest.report import Report
from ui.background import Background
from ui.components.differing import draw_difference
from ui.components.safe_text import plain, visible
from ui.components.source_panel import draw_guide
from ui.publishing import STATED, keep, look_at, publish, safe_name

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
            key=upload_key(),
            help="It stays on this machine. You see what is understood of it before it is published.",
        )
        file = st.session_state.get(upload_key())
        if file is not None:
            draw_preview(file.name, file.getvalue(), replaces=_is_known(file.name, known))


def upload_key(place: str = "upload") -> str:
    """A name of its own for each upload: the browser keeps a file until its widget is another one."""
    return f"{place}-{st.session_state.get('uploads', 0)}"


def _is_known(name: str, known: list[GuideInfo]) -> bool:
    leaf = name.replace("\\", "/").rsplit("/", 1)[-1]
    return any(info.path == f"{OWN}/{leaf}" for info in known)


def draw_preview(name: str, content: bytes, *, replaces: bool) -> None:
    """Draw what is understood of a file, what it says about itself, open to correction, and what would change."""
    try:
        guide = _looked_at(name, content)
    except FootnoteError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.markdown(f"**{plain(guide.info.title)}** · {plain(understood(guide))}")
    for warning in guide.warnings:
        st.warning(plain(warning), icon=":material/info:")
    if replaces:
        st.info(plain(f"This replaces the {safe_name(name)} you added before."), icon=":material/sync:")
    views = ["As it reads", "Structure", "What changes"]
    view = st.segmented_control(
        "Look at it", views, default=views[-1 if replaces else 0], key="preview-view", label_visibility="collapsed"
    )
    with st.container(height=360, border=True):
        _draw_view(view or views[0], guide)
    stated = _draw_fields(guide.info, sha256(content).hexdigest()[:12])
    st.button("Publish", type="primary", key="publish", on_click=_publish, args=(name, content, stated))


def _draw_view(view: str, guide: Guide) -> None:
    match view:
        case "Structure":
            st.code("\n".join(map(visible, as_outline(guide).splitlines())), language=None, wrap_lines=True)
        case "What changes":
            draw_difference(_differing(guide))
        case _:
            draw_guide(guide, (0, 0))


def _differing(guide: Guide) -> Difference:
    """What publishing the guide would change, worked out once per upload."""
    key = (guide.info.path, guide.info.revision)
    if st.session_state.get("differs", (None, None))[0] != key:
        with st.spinner("Comparing …"):
            st.session_state["differs"] = (key, difference(Settings(), guide.info.path, guide))
    found: Difference = st.session_state["differs"][1]
    return found


def _looked_at(name: str, content: bytes) -> Guide:
    """What is understood of the file, worked out once per upload."""
    key = (name, sha256(content).hexdigest())
    if st.session_state.get("looked-at", (None, None))[0] != key:
        with st.spinner("Reading it …"):
            st.session_state["looked-at"] = (key, look_at(Settings(), name, content))
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
    try:
        keep(Settings(), name, content, stated)
    except FootnoteError as error:  # the home has changed since the preview was drawn
        st.toast(plain(str(error)), icon=":material/error:")
        return
    publisher().start()
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1


def publisher() -> Background[Report]:
    """The one publisher of this process and home."""
    return _publisher(str(Settings().home))


@st.cache_resource(show_spinner=False)
def _publisher(home: str) -> Background[Report]:
    return Background(Settings(home=home), publish)  # type: ignore[arg-type]


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
    elif standing.made is not None:
        _draw_report(standing.made)
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
