"""A source says what it is: as cited, moved, changed or gone."""

from __future__ import annotations

from dataclasses import replace

from tests.ui.fakes import bakery, cite
from ui.components.source_panel import CHANGED, GONE, formula_library, source_of, sources_of, span_of

GUIDE = bakery()
CITED = cite(2, GUIDE, "Bring an apron.", "Rounds > Trial shift")


def quote_of(source: dict[str, object]) -> str:
    lines: list[dict[str, list[list[object]]]] = source["lines"]  # type: ignore[assignment]
    return "".join(str(run[0]) for line in lines for run in line["runs"] if run[2])


def test_a_source_shows_its_section_with_the_quote_marked() -> None:
    source = source_of(CITED, 3, GUIDE)
    assert (source["number"], source["of"], source["note"]) == (2, 3, "")
    assert source["path"] == "Rounds › Trial shift"
    assert source["meta"] == "Crumb Weekly · updated 2026-02-03"
    assert quote_of(source) == CITED.quote
    assert source["address"] == f"library?guide=guides%2Fbakery.md&from={CITED.start}&to={CITED.end}"


def test_a_passage_that_moved_is_found_at_its_nearest_place() -> None:
    longer = replace(GUIDE, text=CITED.quote + " " * 100 + GUIDE.text)
    start = longer.text.index(CITED.quote, 10)
    assert span_of(CITED, longer) == (start, start + len(CITED.quote))


def test_a_passage_that_no_longer_stands_is_shown_as_it_was_and_said_so() -> None:
    changed = replace(GUIDE, text=GUIDE.text.replace("an apron", "two aprons"))
    for guide, note in ((changed, CHANGED), (None, GONE)):
        source = source_of(CITED, 1, guide)
        assert (source["note"], quote_of(source)) == (note, CITED.quote)


def test_sources_are_named_by_turn_and_number() -> None:
    found = sources_of([(7, (CITED,)), (9, (CITED, replace(CITED, number=3)))], lambda _: GUIDE)
    assert list(found) == ["7-2", "9-2", "9-3"]


def test_streamlit_ships_the_formula_library_where_it_is_looked_for() -> None:
    assert formula_library().startswith("static/js/katex.")
