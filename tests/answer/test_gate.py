"""The hard checks of the gate: what is asked for by name must be told near."""

from __future__ import annotations

import pytest

from answer.answers import Question
from answer.assistant import Assistant
from answer.gate import NEAREST, Verdict


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("how long is the hive round of the Zephyr apiary", "Zephyr"),
        ("is the hive round lit by LEDs", "LEDs"),
    ],
)
def test_a_name_that_no_near_guide_tells_is_missing(assistant: Assistant, question: str, missing: str) -> None:
    answer = assistant.ask(Question(question))
    assert answer.abstained
    assert missing in answer.answer


@pytest.mark.parametrize(
    ("verdict", "noted"), [(Verdict(True, 0.3), True), (Verdict(True, 0.9), False), (Verdict(False, 0.1), False)]
)
def test_an_answer_that_the_gate_is_not_sure_of_says_so(verdict: Verdict, noted: bool) -> None:
    assert verdict.notes == ((NEAREST,) if noted else ())
