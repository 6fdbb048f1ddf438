"""Mock interview: choose a loop, answer one question at a time, read the scorecard. Kept after every step."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

import study.mock as mocking
from index.errors import FootnoteError
from study.errors import NoSuchMock
from study.mock import MODES, PROMPTS, Mock
from study.mocks import Mocks
from study.rounds import Loop, Round, length_text, loops_of, told_of
from study.scorecard import NOTHING_JUDGED, NOTHING_MISSED, Quoted, Scorecard, as_html, as_markdown, score
from study.sitting import LENGTHS, MockChoice, Sitting
from ui.components.beside import sources_beside
from ui.components.feedback import SIGNS
from ui.components.safe_text import plain, safe_markdown
from ui.practice import advisor, draw_timer, grader, now, ready, store

ANY = "Any"
Chosen = TypeVar("Chosen")
LENGTH_WORDS = {"full": "Full rounds", "half": "Half of each", "one": "One question a round"}
MODE_WORDS = {
    "real": "Real: timed, no hints",
    "relaxed": "Relaxed: no clock",
    "rehearsal": "Rehearsal: prompts beside the question",
}


def draw() -> None:
    """The page."""
    bank = ready("There is nothing to rehearse yet")
    if bank is None:
        return
    mocks = Mocks(store())
    open_mock = mocks.unfinished()
    shown = st.query_params.get("report")
    if open_mock is not None:
        _draw_open(open_mock)
    elif shown and shown in {mock.id for mock in mocks.all()}:
        st.button(
            "A new mock interview", icon=":material/arrow_back:", type="tertiary", key="new", on_click=_close_report
        )
        _draw_report(score(mocks.find(shown), bank.questions))
    else:
        st.title("Mock interview", anchor=False)
        _draw_setup(loops_of(bank.index))
        _draw_earlier(mocks.all())


def _close_report() -> None:
    st.query_params.pop("report", None)


def _draw_setup(loops: list[Loop]) -> None:
    if not loops:
        st.info("No guide of the library describes rounds with their durations. Add one in the Library.")
        return
    st.markdown("For rehearsal before the day. There is no mode for use during a real interview.")
    with st.container(horizontal=True):
        companies = sorted({loop.company for loop in loops if loop.company})
        company = st.selectbox("Company", (ANY, *companies), key="mock-company")
        roles = sorted({each.role for loop in loops for each in loop.rounds if each.role})
        role = st.selectbox("Role", (ANY, *roles), key="mock-role")
    shown = {loop.title: loop for loop in loops if company == ANY or loop.company in (None, company)}
    loop = shown[str(st.selectbox("Whose rounds", list(shown), key=f"mock-loop-{company}"))]
    names = [each.name for each in loop.rounds]
    picked = st.pills("Rounds", names, selection_mode="multi", default=names[:2], key=f"mock-rounds-{loop.guide}")
    rounds = [each for each in loop.rounds if each.name in picked]
    minutes = _draw_durations(loop, rounds, loops)
    length = st.radio("Length", LENGTHS, format_func=LENGTH_WORDS.get, horizontal=True, key="mock-length")
    mode = st.radio("How", MODES, format_func=MODE_WORDS.get, key="mock-mode")
    if st.button("Begin", key="mock-begin", disabled=not rounds):
        chosen = MockChoice(
            loop, rounds, _one_of(MODES, mode), _one_of(LENGTHS, length), None if role == ANY else str(role), minutes
        )
        identity = secrets.token_hex(6)
        try:
            Sitting(store(), grader()).begin(chosen, identity=identity, seed=identity, now=now())
        except FootnoteError as error:
            st.error(plain(str(error)))
            return
        st.rerun()


def _one_of(values: Sequence[Chosen], chosen: object) -> Chosen:
    """The value that was chosen; the browser is not trusted to name one of them."""
    return next((value for value in values if value == chosen), values[0])


def _draw_durations(loop: Loop, rounds: Sequence[Round], loops: list[Loop]) -> dict[str, Round]:
    """How long each round is, as its guide says; where guides disagree, one of them is chosen. Each is cited."""
    told = {each.name: told_of(each, loops) for each in rounds}
    every = [one for ones in told.values() for one in ones]
    cited = [replace(one.citation, number=place) for place, one in enumerate(every, 1)]
    chosen: dict[str, Round] = {}
    with sources_beside(cited) as chips:
        at = 0
        for each in rounds:
            ones = told[each.name]
            labels = [
                f"{length_text(one)}, {plain(one.citation.publisher or one.citation.title)} {chips[at + place]}"
                for place, one in enumerate(ones, 1)
            ]
            at += len(ones)
            if len(ones) == 1:
                st.markdown(f"**{plain(each.name)}:** {labels[0]}")
                continue
            st.markdown(f"**{plain(each.name)}:** the guides disagree: {' · '.join(labels)}")
            lengths = {length_text(one): one for one in ones}
            key = f"mock-minutes-{loop.guide}-{each.name}"
            picked = st.segmented_control(
                f"Duration of {plain(each.name)}", list(lengths), default=length_text(ones[0]), key=key
            )
            chosen[each.name] = lengths.get(str(picked), ones[0])
    return chosen


def _draw_earlier(mocks: list[Mock]) -> None:
    finished = [mock for mock in mocks if mock.finished]
    if finished:
        st.subheader("Earlier ones", anchor=False)
    for mock in finished[:20]:
        label = plain(f"{mock.started[:10]} · {mock.title}")
        st.button(label, key=f"report-{mock.id}", type="tertiary", on_click=_open_report, args=(mock.id,))


def _open_report(identity: str) -> None:
    st.query_params["report"] = identity


def _draw_open(mock: Mock) -> None:
    stage = mock.stages[mock.stage]
    st.title(plain(stage.name), anchor=False)
    st.caption(
        plain(
            f"{mock.title} · round {mock.stage + 1} of {len(mock.stages)} · question {mock.place + 1} of {len(stage.questions)}"
        )
    )
    if mock.is_paused:
        st.info("Paused. Nothing runs, and what you answered is kept.")
        st.button("Go on", key="resume", on_click=_move, args=("resume",))
        return
    if mock.mode == "real":
        draw_timer(lambda: mock.seconds_on(now()), max(1, stage.minutes // len(stage.questions)), key="mock-timer")
    if mock.pending:
        st.markdown("**Follow-up**")
    st.markdown(safe_markdown(mocking.asked_text(mock, grader())))
    if mock.mode == "rehearsal":
        with st.container(border=True):
            st.markdown("\n".join(f"- {prompt}" for prompt in PROMPTS))
    with st.form("mock-form", border=False, clear_on_submit=True):
        text = st.text_area("Your answer", key=f"mock-answer-{len(mock.exchanges)}", height=200)
        if st.form_submit_button("Answer"):
            _take(mock, text or "")
    with st.container(horizontal=True):
        st.button("Skip", key="skip", icon=":material/skip_next:", on_click=_move, args=("skip",))
        st.button("Pause", key="pause", icon=":material/pause:", on_click=_move, args=("pause",))
        st.button("Finish here", key="finish", icon=":material/stop:", on_click=_move, args=("finish",))


def _take(mock: Mock, text: str) -> None:
    if not text.strip():
        st.warning("Say something, or skip the question.")
        return
    with st.spinner("Reading your answer"):
        second = advisor()
        asks = second.follow_up if second else None
        sitting = Sitting(store(), grader())
        try:
            if sitting.open() != mock:
                raise NoSuchMock("This mock interview went on in another window: reload to go on from there.")
            after = sitting.answer(text, now=now(), asks=asks)
        except FootnoteError as error:
            st.error(plain(f"{error} Your answer was not taken; here it is."))
            st.text(text)
            return
    if after.finished:
        st.query_params["report"] = after.id
    st.rerun()


def _move(step: str) -> None:
    try:
        after = Sitting(store(), grader()).move(step, now=now())
    except FootnoteError as error:
        st.toast(plain(str(error)))
        return
    if after.finished:
        st.query_params["report"] = after.id


def _draw_report(card: Scorecard) -> None:
    st.title("Scorecard", anchor=False)
    st.markdown(f"**{plain(card.title)}** · overall **{card.overall.level}**")
    for heading, lines in (("Rounds", card.rounds), ("Dimensions", card.dimensions)):
        rows = [
            {
                "Name": line.name,
                "Level": line.level,
                "Score": "–" if line.score is None else f"{line.score:.0%}",
                "Answers": str(line.answers),
            }
            for line in lines
        ]
        st.subheader(heading, anchor=False)
        st.table(rows)
    _draw_quoted(card)
    _draw_next(card)
    for note in card.notes:
        st.warning(plain(note))
    with st.container(horizontal=True):
        st.download_button(
            "Report as Markdown", as_markdown(card), "mock-interview.md", "text/markdown", key="report-md"
        )
        st.download_button("Report to print", as_html(card), "mock-interview.html", "text/html", key="report-html")


def _draw_quoted(card: Scorecard) -> None:
    """Each key point that was asked for, the words that were said to it, and the passage it comes from."""
    st.subheader("What you said, and what the guides say", anchor=False)
    cited = [
        replace(each.citation, number=place) for place, each in enumerate(card.quoted, 1) if each.citation is not None
    ]
    with sources_beside(cited) as chips:
        for place, each in enumerate(card.quoted, 1):
            with st.container(border=True, gap="xsmall"):
                _draw_said(each, chips.get(place, ""))


def _draw_said(each: Quoted, chip: str) -> None:
    icon, label = SIGNS[each.verdict]
    st.markdown(f"{icon} **{label}:** {safe_markdown(each.point).strip()} {chip}")
    if each.words:
        st.text(f"You said: {each.words}")
    if each.source:
        st.caption(plain(f"{each.source}: “{each.quote}”"))


def _draw_next(card: Scorecard) -> None:
    st.subheader("What to do next", anchor=False)
    bank = grader().questions
    for question in card.questions:
        if question in bank:
            st.markdown(f"- Practise again: [{plain(bank[question].title)}](practise?question={question})")
    for section in card.sections:
        st.markdown(f"- Read again: {plain(section)}")
    if not card.questions and not card.sections:
        st.markdown(NOTHING_JUDGED if card.overall.score is None else NOTHING_MISSED)
