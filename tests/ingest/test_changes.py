"""The difference that publishing would make, passage by passage."""

from __future__ import annotations

from dataclasses import replace

from index.passages import Guide
from ingest.changes import change_lines, passage_changes
from tests.index.fakes import make_guide

OIL, GAS = "Oil lamps burn for nine hours on one filling.", "Gas lamps hiss and burn for four hours at most."
LAMPS = make_guide("lamps.md", {"Oil": [OIL], "Gas": [GAS]})


def told(before: Guide | None, after: Guide | None) -> list[tuple[str, str]]:
    changes = passage_changes({"lamps.md": before} if before else {}, {"lamps.md": after} if after else {})
    return [(change.outcome, change.section) for change in changes]


def test_what_stays_is_not_named() -> None:
    assert told(LAMPS, LAMPS) == []


def test_a_whole_guide_comes_and_goes() -> None:
    assert told(None, LAMPS) == [("added", "Oil"), ("added", "Gas")]
    assert told(LAMPS, None) == [("removed", "Oil"), ("removed", "Gas")]


def test_an_edit_is_one_change_and_an_exchange_is_two() -> None:
    edited = make_guide("lamps.md", {"Oil": [OIL.replace("nine", "eleven")], "Gas": [GAS]})
    assert told(LAMPS, edited) == [("changed", "Oil")]
    other = make_guide("lamps.md", {"Oil": ["Buy tallow candles from the chandler instead."], "Gas": [GAS]})
    assert told(LAMPS, other) == [("added", "Oil"), ("removed", "Oil")]


def test_a_passage_under_another_heading_is_one_change() -> None:
    moved = make_guide("lamps.md", {"Whale oil": [OIL], "Gas": [GAS]})
    assert told(LAMPS, moved) == [("changed", "Whale oil")]


def test_a_passage_that_is_searched_by_another_text_is_changed() -> None:
    first, *rest = LAMPS.passages
    other = replace(LAMPS, passages=(replace(first, context="Wick Press"), *rest))
    assert told(LAMPS, other) == [("changed", "Oil")]


def test_a_person_sees_where_a_passage_differs() -> None:
    long = "The keeper trims the wick. " * 12
    before = make_guide("lamps.md", {"Oil": [f"{long}It burns for nine hours."], "Gas": [GAS]})
    after = make_guide("lamps.md", {"Oil": [f"{long}It burns for eleven hours."], "New": ["Electric lamps buzz."]})
    lines = change_lines(list(passage_changes({"lamps.md": before}, {"lamps.md": after})))
    assert lines[0] == "~ lamps.md, Oil:"
    assert lines[1].endswith("burns for nine hours.") and lines[2].endswith("burns for eleven hours.")
    assert lines[3] == "+ lamps.md, New: Electric lamps buzz." and lines[4].startswith("- lamps.md, Gas: Gas lamps")
