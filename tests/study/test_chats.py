"""Chats come back with everything their answers showed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answer.answers import Answer, Citation, Disagreement, NearbyTopic, Position
from study.chats import Chats, answer_of, as_markdown, title_of
from study.errors import NoSuchChat
from study.store import Store

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CITED = Citation(
    number=1,
    guide="bakery.md",
    path="guides/bakery.md",
    title="How a bakery hires",
    publisher="Crumb Weekly",
    updated="2026-02-03",
    section="Rounds > Trial shift",
    page=None,
    start=120,
    end=158,
    quote="The trial shift\nlasts four hours.",
    revision="sha256:00",
)
ANSWER = Answer(
    question="how long is the trial shift?",
    standalone_question="How long is the trial shift at the bakery?",
    abstained=False,
    answer="The trial shift lasts four hours [1].",
    citations=(
        CITED,
        replace(CITED, number=2, title="Baking, the job", publisher=None, updated=None, quote="six hours"),
    ),
    disagreements=(Disagreement("the trial shift", (Position("four hours", (1,)), Position("six hours", (2,)))),),
    nearest=(NearbyTopic("How a bakery hires", "Pay"),),
    timings_ms={"total": 3.5},
    notes=("A note.",),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "study.db") as opened:
        yield opened


@pytest.fixture
def chats(store: Store) -> Chats:
    numbers = iter(range(1000))
    return Chats(store, new_id=lambda: f"chat-{next(numbers)}")


def test_an_answer_survives_the_round_trip_whole() -> None:
    assert answer_of(json.dumps(asdict(ANSWER))) == ANSWER


def test_fields_of_a_newer_contract_are_passed_over() -> None:
    row = asdict(ANSWER) | {"mood": "sunny"}
    row["citations"][0]["colour"] = "blue"
    assert answer_of(json.dumps(row)) == ANSWER


def test_a_chat_is_restored_with_its_citations_after_a_restart(tmp_path: Path) -> None:
    with Store(tmp_path / "study.db") as store:
        chat = Chats(store).create(ANSWER.question, at=NOW)
        Chats(store).append(chat.id, ANSWER, filters={"company": "Crumb"}, at=NOW)
        Chats(store).append(chat.id, replace(ANSWER, answer="It las"), filters={}, at=NOW, stopped=True)
    with Store(tmp_path / "study.db") as store:
        first, second = Chats(store).turns(chat.id)
        assert Chats(store).find(chat.id) == replace(chat, changed=NOW)
    assert (first.answer, first.filters, first.stopped, first.position) == (ANSWER, {"company": "Crumb"}, False, 0)
    assert (second.answer.answer, second.stopped, second.position) == ("It las", True, 1)


def test_a_follow_up_is_read_against_the_standalone_question(chats: Chats) -> None:
    chat = chats.create("q", at=NOW)
    turn = chats.append(chat.id, ANSWER, filters={}, at=NOW)
    assert turn.as_history().user == ANSWER.standalone_question


def test_chats_stand_in_order_of_their_last_turn(chats: Chats) -> None:
    old, new = chats.create("old", at=NOW), chats.create("new", at=NOW + timedelta(hours=1))
    assert [chat.id for chat in chats.recent()] == [new.id, old.id]
    chats.append(old.id, ANSWER, filters={}, at=NOW + timedelta(hours=2))
    assert [chat.id for chat in chats.recent()] == [old.id, new.id]
    assert [chat.id for chat in chats.recent(limit=1)] == [old.id]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TRIAL shift", True),
        ("four hours", True),
        ("ÉCLAIR", True),
        ("trial croissant", False),
        ("100%_", False),
        ("", True),
    ],
)
def test_search_wants_every_word_in_title_questions_or_answers(chats: Chats, words: str, found: bool) -> None:
    chat = chats.create("About éclairs", at=NOW)
    chats.append(chat.id, ANSWER, filters={}, at=NOW)
    assert bool(chats.search(words)) is found


def test_rename_delete_and_take_back(chats: Chats, store: Store) -> None:
    chat = chats.create("first", at=NOW)
    turn = chats.append(chat.id, ANSWER, filters={}, at=NOW)
    chats.rename(chat.id, "  Trial shifts ")
    chats.rename(chat.id, "   ")
    found = chats.find(chat.id)
    assert found is not None and found.title == "Trial shifts"
    chats.take_back(turn.id)
    assert chats.turns(chat.id) == []
    assert chats.append(chat.id, ANSWER, filters={}, at=NOW).position == 0
    chats.delete(chat.id)
    assert chats.find(chat.id) is None
    assert store.read("SELECT * FROM turns") == []
    with pytest.raises(NoSuchChat):
        chats.append(chat.id, ANSWER, filters={}, at=NOW)


def test_a_thumb_keeps_its_reason_and_can_be_taken_back(chats: Chats) -> None:
    chat = chats.create("q", at=NOW)
    turn = chats.append(chat.id, ANSWER, filters={}, at=NOW)
    chats.rate(turn.id, False, "wrong round ")
    assert [(each.thumb, each.reason) for each in chats.rated_down()] == [(False, "wrong round")]
    chats.rate(turn.id, None)
    assert chats.rated_down() == [] and chats.turns(chat.id)[0].thumb is None


@pytest.mark.parametrize(
    ("question", "title"),
    [("  how\nlong ", "how long"), ("", "New chat"), ("word " * 30, ("word " * 16).strip() + " …")],
)
def test_a_title_is_one_short_line(question: str, title: str) -> None:
    assert title_of(question) == title


def test_an_export_holds_questions_answers_positions_and_sources(chats: Chats) -> None:
    chat = chats.create(ANSWER.question, at=NOW)
    turn = chats.append(chat.id, ANSWER, filters={}, at=NOW)
    text = as_markdown(chat, [turn])
    assert text.startswith("# how long is the trial shift?\n")
    assert "The trial shift lasts four hours [1]." in text
    assert "- six hours [2]" in text
    source = "Crumb Weekly: How a bakery hires (2026-02-03), Rounds > Trial shift, guides/bakery.md"
    assert f"1. {source}: “The trial shift lasts four hours.”" in text
