"""What a change to a guide would change: passages that come, go or say something else, and what hangs on them."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from ingest.changes import windows
from ingest.preview import Difference
from ingest.report import PassageChange
from ui.components.safe_text import plain, visible

SHOWN = 12
SIGNS = {"added": ":green[**+**]", "changed": ":orange[**~**]", "removed": ":red[**−**]"}


def draw_difference(difference: Difference) -> None:
    """Draw how many passages change, then each with its section, and what is lost by it."""
    counts = Counter(change.outcome for change in difference.changes)
    if not counts:
        st.caption("No passage changes.")
        return
    named = [f"{count} {outcome}" for outcome in ("added", "changed", "removed") if (count := counts[outcome])]
    passages = "passage" if sum(counts.values()) == 1 else "passages"
    st.markdown(f"**{' · '.join(named)}** {passages}")
    _draw_lost(difference)
    for change in difference.changes[:SHOWN]:
        st.markdown(_told(change))
    if len(difference.changes) > SHOWN:
        st.caption(f"And {len(difference.changes) - SHOWN} more.")


def _told(change: PassageChange) -> str:
    head = f"{SIGNS[change.outcome]} **{plain(change.section or 'Opening')}**"
    was, now = windows(change)
    if was is None:
        return f"{head}  \n{plain(visible(now))}"
    return f"{head}  \nwas: {plain(visible(was))}  \nnow: {plain(visible(now))}"


def _draw_lost(difference: Difference) -> None:
    if not difference.lost:
        st.caption("No saved citation and no card loses its words.")
        return
    kinds = Counter(pin.kind for pin in difference.lost)
    said = [f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in kinds.items()]
    st.warning(f"{' and '.join(said)} would no longer find the words they stand on.", icon=":material/link_off:")
    for pin in difference.lost[:SHOWN]:
        st.caption(plain(f"{pin.kind.capitalize()}: {visible(pin.name)[:120]}"))
