"""Cards follow the corpus, keep their memory, are capped by the day, and undo exactly."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import study.cards
from index.store import Index
from study.anki import as_csv, write_anki
from study.cards import Cards, CardText, cards_of
from study.errors import NoSuchCard
from study.store import Store

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "study.db") as store:
        yield store


@pytest.fixture
def cards(store: Store, kites: Index) -> Cards:
    cards = Cards(store)
    cards.synchronise(kites, now=NOW)
    return cards


def rows(store: Store) -> list[tuple[Any, ...]]:
    return [tuple(row) for table in ("cards", "reviews") for row in store.read(f"SELECT * FROM {table} ORDER BY id")]


def test_every_question_and_every_notes_key_fact_is_a_card_pinned_to_its_span(kites: Index) -> None:
    found = {card.id: card for card in cards_of(kites)}
    assert set(found) == {"question:fly-a-kite", "question:choose-a-spar", "note:notes/kite-weather.md"}
    note = found["note:notes/kite-weather.md"]
    assert kites.guide(note.guide).raw(note.start, note.end) == note.back
    question = found["question:fly-a-kite"]
    assert "fly-a-kite" in kites.guide(question.guide).raw(question.start, question.end)


def test_a_changed_card_is_marked_and_due_a_gone_one_withdrawn_and_restored(
    cards: Cards, kites: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    for card in cards.all():
        cards.review(card.text.id, 4, now=NOW)
    later = NOW + timedelta(hours=1)
    assert cards.due(now=later) == []
    today = list(cards_of(kites))
    edited = CardText(**{**{name: getattr(today[0], name) for name in today[0].__slots__}, "back": "Other words."})
    monkeypatch.setattr(study.cards, "cards_of", lambda index: [edited, today[1]])
    outcome = cards.synchronise(kites, now=later)
    assert (outcome.changed, outcome.withdrawn, outcome.added) == (1, 1, 0)
    assert [(card.text.id, card.status) for card in cards.due(now=later)] == [(edited.id, "changed")]
    with pytest.raises(NoSuchCard):
        cards.find(today[2].id)
    monkeypatch.setattr(study.cards, "cards_of", lambda index: today)
    assert cards.synchronise(kites, now=later).restored == 1
    assert not cards.find(today[2].id).memory.is_new


def test_undo_restores_exactly(cards: Cards, store: Store) -> None:
    identity = cards.due(now=NOW)[0].text.id
    states = [rows(store)]
    for day, rating in enumerate((3, 1, 4)):
        cards.review(identity, rating, now=NOW + timedelta(days=day))
        states.append(rows(store))
    for before in reversed(states[:-1]):
        assert cards.undo() == identity
        assert rows(store) == before
    assert cards.undo() is None


def test_the_day_is_capped_and_new_cards_more_so(cards: Cards) -> None:
    assert len(cards.due(now=NOW, new_cap=2)) == 2
    cards.review(cards.due(now=NOW)[0].text.id, 4, now=NOW)
    assert len(cards.due(now=NOW, new_cap=2)) == 1
    assert cards.due(now=NOW, cap=1) == []
    assert len(cards.due(now=NOW + timedelta(days=1), cap=1)) == 1


def test_readiness_grows_with_reviews(cards: Cards) -> None:
    on = (NOW + timedelta(days=9)).date()
    before = cards.readiness(on=on)
    assert set(before.values()) == {0.0}
    cards.review("note:notes/kite-weather.md", 3, now=NOW)
    assert cards.readiness(on=on)["Statistics & Experimentation"] > 0.15


def test_anki_keeps_its_ids_and_csv_has_a_row_a_card(cards: Cards, tmp_path: Path) -> None:
    ids = []
    for name in ("one", "two"):
        write_anki(cards.all(), tmp_path / f"{name}.apkg")
        with zipfile.ZipFile(tmp_path / f"{name}.apkg") as package:
            package.extract("collection.anki2", tmp_path / name)
        connection = sqlite3.connect(tmp_path / name / "collection.anki2")
        ids.append(connection.execute("SELECT guid, mid FROM notes ORDER BY guid").fetchall())
        connection.close()
    assert ids[0] == ids[1] and len({guid for guid, _ in ids[0]}) == 3
    assert as_csv(cards.all()).splitlines()[0] == "id,topic,front,back,source,due"
