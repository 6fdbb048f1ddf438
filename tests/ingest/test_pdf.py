"""A PDF's page is put together again: drawn bullets, wrapped cells, two-line headings, running heads."""

from __future__ import annotations

import io

import pypdf
import pytest
from fpdf import FPDF

from index.passages import Guide
from tests.ingest.test_formats import guide_of

ROWS = (
    ("Round", "What is asked", "Good is"),
    ("Pruning", "Cut a climbing rose back to three strong shoots", "Clean cuts above a bud"),
    ("Soil", "Name four kinds of soil and what grows in each of them", "Four kinds, four plants"),
)


def printed(*, pages: int = 1) -> Guide:
    """A guide as a browser prints it: bullets are drawn circles, cells wrap, a heading takes two lines."""
    paper = FPDF()
    for page in range(pages):
        paper.add_page()
        paper.set_font("Helvetica", size=8)
        paper.text(10, 8, "3/4/31, 9:00 AM")
        paper.text(90, 8, "Zorbex gardener interview")
        paper.set_font("Helvetica", style="B", size=20)
        paper.text(10, 25, "What the gardeners of Zorbex ask in")
        paper.text(10, 33, f"chapter {'one two three'.split()[page]}")
        paper.set_font("Helvetica", size=11)
        for at, item in enumerate(("Prune a rose", "Name a soil that holds water and", "Explain what mulch does")):
            y = 45 + 5 * at + (5 if at > 1 else 0)
            paper.ellipse(12, y - 2, 1.4, 1.4, style="F")
            paper.text(18, y, item)
            if at == 1:
                paper.text(18, y + 5, "a plant that likes it")
        table(paper, top=75)
        paper.text(10, 130, "The table above is the whole loop.")
        paper.set_font("Helvetica", size=8)
        paper.text(10, 290, "file:///home/gardener.html")
        paper.text(190, 290, f"{page + 1}/{pages}")
    return guide_of("printed.pdf", bytes(paper.output()))


def table(paper: FPDF, *, top: float) -> None:
    """Cells drawn one after the other, each with its own wrapped lines, as browsers do."""
    y = top
    for row in ROWS:
        lines = [wrapped(cell) for cell in row]
        for x, cell in zip((12, 60, 130), lines, strict=True):
            for at, line in enumerate(cell):
                paper.text(x, y + 5 * at, line)
        y += 5 * max(map(len, lines)) + 3


def wrapped(cell: str) -> list[str]:
    words = cell.split()
    return [" ".join(words[at : at + 5]) for at in range(0, len(words), 5)]


def test_bullets_that_are_drawn_make_a_list_with_its_wrapped_items_whole() -> None:
    guide = printed()
    items = [" ".join(unit.text.split()) for unit in guide.units if unit.kind == "item"]
    assert items == [
        "Prune a rose",
        "Name a soil that holds water and a plant that likes it",
        "Explain what mulch does",
    ]


def test_cells_that_wrap_are_whole_and_stand_under_their_header() -> None:
    guide = printed()
    (block,) = [block for block in guide.blocks if block.kind == "table"]
    rows = [guide.units[at] for at in block.units if guide.units[at].kind == "row"]
    assert block.header == ROWS[0]
    assert [tuple(guide.raw(*cell) for cell in row.cells) for row in rows] == list(ROWS[1:])


def test_a_heading_of_two_lines_is_one() -> None:
    assert printed().info.title == "What the gardeners of Zorbex ask in chapter one"


@pytest.mark.parametrize("gone", ["9:00 AM", "file:///home", "1/3"])
def test_what_a_browser_prints_at_the_edges_goes(gone: str) -> None:
    assert gone not in printed(pages=3).text


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        (("A well-", "known rose. The well-known rose is red."), "A well-known rose."),
        (("Prune in Sep-", "tember, for September is dry."), "Prune in September, for"),
        (("A rain-", "fed bed. The rain fed the bed."), "A rain-fed bed."),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_where_the_word_has_one(cut: tuple[str, str], whole: str) -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for at, line in enumerate(cut):
        paper.text(10, 20 + 5 * at, line)
    assert whole in guide_of("cut.pdf", bytes(paper.output())).text


def test_a_table_goes_on_over_the_page_without_its_header_told_again() -> None:
    paper = FPDF()
    for page in range(3):
        paper.add_page()
        paper.set_font("Helvetica", style="B", size=11)
        for x, name in ((10, "Rose"), (80, "Hours of sun")):
            paper.text(x, 20, name)
        paper.set_font("Helvetica", size=11)
        for at in range(3 if page < 2 else 1):
            paper.text(10, 30 + 8 * at, f"Rose {3 * page + at}")
            paper.text(80, 30 + 8 * at, f"{page} hours and {at} minutes")
    guide = guide_of("roses.pdf", bytes(paper.output()))
    (block,) = [block for block in guide.blocks if block.kind == "table"]
    rows = [tuple(guide.raw(*cell) for cell in guide.units[at].cells) for at in block.units]
    assert block.header == ("Rose", "Hours of sun")
    expected = [(f"Rose {3 * page + at}", f"{page} hours and {at} minutes") for page in range(3) for at in range(3)]
    assert rows == expected[:7]


def test_items_within_items_are_known_by_where_they_stand() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for x, y, words in ((10, 20, "- Soil"), (16, 26, "- loam"), (16, 32, "- clay"), (10, 38, "- Water")):
        paper.text(x, y, words)
    guide = guide_of("nested.pdf", bytes(paper.output()))
    assert [(unit.text, unit.depth) for unit in guide.units] == [("Soil", 0), ("loam", 1), ("clay", 1), ("Water", 0)]


def test_bullets_drawn_after_all_the_rest_stand_before_their_words() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for at, words in enumerate(("Prune a rose", "Name a soil")):
        paper.text(15, 20 + 6 * at, words)
    for at in range(2):
        paper.text(10, 20 + 6 * at, f"{at + 1}.")
    guide = guide_of("late.pdf", bytes(paper.output()))
    assert [(unit.kind, unit.text) for unit in guide.units] == [("item", "Prune a rose"), ("item", "Name a soil")]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_a_viewer_turns_is_read_as_it_is_seen(turn: int) -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for at, line in enumerate(("Roses like loam and hate the wind, and", "they are cut in spring.")):
        paper.text(30, 60 + 5 * at, line)
    writer = pypdf.PdfWriter(io.BytesIO(bytes(paper.output())))
    page = writer.pages[0]
    page.add_transformation(pypdf.Transformation().rotate(turn))
    page.rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    assert "hate the wind, and they are cut in spring." in guide_of("turned.pdf", out.getvalue()).text
