"""Which list answers a question."""

from __future__ import annotations

from answer.answers import Question
from answer.assistant import Assistant


def test_a_list_of_links_does_not_answer_what_its_links_are_about(assistant: Assistant) -> None:
    uses = assistant.ask(Question("when is smoke used, list the cases")).answer
    assert "the colony is strong" in uses and "a comparison" not in uses


def test_things_counted_off_in_prose_are_a_list(assistant: Assistant) -> None:
    answer = assistant.ask(Question("3 things the judges of an apiary look for")).answer
    assert [each in answer for each in ("First, calm hands", "Second, clean notes", "Third, an honest word")] == [
        True
    ] * 3


def test_a_word_of_the_same_matter_names_a_list_as_its_title_does(assistant: Assistant) -> None:
    drawbacks = assistant.ask(Question("list the weaknesses that are common near the hive")).answer
    assert "Wearing perfume near the hive" in drawbacks
