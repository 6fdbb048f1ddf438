"""Mock interview: choose a loop, answer one question at a time, read the scorecard. Kept after every step."""

from __future__ import annotations

import secrets

import streamlit as st

import study.mock as mocking
from index.errors import FootnoteError
from study.mock import MODES, PROMPTS, Mock, Mode
from study.mocks import Mocks
from study.practising import Practice
from study.rounds import Loop, loops_of, nearness
from study.scorecard import Scorecard, as_html, as_markdown, score
from ui.components.safe_text import plain, safe_markdown
from ui.practice import advisor, draw_timer, grader, now, store

MODE_WORDS = {
    "real": "Real: timed, no hints",
    "relaxed": "Relaxed: no clock",
    "rehearsal": "Rehearsal: prompts beside the question",
}


def draw() -> None:
    """The page."""
    try:
        bank, mocks = grader(), Mocks(store())
    except FootnoteError as error:
        st.header("There is nothing to rehearse yet")
        st.error(plain(str(error)), icon=":material/error:")
        return
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
    title = st.selectbox("Whose loop", [_named(loop) for loop in loops], key="mock-loop")
    loop = next((loop for loop in loops if _named(loop) == title), loops[0])
    names = [f"{each.name} ({_length(each.low, each.high)})" for each in loop.rounds]
    chosen = st.pills("Rounds", names, selection_mode="multi", default=names[:2], key=f"mock-rounds-{loop.guide}")
    mode = st.radio("How", MODES, format_func=lambda mode: MODE_WORDS[mode], key="mock-mode")
    with st.expander("What the guide says about these rounds"):
        for each in loop.rounds:
            st.markdown(f"**{plain(each.name)}**")
            st.caption(plain(f"{each.citation.title} > {each.citation.section}"))
            st.text(each.citation.quote)
    rounds = [each for name, each in zip(names, loop.rounds, strict=True) if name in chosen]
    if st.button("Begin", key="mock-begin", disabled=not rounds):
        identity = secrets.token_hex(6)
        questions = [each for each in grader().questions.values() if each.round in {one.bank for one in rounds}]
        near = nearness(grader().index, rounds, questions)
        stages = mocking.draw_stages(rounds, questions, seed=identity, near=near)
        try:
            begun = mocking.begin(identity, loop.title, _mode(mode), stages, now=now())
        except FootnoteError as error:
            st.error(plain(str(error)))
            return
        Mocks(store()).keep(begun)
        st.rerun()


def _mode(chosen: str | None) -> Mode:
    return next((mode for mode in MODES if mode == chosen), "real")


def _named(loop: Loop) -> str:
    return loop.title


def _length(low: int, high: int) -> str:
    return f"{low} minutes" if low == high else f"{low}–{high} minutes"


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
        after = Mocks(store()).keep(mocking.answer(mock, text, grader(), now=now(), asks=asks))
    if after.finished or after.question != mock.question:
        _keep_attempt(after, mock.question or "")
    if after.finished:
        st.query_params["report"] = after.id
    st.rerun()


def _keep_attempt(mock: Mock, question: str) -> None:
    """The whole of what was said to a question counts as an attempt of practice."""
    bank = grader()
    said = "\n".join(each.answer for each in mock.exchanges if each.question == question)
    if question in bank.questions and said.strip():
        Practice(store()).keep(bank.grade(bank.questions[question], said), said, at=now(), mock=mock.id)


def _move(step: str) -> None:
    mocks = Mocks(store())
    mock = mocks.unfinished()
    if mock is None:
        return
    if step == "skip":
        after = mocking.skip(mock, grader(), now=now())
    else:
        after = {"pause": mocking.pause, "resume": mocking.resume, "finish": mocking.finish}[step](mock, now=now())
    mocks.keep(after)
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
    with st.expander("What you said, and what the guides say", expanded=True):
        for each in card.quoted:
            st.markdown(f"**{each.verdict.capitalize()}:** {safe_markdown(each.point).strip()}")
            if each.words:
                st.text(f"You said: {each.words}")
            if each.source:
                st.caption(plain(f"{each.source}: “{each.quote}”"))
    _draw_next(card)
    for note in card.notes:
        st.warning(plain(note))
    with st.container(horizontal=True):
        st.download_button(
            "Report as Markdown", as_markdown(card), "mock-interview.md", "text/markdown", key="report-md"
        )
        st.download_button("Report to print", as_html(card), "mock-interview.html", "text/html", key="report-html")


def _draw_next(card: Scorecard) -> None:
    st.subheader("What to do next", anchor=False)
    bank = grader().questions
    for question in card.questions:
        if question in bank:
            st.markdown(f"- Practise again: [{plain(bank[question].title)}](practise?question={question})")
    for section in card.sections:
        st.markdown(f"- Read again: {plain(section)}")
    if not card.questions and not card.sections:
        st.markdown("Nothing was missed that was asked. Raise the difficulty.")
