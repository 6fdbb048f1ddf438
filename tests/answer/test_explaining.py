"""A note tells how the system is built that a question wants designed."""

from __future__ import annotations

import pytest

from answer.answers import Question
from answer.assistant import Assistant
from answer.explaining import design_of
from ingest.reading import understand

NOTE = """\
---
title: Hive design
---

# Hive design

## Definition

A hive is a box in which a colony lives.

## Architecture

A floor carries the brood box. Frames hang in it:

- brood frames in the middle
- honey frames outside

## Common mistakes

Frames that touch the wall.
"""


def test_a_design_is_the_definition_and_the_parts_of_what_is_built() -> None:
    note = understand(NOTE.encode(), path="notes/hive-design.md", kind="note")
    assert [unit.text for unit in design_of(note)] == [
        "A hive is a box in which a colony lives.",
        "A floor carries the brood box.",
        "Frames hang in it:",
        "brood frames in the middle",
        "honey frames outside",
    ]


def test_a_note_without_such_a_part_tells_no_design() -> None:
    note = understand(NOTE.replace("## Architecture", "## Uses").encode(), path="notes/hive-design.md", kind="note")
    assert design_of(note) == []


@pytest.mark.parametrize(
    "question", ["summarise the Apiary Press guide", "give me an overview of the Apiary Press guide"]
)
def test_a_guide_named_by_its_publisher_is_summed_up(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(Question(question))
    assert not answer.abstained
    assert {cited.publisher for cited in answer.citations} == {"Apiary Press"}
    assert "20 minutes" in answer.answer and "75 minutes" in answer.answer


def test_a_question_about_one_thing_in_a_guide_is_no_wish_for_the_whole(assistant: Assistant) -> None:
    answer = assistant.ask(Question("recruiter screen in the Apiary Press guide")).answer
    assert "20 minutes" in answer and "75 minutes" not in answer


def test_a_guide_of_nobody_is_not_summed_up(assistant: Assistant) -> None:
    assert assistant.ask(Question("summarise the Zephyr guide")).abstained
