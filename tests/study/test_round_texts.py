"""Rounds and durations are read from sentences and items, and from nothing that only speaks of minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.passages import Guide
from ingest.reading import read_guide
from study.round_texts import rounds_in


def guide_of(folder: Path, text: str) -> Guide:
    file = folder / "guide.md"
    file.write_text(text, encoding="utf-8")
    return read_guide(file, path="guide.md", kind="guide", token_counter=None)


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    return [(name, span) for name, span, _ in rounds_in(guide_of(folder, text))]


LAST = "A final team round takes 30 minutes."


@pytest.mark.parametrize(
    ("text", "name", "span"),
    [
        ("The porter screen lasts about 20 minutes.", "Porter screen", "20 minutes"),
        ("Next comes a 45-minute knots round.", "Knots round", "45-minute"),
        ("Then you meet the tower keeper panel (1 hour).", "Tower keeper panel", "1 hour"),
        ("They hold a 60 minute ropes or sails interview.", "Ropes or sails interview", "60 minute"),
        ("The knots interview usually runs 45 to 60 minutes.", "Knots interview", "45 to 60 minutes"),
    ],
)
def test_a_sentence_gives_a_round_its_duration(tmp_path: Path, text: str, name: str, span: str) -> None:
    assert told(tmp_path, f"# Loop\n\n{text} {LAST}\n") == [(name, span), ("Team round", "30 minutes")]


def test_items_of_a_section_on_rounds_are_labels(tmp_path: Path) -> None:
    text = "# Pilots\n\n## Interview process\n\n- **Porter** (15 min): hello\n- Knots on deck – 45 min – three knots\n"
    assert told(tmp_path, text) == [("Porter", "15 min"), ("Knots on deck", "45 min")]
    assert told(tmp_path, text.replace("Interview process", "Recipes")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Boxing each knot to 20 minutes mimics the porter screen.",
        "Arrive at the knots round 15 minutes early.",
        "Tie knots for 45 minutes a day before the knots round.",
        "There are 4 rounds with 45 minutes per interview.",
        "The take-home assignment is a 3-hour ropes challenge.",
        "Each round lasts 45 minutes.",
    ],
)
def test_minutes_of_something_else_give_no_round(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, f"# Loop\n\n{text} {LAST} The porter call takes 10 minutes.\n") == [
        ("Team round", "30 minutes"),
        ("Porter call", "10 minutes"),
    ]


def test_one_round_alone_is_a_remark(tmp_path: Path) -> None:
    assert told(tmp_path, f"# Loop\n\n{LAST}\n") == []
