"""A Word file is understood whether it has styles, another program's outline levels, or bullets that someone typed."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.passages import Guide
from tests.ingest.test_formats import guide_of


def saved(document: Any) -> Guide:
    out = io.BytesIO()
    document.save(out)
    return guide_of("roses.docx", out.getvalue())


def items(guide: Guide) -> list[tuple[int, str]]:
    return [(unit.depth, unit.text) for unit in guide.units if unit.kind == "item"]


def test_items_within_items_are_told_by_style_numbering_or_tabs() -> None:
    for add in (_styled, _numbered, _typed):
        document = docx.Document()
        document.add_heading("Roses", 1)
        add(document)
        assert items(saved(document)) == [(0, "Soil"), (1, "loam"), (1, "clay"), (0, "Water")], add


ITEMS = ((0, "Soil"), (1, "loam"), (1, "clay"), (0, "Water"))


def _styled(document: Any) -> None:
    for depth, words in ITEMS:
        document.add_paragraph(words, style="List Bullet 2" if depth else "List Bullet")


def _numbered(document: Any) -> None:
    for depth, words in ITEMS:
        numbering = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
        document.add_paragraph(words)._p.get_or_add_pPr().append(parse_xml(numbering))


def _typed(document: Any) -> None:
    for depth, words in ITEMS:
        document.add_paragraph("\t" * depth + "•\t" + words)


def test_an_outline_level_makes_a_heading_whatever_its_style_is_called() -> None:
    document = docx.Document()
    for level, words in enumerate(("Roses", "Soil")):
        paragraph = document.add_paragraph(words)
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))
    document.add_paragraph("Roses like loam.")
    assert [section.path for section in saved(document).sections] == [(), ("Soil",)]


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    document = docx.Document()
    document.add_heading("Roses", 1)
    paragraph = document.add_paragraph("Roses like ")
    for tag, inner in (("ins", "<w:t>loam.</w:t>"), ("del", "<w:delText>clay.</w:delText>")):
        paragraph._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r>{inner}</w:r></w:{tag}>'))
    assert "Roses like loam." in saved(document).text
    assert "clay" not in saved(document).text


def test_what_stands_in_a_content_control_is_read_but_for_a_table_of_contents() -> None:
    document = docx.Document()
    document.add_heading("Roses", 1)
    for gallery, words in (("Table of Contents", "Roses, page 1"), ("Other", "Roses like loam.")):
        document.element.body.append(
            parse_xml(
                f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj></w:sdtPr>'
                f"<w:sdtContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            )
        )
    assert "Roses like loam." in saved(document).text
    assert "page 1" not in saved(document).text


def test_lines_of_one_paragraph_stay_lines_and_typed_numbers_make_a_list() -> None:
    document = docx.Document()
    document.add_heading("Roses", 1)
    document.add_paragraph("Dig here\nand there.")
    document.add_paragraph("1. Dig\n2. Plant")
    guide = saved(document)
    assert "Dig here\nand there." in guide.text
    assert items(guide) == [(0, "Dig"), (0, "Plant")]
