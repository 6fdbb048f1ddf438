"""Tables and lists as pages and papers really hold them: a figure stays under its own header, no words are lost."""

from __future__ import annotations

import pytest
from fpdf import FPDF

from index.passages import Guide
from ingest.errors import TooMuch
from ingest.reading import understand


def page(body: str, head: str = "") -> Guide:
    content = f"<html><head><title>Zorb</title>{head}</head><body>{body}</body></html>"
    return understand(content.encode(), path="guides/zorb.html", kind="guide")


def rows_of(guide: Guide) -> list[str]:
    return [unit.text for unit in guide.units if unit.kind == "row"]


def test_a_table_drawn_in_a_pdf_keeps_each_figure_under_its_header() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    paper.multi_cell(0, 6, "Pay depends on the level.", new_x="LMARGIN", new_y="NEXT")
    with paper.table() as table:
        for cells in (("Level", "Base pay", "Bonus"), ("G1", "100 k", "5 %"), ("G2", "140 k", "9 %")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    guide = understand(bytes(paper.output()), path="guides/zorb.pdf", kind="guide")
    assert rows_of(guide) == ["Level: G1; Base pay: 100 k; Bonus: 5 %", "Level: G2; Base pay: 140 k; Bonus: 9 %"]


def test_words_set_bold_within_a_line_make_no_table() -> None:
    paper = FPDF()
    paper.add_page()
    for line in ("first", "other"):
        paper.set_font("Helvetica", size=11)
        paper.write(6, "The gardener reads the ")
        paper.set_font("Helvetica", "B", 11)
        paper.write(6, line)
        paper.set_font("Helvetica", size=11)
        paper.write(6, " page with care.\n")
    guide = understand(bytes(paper.output()), path="guides/zorb.pdf", kind="guide")
    assert not [block for block in guide.blocks if block.kind == "table"]


def test_a_cell_over_two_rows_stands_in_both() -> None:
    guide = page(
        "<h1>Zorb</h1><table><tr><th>Level</th><th>Pay</th></tr>"
        "<tr><td rowspan=2>G1</td><td>100</td></tr><tr><td>140</td></tr></table>"
    )
    assert rows_of(guide) == ["Level: G1; Pay: 100", "Level: G1; Pay: 140"]


def test_a_list_keeps_what_is_nested_in_it_however_it_is_written() -> None:
    guide = page("<h1>Zorb</h1><ul><li>One<div><ul><li>Two</li></ul></div></li><ul><li>Three</li></ul></ul>")
    assert [(unit.depth, unit.text) for unit in guide.units if unit.kind == "item"] == [
        (0, "One"),
        (1, "Two"),
        (1, "Three"),
    ]


def test_every_article_of_a_page_and_a_heading_that_is_a_button_are_read() -> None:
    guide = page(
        "<article><h1>Zorb</h1><p>Prune early.</p></article>"
        "<article><h2><button>Is mud bad?</button></h2><p>Bring boots.</p></article>"
    )
    assert "Is mud bad?" in [section.heading for section in guide.sections]
    assert "Bring boots." in guide.text


def test_a_date_in_words_and_a_declared_encoding_are_understood() -> None:
    dated = page("<h1>Zorb</h1><p>Words.</p>", "<meta name=date content='March 3, 2031'>")
    assert dated.info.published == "2031-03-03"
    content = "<meta charset=iso-8859-2><h1>Źródło</h1><p>Żółw śpi.</p>".encode("iso-8859-2")
    assert "Żółw" in understand(content, path="guides/zorb.html", kind="guide").text


def test_elements_of_any_name_that_nest_too_deep_are_refused() -> None:
    with pytest.raises(TooMuch, match="nests"):
        page("<em>" * 5000 + "words")
