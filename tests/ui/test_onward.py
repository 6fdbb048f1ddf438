"""What is offered next stands beside what was cited."""

from __future__ import annotations

from dataclasses import replace

from tests.ui.fakes import bakery, cite, mill
from ui.components.onward import questions_onward

GUIDE = bakery()


def test_the_sections_beside_the_cited_one_are_offered() -> None:
    cited = cite(1, GUIDE, "An apprentice earns $14–$16 an hour.", "Pay")
    assert questions_onward([cited], lambda _: GUIDE) == [("Rounds", "What do the guides say about Rounds?")]


def test_a_notes_heading_is_asked_with_its_title() -> None:
    note = replace(GUIDE, info=replace(GUIDE.info, kind="note"))
    cited = cite(1, note, "An apprentice earns $14–$16 an hour.", "Pay")
    assert questions_onward([cited], lambda _: note) == [("Rounds", "How a bakery hires: rounds")]


def test_nothing_is_offered_without_a_source_or_beside_the_only_section() -> None:
    alone = mill()
    cited = cite(1, alone, "Arrive early.", "")
    assert questions_onward([], lambda _: GUIDE) == []
    assert questions_onward([cited], lambda _: None) == []
    assert questions_onward([cited], lambda _: alone) == []
