"""What a file is understood as is shown before it is published: exact spans, for a program and for a person."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from index.settings import Settings
from ingest.errors import NotFound
from ingest.inspecting import as_json, as_outline, look_into, noise_spans, path_of
from ingest.reading import understand

PAGE = """\
---
title: Choosing a lantern
publisher: Wick Press
updated: 2026-02-01
---

# Choosing a lantern

## Kinds

Two kinds are sold:

- Oil lanterns burn for nine hours.
- Gas lanterns burn for four hours.

| Kind | Hours | Price |
|---|---|---|
| Oil | 9 | 30 |
| Gas | 4 | 55 |

## Practice questions

1. How would you choose a lantern for a long winter night?
2. Explain why a gas lantern needs a mantle to shine.

## Related guides

Choosing a tent
"""


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    return as_json(understand(PAGE.encode(), path="guides/lantern.md", kind="guide"))


def test_what_is_shown_can_be_written_as_json(seen: dict[str, object]) -> None:
    assert json.loads(json.dumps(seen)) == seen
    assert list(seen) == ["metadata", "sections", "lists", "tables", "questions", "noise", "warnings", "text"]
    assert seen["text"] == PAGE


def test_metadata_sections_lists_and_tables_are_the_ones_of_the_page(seen: dict[str, object]) -> None:
    shown = json.loads(json.dumps(seen))
    assert (shown["metadata"]["title"], shown["metadata"]["updated"]) == ("Choosing a lantern", "2026-02-01")
    assert [(section["level"], section["path"]) for section in shown["sections"]][:3] == [
        (0, []),
        (1, ["Kinds"]),
        (1, ["Practice questions"]),
    ]
    assert shown["lists"][0]["items"] == ["Oil lanterns burn for nine hours.", "Gas lanterns burn for four hours."]
    (table,) = shown["tables"]
    assert (table["header"], table["rows"]) == (["Kind", "Hours", "Price"], [["Oil", "9", "30"], ["Gas", "4", "55"]])
    assert [question["title"] for question in shown["questions"]] == [
        "How would you choose a lantern for a long winter night?",
        "Explain why a gas lantern needs a mantle to shine.",
    ]


def test_every_span_holds_what_it_is_said_to_hold(seen: dict[str, object]) -> None:
    shown = json.loads(json.dumps(seen))
    for section in shown["sections"]:
        assert section["heading"] in PAGE[section["start"] : section["end"]].splitlines()[0]
    for found in shown["lists"]:
        assert all(item in PAGE[found["start"] : found["end"]] for item in found["items"])
    for found in shown["tables"]:
        assert all(cell in PAGE[found["start"] : found["end"]] for row in found["rows"] for cell in row)
    for question in shown["questions"]:
        assert question["title"] in PAGE[question["start"] : question["end"]]
    assert "publisher: Wick Press" in PAGE[shown["noise"][0]["start"] : shown["noise"][0]["end"]]


def test_noise_is_in_order_and_apart() -> None:
    spans = noise_spans(understand(PAGE.encode(), path="lantern.md", kind="guide"))
    assert spans[0]["kind"] == "front matter"
    assert all(left["end"] <= right["start"] for left, right in pairwise(spans))


def test_a_person_sees_an_outline() -> None:
    shown = as_outline(understand(PAGE.encode(), path="lantern.md", kind="guide"))
    for line in (
        "title      Choosing a lantern",
        "  # Kinds",
        "- Oil lanterns burn for nine hours.",
        "| Gas | 4 | 55",
        "left out (front matter)",
        "2 practice questions",
    ):
        assert line in shown


def test_a_file_is_read_under_the_path_it_would_have(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", corpus=tmp_path / "corpus")
    for name, path in (
        ("corpus/notes/wick.md", "notes/wick.md"),
        ("home/guides/wick.md", "own/wick.md"),
        ("wick.md", "wick.md"),
    ):
        assert path_of(tmp_path / name, settings) == path
    file = tmp_path / "lantern.md"
    file.write_text(PAGE, encoding="utf-8")
    assert look_into(file, settings).info.title == "Choosing a lantern"
    with pytest.raises(NotFound, match="does not exist"):
        look_into(tmp_path / "nothing.md", settings)
    with pytest.raises(NotFound, match="is a folder"):
        look_into(tmp_path, settings)


def test_a_heading_of_other_pages_is_noise_and_no_section() -> None:
    text = b"# Roses\n\n## Soil\n\nRoses like loam.\n\n## Related guides\n\n- Tulip guide\n- Lily guide\n- Iris guide\n"
    seen = as_json(understand(text, path="roses.md", kind="guide"))
    assert [section["heading"] for section in seen["sections"]] == ["Roses", "Soil"]
    assert any("Related guides" in seen["text"][span["start"] : span["end"]] for span in seen["noise"])
