"""The model that the app uses: chosen on its page, its key in memory only and for one address only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

import ui.engine as engine
from answer.answers import Answer, Dropped, Writing
from answer.errors import ModelUnavailable
from index.settings import Settings
from study.chats import Chats
from study.store import Store
from tests.answer.model.server import serving
from tests.study.conftest import kite_settings
from tests.ui.test_pages import HERE, texts
from ui.model import ModelInUse

__all__ = ["kite_settings"]
KEY = "sk-canary-2Vb6Nm8KjH4gF0dS"
PRACTISE = """
from ui.pages import practise
practise.draw()
"""
PAGE = """
from ui.pages import model
model.draw()
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    monkeypatch.setattr(engine, "open_assistant", engine.open_assistant)  # what the made-up app sets goes again
    yield tmp_path
    st.cache_resource.clear()


def key_of(in_use: ModelInUse) -> str | None:
    key = in_use.settings.model_key
    return key.get_secret_value() if key else None


def test_without_a_model_nobody_writes(home: Path) -> None:
    in_use = ModelInUse(Settings(home=home))
    assert in_use.author() is None and in_use.total is None and not in_use.has_key


def test_a_key_stays_with_its_address_and_goes_to_no_other(home: Path) -> None:
    in_use = ModelInUse(Settings(home=home, model="openai:one", model_key=SecretStr(KEY)))
    in_use.use("openai:two", "", "")
    assert key_of(in_use) == KEY
    in_use.use("openai:two", "http://127.0.0.1:9/v1", "")
    assert key_of(in_use) is None
    in_use.use("openai:two", "http://127.0.0.1:9/v1/", "another")
    in_use.use("ollama:three", "", "")
    assert key_of(in_use) is None
    in_use.use("openai:two", "", KEY)
    in_use.switch(on=False)
    assert in_use.author() is None and key_of(in_use) == KEY
    in_use.switch(on=True)
    assert in_use.author() is not None
    in_use.forget_key()
    assert key_of(in_use) is None


def test_what_makes_no_model_is_refused_and_changes_nothing(home: Path) -> None:
    in_use = ModelInUse(Settings(home=home, model="ollama:one"))
    for model, url, key in (
        ("", "", ""),
        ("gpt", "", ""),
        ("openai:x", "", ""),
        ("x", "ftp://y", ""),
        ("ollama:x", "", "a b"),
    ):
        with pytest.raises(ModelUnavailable):
            in_use.use(model, url, key)
    assert in_use.settings.model == "ollama:one"


def test_the_page_takes_a_model_checks_it_and_forgets_what_it_showed(home: Path) -> None:
    page = AppTest.from_string(PAGE, default_timeout=60).run()
    assert not page.exception and not page.text_input, "nothing to set up until it is wanted"
    page.segmented_control(key="model-choice").set_value("A language model's words").run()
    with serving("good", "ready") as server:
        page.text_input(key="model-name").set_value("openai:scripted")
        page.text_input(key="model-address").set_value(server.url)
        page.text_input(key="model-key").set_value(KEY)
        page.button[0].click().run()
    assert not page.exception
    assert "(served as scripted\\-1) answers" in page.success[0].value or "answers: first word" in page.success[0].value
    assert (
        page.text_input(key="model-key").value == "" and "A key is set" in page.text_input(key="model-key").placeholder
    )
    assert server.received[0].headers["authorization"] == f"Bearer {KEY}"
    assert page.session_state["model-key"] == "" and KEY not in str(page.session_state["model-said"])
    assert [file for file in home.rglob("*") if file.is_file() and KEY.encode() in file.read_bytes()] == []
    page.button(key="model-forget-key").click().run()
    assert "Where the endpoint asks" in page.text_input(key="model-key").placeholder


def test_the_page_says_what_is_wrong(home: Path) -> None:
    page = AppTest.from_string(PAGE, default_timeout=60).run()
    page.segmented_control(key="model-choice").set_value("A language model's words").run()
    page.text_input(key="model-name").set_value("gpt")
    page.button[0].click().run()
    assert "names no provider" in page.error[0].value
    with serving("wrong_key") as server:
        page.text_input(key="model-name").set_value("openai:scripted")
        page.text_input(key="model-address").set_value(server.url)
        page.text_input(key="model-key").set_value(KEY)
        page.button[0].click().run()
    assert "answered 401" in page.error[0].value and KEY not in page.error[0].value


def test_under_an_answer_stand_the_model_its_cost_and_what_was_left_out(home: Path) -> None:
    from datetime import UTC, datetime

    writing = Writing(
        "openai:scripted",
        "scripted-1",
        "1-a",
        (Dropped("It is **easy** ![x](http://evil.test/x.png).", ("it names no source",)),),
        usage={"read": 812, "written": 64, "cost": 0.0012, "estimated": False},
    )
    answer = Answer("q?", "q?", False, "Forty minutes.", composer="model", notes=("1 was left out.",), writing=writing)
    with Store(home / "study.db") as store:
        chats = Chats(store)
        chat = chats.create("q?", at=datetime.now(UTC))
        chats.append(chat.id, answer, filters={}, at=datetime.now(UTC))
    page = AppTest.from_file(str(HERE / "fake_app.py"), default_timeout=30)
    page.query_params["chat"] = chat.id
    page.run()
    assert not page.exception
    shown = texts(page).replace("\\", "")
    assert "Worded by scripted-1 · 812 tokens read, 64 written · $0.0012" in shown
    assert "It is **easy** x." in shown and "it names no source" in shown and "evil.test" not in shown
    assert [each.label for each in page.expander] == ["What the model said and no source supports (1)"]


def test_a_model_in_use_reads_practice_answers_too(
    home: Path, kite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    for name in ("index", "models"):
        (home / name).symlink_to(kite_settings.home / name)

    def says(body: dict[str, Any]) -> str:
        rules = body["messages"][0]["content"]
        if "hint" in rules:
            return json.dumps({"hint": "Gusty wind does something to the line.", "quote": "", "evidence": 2})
        return json.dumps(
            {"point": 2, "verdict": "covered", "quote": "Sudden gusts are unkind to a frame.", "evidence": 2}
        )

    with serving("good", says) as server:
        monkeypatch.setenv("FOOTNOTE_MODEL_URL", server.url)
        page = AppTest.from_string(PRACTISE, default_timeout=60)
        page.query_params["question"] = "fly-a-kite"
        page.run()
        for _ in range(2):
            page.button(key="hint").click().run()
        page.button(key="model-hint").click().run()
        assert "Gusty wind does something to the line." in [each.value for each in page.info]
        page.text_area(key="answer-fly-a-kite").set_value(
            "I have flown them often on the beach with friends. Sudden gusts are unkind to a frame."
        )
        next(button for button in page.button if button.label == "Give feedback").click().run()
    assert not page.exception
    assert [each.value for each in page.warning] == [
        "A model read your answer too: half of 1 point counts for the words it quoted."
    ]
