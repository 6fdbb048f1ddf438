"""The pages, run without a browser over the hand-made assistant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.components.corpus_check as corpus_check
import ui.engine as engine
from index.errors import NoIndex
from index.settings import Settings
from ingest.finding import Checked, Finding
from ingest.history import Entry, keep
from study.chats import Chats
from study.store import Store
from tests.ui.fakes import GUIDES
from ui.background import Background, Standing
from ui.components.history import SHOWN
from ui.pages import ask as ask_page

HERE = Path(__file__).parent
LIBRARY = """
import streamlit as st
import ui.engine as engine
from tests.ui.fakes import FakeAssistant
from ui.pages import library
engine.open_assistant = lambda _settings: FakeAssistant()
library.draw()
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    monkeypatch.setattr(engine, "open_assistant", engine.open_assistant)
    yield tmp_path


def opened() -> AppTest:
    return AppTest.from_file(str(HERE / "fake_app.py"), default_timeout=30).run()


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(str(each.value) for kind in ("markdown", "caption", "text", "error") for each in page.get(kind))


def test_the_first_screen_is_a_question_box_and_six_starters() -> None:
    page = opened()
    assert len(page.chat_input) == 1
    starters = [button for button in page.button if str(button.key).startswith("starter-")]
    assert len(starters) == 6
    starters[0].click().run()
    assert "**four hours** [:blue-badge[1]](#cite-" in texts(page)


def test_an_answer_shows_chips_positions_and_sources() -> None:
    page = ask(opened(), "how long is the trial?")
    shown = texts(page)
    assert "how long is the trial?" in shown
    assert "Understood as: *How long is the trial shift?*" in shown
    assert "**The guides disagree: the trial shift**" in shown
    assert "The trial shift lasts four hours." in shown
    assert "Sources: [:blue-badge[1]]" in shown and "Crumb Weekly, updated 2026-02-03" in shown


def test_a_question_takes_one_run_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    drawn: list[str | None] = []
    monkeypatch.setattr(ask_page, "draw_history", lambda _chats, current: drawn.append(current))
    ask(page, "how is the pay?")
    assert drawn == [page.query_params["chat"]]


def test_a_refusal_offers_the_nearest_topics_as_buttons() -> None:
    page = ask(opened(), "Who bakes?")
    nearest = [button for button in page.button if str(button.key).startswith("nearest-")]
    assert [button.label for button in nearest] == ["Trial shift", "Pay"]
    assert "Sources:" not in texts(page)
    nearest[1].click().run()
    assert "An apprentice earns \\$14–\\$16 an hour" in texts(page)


def test_the_sections_beside_the_cited_one_can_be_asked_about_next() -> None:
    page = ask(opened(), "how is the pay?")
    onward = [button for button in page.button if str(button.key).startswith("onward-")]
    assert [button.label for button in onward] == ["Rounds"]
    onward[0].click().run()
    assert not page.exception and "What do the guides say about Rounds?" in texts(page)


def test_a_failed_question_is_said_in_one_line_and_can_be_asked_again() -> None:
    page = ask(opened(), "broken")
    assert [error.value for error in page.error] == ["The oven is out. Run \\`python -m ingest\\`."]
    assert "Ask again" in [button.label for button in page.button]


def test_history_is_restored_with_citations_searched_renamed_and_deleted(home: Path) -> None:
    page = ask(opened(), "how long is the trial?")
    chat = page.query_params["chat"]
    again = AppTest.from_file(str(HERE / "fake_app.py"), default_timeout=30)
    again.query_params["chat"] = chat
    again.run()
    assert "[:blue-badge[2]](#cite-" in texts(again)
    again.text_input(key="chat-search").set_value("no such words").run()
    assert "No chat holds these words." in texts(again)
    again.text_input(key="chat-search").set_value("mill hours").run()
    again.session_state[f"menu-{chat}"] = True  # as a click on it does
    again.run()
    again.text_input(key=f"title-{chat}").set_value("Trials").run()
    assert "Trials" in [button.label for button in again.button]
    again.button(key=f"delete-{chat}").click().run()
    assert not again.exception and "What would you like to know?" in [title.value for title in again.title]
    with Store(home / "study.db") as store:
        assert store.read("SELECT * FROM turns") == []


def test_older_chats_are_shown_when_asked_for(home: Path) -> None:
    with Store(home / "study.db") as store:
        for number in range(SHOWN + 3):
            Chats(store).create(f"Chat {number}", at=datetime(2031, 1, 1, number, tzinfo=UTC))
    page = opened()

    def shown() -> list[str]:
        return [button.label for button in page.button if str(button.key).startswith("open-")]

    newest = [f"Chat {number}" for number in reversed(range(SHOWN + 3))]
    assert shown() == newest[:SHOWN]
    page.button(key="older-chats").click().run()
    assert shown() == newest
    assert "older-chats" not in [button.key for button in page.button]


def test_the_question_can_be_edited_and_takes_the_place_of_the_turn() -> None:
    page = ask(opened(), "how long is the trial?")
    page.text_area[0].set_value("How is the pay?").run()
    next(button for button in page.button if str(button.key).startswith("ask-")).click().run()
    shown = texts(page)
    assert "An apprentice earns" in shown and "four hours" not in shown


def test_the_debug_view_tells_how_the_last_answer_came_about() -> None:
    page = opened()
    page.query_params["debug"] = "true"
    ask(page, "how is the pay?")
    assert "0.75" in page.json[0].value
    assert not ask(opened(), "how is the pay?").json


def test_thumbs_and_their_reason_are_kept(home: Path) -> None:
    page = ask(opened(), "how long is the trial?")
    turn = page.get("feedback")[0].key.removeprefix("thumb-")
    page.get("feedback")[0].set_value(0).run()
    page.text_input(key=f"reason-{turn}").set_value("wrong bakery").run()
    with Store(home / "study.db") as store:
        assert [tuple(row) for row in store.read("SELECT thumb, reason FROM turns")] == [(0, "wrong bakery")]


def test_filters_come_from_the_address_and_reach_the_record(home: Path) -> None:
    page = AppTest.from_file(str(HERE / "fake_app.py"), default_timeout=30)
    page.query_params["company"] = "Crumb"
    page.run()
    assert page.selectbox(key="company").value == "Crumb"
    ask(page, "how is the pay?")
    with Store(home / "study.db") as store:
        assert store.read("SELECT filters FROM turns")[0][0] == '{"company": "Crumb"}'


def test_without_an_index_the_page_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_settings: object) -> None:
        raise NoIndex("There is no index in this home yet. Run `python -m ingest`.")

    monkeypatch.setattr(engine, "open_assistant", none)
    page = AppTest.from_file(str(HERE.parents[1] / "app.py"), default_timeout=30).run()
    assert not page.exception
    assert [error.value for error in page.error] == ["There is no index in this home yet. Run \\`python -m ingest\\`."]
    assert "Try again" in [button.label for button in page.button]


def test_a_newer_study_record_is_said_and_left_alone(home: Path) -> None:
    with Store(home / "study.db") as store:
        store.write(lambda inside: inside.execute("PRAGMA user_version = 99").rowcount)
    page = opened()
    assert not page.exception and "newer Footnote" in page.error[0].value


def test_the_library_lists_the_guides_and_opens_one() -> None:
    page = AppTest.from_string(LIBRARY, default_timeout=30).run()
    assert not page.exception
    assert "Guides (3)" in [each.value for each in page.subheader]
    assert "Crumb Weekly · Crumb · updated 2026-02-03 · revision" in texts(page)
    page.text_input(key="library-find").set_value("gazette").run()
    (guide,) = [button for button in page.button if (button.key or "").startswith("read-")]
    assert guide.label == "Mill and bakery careers"
    guide.click().run()
    assert [title.value for title in page.title] == ["Mill and bakery careers"]
    page.button(key="library-back").click().run()
    assert [title.value for title in page.title] == ["Library"]


def test_a_guide_that_is_gone_is_said() -> None:
    page = AppTest.from_string(LIBRARY, default_timeout=30)
    page.query_params["guide"] = "guides/gone.md"
    page.run()
    assert not page.exception and "holds no guides/gone.md" in page.info[0].value


def test_an_upload_is_previewed_corrected_and_published(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(Background, "start", lambda self: started.append("run"))
    page = AppTest.from_string(LIBRARY, default_timeout=60).run()
    page.file_uploader[0].upload("../Lamp.md", b"# Lamps <b>\n\n## Oil\n\nOil lamps burn oil.\n\n- one\n- two\n").run()
    assert not page.exception
    assert "**Lamps** · 1 section, 1 list" in texts(page)
    assert not (home / "guides").exists()
    title = next(field for field in page.text_input if field.label == "Publisher")
    title.set_value("Wick & Sons").run()
    page.button(key="publish").click().run()
    assert not page.exception and started == ["run"]
    assert (home / "guides" / "Lamp.md").read_bytes().startswith(b"# Lamps")
    assert (home / "guides" / "Lamp.md.meta.yaml").read_text(encoding="utf-8") == 'publisher: "Wick & Sons"\n'


def test_a_guide_shows_its_revision_and_every_publication_of_it(home: Path) -> None:
    settings = Settings(home=home)
    settings.index_dir.mkdir(parents=True)
    revision = GUIDES["guides/bakery.md"].info.revision
    keep(settings, [Entry("2026-11-20T08:00:00+00:00", 3, "guides/bakery.md", "added", revision, added=4)])
    keep(settings, [Entry("2026-11-21T08:00:00+00:00", 4, "guides/bakery.md", "changed", revision, changed=1)])
    page = AppTest.from_string(LIBRARY, default_timeout=30)
    page.query_params["guide"] = "guides/bakery.md"
    page.run()
    page.segmented_control(key="care-guides/bakery.md").set_value("History").run()
    assert not page.exception
    shown = texts(page)
    assert revision in shown and shown.index("**Changed**") < shown.index("**Added**")
    assert "passages: 1 changed" in shown and "generation 3" in shown


class Done(Background[Checked]):
    """A check that has been run."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked

    def standing(self) -> Standing[Checked]:
        return Standing("done", made=self.checked)


def test_one_finds_what_the_check_finds(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Finding(
        "warning", "stale", "guides/bakery.md", "last dated 2020", "Rounds change.", "Date it <b>anew</b>."
    )
    monkeypatch.setattr(corpus_check, "checker", lambda: Done(Checked(3, (finding,))))
    page = AppTest.from_string(LIBRARY, default_timeout=30).run()
    assert not page.exception
    assert "3 files checked: **0 errors**, **1 warnings**" in texts(page) and "last dated 2020" in texts(page)


def test_an_upload_that_cannot_be_read_is_said(home: Path) -> None:
    page = AppTest.from_string(LIBRARY, default_timeout=60).run()
    page.file_uploader[0].upload("empty.md", b"").run()
    assert not page.exception and len(page.error) == 1
    assert not (home / "guides").exists()
