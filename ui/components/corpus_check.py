"""The corpus check on the Library page: run beside, read by kind, each finding with its reason and its cure."""

from __future__ import annotations

from collections import Counter
from datetime import date

import streamlit as st

from index.settings import Settings
from ingest.checking import check
from ingest.finding import Checked, Finding
from ingest.pipeline import Progress
from ui.background import Background, Standing
from ui.components.safe_text import plain, visible

SHOWN = 25
ALL = "All"


def checker() -> Background[Checked]:
    """The one check of this process and home."""
    return _checker(str(Settings().home))


@st.cache_resource(show_spinner=False)
def _checker(home: str) -> Background[Checked]:
    return Background(Settings(home=home), _check)  # type: ignore[arg-type]


def _check(settings: Settings, progress: Progress) -> Checked:
    return check(settings, None, today=date.today(), progress=progress)


def draw_check() -> None:
    """Draw the place to run the check, and what it found last."""
    with st.expander("Check the corpus", icon=":material/fact_check:", key="checking"):
        st.markdown(
            "Looks for passages told twice, claims that contradict each other, empty sections, old dates, lost tables, "
            "questions that nothing answers, and text that hides or commands. Nothing is changed."
        )
        standing = checker().standing()
        if standing.state == "running":
            st.fragment(_draw_progress, run_every=1.0)()
            return
        label = "Check again" if standing.made else "Run the check"
        st.button(label, key="check", icon=":material/play_arrow:", on_click=checker().start)
        _draw_outcome(standing)


def _draw_progress() -> None:
    standing = checker().standing()
    if standing.state != "running":
        st.rerun()
    st.progress(min(1.0, standing.share), text=plain(f"Checking … {standing.stage}"))


def _draw_outcome(standing: Standing[Checked]) -> None:
    if standing.problem:
        st.error(plain(standing.problem), icon=":material/error:")
    if standing.made is not None:
        _draw_findings(standing.made)


def _draw_findings(checked: Checked) -> None:
    if not checked.findings:
        st.success(f"{checked.files} files checked, nothing found.", icon=":material/check:")
        return
    st.markdown(f"{checked.files} files checked: **{checked.errors} errors**, **{checked.warnings} warnings**")
    kinds = Counter(finding.kind for finding in checked.findings)
    names = {f"{kind} ({count})": kind for kind, count in kinds.most_common()}
    chosen = st.pills("Kind of finding", [ALL, *names], default=ALL, key="finding-kind", label_visibility="collapsed")
    wanted = names.get(chosen or ALL)
    found = [finding for finding in checked.findings if wanted in (None, finding.kind)]
    for finding in found[:SHOWN]:
        _draw_finding(finding)
    if len(found) > SHOWN:
        st.caption(f"And {len(found) - SHOWN} more: `python -m ingest check` prints them all.")


def _draw_finding(finding: Finding) -> None:
    badge = ":red-badge[error]" if finding.level == "error" else ":gray-badge[warning]"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{badge} **{plain(visible(finding.where))}**")
        st.markdown(plain(visible(finding.what)))
        st.caption(plain(visible(f"{finding.why} {finding.cure}")))
