"""The app in headless Chromium: chips, the highlighted passage, dark, narrow, keyboard, hostile guides, restarts."""

from __future__ import annotations

import importlib.resources
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from study.chats import Chats
from study.store import Store
from tests.ui.fakes import HOSTILE_WORDS, answers

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
BOX = "[data-testid=stChatInputTextArea]"
CHIP = 'a[href^="#cite-"]'


@contextmanager
def served(script: Path, home: Path) -> Iterator[str]:
    """A server of its own on a free port, stopped by its own process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    environment = os.environ | {"FOOTNOTE_HOME": str(home)}
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(ROOT / "tests/ui/fake_app.py", tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_page(address: str, *, width: int = 1360, height: int = 850, **more: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page = context.new_page()
        page.requested, page.refused = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("console", lambda message: page.refused.append(message.text) if message.type == "error" else None)
        page.goto(address)
        page.wait_for_selector(f"{BOX}, {CHIP}", timeout=30000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def until(true: Callable[[], bool], page: Any, seconds: float = 20) -> None:
    """Wait for a condition; Playwright's own waiting would need `eval`, which the page's policy forbids."""
    for _ in range(int(seconds * 20)):
        if true():
            return
        page.wait_for_timeout(50)
    assert true()


def ask(page: Any, question: str) -> None:
    answered = page.locator("[class*='st-key-rating-']")
    before = answered.count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    until(lambda: answered.count() > before, page)


def highlighted(page: Any) -> str:
    return "".join(page.locator("mark.fn-cited").all_text_contents())


def wait_for_highlight(page: Any, quote: str) -> None:
    until(lambda: highlighted(page) == quote, page, seconds=10)


def in_sight(page: Any) -> bool:
    return bool(
        page.evaluate(
            """() => { const mark = [...document.querySelectorAll('mark.fn-cited')].find(each => each.getClientRects().length)
            const box = mark.getBoundingClientRect(), text = mark.closest('.fn-text').getBoundingClientRect()
            return box.top >= text.top - 1 && box.bottom <= text.bottom + 1 && box.bottom <= innerHeight }"""
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_click_on_a_chip_highlights_exactly_its_quote(address: str, visit: Callable[..., Any], scheme: str) -> None:
    page = visit(address, color_scheme=scheme)
    ask(page, "What should I bring?")
    for number, citation in enumerate(answers()["bring"].citations):
        page.locator(CHIP).nth(number).click()
        wait_for_highlight(page, citation.quote)
        assert in_sight(page)
        assert page.locator(CHIP).nth(number).get_attribute("aria-current") == "true"
    edges = page.locator(".fn-panel tr").evaluate_all(
        "rows => rows.map(row => row.cells[1].getBoundingClientRect().left)"
    )
    assert len(set(edges)) == 1, "the cited row's cells stand under their headers"
    ask(page, "how long is the trial?")
    page.locator(f"[class*='st-key-answer-'] >> nth=-1 >> {CHIP} >> nth=1").click()
    wait_for_highlight(page, answers()["trial"].citations[1].quote)


PANEL = [(ROOT / "ui/components" / f"source_panel.{kind}").read_text() for kind in ("html", "js")]
DRAW = """async ([html, code]) => {
            const home = document.createElement('div'), link = document.createElement('a')
            home.innerHTML = html
            link.href = '#cite-1-1'
            document.body.append(link, home)
            const draw = (await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))).default
            const lineOf = (words) => ({ kind: 'paragraph', runs: [[words, 0, true, 0]] })
            const source = (words) => ({ number: 1, of: 1, title: 'A guide', meta: '', path: '', note: '', address: '',
                lines: [lineOf(words)] })"""  # the panel's own code on a bare page: `draw` it with `source`s into `home`


def test_older_data_that_arrive_late_do_not_empty_the_source_panel(chromium: Any) -> None:
    page = chromium.new_page()
    shown = page.evaluate(
        DRAW
        + """
            draw({ parentElement: home, data: { since: 2, sources: { '1-1': source('cited words') }, active: '1-1' } })
            draw({ parentElement: home, data: { since: 1, sources: {}, active: null } })?.()
            const empty = home.querySelector('.fn-panel').classList.contains('fn-empty')
            home.querySelector('.fn-text').replaceChildren()
            link.click()
            return [empty, home.querySelector('mark.fn-cited')?.textContent] }""",
        PANEL,
    )
    assert shown == [False, "cited words"]
    page.close()


def test_a_chip_that_is_clicked_before_its_source_arrives_opens_it_then(chromium: Any, address: str) -> None:
    page = chromium.new_page()
    page.goto(address + "/_stcore/health")
    opened = page.evaluate(
        DRAW
        + """
            location.hash = '#cite-1-1'
            draw({ parentElement: home, data: { since: 1, sources: { '1-1': source('first words') }, active: null } })
            const first = home.querySelector('mark.fn-cited')?.textContent
            link.href = '#cite-2-1'
            link.click()
            const both = { '1-1': source('first words'), '2-1': source('second words') }
            draw({ parentElement: home, data: { since: 2, sources: both, active: '1-1' } })
            return [first, home.querySelector('mark.fn-cited')?.textContent, location.hash] }""",
        PANEL,
    )
    assert opened == ["first words", "second words", ""]
    page.close()


def test_a_narrow_screen_opens_the_source_as_a_sheet(address: str, visit: Callable[..., Any]) -> None:
    page = visit(address, width=390, height=844, has_touch=True)
    ask(page, "how long is the trial?")
    assert not page.locator(".fn-panel").is_visible()
    page.locator(CHIP).nth(1).tap()
    wait_for_highlight(page, answers()["trial"].citations[1].quote)
    assert in_sight(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".fn-close").tap()
    assert not page.locator(".fn-panel").is_visible()


def test_the_keyboard_alone_asks_opens_a_source_and_comes_back(address: str, visit: Callable[..., Any]) -> None:
    page = visit(address)
    page.focus(BOX)
    page.keyboard.type("how long is the trial?")
    page.keyboard.press("Enter")
    page.wait_for_selector("[class*='st-key-rating-']")
    page.wait_for_selector(".fn-panel:not(.fn-empty)")
    page.focus("body")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.getAttribute('href') ?? ''").endswith("-2"):
            break
    name = "document.activeElement.getAttribute('aria-label') ?? ''"
    until(lambda: page.evaluate(name).startswith("Source 2: Mill and bakery"), page)
    page.keyboard.press("Enter")
    wait_for_highlight(page, answers()["trial"].citations[1].quote)
    assert page.evaluate("document.activeElement.className") == "fn-text"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')").endswith("-2")


def serious_faults(page: Any) -> list[tuple[str, str]]:
    page.evaluate(importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    serious = (violation for violation in found["violations"] if violation["impact"] in ("serious", "critical"))
    return [(violation["id"], node["html"][:160]) for violation in serious for node in violation["nodes"]]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 1360), ("light", 390)])
def test_axe_finds_nothing_serious(address: str, visit: Callable[..., Any], scheme: str, width: int) -> None:
    page = visit(address, color_scheme=scheme, width=width)
    page.wait_for_timeout(500)
    assert not serious_faults(page)
    ask(page, "how long is the trial?")
    page.locator(CHIP).first.click()
    page.wait_for_timeout(500)
    assert not serious_faults(page)
    for place, sign in (
        ("library", "Guides (3)"),
        ("library?guide=guides/bakery.md", "An apprentice"),
        ("benchmark", "make eval"),
    ):
        page.goto(f"{address}/{place}")
        page.wait_for_selector(f"text={sign}")
        page.wait_for_timeout(500)
        assert not serious_faults(page), place


GUIDE = """---
title: How a lighthouse hires
publisher: Beacon Times
updated: 2026-03-04
company: Lumen
---

# How a lighthouse hires

## Rounds

### Lamp test

The lamp test takes {length} minutes. The lamp test asks for **steady hands** and `patience`.

### Night watch

| Part | Length |
|---|---|
| First watch | two hours |
| Second watch | three hours |
"""
SCRAPED = """Lighthouse careers guide
Harbour Post
The rounds at Lumen
Lamp test (25 minutes)
The lamp test at Lumen takes 25 minutes and\u202fis held on\u2011site.
"""


def ingested(home: Path, corpus: Path, length: int) -> None:
    (corpus / "guides").mkdir(parents=True, exist_ok=True)
    (corpus / "guides" / "lighthouse.md").write_text(GUIDE.format(length=length), encoding="utf-8")
    (corpus / "guides" / "harbour.txt").write_text(SCRAPED, encoding="utf-8")
    command = [sys.executable, "-m", "ingest", str(corpus), "--home", str(home), "--replace"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def test_the_real_engine_shows_exact_passages_and_picks_up_an_edited_guide(
    home: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    ingested(home, tmp_path / "corpus", length=40)
    with served(ROOT / "app.py", home) as address:
        page = visit(address)
        ask(page, "how long is the lamp test at Lumen?")
        turns = _kept(home)
        for number, citation in enumerate(turns[0].citations):
            page.locator(f"{CHIP}[href$='-{number + 1}']").first.click()
            wait_for_highlight(page, citation.quote)
        assert "40 minutes" in "".join(citation.quote for citation in turns[0].citations)
        ingested(home, tmp_path / "corpus", length=55)
        ask(page, "how long is the lamp test at Lumen?")
        assert "55 minutes" in "".join(citation.quote for citation in _kept(home)[1].citations)
        stale = next(each.number for each in turns[0].citations if "40 minutes" in each.quote)
        page.locator(f"{CHIP}[href$='-{stale}']").first.click()
        until(lambda: "has changed since" in page.locator(".fn-note").text_content(), page)
        assert "40 minutes" in highlighted(page)


def _kept(home: Path) -> list[Any]:
    with Store(home / "study.db") as store:
        chats = Chats(store)
        return [turn.answer for turn in chats.turns(chats.recent()[0].id)]


def test_a_hostile_guide_stays_text_and_asks_for_nothing(address: str, visit: Callable[..., Any]) -> None:
    page = visit(address)
    ask(page, "what is hostile?")
    page.locator(CHIP).first.click()
    wait_for_highlight(page, HOSTILE_WORDS)
    page.goto(f"{address}/library?guide=guides/hostile.md")
    page.wait_for_selector("text=Trust nobody.")
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, .fn-panel img, .fn-panel script").count() == 0
    foreign = [url for url in page.requested if not url.startswith((address, "data:", "blob:"))]
    assert not foreign
    assert not [text for text in page.refused if "Content Security Policy" in text]


def test_a_fault_is_said_calmly_and_without_a_trace(address: str, visit: Callable[..., Any]) -> None:
    page = visit(address)
    page.fill(BOX, "explode")
    page.press(BOX, "Enter")
    page.wait_for_selector("text=Something went wrong here.")
    shown = page.locator("body").inner_text()
    assert "Traceback" not in shown and "ValueError" not in shown and "programmer" not in shown


def test_history_with_its_citations_survives_a_restart(visit: Callable[..., Any], tmp_path: Path) -> None:
    with served(ROOT / "tests/ui/fake_app.py", tmp_path) as address:
        page = visit(address)
        ask(page, "how long is the trial?")
        query = page.url.split("?")[1]
    with served(ROOT / "tests/ui/fake_app.py", tmp_path) as address:
        page = visit(f"{address}/?{query}")
        page.wait_for_selector(".fn-panel:not(.fn-empty)")
        page.locator(CHIP).nth(1).click()
        wait_for_highlight(page, answers()["trial"].citations[1].quote)


def test_a_stopped_answer_keeps_what_was_said(address: str, visit: Callable[..., Any]) -> None:
    page = visit(address)
    ask(page, "how is the pay?")
    page.fill(BOX, "how long is the trial, slowly?")
    page.press(BOX, "Enter")
    page.wait_for_selector("text=The trial shift")
    page.click("[data-testid=stChatInputStopButton]")

    def is_kept() -> bool:
        page.reload()
        page.wait_for_selector(CHIP)
        page.wait_for_timeout(500)
        return bool(page.get_by_text("You stopped this answer here.").count())

    until(is_kept, page)
    assert "The trial" in page.locator("[class*='st-key-answer-']").last.text_content()
