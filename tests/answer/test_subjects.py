"""What a question is about is found in its words."""

from __future__ import annotations

import pytest

from answer.subjects import set_beside, subject_of, which_phrase


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("how long is the recruiter screen at Acme?", "the recruiter screen at Acme"),
        ("what topics come up in the hive round?", "the hive round"),
        ("what is the base salary at level 3", "level 3"),
        ("what is a promise in javascript", "a promise in javascript"),
        ("how should I design an apiary for an island", "an apiary for an island"),
        ("how do I prepare for winter", "winter"),
        ("what should I do in week 2?", "week 2"),
        ("how many weeks should I practise", "practise"),
        ("how many frames does a hive have", "the frames of a hive"),
        ("how many frames are there in a hive", "the frames in a hive"),
        ("when does smoking fail", "smoking"),
        ("explain the waggle dance", "the waggle dance"),
        ("explain smoke in hives", "smoke in hives"),
    ],
)
def test_the_subject_of_a_question_is_its_noun_phrase(question: str, subject: str) -> None:
    assert subject_of(question) == subject


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("compare drones and workers", ("drones", "workers")),
        ("what is the difference between a drone, a worker and a queen?", ("a drone", "a worker", "a queen")),
        ("smoke vs. sugar water", ("smoke", "sugar water")),
        ("should I use smoke or sugar water", ("smoke", "sugar water")),
        ("drones and workers", ()),
        ("what is a swarm", ()),
    ],
)
def test_things_set_beside_each_other_are_told_apart(question: str, things: tuple[str, ...]) -> None:
    assert set_beside(question) == things


def test_what_a_question_asks_one_of_is_its_which_phrase() -> None:
    assert which_phrase("which Quill round asks about bees") == "Quill round"
    assert which_phrase("which is best") == ""
