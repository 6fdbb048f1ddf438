"""A question that asks several things is taken apart, each part standing alone; one that asks one thing is not."""

from __future__ import annotations

import pytest

from answer.compounds import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "how long is the hive round and what does it check?",
            ("how long is the hive round", "what does the hive round check"),
        ),
        (
            "How long is the hive round? Who runs the tasting round?",
            ("How long is the hive round", "Who runs the tasting round"),
        ),
        (
            "what happens in the tasting round, and how should I prepare for it",
            ("what happens in the tasting round", "how should I prepare for the tasting round"),
        ),
    ],
)
def test_a_question_that_asks_several_things_is_taken_apart(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, is_company=lambda name: False) == parts


@pytest.mark.parametrize(
    "question",
    [
        "how long is the hive round",
        "smoke and sugar water",
        "what are the differences between drones and what workers do?",
        "how do the different guides say a hive is opened, and what do they warn of?",
        "what should I do when a queen dies and when",
        "level 3 and level 4 pay",
    ],
)
def test_a_question_that_asks_one_thing_is_left_whole(question: str) -> None:
    assert parts_of(question, is_company=lambda name: False) == (question,)
