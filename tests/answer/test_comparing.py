"""The two sides of a comparison are the phrases that are compared, without the words that ask."""

from __future__ import annotations

import pytest

from answer.answers import Question
from answer.assistant import Assistant
from answer.comparing import sides_of


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("compare the onsite with the phone screen", ("the onsite", "the phone screen")),
        ("smoke or sugar water: when to use which", ("smoke", "sugar water")),
        ("Pushed frames or pulled frames - when is each one a good fit?", ("Pushed frames", "pulled frames")),
        ("when should I prefer drones or workers", ("drones", "workers")),
        ("how does smoke differ from sugar water", ("smoke", "sugar water")),
        ("compare hives", ()),
    ],
)
def test_sides_are_the_phrases_compared(question: str, sides: tuple[str, ...]) -> None:
    assert sides_of(question) == sides


def test_two_concepts_that_have_notes_are_compared_by_their_definitions(assistant: Assistant) -> None:
    answer = assistant.ask(Question("compare the waggle dance with pollen baskets")).answer
    assert "The waggle dance is a figure-of-eight movement" in answer
    assert "A pollen basket is a hollow" in answer


def test_rows_that_go_by_the_compared_names_stand_under_their_header(assistant: Assistant) -> None:
    answer = assistant.ask(Question("level 3 vs level 5 at Quill Labs")).answer
    assert "| Level | Base salary (USD) | Bonus (USD) |" in answer
    assert "| 3 | 41,000 | 2,000 [" in answer and "| 5 | 63,000 | 7,250 [" in answer
    assert "52,500" not in answer


def test_a_comparison_tells_no_mistakes_as_if_they_were_facts(assistant: Assistant) -> None:
    answer = assistant.ask(Question("difference between the waggle dance and the pollen basket")).answer
    assert "Candidates confuse" not in answer
