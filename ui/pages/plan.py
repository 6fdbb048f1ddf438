"""Plan: the interview's day, hours and days off make a dated plan; tick, move, plan again, take it to a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import urlencode

import streamlit as st

import ui.engine as engine
from index.errors import FootnoteError
from index.settings import Settings
from study.calendar import as_calendar
from study.planning import Item, Plan, Wishes, days_named, move, out_of_order, tick
from study.plans import Plans, plan_for
from study.rounds import loops_of
from study.schedules import length_lines
from study.tasks import LEVELS, TOPICS
from ui.components.beside import chips_in, sources_beside
from ui.components.safe_text import plain
from ui.practice import now, ready, store

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ANY = "No particular one"
TOPIC_WORDS = {"llm": "LLMs", "system-design": "System design"}
ADVISED = "As the guides advise"
ICONS = {"read": "menu_book", "practise": "exercise", "review": "style", "mock": "record_voice_over"}


def draw() -> None:
    """The page."""
    if ready("There is nothing to plan with yet") is None:
        return
    plans = Plans(store())
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
        dates = st.text_input(
            "Other days off",
            ", ".join(map(str, before.dates_off)),
            key="plan-dates-off",
            placeholder="2026-12-24, 2026-12-25",
        )
        level = st.selectbox(
            "Level", LEVELS, LEVELS.index(before.level) if before.level in LEVELS else 1, key="plan-level",
            help="Hard questions wait for spare hours at the junior level, easy ones at senior and staff.",
        )  # fmt: skip
        titles = (ANY, *loops)
        known = next((title for title, loop in loops.items() if loop.guide == before.loop), ANY)
        chosen = st.selectbox("Rounds to prepare for, as described by", titles, titles.index(known), key="plan-loop")
        st.caption("How sure are you, from 1 (weak) to 5 (sure)?")
        with st.container(horizontal=True):
            rated = {
                topic: st.number_input(
                    TOPIC_WORDS.get(topic, topic.capitalize()), 1, 5, ratings.get(topic, 3), key=f"rate-{topic}"
                )
                for topic in TOPICS
            }
        label = "Plan again" if plan else "Make the plan"
        if st.form_submit_button(label) and isinstance(interview, date):
            loop = loops.get(str(chosen))
            wishes = Wishes(
                interview, float(hours), tuple(WEEKDAYS.index(day) for day in off), (), str(level),
                tuple(sorted(rated.items())), loop.guide if loop else None, loop.company if loop else None,
            )  # fmt: skip
            _make(wishes, dates or "", plan)


def _make(wishes: Wishes, dates_off: str, before: Plan | None) -> None:
    try:
        wishes = replace(wishes, dates_off=days_named(dates_off.split(",")))
        made = plan_for(Settings(), engine.index(), wishes, today=now().date(), before=before)
        Plans(store()).keep(made, at=now(), before=before)
    except FootnoteError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _forget_ticks()
    st.rerun()


def _forget_ticks() -> None:
    for key in [key for key in st.session_state if str(key).startswith("tick-")]:
        del st.session_state[key]


def _draw_plan(plan: Plan) -> None:
    short = [note for note in plan.notes if "too short" in note]
    st.caption(plain(" ".join(note for note in plan.notes if note not in short)))
    if short:
        st.warning(plain(" ".join(short)))
    early = out_of_order(plan)
    if early:
        st.warning("\n".join(f"- {plain(each)}" for each in early), icon=":material/swap_vert:")
    done = sum(item.done for item in plan.items)
    left = (plan.wishes.interview - now().date()).days
    st.progress(done / max(1, len(plan.items)), text=f"{done} of {len(plan.items)} done, {left} days left")
    with st.container(horizontal=True):
        st.button("Plan again from today", icon=":material/refresh:", key="again", on_click=_again)
        content = as_calendar(plan, now=now())
        st.download_button("Calendar file", content, "footnote-plan.ics", "text/calendar", key="ics")
        _draw_move(plan)
    lengths = length_lines(engine.index())
    told = [replace(each, number=len(plan.sources) + place) for place, each in enumerate(lengths, 1)]
    with sources_beside([*plan.sources, *told]) as chips:
        if told:
            numbers = chips_in([each.number for each in told], chips)
            st.caption(f"How long the guides say to prepare: {numbers}")
        _draw_week(plan, chips)
        if plan.dropped:
            with st.expander(f"Left out ({len(plan.dropped)})"):
                st.markdown("\n".join(f"- {plain(title)}" for title in plan.dropped[:200]))


def _draw_week(plan: Plan, chips: dict[int, str]) -> None:
    """One week of the plan at a time, this one at first."""
    weeks = {
        week: list(items) for week, items in groupby(plan.items, key=lambda item: (item.day - plan.start).days // 7)
    }
    this_week = (max(now().date(), plan.start) - plan.start).days // 7
    chosen = st.pills(
        "Week",
        list(weeks),
        default=this_week if this_week in weeks else min(weeks, default=None),
        format_func=lambda week: f"Week {week + 1} · {sum(item.minutes for item in weeks[week]) / 60:.1f} h",
        key=f"plan-week-{plan.start}",
    )
    for day, of_day in groupby(weeks.get(chosen if chosen is not None else this_week, []), key=lambda item: item.day):
        st.markdown(f"##### {day:%A, %d %B}{' · today' if day == now().date() else ''}")
        for (source, cites), items in groupby(of_day, key=lambda item: (item.source, item.cites)):
            if source or cites:
                st.caption(f"{plain(source or ADVISED)} {chips_in(cites, chips)}")
            for item in items:
                _draw_item(item)


def _draw_item(item: Item) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label = f":material/{ICONS[item.kind]}: {plain(item.title)} · {item.minutes} min"
        st.checkbox(label, item.done, key=f"tick-{item.uid}", on_change=_tick, args=(item.uid,))
        address = _address_of(item)
        if address:
            st.markdown(f"[Open]({address})", width="content")


def _address_of(item: Item) -> str:
    """Where the thing is done; a note's page is in the library."""
    if item.kind == "read":
        notes = (info.path for info in engine.index().guides() if PurePosixPath(info.path).stem == item.ref)
        return next((f"library?{urlencode({'guide': path})}" for path in notes), "")
    return {"practise": f"practise?{urlencode({'question': item.ref})}", "review": "practise?view=Cards+due"}.get(
        item.kind, "mock"
    )


def _tick(uid: str) -> None:
    done = bool(st.session_state.get(f"tick-{uid}"))
    try:
        Plans(store()).change(lambda plan: tick(plan, uid, done), at=now())
    except FootnoteError as error:
        st.toast(plain(str(error)))


def _again() -> None:
    plans = Plans(store())
    plan = plans.current()
    if plan is None:
        return
    try:
        made = plan_for(Settings(), engine.index(), plan.wishes, today=now().date(), before=plan)
        plans.keep(made, at=now(), before=plan)
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
                Plans(store()).change(lambda plan: move(plan, ahead[what], day), at=now())
            except FootnoteError as error:
                st.error(plain(str(error)))
                return
            st.rerun()
