"""A refusal names what was asked for as a phrase of the question, never a verb alone."""

from __future__ import annotations

import pytest

from answer.answers import Question
from answer.assistant import Assistant
from answer.refusing import asked_phrase


@pytest.mark.parametrize(
    ("question", "word", "phrase"),
    [
        ("how big is the relocation bonus at Acme", "relocation", '"relocation bonus"'),
        ("which port does Kerberos use", "kerberos", '"Kerberos"'),
        ("how do I reschedule", "reschedule", "how to reschedule"),
        ("what should I wear?", "wear", "what to wear"),
        ("do they disclose the salary", "disclose", ""),
        ("is the LoRA rank typical", "rank", '"LoRA rank"'),
        ("what is a hive", "queen", ""),
    ],
)
def test_what_is_missing_is_a_phrase_of_the_question(question: str, word: str, phrase: str) -> None:
    assert asked_phrase(question, word) == phrase


def test_a_refusal_says_what_is_missing_and_what_is_near(assistant: Assistant) -> None:
    answer = assistant.ask(Question("how big is the signing bonus at level 4"))
    assert answer.abstained
    assert 'nothing on "signing bonus"' in answer.answer
    assert any(topic.section.endswith("Pay") for topic in answer.nearest)


def test_nothing_is_named_as_near_where_nothing_is(assistant: Assistant) -> None:
    assert not assistant.ask(Question("who wrote the constitution of Portugal")).nearest
