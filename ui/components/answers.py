"""A question and its answer on the page: chips, positions that disagree, sources, nearest topics, thumbs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

import streamlit as st

from answer.answers import Answer, Citation, Disagreement, NearbyTopic, Position
from study.chats import Chats, ChatTurn
from ui.components.safe_text import chip, plain, safe_markdown, visible
from ui.components.source_panel import anchor_of, described
from ui.components.writing import draw_writing

Ask = Callable[..., None]
_WAITING = ":shimmer[Reading the guides …]"
_BARE_CHIPS = {number: f":blue-badge[{number}]" for number in range(1, 100)}
_MARKERS = re.compile(r"\s*\[\d+\]")
DRAWN_EVERY = 0.1  # seconds between two drawings of an answer on its way
THUMBS = {1: True, 0: False, None: None}


def chips_of(turn: int, citations: Iterable[Citation]) -> dict[int, str]:
    """Per citation number, the chip that opens its source."""
    return {
        citation.number: chip(
            citation.number, anchor_of(turn, citation.number), f"{citation.title}: {citation.section}"
        )
        for citation in citations
    }


def draw_question(question: str, key: str) -> None:
    """The person's own words, exactly."""
    with st.container(key=f"question-{key}"), st.chat_message("user"):
        st.text(visible(question))


def draw_stream(pieces: Iterable[str], said: list[str]) -> None:
    """Draw an answer as it comes; `said` collects the pieces, so that a stopped answer keeps what was said."""
    place = st.empty()
    place.markdown(_WAITING)
    drawn = time.monotonic()
    for piece in pieces:
        said.append(piece)
        if time.monotonic() - drawn < DRAWN_EVERY:  # the whole answer takes the place of what is not drawn
            continue
        drawn = time.monotonic()
        place.markdown(safe_markdown("".join(said), _BARE_CHIPS), anchors=False)


def draw_turn(turn: ChatTurn, chats: Chats, *, ask: Ask | None) -> None:
    """Draw a kept turn. With `ask`, the last one is open: its question can be edited, a nearby one asked."""
    draw_question(turn.answer.question, str(turn.id))
    draw_answer(turn, chats, ask=ask)


def draw_answer(turn: ChatTurn, chats: Chats, *, ask: Ask | None) -> None:
    """Draw a kept turn's answer, under its question."""
    answer = turn.answer
    with st.container(key=f"answer-{turn.id}"), st.chat_message("assistant"):
        _draw_reading(answer)
        chips = chips_of(turn.id, answer.citations)
        for disagreement in answer.disagreements:
            _draw_disagreement(disagreement, answer, chips)
        st.markdown(safe_markdown(beside_positions(answer), chips), anchors=False)
        if turn.stopped:
            st.caption("You stopped this answer here.")
        _draw_sources_line(answer.citations, chips)
        for note in answer.notes:
            st.caption(plain(note))
        draw_writing(answer, str(turn.id))
        if answer.abstained and ask:
            _draw_nearest(answer.nearest, turn.id, ask)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"rating-{turn.id}"):
            _draw_thumbs(turn, chats)
            if ask:
                _draw_edit(answer, turn.id, ask)


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" ?.!") == other.casefold().strip(" ?.!")


def _draw_reading(answer: Answer) -> None:
    """The question as it was understood, where that is not as it was asked."""
    if answer.standalone_question and not _same(answer.standalone_question, answer.question):
        st.caption(f"Understood as: *{plain(answer.standalone_question)}*")


def _draw_edit(answer: Answer, turn: int, ask: Ask) -> None:
    with st.popover("Edit the question", type="tertiary", icon=":material/edit:", key=f"edit-{turn}"):
        key = f"edited-{turn}"
        st.text_area("Ask this instead", answer.standalone_question or answer.question, key=key, max_chars=4000)
        st.button("Ask again", key=f"ask-{turn}", on_click=_ask_edited, args=(ask, key, turn))


def _ask_edited(ask: Ask, key: str, turn: int) -> None:
    ask(st.session_state[key], instead_of=turn)


def beside_positions(answer: Answer) -> str:
    """What the answer says beside the positions that disagree, which are drawn by themselves."""
    sides = {f"[{number}]" for each in answer.disagreements for side in each.positions for number in side.citations}
    lines = answer.answer.splitlines()
    return "\n".join(line for line in lines if not (marked := set(_markers_in(line))) or not marked <= sides)


def _draw_disagreement(disagreement: Disagreement, answer: Answer, chips: dict[int, str]) -> None:
    about = "" if _same(disagreement.about, answer.standalone_question) else f": {plain(disagreement.about)}"
    st.markdown(f"**The guides disagree{about}**")
    by_number = {citation.number: citation for citation in answer.citations}
    for pair in range(0, len(disagreement.positions), 2):
        for column, position in zip(st.columns(2), disagreement.positions[pair : pair + 2], strict=False):
            with column.container(border=True, height="stretch", gap="small"):
                _draw_position(
                    position, [by_number[each] for each in position.citations if each in by_number], answer, chips
                )


def _draw_position(position: Position, sources: list[Citation], answer: Answer, chips: dict[int, str]) -> None:
    """What one side says, in its own words, and who says it when."""
    says = _MARKERS.sub("", position.says).strip()
    st.markdown(f"**{plain(says)}** {''.join(chips[source.number] for source in sources)}")
    for words in dict.fromkeys(_own_words(source, answer) for source in sources):
        if words.strip() != says:
            st.markdown(safe_markdown(words), anchors=False)
    st.caption(" · ".join(plain(line) for line in dict.fromkeys(described(each) or each.title for each in sources)))


def _own_words(source: Citation, answer: Answer) -> str:
    """The cited sentence; of a table row, which reads badly alone, the line of the answer that tells it."""
    if "\n" not in source.quote and not source.quote.lstrip().startswith("|"):
        return source.quote
    told = (
        line for line in answer.answer.splitlines() if f"[{source.number}]" in line and len(set(_markers_in(line))) == 1
    )
    return _MARKERS.sub("", next(told, source.quote)).lstrip("-* ")


def _markers_in(line: str) -> list[str]:
    return [marker.strip() for marker in _MARKERS.findall(line)]


def _draw_sources_line(citations: tuple[Citation, ...], chips: dict[int, str]) -> None:
    """Which guides stand behind the answer, each with its chips."""
    by_guide = sorted(citations, key=lambda citation: citation.path)
    lines = []
    for _, group in groupby(by_guide, key=lambda citation: citation.path):
        cited = sorted(group, key=lambda citation: citation.number)
        name = cited[0].publisher or cited[0].title
        date = f", updated {cited[0].updated}" if cited[0].updated else ""
        lines.append((cited[0].number, "".join(chips[each.number] for each in cited) + f" {plain(name + date)}"))
    if lines:
        st.caption("Sources: " + " · ".join(line for _, line in sorted(lines)))


def _draw_nearest(nearest: tuple[NearbyTopic, ...], turn: int, ask: Ask) -> None:
    if not nearest:
        return
    st.caption("Nearby, the guides do cover")
    with st.container(horizontal=True, gap="small", key=f"nearest-{turn}"):
        for number, topic in enumerate(nearest):
            leaf = topic.section.split(" > ")[-1] or topic.title
            st.button(
                plain(leaf),
                key=f"nearest-{turn}-{number}",
                help=plain(topic.title),
                on_click=ask,
                args=(f"What do the guides say about {leaf}?",),
            )


def _draw_thumbs(turn: ChatTurn, chats: Chats) -> None:
    default = None if turn.thumb is None else int(turn.thumb)
    st.feedback("thumbs", key=f"thumb-{turn.id}", default=default, on_change=_rated, args=(chats, turn.id))
    if turn.thumb is not None:
        st.text_input(
            "Why?",
            turn.reason,
            key=f"reason-{turn.id}",
            placeholder="Why? (kept on this machine)",
            label_visibility="collapsed",
            max_chars=500,
            width=260,
            on_change=_rated,
            args=(chats, turn.id),
        )


def _rated(chats: Chats, turn: int) -> None:
    thumb = THUMBS.get(st.session_state.get(f"thumb-{turn}"))
    chats.rate(turn, thumb, visible(st.session_state.get(f"reason-{turn}") or ""))


def stopped_answer(question: str, said: list[str], whole: Answer | None) -> Answer:
    """What is kept of an answer that was stopped: the words so far, with the sources they name."""
    text = "".join(said).strip()
    if whole is None:
        return Answer(question, question, False, text)
    named = tuple(citation for citation in whole.citations if f"[{citation.number}]" in text)
    return replace(whole, answer=text, citations=named, disagreements=())
