"""A question that counts something is told figures of that thing, and no others."""

from __future__ import annotations

import pytest

from answer.counting import counted, counted_noun
from answer.reading import read_question


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("how many rounds are there", "interview"),
        ("How many behavioural questions do they usually ask?", "problem"),
        ("the number of vacation days", "day"),
        ("how long is it", ""),
    ],
)
def test_the_noun_of_a_count_is_read_with_its_like(question: str, noun: str) -> None:
    assert (noun in counted_noun(question)) is bool(noun)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The loop has 3 to 5 interviews.", ["3 to 5"]),
        ("One or two timed problems make the first of four rounds.", ["four"]),
        ("Rounds: 6; Topic: bees", ["6"]),
        ("It starts in 2031.", []),
    ],
)
def test_only_figures_of_what_is_counted_are_told(text: str, told: list[str]) -> None:
    reading = read_question("how many rounds", vocabulary={}, is_word=lambda _: True)
    assert [value.shown for value in counted(text, reading)] == told
