"""The hard checks of the gate: what is asked for by name must be told near."""

from __future__ import annotations

import pytest

from answer.answers import Question
from answer.assistant import Assistant


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
