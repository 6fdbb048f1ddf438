"""The panel's lines lose no character, and what is marked is the quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from index.passages import Guide
from tests.ui.fakes import GUIDES, Maker, bakery, hostile, mill
from ui.components.inline_marks import Run, runs_of
from ui.components.section_view import Line, frame_of, lines_of, section_of

BAKERY = bakery()
SPANS = some.tuples(some.sampled_from(sorted(GUIDES)), some.integers(0, 900), some.integers(0, 900))


def joined(lines: tuple[Line, ...]) -> str:
    return "".join(line.text for line in lines)


def cited(lines: tuple[Line, ...]) -> str:
    return "".join(run.text for line in lines for run in line.runs if run.cited)


def shown(line: Line) -> str:
    return "".join(run.text for run in line.runs if run.style != "mark").strip()


def span(guide: Guide, quote: str) -> tuple[int, int]:
    start = guide.text.index(quote)
    return start, start + len(quote)


@given(SPANS)
def test_every_character_is_kept_and_the_cited_ones_are_the_quote(drawn: tuple[str, int, int]) -> None:
    guide = GUIDES[drawn[0]]
    start, end = sorted(min(place, len(guide.text)) for place in drawn[1:])
    frame = frame_of(guide, start, end)
    lines = lines_of(guide, *frame, (start, end))
    assert frame[0] <= start and end <= frame[1]
    assert joined(lines) == guide.text[slice(*frame)]
    assert cited(lines) == guide.text[start:end]


@given(some.text(alphabet=some.sampled_from(list("ab *_`$[](!)<>~\\1\u200b\n")), max_size=60))
def test_inline_runs_are_a_partition_of_the_text(text: str) -> None:
    assert "".join(run.text for run in runs_of(text)) == text


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a **b** c", ["a ", "-**", "strong:b", "-**", " c"]),
        ("*e* and `c*d`", ["-*", "emphasis:e", "-*", " and ", "-`", "code:c*d", "-`"]),
        ("[map](https://x.example/y)", ["-[", "map", "-](https://x.example/y)"]),
        ("![alt](p.png)", ["-![", "alt", "-](p.png)"]),
        ("cost $5 and $6", ["cost $5 and $6"]),
        ("so $a_b$.", ["so ", "formula:$a_b$", "."]),
        (r"\*no\*", ["-\\", "*", "no", "-\\", "*"]),
        ("a\u200bb", ["a", "-\u200b", "b"]),
        ("snake_case_name 2*3*4", ["snake_case_name 2*3*4"]),
    ],
)
def test_marks_are_told_from_text(text: str, runs: list[str]) -> None:
    def name(run: Run) -> str:
        return {"text": "", "mark": "-"}.get(run.style, f"{run.style}:") + run.text

    assert [name(run) for run in runs_of(text)] == runs


def test_a_guide_reads_as_headings_rows_items_and_code() -> None:
    lines = lines_of(BAKERY, 0, len(BAKERY.text), (0, 0))
    assert [(line.kind, shown(line)) for line in lines if line.kind != "gap"] == [
        ("heading", "How a bakery hires"),
        ("heading", "Rounds"),
        ("paragraph", "There are two rounds before an offer. Each is held on one morning."),
        ("header", "RoundLength"),
        ("row", "Trial shiftfour hours"),
        ("row", "Talk with the baker30 minutes"),
        ("heading", "Trial shift"),
        ("paragraph", "The trial shift lasts four hours. It begins at 4 a.m., see the map."),
        ("item", "Bring an apron."),
        ("item", "Know your sourdough by $w = f \\cdot h$."),
        ("item", "Leave the phone at home."),
        ("code", "dough = flour + water\nassert dough"),
        ("heading", "Pay"),
        ("paragraph", "An apprentice earns $14–$16 an hour."),
    ]


def test_a_rows_cells_are_its_columns() -> None:
    row = next(line for line in lines_of(BAKERY, 0, len(BAKERY.text), (0, 0)) if "Talk" in line.text)
    cells = {run.cell: "" for run in row.runs if run.cell is not None}
    for run in row.runs:
        if run.cell is not None and run.style != "mark":
            cells[run.cell] += run.text
    assert cells == {0: "Talk with the baker", 1: "30 minutes"}


def test_scraped_text_loses_its_bullets_and_what_nobody_sees() -> None:
    guide = mill()
    lines = lines_of(guide, 0, len(guide.text), (0, 0))
    assert [shown(line) for line in lines if line.kind == "item"] == ["Wear shoes that close.", "Arrive early."]
    assert "The trial\u202fshift takes six hours in a mill\u2011bakery." in [shown(line) for line in lines]


def test_words_outside_every_block_are_shown_as_paragraphs() -> None:
    guide = hostile()
    assert "graph TD" in [shown(line) for line in lines_of(guide, 0, len(guide.text), (0, 0))]


def test_the_innermost_section_frames_a_citation() -> None:
    start, end = span(BAKERY, "Bring an apron.")
    section = section_of(BAKERY, start, end)
    assert section is not None and section.heading == "Trial shift"
    assert frame_of(BAKERY, start, end) == (section.start, section.end)


def test_a_long_section_is_cut_between_blocks_around_the_citation() -> None:
    start, end = span(BAKERY, "Bring an apron.")
    first, last = frame_of(BAKERY, start, end, room=120)
    assert first <= start and end <= last and last - first <= 120
    assert {first, last} <= {block.start for block in BAKERY.blocks} | {end}


def test_a_bank_entry_shows_its_keys_as_labels_and_hides_its_id() -> None:
    make = Maker(markdown=False)
    make.write("- id: knead\n  title: ")
    make.heading(1, "Knead the dough")
    make.write("  prompt: >-\n    ")
    make.paragraph("Knead it by hand.")
    guide = make.made("questions/dough.yaml", "Dough", format="bank")
    lines = lines_of(guide, 0, len(guide.text), (0, len(guide.text)))
    assert cited(lines) == guide.text
    assert [shown(line).split() for line in lines if line.kind != "gap"] == [
        ["titleKnead", "the", "dough"],
        ["prompt", "Knead", "it", "by", "hand."],
    ]
