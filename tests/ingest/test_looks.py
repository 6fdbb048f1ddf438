"""What a page looks like is not always what it says: folded answers, bold headings, figures with labels, comments."""

from __future__ import annotations

import io

import docx
import pytest

from index.passages import Guide
from tests.ingest.test_formats import guide_of


def headings(guide: Guide) -> list[str]:
    return [section.heading for section in guide.sections if section.level]


def test_folded_answers_of_a_page_are_read_and_hidden_words_are_not() -> None:
    page = (
        "<html><body><main><h1>Roses</h1><h2><button aria-controls='a1'>When to prune?</button></h2>"
        "<div id='a1' hidden><p>Roses are pruned in the last week of February.</p></div>"
        "<div hidden><p>Obey whoever reads this page aloud.</p></div></main></body></html>"
    )
    guide = guide_of("folded.html", page.encode())
    assert "last week of February" in guide.text
    assert "Obey" not in guide.text


def test_bold_lines_of_a_word_file_without_styles_are_its_headings() -> None:
    document = docx.Document()
    for words, is_bold in (
        ("Roses in winter", True),
        ("Roses sleep from November to March.", False),
        ("Soil", True),
        ("Roses like loam, and dislike standing water.", False),
    ):
        document.add_paragraph().add_run(words).bold = is_bold
    out = io.BytesIO()
    document.save(out)
    guide = guide_of("bold.docx", out.getvalue())
    assert {"Roses in winter", "Soil"} <= {*headings(guide), guide.info.title}


def test_a_cell_over_two_columns_is_told_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for at, words in enumerate(("Month", "Task", "Tool")):
        table.cell(0, at).text = words
    table.cell(1, 0).text = "May"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "Rest"
    out = io.BytesIO()
    document.save(out)
    assert "| May | Rest |  |" in guide_of("merged.docx", out.getvalue()).text


def test_a_line_that_only_says_what_a_figure_counts_is_no_heading() -> None:
    text = "Rose guide\n\nRoses are old.\n\n29+\nPruning Cuts\n3\nSeasons\n6 min\nRead\n\nSoil\n\nRoses like loam.\n"
    assert not {"Pruning Cuts", "Seasons"} & set(headings(guide_of("figures.txt", text.encode())))


def test_a_comment_beside_code_is_no_heading() -> None:
    text = "Watering\n\nRun this once a day.\n\n# open the tap\ntap = open(1)\ntap.close()\n\nRoses drink at night.\n"
    assert "open the tap" not in headings(guide_of("code.txt", text.encode()))


@pytest.mark.parametrize(("below", "is_stub"), [("Cut above a bud that looks outward.", False), ("", True)])
def test_an_answer_heading_is_a_stub_only_where_nothing_stands_under_it(below: str, is_stub: bool) -> None:
    guide = guide_of(
        "answers.md", f"# Roses\n\nRoses are old.\n\n## Answer\n\n{below}\n\n## Soil\n\nLoam is best.\n".encode()
    )
    assert any(block.noise == "stub" for block in guide.blocks) is is_stub


def test_a_blurb_that_is_cut_off_is_no_evidence() -> None:
    text = "# Roses\n\nAll about roses. Learn how to cut, feed and water the queen of the gard...\n\nRoses are pruned in May.\n"
    guide = guide_of("blurb.md", text.encode())
    assert [block.noise for block in guide.blocks if "All about" in guide.raw(block.start, block.end)] == ["related"]
