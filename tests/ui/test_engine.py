"""The engine's seam: opened once, warmed and frozen, quiet where there is nothing to warm."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

import ui.engine as engine
from answer.answers import Question
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


def test_a_guide_that_is_gone_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "open_assistant", lambda _settings: FakeAssistant())
    assert engine.guide("guides/gone.md") is None
