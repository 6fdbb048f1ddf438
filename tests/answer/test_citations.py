"""Markers stand before the stop, number spans in order of use, and cannot be forged by a guide."""

from __future__ import annotations

from answer.citations import marked, plain, render
from answer.drafting import Draft, Line, Span
from index.passages import Guide, GuideInfo, Section

TEXT = "Ten minutes. Then a break [2]. | a | b |"
GUIDE = Guide(
    GuideInfo("guides/x.md", "sha256:0", "markdown", "guide", "X"),
    TEXT,
    (Section(0, None, 0, "X", (), 0, len(TEXT)),),
    (),
    (),
)
FIRST, SECOND = Span(GUIDE, 0, 0, 12), Span(GUIDE, 0, 13, 30)


def test_a_marker_stands_before_the_stop_or_brings_one() -> None:
    assert marked("It takes ten minutes.", "[1]") == "It takes ten minutes [1]."
    assert marked("Four things:", "[1][2]") == "Four things [1][2]:"
    assert marked("Ten minutes", "[1]") == "Ten minutes [1]."


def test_a_guide_cannot_forge_a_marker_or_open_a_block() -> None:
    assert plain("Then a break [2].") == "Then a break \\[2\\]."
    assert plain("# Not a heading") == "\\# Not a heading"


def test_the_same_span_keeps_its_number_and_quotes_are_exact() -> None:
    draft = Draft((Line("One.", (SECOND,)), Line("Two.", (FIRST,)), Line("Three.", (SECOND,))))
    markdown, citations, _ = render(draft)
    assert markdown == "One [1]. Two [2]. Three [1]."
    assert [citation.quote for citation in citations] == [TEXT[13:30], TEXT[0:12]]


def test_every_row_of_a_table_ends_in_its_marker() -> None:
    lines = (
        Line("", (), "header", ("a", "b")),
        Line("", (FIRST,), "row", ("1|x", "2")),
        Line("", (SECOND,), "row", ("3", "4")),
    )
    markdown, _, _ = render(Draft(lines))
    assert markdown.splitlines() == ["| a | b |", "| --- | --- |", "| 1\\|x | 2 [1] |", "| 3 | 4 [2] |"]
