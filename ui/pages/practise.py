"""Practise: bank questions with feedback by key points, the cards due today, and the mistakes to do again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

import ui.engine as engine
from index.passages import BankQuestion
from study.grading import Grade, points_of
from study.judging import Verdict
from study.practising import FACETS, Attempt, Practice, choices, difference, find_questions
from ui.components.beside import sources_beside
from ui.components.cards import draw_cards
from ui.components.feedback import draw_grade
from ui.components.safe_text import plain, safe_markdown
from ui.practice import advisor, draw_timer, grader, now, ready, store

if TYPE_CHECKING:
    from study.advising import Advisor

VIEWS = ("Questions", "Cards due", "Mistakes")
ANY = "Any"
SHOWN = 40
WRITE_FIRST = "Write an answer first; a few key words are enough."
OWN_VERDICTS: Mapping[str, Verdict] = {"Covered": "covered", "Partly": "partly", "Missed": "missed"}


def draw() -> None:
    """The page."""
    if ready("There is nothing to practise yet") is None:
        return
    wanted = st.query_params.get("question")
    if wanted:
        _draw_question(wanted)
        return
    st.title("Practise", anchor=False)
    view = st.segmented_control("What to practise", VIEWS, default=VIEWS[0], key="view", bind="query-params")
    if view == VIEWS[1]:
        draw_cards()
    elif view == VIEWS[2]:
        _draw_mistakes()
    else:
        _draw_bank()


def open_question(identity: str) -> None:
    """Show one question; a callback."""
    st.query_params["question"] = identity
    st.session_state["practise-began"] = now()
    for name in ("practise-hints", "practise-attempt", "practise-before", "practise-outline"):
        st.session_state.pop(name, None)


def _close() -> None:
    st.query_params.pop("question", None)


def _draw_bank() -> None:
    index = engine.index()
    known = choices(index.questions())
    wanted = {}
    with st.container(horizontal=True, key="bank-filters"):
        for facet in FACETS:
            chosen = st.selectbox(facet.capitalize(), (ANY, *known[facet]), key=facet, bind="query-params", width=190)
            wanted[facet] = "" if chosen == ANY else str(chosen)
    text = st.text_input("Find", key="find", bind="query-params", placeholder="What should the question be about?")
    found = find_questions(index, wanted, text or "")
    st.caption(f"{len(found)} of {len(index.questions())} questions")
    for question in found[:SHOWN]:
        with st.container(border=True, gap="xsmall"):
            st.button(
                plain(question.title),
                key=f"open-{question.id}",
                type="tertiary",
                on_click=open_question,
                args=(question.id,),
            )
            st.caption(plain(_facts(question)))
    if len(found) > SHOWN:
        st.caption(f"The first {SHOWN} are shown: narrow the filters to see others.")
    if not found:
        st.info("No question fits these filters: take one away.")


def _facts(question: BankQuestion) -> str:
    minutes = f"{question.minutes} minutes" if question.minutes else None
    facts = (question.category, question.round, question.difficulty, question.company, minutes)
    return " · ".join(filter(None, facts))


def _draw_question(identity: str) -> None:
    st.button("All questions", icon=":material/arrow_back:", type="tertiary", key="bank", on_click=_close)
    question = grader().questions.get(identity)
    if question is None:
        st.info(plain(f"The bank of today holds no question {identity}. It may have been removed or renamed."))
        return
    st.title(plain(question.title), anchor=False)
    st.caption(plain(_facts(question)))
    st.markdown(safe_markdown(question.prompt))
    attempt = st.session_state.get("practise-attempt")
    if isinstance(attempt, Attempt) and attempt.question == identity:
        _draw_attempt(question, attempt)
        return
    began = st.session_state.setdefault("practise-began", now())
    outline = st.session_state.get("practise-outline")
    if isinstance(outline, str):
        _draw_rating(question, outline, began)
        return
    draw_timer(lambda: _seconds(began), question.minutes or 15, key="practise-timer")
    _draw_hints(question)
    with st.form("answer-form", border=False):
        text = st.text_area(
            "Your answer", key=f"answer-{identity}", height=220, placeholder="Answer, or write an outline."
        )
        with st.container(horizontal=True):
            if st.form_submit_button("Give feedback"):
                _grade(question, text or "", began)
            if st.form_submit_button("Rate my outline myself"):
                _begin_rating(text or "")


def _seconds(began: datetime) -> float:
    return (now() - began).total_seconds()


def _draw_hints(question: BankQuestion) -> None:
    shown = st.session_state.get("practise-hints", 0)
    for hint in question.hints[:shown]:
        st.info(safe_markdown(hint), icon=":material/lightbulb:")
    if shown < len(question.hints):
        label = f"Show a hint ({len(question.hints) - shown} left)"
        st.button(label, icon=":material/lightbulb:", type="tertiary", key="hint", on_click=_next_hint)
        return
    given, hint = st.session_state.get("practise-model-hint", ("", ""))
    if given == question.id:
        st.info(plain(hint or "The model gave no hint that a source supports."), icon=":material/lightbulb:")
    elif (second := advisor()) is not None:
        label = "Ask the model for a hint"
        st.button(label, type="tertiary", key="model-hint", on_click=_ask_for_hint, args=(second, question))


def _ask_for_hint(second: Advisor, question: BankQuestion) -> None:
    st.session_state["practise-model-hint"] = (question.id, second.hint(question))


def _next_hint() -> None:
    st.session_state["practise-hints"] = st.session_state.get("practise-hints", 0) + 1


def _begin_rating(text: str) -> None:
    if not text.strip():
        st.warning(WRITE_FIRST)
        return
    st.session_state["practise-outline"] = text
    st.rerun()


def _draw_rating(question: BankQuestion, outline: str, began: datetime) -> None:
    """The key points, each with its source, for the candidate to say which of them the outline holds."""
    with st.expander("Your outline", expanded=True):
        st.text(outline)
    cited = grader().sources(question)
    with sources_beside([each for each in cited if each]) as chips, st.form("rating-form", border=False):
        st.markdown("**Which of these does your outline say?**")
        rated: list[Verdict] = []
        for place, (point, source) in enumerate(zip(points_of(question), cited, strict=True)):
            chip = chips.get(source.number, "") if source else ""
            st.markdown(f"{place + 1}. {safe_markdown(point.point).strip()} {chip}")
            key = f"own-{question.id}-{place}"
            chosen = st.radio(
                f"Point {place + 1}", list(OWN_VERDICTS), 2, key=key, horizontal=True, label_visibility="collapsed"
            )
            rated.append(OWN_VERDICTS[str(chosen)])
        if st.form_submit_button("Keep my rating"):
            _keep(grader().rate(question, rated), outline, began)


def _grade(question: BankQuestion, text: str, began: datetime) -> None:
    if not text.strip():
        st.warning(WRITE_FIRST)
        return
    with st.spinner("Reading your answer"):
        grade = grader().grade(question, text)
        second = advisor()
        grade = second.second_reading(question, text, grade) if second else grade
    _keep(grade, text, began)


def _keep(grade: Grade, text: str, began: datetime) -> None:
    practice = Practice(store())
    earlier = practice.attempts(grade.question)
    kept = practice.keep(grade, text, at=now(), seconds=int(_seconds(began)))
    st.session_state.pop("practise-outline", None)
    st.session_state["practise-attempt"] = kept
    st.session_state["practise-before"] = earlier[-1] if earlier else None
    st.rerun()


def _draw_attempt(question: BankQuestion, attempt: Attempt) -> None:
    with st.expander("What you answered"):
        st.text(attempt.answer)
    before = st.session_state.get("practise-before")
    if isinstance(before, Attempt):
        _draw_difference(before, attempt)
    draw_grade(attempt.grade)
    with st.expander("The model answer"):
        lines = question.outline or tuple(point.point for point in question.key_points)
        st.markdown("\n".join(f"{place}. {safe_markdown(line).strip()}" for place, line in enumerate(lines, 1)))
        for part, shows in question.star:
            st.markdown(f"**{plain(part.capitalize())}:** {safe_markdown(shows).strip()}")
        if question.mistakes:
            st.markdown("Common mistakes:")
            st.markdown("\n".join(f"- {safe_markdown(each).strip()}" for each in question.mistakes))
    with st.container(horizontal=True):
        st.button("Try again", icon=":material/replay:", key="retry", on_click=open_question, args=(question.id,))
        st.button("Another question", icon=":material/arrow_forward:", key="another", on_click=_close)


def _draw_difference(before: Attempt, after: Attempt) -> None:
    changed = difference(before, after)
    step = after.score - before.score
    st.metric("Since your last attempt", f"{after.score:.0%}", f"{step:+.0%}" if step else None, border=True)
    if changed:
        with st.expander(f"{len(changed)} points changed"):
            lines = (f"- {was} → **{became}**: {safe_markdown(point).strip()}" for point, was, became in changed)
            st.markdown("\n".join(lines))


def _draw_mistakes() -> None:
    mistakes = Practice(store()).mistakes()
    if not mistakes:
        st.info("No mistakes to do again. Answers below “good” come here with what they missed.")
    bank = grader().questions
    for mistake in mistakes:
        question = bank.get(mistake.question)
        with st.container(border=True, gap="xsmall"):
            title = question.title if question else f"{mistake.question} (no longer in the bank)"
            st.markdown(f"**{plain(title)}**")
            st.caption(f"Do it again on {mistake.redo:%d %B %Y}")
            st.markdown("\n".join(f"- {safe_markdown(point).strip()}" for point in mistake.points))
            if question:
                st.button("Do it again", key=f"redo-{mistake.id}", on_click=open_question, args=(question.id,))
