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
        ("1. What is a swarm? 2. What is a queen?", ("What is a swarm", "What is a queen")),
        (
            "explain smoke in hives, then list its main drawbacks",
            ("explain smoke in hives", "list smoke in hives's main drawbacks"),
        ),
        (
            "compare drones and workers and tell me which is bigger",
            ("compare drones and workers", "which is bigger, drones or workers?"),
        ),
        ("what is a swarm. Explain the queen cup", ("what is a swarm", "Explain the queen cup")),
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
        "how can I stand out at Acme? list all tips",
        "explain swarming and give an example",
        "what are drones, workers and queens",
    ],
)
def test_a_question_that_asks_one_thing_is_left_whole(question: str) -> None:
    assert parts_of(question, is_company=lambda name: False) == (question,)


def test_topics_in_a_row_are_asked_one_by_one() -> None:
    def parts(question: str) -> tuple[str, ...]:
        known = {"a drone", "wax", "honey", "wax and honey"}
        return parts_of(question, is_company=lambda name: False, is_topic=known.__contains__)

    assert parts("what is a drone, wax and honey?") == ("what is a drone", "what is wax", "what is honey")
    assert parts("explain wax and honey") == ("explain wax and honey",)
    assert parts("explain wax and smoke") == ("explain wax and smoke",)
