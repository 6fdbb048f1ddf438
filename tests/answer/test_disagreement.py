"""Claims about one thing that differ stand side by side."""

from __future__ import annotations

from answer.answers import Question
from answer.assistant import Assistant


def test_claims_under_the_heading_of_the_best_one_are_about_the_same_thing(assistant: Assistant) -> None:
    answer = assistant.ask(Question("how long is the first phone call with the recruiter")).answer
    assert "20 minutes by phone" in answer
    assert "Recruiter screen (35 min)" in answer
