"""The practice pages in headless Chromium over a small real corpus: keyboard, dark, narrow, axe."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from typing import Any

import pytest

from index.settings import Settings
from tests.study.conftest import GOOD, WRONG, kite_settings
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
    link = page.get_by_role("link", name="Open the passage").first.get_attribute("href")
    page.goto(f"{address}/{link}")
    see(page, "Kite weather")


def test_cards_by_space_and_digits(page: Any, address: str) -> None:
    page.goto(f"{address}/practise?view=Cards+due")
    see(page, "3 cards today")
    page.get_by_role("button", name="Show the answer").wait_for(timeout=30000)
    page.keyboard.press("Space")
    page.get_by_role("button", name="Good").wait_for(timeout=30000)
    page.keyboard.press("4")
    see(page, "2 cards today")


def test_a_mock_from_start_to_report_then_plan_and_progress(page: Any, address: str) -> None:
    page.goto(f"{address}/mock")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Your answer").fill(WRONG)
    page.get_by_role("button", name="Answer", exact=True).click()
    see(page, "Follow-up")
    page.get_by_role("button", name="Finish here").click()
    see(page, "What to do next")
    page.goto(f"{address}/plan")
    page.get_by_role("button", name="Make the plan").click()
    see(page, "days left")
    page.get_by_role("checkbox").first.check(force=True)
    see(page, "1 of ")
    page.goto(f"{address}/progress")
    see(page, "Days practised")


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
