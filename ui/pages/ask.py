"""Ask: a question, its streamed answer with numbered chips, and beside it the exact passage behind each."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

import ui.engine as engine
from answer.answers import Answer, Question
from index.errors import FootnoteError
from index.store import Index
from study.chats import Chats, ChatTurn
from study.errors import StudyError
from ui.components.answers import draw_answer, draw_question, draw_stream, draw_turn, stopped_answer
from ui.components.filters import draw_filters
from ui.components.history import draw_history, open_chat
from ui.components.onward import questions_onward
from ui.components.safe_text import plain, visible
from ui.components.source_panel import anchor_of, draw_source_panel, sources_of

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    Pair = tuple[DeltaGenerator, DeltaGenerator]

LONGEST_QUESTION = 4000  # characters
WIDTHS = (3, 2)  # of the conversation and the source beside it
PLACEHOLDER = "Ask about a round, a topic, a company, pay …"


def draw() -> None:
    """The page, when it is this run's turn."""
    with engine.TURNS.taken():
        _draw_page()


def _draw_page() -> None:
    try:
        record = engine.record()
        index = engine.index()
    except StudyError as error:
        _say_problem("Your chats cannot be opened", error)
        return
    except FootnoteError as error:
        _say_problem("There is nothing to answer from yet", error)
        return
    for notice in filter(None, (record.notice, *index.notices)):
        st.warning(plain(notice), icon=":material/info:")
    current = _current_chat(record.chats)
    turns = record.chats.turns(current) if current else []
    if turns or st.session_state.get("pending"):
        _draw_chat(record.chats, index, turns)
    else:
        _draw_first_screen(index)
    draw_history(record.chats, st.session_state["chat"])


def _say_problem(title: str, error: FootnoteError) -> None:
    st.header(title)
    st.error(plain(str(error)), icon=":material/error:")
    st.button("Try again", icon=":material/refresh:")


def _current_chat(chats: Chats) -> str | None:
    """The chat of this session, else the one the address names; None where it was deleted."""
    wanted: str | None = st.session_state.get("chat", st.query_params.get("chat"))
    if wanted and chats.find(wanted) is None:
        open_chat(None)
        return None
    st.session_state["chat"] = wanted
    return wanted


def ask_now(question: str, *, instead_of: int | None = None) -> None:
    """Have this question answered in the run that follows, in place of a turn where one is named."""
    if question.strip():
        st.session_state["pending"] = (question.strip()[:LONGEST_QUESTION], instead_of)


def _submitted() -> None:
    ask_now(st.session_state["box"] or "")


def _draw_box(index: Index) -> dict[str, str]:
    st.chat_input(PLACEHOLDER, key="box", max_chars=LONGEST_QUESTION, submit_mode="stop", on_submit=_submitted)
    return draw_filters(index)


def _draw_first_screen(index: Index) -> None:
    with st.container(key="hero"):
        st.title("What would you like to know?", anchor=False)
        st.markdown("Every answer comes from the guides, and shows the exact passage behind every sentence.")
        _draw_box(index)
        st.space("small")
        st.caption("For example")
        with st.container(key="starters"), st.grid(2, min_column_width=240, gap="small"):
            for number, starter in enumerate(engine.assistant().starters()[:6]):
                st.button(plain(starter), key=f"starter-{number}", width="stretch", on_click=ask_now, args=(starter,))
    draw_source_panel({}, active=None, latest="")  # empty: the browser loads it before there is anything to open


def _draw_chat(chats: Chats, index: Index, turns: list[ChatTurn]) -> None:
    with st.bottom:
        below, _ = st.columns(WIDTHS, gap="large")
        with below:
            filters = _draw_box(index)
    conversation, beside = st.columns(WIDTHS, gap="large")
    question, instead_of = st.session_state.pop("pending", ("", None))
    turns = [turn for turn in turns if turn.id != instead_of]
    with conversation:
        for turn in turns:
            draw_turn(turn, chats, ask=ask_now if not question and turn is turns[-1] else None)
    if question:
        history = tuple(turn.as_history() for turn in turns if not turn.stopped)
        asked = Question(question, history, filters)
        _draw_asked(chats, index, turns, asked, instead_of, (conversation, beside))
        return
    with conversation:
        _draw_after(index, turns)
    with beside:
        _draw_panel(index, turns, latest=str(turns[-1].id))


def _draw_asked(
    chats: Chats, index: Index, turns: list[ChatTurn], question: Question, instead_of: int | None, columns: Pair
) -> None:
    """Answer a question under the turns before it; one run of the page draws the answer as it is kept, with its sources."""
    conversation, beside = columns
    is_awaited = not engine.answers_at_once()
    if is_awaited:  # the sources of the turns before stay beside for the seconds that a model takes
        with beside:
            _draw_panel(index, turns, latest="now")
    with conversation:
        places = st.empty(), st.empty()
        answered = _answer(chats, question, instead_of, places)
    if is_awaited:
        if answered:
            st.rerun()
        return
    with beside:  # before the answer: as soon as its chips are there, they have a panel to open
        _draw_panel(index, [*turns, *answered], latest=str(answered[0].id) if answered else "now")
    for turn in answered:
        with places[0]:
            draw_question(turn.answer.question, str(turn.id))
        with places[1]:
            draw_answer(turn, chats, ask=ask_now)
        with conversation:
            _draw_after(index, [*turns, turn])


def _draw_after(index: Index, turns: list[ChatTurn]) -> None:
    """Under the newest answer: where to read on, and for `?debug=true` how it came about."""
    _draw_onward(index, turns[-1])
    if st.query_params.get("debug") == "true":
        _draw_explanation(turns)


def _draw_onward(index: Index, turn: ChatTurn) -> None:
    onward = questions_onward(turn.answer.citations, partial(engine.guide_in, index))
    if onward:
        st.caption("Read on")
        with st.container(horizontal=True, gap="small", key=f"onward-{turn.id}"):
            for number, (heading, question) in enumerate(onward):
                key = f"onward-{turn.id}-{number}"
                st.button(plain(heading), key=key, help=plain(question), on_click=ask_now, args=(question,))


def _draw_explanation(turns: list[ChatTurn]) -> None:
    """For `?debug=true`: how the last answer comes about, stage by stage, worked out anew."""
    *before, last = turns
    history = tuple(turn.as_history() for turn in before if not turn.stopped)
    question = Question(last.answer.question, history, last.filters)
    with st.expander("How this answer came about", key=f"explained-{last.id}"):
        answer = engine.assistant().ask(question, explain=True)
        st.json({"timings_ms": answer.timings_ms, **answer.explanation}, expanded=2)


def _draw_panel(index: Index, turns: list[ChatTurn], *, latest: str) -> None:
    cited = [(turn.id, turn.answer.citations) for turn in turns if turn.answer.citations]
    active = anchor_of(cited[-1][0], cited[-1][1][0].number) if cited else None
    draw_source_panel(sources_of(cited, partial(engine.guide_in, index)), active=active, latest=latest)


def _answer(chats: Chats, question: Question, instead_of: int | None, places: Pair) -> list[ChatTurn]:
    """Stream the answer into its places and keep it; no turn where it failed, which is said there."""
    asked, said = places
    with asked:
        draw_question(question.text, "now")
    with said.container(key="answer-now"), st.chat_message("assistant"):
        try:
            reply = engine.reply(question)
            chat = st.session_state["chat"] or _begin_chat(chats, question.text)
            return [_stream_and_keep(chats, chat, reply, instead_of)]
        except FootnoteError as error:
            st.error(plain(str(error)), icon=":material/error:")
            st.button("Ask again", icon=":material/refresh:", on_click=ask_now, args=(question.text,))
            return []


def _stream_and_keep(chats: Chats, chat: str, reply: engine.Reply, instead_of: int | None) -> ChatTurn:
    """A stop arrives as an exception in the loop, after which nothing may be drawn: only the record is written."""
    said: list[str] = []
    stopped = False
    try:
        draw_stream(reply, said)
    except (RerunException, StopException):
        stopped = True
        raise
    finally:
        if not reply.done and (said or stopped):
            _keep(chats, chat, reply, stopped_answer(reply.question.text, said, reply.answer), instead_of)
    return _keep(chats, chat, reply, reply.whole, instead_of)


def _keep(chats: Chats, chat: str, reply: engine.Reply, answer: Answer, instead_of: int | None) -> ChatTurn:
    if instead_of is not None:
        chats.take_back(instead_of)
    return chats.append(chat, answer, filters=reply.question.filters, at=datetime.now(UTC), stopped=not reply.done)


def _begin_chat(chats: Chats, question: str) -> str:
    chat = chats.create(visible(question), at=datetime.now(UTC))
    open_chat(chat.id)
    return chat.id
