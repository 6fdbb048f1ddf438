"""The engine's seam: opened once, warmed and frozen, quiet where there is nothing to warm."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

import ui.engine as engine
from answer.answers import Answer, Question
from index.errors import NoIndex
from tests.ui.fakes import FakeAssistant


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    yield
    st.cache_resource.clear()
    gc.unfreeze()


def test_the_assistant_is_opened_once_and_what_is_alive_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def open_it(_settings: object) -> FakeAssistant:
        opened.append(1)
        return FakeAssistant()

    monkeypatch.setattr(engine, "open_assistant", open_it)
    engine.warm_up()
    engine.assistant()
    assert len(opened) == 1
    assert gc.get_freeze_count() > 0


def test_nothing_to_warm_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_settings: object) -> FakeAssistant:
        raise NoIndex("There is no index here.")

    monkeypatch.setattr(engine, "open_assistant", none)
    engine.warm_up()


def test_a_reply_gives_its_answer_with_the_last_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "open_assistant", lambda _settings: FakeAssistant())
    reply = engine.reply(Question("How is the pay?"))
    pieces = iter(reply)
    first = next(pieces)
    assert reply.answer is not None and not reply.done
    assert first + "".join(pieces) == reply.answer.answer
    assert reply.done


class Crowded:
    """Answerers of which one is there; it gives this answer."""

    there = 1

    def __init__(self, answer: Answer | None) -> None:
        self.answer = answer
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer | None:
        self.asked.append(question)
        return self.answer


@pytest.mark.parametrize("elsewhere", [Answer("", "", False, "From elsewhere. [1]"), None])
def test_while_many_ask_others_answer_and_where_they_cannot_the_app_does(
    monkeypatch: pytest.MonkeyPatch, elsewhere: Answer | None
) -> None:
    monkeypatch.setattr(engine, "open_assistant", lambda _settings: FakeAssistant())
    crowded = Crowded(elsewhere)
    monkeypatch.setattr(engine, "ANSWERERS", crowded)
    question = Question("How is the pay?")
    reply = engine.reply(question)
    said = "".join(reply)
    assert crowded.asked == [question] and reply.done
    assert reply.whole == (elsewhere or FakeAssistant().ask(question))
    assert said == reply.whole.answer


def test_a_guide_that_is_gone_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "open_assistant", lambda _settings: FakeAssistant())
    assert engine.guide("guides/gone.md") is None
