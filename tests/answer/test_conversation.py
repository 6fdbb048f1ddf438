"""A follow-up is turned into a question that stands alone; a new subject starts anew."""

from __future__ import annotations

import pytest

from answer.answers import Turn
from answer.conversation import standalone_question, subject_of

COMPANIES = {"microsoft", "google"}


@pytest.mark.parametrize(
    ("before", "follow_up", "standalone"),
    [
        ("level 63 base salary?", "and at level 64?", "level 64 base salary?"),
        (
            "what topics come up in the ML fundamentals round?",
            "and for the behavioural round?",
            "what topics come up in the behavioural round?",
        ),
        (
            "what topics come up in the ML fundamentals round?",
            "how long is it?",
            "how long is the ML fundamentals round?",
        ),
        ("how long is the onsite at Microsoft", "what about Google?", "how long is the onsite at Google"),
        (
            "tell me about the online assessment at Microsoft",
            "who runs that round?",
            "who runs the online assessment at Microsoft?",
        ),
        ("what is week 3 of the plan about?", "and week 4?", "what is week 4 of the plan about?"),
        ("explain LoRA", "how does it affect cost?", "how does LoRA affect cost?"),
        (
            "how long is the recruiter screen at Microsoft?",
            "and how long is the behavioural round?",
            "how long is the behavioural round at Microsoft?",
        ),
        ("what is the median bonus for level 62", "equity?", "equity for level 62?"),
        ("what is RAG?", "what is the bias-variance tradeoff?", "what is the bias-variance tradeoff?"),
        ("compare RLHF and DPO", "level 63 pay", "level 63 pay"),
        ("explain dropout", "what is LoRA?", "what is LoRA?"),
        ("what is the base salary at level 63?", "what is the bonus?", "what is the bonus (level 63)?"),
        ("what is RAG", "and LoRA?", "what is LoRA"),
        ("how long is the recruiter screen at Microsoft", "and the onsite?", "how long is the onsite at Microsoft"),
        ("compare RLHF and DPO", "rotary position embedding variants", "rotary position embedding variants"),
        ("what is week 3 of the plan about?", "week 4", "what is week 4 of the plan about?"),
    ],
)
def test_a_follow_up_stands_alone(before: str, follow_up: str, standalone: str) -> None:
    resolved = standalone_question(follow_up, [Turn(before)], is_company=lambda name: name.lower() in COMPANIES)
    assert resolved == standalone


def test_what_was_resolved_carries_over_to_the_next_turn() -> None:
    turns = [Turn("level 61 base salary?"), Turn("and at level 62?")]
    resolved = standalone_question("and at level 63?", turns, is_company=lambda name: False)
    assert resolved == "level 63 base salary?"


def test_the_subject_of_a_question_is_its_noun_phrase() -> None:
    assert subject_of("how long is the recruiter screen at Acme?") == "the recruiter screen at Acme"


@pytest.mark.parametrize(
    ("before", "follow_up", "standalone"),
    [
        ("explain dropout", "who won the world cup?", "who won the world cup?"),
        (
            "how long is the recruiter screen at Microsoft?",
            "what do they ask in it at Microsoft?",
            "what do they ask in the recruiter screen at Microsoft?",
        ),
    ],
)
def test_another_subject_stays_and_a_company_is_said_once(before: str, follow_up: str, standalone: str) -> None:
    resolved = standalone_question(follow_up, [Turn(before)], is_company=lambda name: name.lower() in COMPANIES)
    assert resolved == standalone
