"""The two sides of a comparison are the phrases that are compared, without the words that ask."""

from __future__ import annotations

import pytest

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
