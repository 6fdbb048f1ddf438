"""The Benchmark page over two hand-made runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from eval.runs import Run, RunStore
from eval.scoring import METRICS, Row
from study.chats import Chats
from study.store import Store
from tests.ui.fakes import answers

PAGE = "from ui.pages import benchmark\nbenchmark.draw()"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    return tmp_path


def row(case: str, *, right: bool) -> Row:
    figures: dict[str, float | None] = dict.fromkeys(METRICS, 1.0 if right else 0.0)
    said = {
        "answer": "Say ![x](http://evil.example/p.png) [1]",
        "standalone_question": f"How about {case}?",
        "sections": ["a > b"],
    }
    return Row(
        case, "fact", figures, "" if right else "gated", ("four hours",), 5, 1.0, {}, said, ("It lasts four hours.",)
    )


def keep(home: Path, name: str, *rows: Row) -> None:
    store = RunStore(home)
    run = Run(name, "2026-11-21T10:00:00", "extractive", "corpus-a", "abc", "cases", len(rows))
    store.begin(run)
    for each in rows:
        store.append(name, each)
    store.finish(run)


def texts(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(str(each.value) for kind in ("markdown", "caption", "info", "success") for each in page.get(kind))


def test_without_a_run_the_page_says_how_to_make_one() -> None:
    assert "make eval" in texts(AppTest.from_string(PAGE, default_timeout=30).run())


def test_a_runs_figures_and_failing_rows_are_shown_inert(home: Path) -> None:
    keep(home, "0001", row("bread", right=True), row("rolls", right=False))
    page = AppTest.from_string(PAGE, default_timeout=30).run()
    assert (page.metric[0].label, page.metric[0].value) == ("Right", "50.0\u00a0%")
    shown = texts(page)
    assert "| fact | 2 | 50.0\u00a0%" in shown
    assert "Where they were lost: 1 gated." in shown
    assert [expander.label for expander in page.expander] == ["How about rolls? · gated"]
    assert "It lasts four hours." in shown and "Missing: four hours" in shown
    assert "](http" not in shown


def test_two_runs_are_compared_row_by_row(home: Path) -> None:
    keep(home, "0001", row("bread", right=True), row("rolls", right=False))
    keep(home, "0002", row("bread", right=False), row("rolls", right=True))
    page = AppTest.from_string(PAGE, default_timeout=30).run()
    page.selectbox(key="before").select("0001").run()
    shown = texts(page)
    assert "**1 rows won, 1 lost** since run 0001." in shown
    assert "Won: rolls" in shown and "Lost: bread" in shown


def test_a_chat_answer_marked_wrong_becomes_a_case(home: Path) -> None:
    with Store(home / "study.db") as store:
        chats = Chats(store)
        chat = chats.create("q", at=datetime(2026, 11, 21, tzinfo=UTC))
        turn = chats.append(chat.id, answers()["pay"], filters={}, at=datetime(2026, 11, 21, tzinfo=UTC))
        chats.rate(turn.id, False, "too little")
    page = AppTest.from_string(PAGE, default_timeout=30).run()
    assert "too little" in texts(page)
    page.text_input(key=f"must-{turn.id}").set_value("$14–$16").run()
    page.button(key=f"case-{turn.id}").click().run()
    assert "Kept in cases.jsonl" in texts(page)
    line = json.loads((home / "eval" / "cases.jsonl").read_text(encoding="utf-8"))
    assert line["answerable"] and "$14–$16" in json.dumps(line, ensure_ascii=False)
