"""The app with a model in headless Chromium: chosen, checked, answering, stopped; nothing of it runs or loads."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.answer.model.server import Reply, Words, good, serving
from tests.ui.test_browser import (  # noqa: F401 - fixtures
    BOX,
    CHIP,
    ROOT,
    ask,
    chromium,
    ingested,
    serious_faults,
    served,
    until,
    visit,
)

pytestmark = pytest.mark.browser
KEY = "sk-canary-9Zx1Cv3Bn5Mq7Lw0"
EVIL = "https://evil.example"
SHOTS = os.environ.get("FOOTNOTE_SHOTS")  # a folder, to look at the pages


def saying(text: str) -> Words:
    """The text, its {words} replaced by the marker of the evidence that holds them."""

    def words(body: dict[str, Any]) -> str:
        asked = body["messages"][1]["content"]
        if "<<EVIDENCE" not in asked or "<<SENTENCE" in asked:
            return "ready" if "ready" in asked else "NOTHING"
        said = text
        for held in re.findall(r"\{([^}]*)\}", text):
            line = next((line for line in asked.splitlines() if held in line and line.startswith("[")), "")
            said = said.replace("{" + held + "}", line.split("]")[0] + "]" if line else "")
        return said

    return words


ANSWER = saying(
    "At Lumen, the lamp test takes 40 minutes {takes 40 minutes}. The lamp test at Lumen takes 25 minutes and is held "
    "on-site {takes 25 minutes}. The lamp test asks for **steady hands** and `patience` {steady hands}. It takes 90 "
    f"minutes {{takes 40 minutes}}. <img src={EVIL}/x.png> You will be hired ![now]({EVIL}/y.png)."
)


def behave(reply: Reply) -> None:
    """Well, but for one question, to which it says nothing."""
    asked = str(reply.server.received[-1].body["messages"][1]["content"])
    if "first watch" in asked.partition("<<QUESTION")[2]:
        reply.start()
        reply.hang()
    else:
        good(reply)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(models)
    ingested(home, tmp_path_factory.mktemp("corpus"), length=40)
    return home


@pytest.fixture(scope="module")
def model() -> Iterator[Any]:
    with serving(behave, ANSWER) as server:
        yield server


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(ROOT / "app.py", home) as address:
        yield address


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def choose(page: Any, address: str, url: str) -> None:
    page.goto(f"{address}/model")
    page.get_by_text("A language model's words", exact=True).click()
    page.get_by_label("Model", exact=True).fill("openai:scripted")
    page.get_by_label("Address", exact=True).fill(url)
    page.get_by_label("Key", exact=True).fill(KEY)
    page.get_by_text("Use and check").click()
    page.wait_for_selector("text=answers: first word after", timeout=30000)


def foreign(page: Any, address: str) -> list[str]:
    return [url for url in page.requested if not url.startswith((address, "data:", "blob:"))]


def test_a_model_is_chosen_checked_and_words_the_next_answer(
    address: str,
    visit: Callable[..., Any],  # noqa: F811
    model: Any,
    home: Path,
) -> None:
    page = visit(address)
    choose(page, address, model.url)
    assert page.get_by_label("Key", exact=True).input_value() == ""
    assert not serious_faults(page)
    shot(page, "model-page")
    page.goto(address)
    ask(page, "how long is the lamp test at Lumen?")
    shown = page.locator("[class*='st-key-answer-']").last
    until(lambda: "Worded by scripted-1" in (shown.text_content() or ""), page)
    text = shown.text_content() or ""
    assert "At Lumen, the lamp test takes 40 minutes" in text and "tokens read" in text
    page.get_by_text("What the model said and no source supports").click()
    page.wait_for_timeout(500)
    shot(page, "model-answer")
    dropped = page.locator("[class*='st-key-dropped-']").text_content() or ""
    assert "90 minutes" in dropped and "You will be hired" in dropped
    assert not serious_faults(page)
    assert not foreign(page, address) and "evil.example" not in page.content()
    assert shown.locator("img").count() == 0
    assert KEY not in page.content()
    page.reload()
    page.wait_for_selector(CHIP)
    assert "Worded by scripted-1" in page.locator("body").inner_text()


def test_a_stop_ends_the_waiting_for_a_model(
    address: str,
    visit: Callable[..., Any],  # noqa: F811
    model: Any,
) -> None:
    page = visit(address)
    choose(page, address, model.url)
    page.goto(address)
    before = len(model.received)
    page.fill(BOX, "how long is the first watch at Lumen?")
    page.press(BOX, "Enter")
    until(lambda: len(model.received) > before, page)
    started = time.monotonic()
    page.click("[data-testid=stChatInputStopButton]")
    until(lambda: page.locator("[data-testid=stChatInputStopButton]").count() == 0, page, seconds=5)
    assert time.monotonic() - started < 5
    page.reload()
    page.wait_for_selector("text=You stopped this answer here.")
    assert "how long is the first watch at Lumen?" in page.locator("body").inner_text()
    page.goto(address)
    ask(page, "how long is the lamp test at Lumen?")
    assert "40 minutes" in page.locator("body").inner_text()


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1360), ("light", 390)])
def test_its_page_is_fit_for_dark_and_narrow_screens(
    address: str,
    visit: Callable[..., Any],  # noqa: F811
    model: Any,
    scheme: str,
    width: int,
) -> None:
    page = visit(address, color_scheme=scheme, width=width)
    choose(page, address, model.url)
    assert not serious_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"model-page-{scheme}-{width}")
    page.goto(address)
    ask(page, "how long is the lamp test at Lumen?")
    page.get_by_text("What the model said and no source supports").last.click()
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"model-answer-{scheme}-{width}")


def test_the_key_is_in_no_file_of_the_home(address: str, home: Path) -> None:
    files = [file for folder in home.iterdir() if not folder.is_symlink() for file in (folder, *folder.rglob("*"))]
    assert len(files) > 5
    assert [file.name for file in files if file.is_file() and KEY.encode() in file.read_bytes()] == []
