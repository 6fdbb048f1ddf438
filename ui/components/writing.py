"""Under an answer that a model was asked for: which model, what it took, and which of its sentences were left out."""

from __future__ import annotations

import streamlit as st

from answer.answers import Answer, Writing
from ui.components.safe_text import plain, safe_markdown


def draw_writing(answer: Answer, turn: str) -> None:
    """Nothing where no model was asked."""
    writing = answer.writing
    if writing is None:
        return
    said = "Worded by" if answer.composer == "model" else "Asked, and not used:"
    st.caption(plain(f"{said} {writing.called}{_spent(writing)}"))
    if not writing.dropped:
        return
    with st.expander(f"What the model said and no source supports ({len(writing.dropped)})", key=f"dropped-{turn}"):
        for sentence in writing.dropped:
            st.markdown(f"- {safe_markdown(sentence.text).strip()}")
            st.caption(plain("; ".join(sentence.reasons)))


def _spent(writing: Writing) -> str:
    usage = writing.usage
    read, written = usage.get("read", 0), usage.get("written", 0)
    if not read and not written:
        return " · from the replies kept here"
    about = "about " if usage.get("estimated") else ""
    cost = usage.get("cost")
    money = "cost unknown" if cost is None else f"${cost:.4f}"
    return f" · {about}{read:,} tokens read, {written:,} written · {money}"
