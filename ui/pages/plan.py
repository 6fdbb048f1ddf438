"""Plan: the interview's day, hours and days off make a dated plan; tick, move, plan again, take it to a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

import streamlit as st

import ui.engine as engine
from index.errors import FootnoteError
from index.settings import Settings
from study.calendar import as_calendar
from study.planning import Item, Plan, Wishes, move, tick
from study.plans import Plans, plan_for
from study.rounds import loops_of
from study.tasks import TOPICS
from ui.components.safe_text import plain
from ui.practice import now, store

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEVELS = ("junior", "mid", "senior", "staff")
ANY = "No particular one"
ICONS = {"read": "menu_book", "practise": "exercise", "review": "style", "mock": "record_voice_over"}


def draw() -> None:
    """The page."""
    try:
        engine.index()
        plans = Plans(store())
    except FootnoteError as error:
        st.header("There is nothing to plan with yet")
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.title("Plan", anchor=False)
    plan = plans.current()
    with st.expander("Your interview and your time", expanded=plan is None):
        _draw_wishes(plan)
    if plan is not None:
        _draw_plan(plan)


def _draw_wishes(plan: Plan | None) -> None:
    before = plan.wishes if plan else Wishes(now().date() + timedelta(weeks=6), 8.0)
    loops = {loop.title: loop for loop in loops_of(engine.index())}
    ratings = dict(before.ratings)
    with st.form("wishes", border=False):
        interview = st.date_input("Day of the interview", before.interview, key="plan-interview")
        hours = st.number_input("Hours a week", 0.0, 100.0, before.hours, 0.5, key="plan-hours")
        off = st.pills(
            "Days off",
            WEEKDAYS,
            selection_mode="multi",
            default=[WEEKDAYS[each] for each in before.days_off],
            key="plan-off",
        )
        level = st.selectbox(
            "Level", LEVELS, LEVELS.index(before.level) if before.level in LEVELS else 1, key="plan-level"
        )
        titles = (ANY, *loops)
        known = next((title for title, loop in loops.items() if loop.guide == before.loop), ANY)
        chosen = st.selectbox("Rounds to prepare for, as described by", titles, titles.index(known), key="plan-loop")
        st.caption("How sure are you, from 1 (weak) to 5 (sure)?")
        with st.container(horizontal=True):
            rated = {
                topic: st.number_input(
                    topic.replace("-", " ").capitalize(), 1, 5, ratings.get(topic, 3), key=f"rate-{topic}"
                )
                for topic in TOPICS
            }
        label = "Plan again" if plan else "Make the plan"
        if st.form_submit_button(label) and isinstance(interview, date):
            loop = loops.get(str(chosen))
            days_off = tuple(WEEKDAYS.index(day) for day in off)
            wishes = Wishes(
                interview, float(hours), days_off, before.dates_off, str(level), tuple(sorted(rated.items())),
                loop.guide if loop else None, loop.company if loop else None,
            )  # fmt: skip
            _make(wishes, plan)


def _make(wishes: Wishes, before: Plan | None) -> None:
    try:
        made = plan_for(Settings(), engine.index(), wishes, today=now().date(), before=before)
    except FootnoteError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    Plans(store()).keep(made, at=now())
    _forget_ticks()
    st.rerun()


def _forget_ticks() -> None:
    for key in [key for key in st.session_state if str(key).startswith("tick-")]:
        del st.session_state[key]


def _draw_plan(plan: Plan) -> None:
    for note in plan.notes:
        (st.warning if "too short" in note else st.info)(plain(note))
    done = sum(item.done for item in plan.items)
    left = (plan.wishes.interview - now().date()).days
    st.progress(done / max(1, len(plan.items)), text=f"{done} of {len(plan.items)} done, {left} days left")
    with st.container(horizontal=True):
        st.button("Plan again from today", icon=":material/refresh:", key="again", on_click=_again)
        content = as_calendar(plan, now=now())
        st.download_button("Calendar file", content, "footnote-plan.ics", "text/calendar", key="ics")
        _draw_move(plan)
    this_week = (max(now().date(), plan.start) - plan.start).days // 7
    for week, items in groupby(plan.items, key=lambda item: (item.day - plan.start).days // 7):
        _draw_week(week, list(items), expanded=week == this_week)
    if plan.dropped:
        with st.expander(f"Left out ({len(plan.dropped)})"):
            st.markdown("\n".join(f"- {plain(title)}" for title in plan.dropped[:200]))


def _draw_week(week: int, items: list[Item], *, expanded: bool) -> None:
    hours = sum(item.minutes for item in items) / 60
    with st.expander(f"Week {week + 1} · {hours:.1f} hours", expanded=expanded):
        for day, of_day in groupby(items, key=lambda item: item.day):
            st.markdown(f"**{day:%A, %d %B}**")
            for item in of_day:
                label = f":material/{ICONS[item.kind]}: {plain(item.title)} · {item.minutes} min"
                st.checkbox(
                    label,
                    item.done,
                    key=f"tick-{item.uid}",
                    on_change=_tick,
                    args=(item.uid,),
                    help=plain(item.source) or None,
                )


def _tick(uid: str) -> None:
    plans = Plans(store())
    plan = plans.current()
    if plan is not None:
        plans.keep(tick(plan, uid, bool(st.session_state.get(f"tick-{uid}"))), at=now())


def _again() -> None:
    plans = Plans(store())
    plan = plans.current()
    if plan is None:
        return
    try:
        plans.keep(plan_for(Settings(), engine.index(), plan.wishes, today=now().date(), before=plan), at=now())
        _forget_ticks()
    except FootnoteError as error:
        st.toast(plain(str(error)))


def _draw_move(plan: Plan) -> None:
    ahead = {f"{item.day:%d %b} · {item.title}": item.uid for item in plan.items if not item.done}
    with st.popover("Move something", icon=":material/event_upcoming:", key="move"):
        what = st.selectbox("What", list(ahead), key="move-what")
        day = st.date_input("To", now().date() + timedelta(days=1), key="move-to")
        if st.button("Move", key="move-go") and what and isinstance(day, date):
            try:
                Plans(store()).keep(move(plan, ahead[what], day), at=now())
            except FootnoteError as error:
                st.error(plain(str(error)))
                return
            st.rerun()
