"""The record goes out whole, comes back whole, and a wrong file changes nothing; progress is counted from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answer.answers import Answer
from index.store import Index
from study.cards import Cards
from study.chats import Chats
from study.errors import CannotImport
from study.grading import Grader
from study.portable import TABLES, delete_everything, export_record, import_record
from study.practising import Practice
from study.progress import measure
from study.store import Store
from tests.study.conftest import GOOD, WRONG

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, kites: Index, grader: Grader) -> Iterator[Store]:
    with Store(tmp_path / "study.db") as store:
        chats = Chats(store)
        chat = chats.create("Kites?", at=NOW)
        chats.append(chat.id, Answer("Kites?", "Kites?", True, "No."), filters={}, at=NOW)
        Cards(store).synchronise(kites, now=NOW)
        Cards(store).review("question:fly-a-kite", 3, now=NOW)
        for day, text in enumerate((WRONG, GOOD)):
            grade = grader.grade(grader.question("fly-a-kite"), text)
            Practice(store).keep(grade, text, at=NOW + timedelta(days=day))
        yield store


def test_an_export_comes_back_exactly(store: Store, tmp_path: Path) -> None:
    text = json.dumps(export_record(store, now=NOW))
    with Store(tmp_path / "other.db") as other:
        counts = import_record(other, text)
        assert counts["attempts"] == 2 and counts["turns"] == 1
        assert export_record(other, now=NOW) == export_record(store, now=NOW)
        delete_everything(other)
        assert all(other.read(f"SELECT COUNT(*) FROM {table}")[0][0] == 0 for table in TABLES)


def test_every_table_is_exported(store: Store) -> None:
    there = {row[0] for row in store.read("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert there == set(TABLES)


@pytest.mark.parametrize(
    "wrong",
    [
        "not json",
        "[]",
        '{"kind": "else"}',
        '{"kind": "footnote study record", "version": 999, "tables": {}}',
        '{"kind": "footnote study record", "version": 2, "tables": {"turns": [{"id": 1}]}}',
        '{"kind": "footnote study record", "version": 2, "tables": {"turns": [3]}}',
    ],
)
def test_a_wrong_file_changes_nothing(store: Store, wrong: str) -> None:
    before = export_record(store, now=NOW)
    with pytest.raises(CannotImport):
        import_record(store, wrong)
    assert export_record(store, now=NOW) == before


def test_progress_is_counted_from_the_record(store: Store, grader: Grader) -> None:
    found = measure(store, grader.questions, now=NOW + timedelta(days=1))
    assert found.days == {"2026-03-01": 2, "2026-03-02": 1}
    (topic,) = [topic for topic in found.topics if topic.attempts]
    assert topic.attempts == 2 and topic.practised is not None and 0 < topic.readiness < 1
    assert sum(found.ahead.values()) == 1 and found.mistakes == 0
    assert found.weakest[0] == topic


def test_the_command_forgets_a_models_kept_answers_too(tmp_path: Path) -> None:
    from index.settings import Settings
    from study.desk import delete

    settings = Settings(home=tmp_path)
    settings.model_answers.mkdir()
    (settings.model_answers / "0.json").write_text('{"text": "Yes.", "model": "m"}', encoding="utf-8")
    delete(settings)
    assert list(settings.model_answers.iterdir()) == []
