"""The practice pages in headless Chromium over a small real corpus: keyboard, dark, narrow, axe."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.settings import Settings
from tests.study.conftest import GOOD, NOTE, WRONG, kite_settings
from tests.ui.test_browser import FLAGS, ROOT, served

__all__ = ["kite_settings"]
pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@pytest.fixture(scope="module")
def address(kite_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    for name in ("index", "models"):
        (home / name).symlink_to(kite_settings.home / name)
    with served(ROOT / "tests/ui/practice_app.py", home) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield context.new_page()
    context.close()


def see(page: Any, text: str) -> None:
    page.get_by_text(text).first.wait_for(timeout=30000)


def test_practise_by_keyboard_with_feedback_and_retry(page: Any, address: str) -> None:
    page.goto(f"{address}/practise?question=fly-a-kite")
    answer = page.get_by_label("Your answer")
    answer.wait_for(timeout=30000)
    answer.focus()
    page.keyboard.type(WRONG)
    page.keyboard.press("Control+Enter")
    see(page, "A stronger answer adds")
    again = page.get_by_role("button", name="Try again")
    again.focus()
    page.keyboard.press("Enter")
    answer.wait_for(timeout=30000)
    answer.fill(GOOD)
    page.get_by_role("button", name="Give feedback").click()
    see(page, "Since your last attempt")
    chip = page.locator('a[href^="#cite-"]').nth(1)
    chip.focus()
    page.keyboard.press("Enter")
    see(page, "Kite weather")
    cited = page.locator(".fn-panel mark.fn-cited").first
    cited.wait_for(timeout=30000)
    assert cited.inner_text().strip() in NOTE


def test_cards_by_space_and_digits(page: Any, address: str) -> None:
    page.goto(f"{address}/practise?view=Cards+due")
    see(page, "3 cards today")
    page.get_by_role("button", name="Show the answer").wait_for(timeout=30000)
    page.keyboard.press("Space")
    page.get_by_role("button", name="Good").wait_for(timeout=30000)
    page.keyboard.press("4")
    see(page, "2 cards today")


def press(page: Any, role: str, name: str) -> None:
    """By keyboard alone: the element takes the focus, Enter or Space presses it."""
    element = page.get_by_role(role, name=name).first
    element.wait_for(timeout=30000)
    element.focus()
    page.keyboard.press("Space" if role in ("radio", "checkbox") else "Enter")


def test_an_outline_is_rated_by_keyboard(page: Any, address: str) -> None:
    page.goto(f"{address}/practise?question=choose-a-spar")
    answer = page.get_by_label("Your answer")
    answer.wait_for(timeout=30000)
    answer.focus()
    page.keyboard.type("Light wood, for gusts.")
    page.keyboard.press("Tab")
    press(page, "button", "Rate my outline myself")
    see(page, "Which of these does your outline say?")
    press(page, "radio", "Covered")
    page.wait_for_timeout(300)
    press(page, "button", "Keep my rating")
    see(page, "You rated this answer yourself.")
    see(page, "Strong")


def test_a_whole_mock_plan_and_progress_by_keyboard_alone(page: Any, address: str) -> None:
    page.goto(f"{address}/mock")
    see(page, "30 minutes")
    press(page, "button", "Begin")
    while not page.get_by_text("What to do next").count():
        answer = page.get_by_label("Your answer")
        answer.wait_for(timeout=30000)
        was = page.locator("main").inner_text()
        answer.focus()
        page.keyboard.type(GOOD if "Which weather" in was else WRONG)
        page.keyboard.press("Control+Enter")
        page.wait_for_function("was => document.querySelector('main')?.innerText !== was", arg=was, timeout=30000)
        page.wait_for_timeout(1200)
    see(page, "Scorecard")
    page.goto(f"{address}/plan")
    if page.get_by_role("button", name="Make the plan").count() or not page.get_by_text("days left").count():
        see(page, "Day of the interview")
    press(page, "button", "Plan again" if page.get_by_text("days left").count() else "Make the plan")
    see(page, "days left")
    press(page, "checkbox", "Review the cards")
    see(page, "1 of ")
    press(page, "button", "Plan again from today")
    see(page, "1 of ")
    with page.expect_download() as download:
        press(page, "button", "Calendar file")
    assert b"BEGIN:VCALENDAR" in Path(download.value.path()).read_bytes()
    page.goto(f"{address}/progress")
    see(page, "Days practised")
    press(page, "button", "Delete everything")
    see(page, "go for good")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("path", ["practise", "practise?question=fly-a-kite", "mock", "plan", "progress"])
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(page: Any, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    page.locator("h1").first.wait_for(timeout=30000)
    page.wait_for_timeout(1500)
    page.evaluate(importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    serious = [each["id"] for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert not serious
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
