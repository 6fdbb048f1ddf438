"""Progress: readiness per topic on the interview's day, days practised, reviews ahead, mocks; the record in and out."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import streamlit as st

from index.errors import FootnoteError
from study.portable import delete_everything, export_record, import_record
from study.progress import Progress, measure
from ui.components.safe_text import plain
from ui.model import model_in_use
from ui.practice import cards, forget_cards, now, ready, store

WEEKS = 12


def draw() -> None:
    """The page."""
    bank = ready("There is no progress to show yet")
    if bank is None:
        return
    cards()
    found = measure(store(), bank.questions, now=now())
    st.title("Progress", anchor=False)
    days = len(found.days)
    with st.container(horizontal=True):
        st.metric("Days practised", days, border=True)
        st.metric("Cards due today", found.due, border=True)
        st.metric("Mistakes to do again", found.mistakes, border=True)
        st.metric("Mock interviews", len(found.mocks), border=True)
    _draw_topics(found)
    _draw_days(found)
    _draw_ahead(found)
    _draw_mocks(found)
    _draw_record()


def _draw_topics(found: Progress) -> None:
    st.subheader(f"Readiness on {found.on}", anchor=False)
    st.caption("The chance of recalling a card of the topic on that day; a card never seen counts as 0.")
    rows = [
        {
            "Topic": topic.name,
            "Ready": f"{topic.readiness:.0%}",
            "Practised": "–" if topic.practised is None else f"{topic.practised:.0%}",
            "Attempts": str(topic.attempts),
        }
        for topic in found.topics
    ]
    st.table(rows)
    weakest = [topic for topic in found.weakest if topic.attempts][:3]
    if weakest:
        st.markdown("**Weakest**")
    for topic in weakest:
        st.markdown(f"- [Practise {plain(topic.name)}](practise?category={_quoted(topic.name)})")


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _draw_days(found: Progress) -> None:
    import altair as alt

    today = now().date()
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    every = [first + timedelta(days=each) for each in range((today - first).days + 1)]
    rows = [
        {
            "week": f"{day - timedelta(days=day.weekday()):%m-%d}",
            "day": f"{day:%a}",
            "done": found.days.get(day.isoformat(), 0),
        }
        for day in every
    ]
    st.subheader("Days practised", anchor=False)
    chart = (
        alt.Chart({"values": rows})
        .mark_rect(cornerRadius=2)
        .encode(
            x=alt.X("week:O", title=None),
            y=alt.Y("day:O", title=None, sort=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
            color=alt.Color("done:Q", legend=None, scale=alt.Scale(scheme="blues")),
            tooltip=["week:O", "day:O", "done:Q"],
        )
        .properties(height=170)
    )
    st.altair_chart(chart, alt=f"Days practised in the last {WEEKS} weeks: {len(found.days)} days in all.")


def _draw_ahead(found: Progress) -> None:
    st.subheader("Reviews ahead", anchor=False)
    _bars([{"x": day[5:], "y": count} for day, count in found.ahead.items()], "Cards that come due in the next days")


def _draw_mocks(found: Progress) -> None:
    if found.mocks:
        st.subheader("Mock interviews", anchor=False)
        rows = [{"x": f"{place}. {day}", "y": score} for place, (day, score) in enumerate(found.mocks, 1)]
        _bars(rows, "Scores of the mock interviews, oldest first")


def _bars(rows: list[dict[str, Any]], alt_text: str) -> None:
    import altair as alt

    axes = {"x": alt.X("x:O", title=None, sort=None), "y": alt.Y("y:Q", title=None)}
    st.altair_chart(alt.Chart({"values": rows}).mark_bar().encode(**axes).properties(height=150), alt=alt_text)


def _draw_record() -> None:
    st.subheader("Your record", anchor=False)
    st.caption("Chats, attempts, cards, mock interviews and plan. It is kept on this machine only.")
    with st.container(horizontal=True):
        content = json.dumps(export_record(store(), now=now()), ensure_ascii=False)
        st.download_button("Export everything", content, "footnote-record.json", "application/json", key="export")
        with st.popover("Import", key="import"):
            _draw_import()
        with st.popover("Delete everything", icon=":material/delete:", key="delete"):
            st.markdown("Chats, attempts, cards, mock interviews and plan go for good.")
            st.button("Delete everything now", key="delete-all", on_click=_delete)


def _draw_import() -> None:
    st.markdown("An import takes the place of everything that is here.")
    given = st.file_uploader("A file that the export wrote", type="json", key="import-file")
    if st.button("Import it", key="import-go", disabled=given is None) and given is not None:
        try:
            import_record(store(), given.getvalue().decode("utf-8", errors="replace"))
            forget_cards()
        except FootnoteError as error:
            st.error(plain(str(error)))
            return
        st.rerun()


def _delete() -> None:
    delete_everything(store())
    model_in_use().forget_answers()
    forget_cards()
