"""A number before a line makes it a heading only where the numbers count up; blanks make a table where they line up."""

from __future__ import annotations

import pytest

from index.passages import Guide
from tests.ingest.test_formats import guide_of

SAID = "Roses like loam and hate the wind.\n\n"


def headings(text: str, name: str = "roses.txt") -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in guide_of(name, text.encode()).sections][1:]


def table(guide: Guide) -> list[list[str]]:
    (block,) = [block for block in guide.blocks if block.kind == "table"]
    rows = [[guide.raw(*cell) for cell in guide.units[at].cells] for at in block.units]
    return [list(block.header), *rows]


@pytest.mark.parametrize("stop", ["", ".", ")"])
def test_numbers_that_count_up_make_headings(stop: str) -> None:
    text = f"Rose book\n\n1{stop} Soil\n\n{SAID}2{stop} Sun\n\n2.1 Morning\n\n{SAID}2.2 Noon\n\n{SAID}3{stop} Wind\n\n{SAID}"
    expected = [(1, "Soil"), (1, "Sun"), (2, "Morning"), (2, "Noon"), (1, "Wind")]
    assert headings(text) == expected


def test_marked_headings_lose_numbers_that_count_up_and_keep_others() -> None:
    counted = f"# Roses\n\n## 1 Soil\n\n{SAID}## 2 Sun\n\n{SAID}## 3 Wind\n\n{SAID}"
    assert headings(counted, "roses.md") == [(1, "Soil"), (1, "Sun"), (1, "Wind")]
    assert headings(f"# Roses\n\n## 5 tips\n\n{SAID}## 12 mistakes\n\n{SAID}", "roses.md") == [
        (1, "5 tips"),
        (1, "12 mistakes"),
    ]


def test_columns_kept_apart_by_blanks_are_a_table() -> None:
    text = f"Rose book\n\n{SAID}Kind      Hours   Price\nDog rose  6       4.50\nMoss      5\nTea       7       12.00\n\n{SAID}"
    assert table(guide_of("roses.txt", text.encode())) == [
        ["Kind", "Hours", "Price"],
        ["Dog rose", "6", "4.50"],
        ["Moss", "5", ""],
        ["Tea", "7", "12.00"],
    ]


def test_a_rule_of_dashes_says_which_row_is_the_header() -> None:
    text = f"Rose book\n\n{SAID}  7 am      noon\n  --------  ------\n  shade     sun\n\n{SAID}"
    assert table(guide_of("roses.txt", text.encode())) == [["7 am", "noon"], ["shade", "sun"]]


@pytest.mark.parametrize(
    "text",
    [
        "Two  blanks here\nand one  there too.\nNo  table at all.\n",
        "if a:    go\n    stop\nelse:    wait\n",
        "one  two\nthree  four\n",
    ],
)
def test_blanks_that_do_not_line_up_are_no_table(text: str) -> None:
    assert not [block for block in guide_of("roses.txt", text.encode()).blocks if block.kind == "table"]


def test_two_columns_with_one_pipe_are_a_table() -> None:
    guide = guide_of("roses.md", b"# Roses\n\nKind | Hours\n--- | ---\nDog | 6\nTea | 7\n\nA | is no row.\n")
    assert table(guide) == [["Kind", "Hours"], ["Dog", "6"], ["Tea", "7"]]
