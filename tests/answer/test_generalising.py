"""Advice that names a company without a guide is answered in general, with a note; facts about it stay refused."""

from __future__ import annotations

import pytest

from answer.answers import Question
from answer.assistant import Assistant
from answer.generalising import in_general, stands_under
from answer.lexicon import Lexicon
from answer.reading import read_question

LEXICON = Lexicon({"hive": 3}, 10, ())


@pytest.mark.parametrize(
    ("question", "general"),
    [
        ("how do I design a news feed at Twitter?", "how do I design a news feed ?"),
        ("how should I prepare stories for stripe", "how should I prepare stories"),
        ("how do I negotiate an offer from Google or Amazon", "how do I negotiate an offer"),
        ("how should I prepare for the netflix onsite", "how should I prepare for the onsite"),
        ("design youtube recommendations", "design recommendations"),
        ("how to prepare for amazon", "how to prepare for an interview"),
        ("how many rounds are there at Google", ""),
        ("how long is the onsite at Meta", ""),
        ("what does Google ask", ""),
        ("how should I ask for a higher salary at Google", ""),
        ("how do I design a news feed", ""),
    ],
)
def test_what_is_asked_in_general_is_told_from_facts_about_a_company(question: str, general: str) -> None:
    reading = read_question(question, vocabulary={}, is_word=lambda word: True)
    assert in_general(reading, LEXICON)[0] == general


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        ("how many rounds at apple or meta", {"apple", "meta"}),
        ("stripe onsite rounds", {"stripe"}),
        ("Stripe", {"stripe"}),
        ("how long is Apple's loop", {"apple"}),
        ("what is meta learning", set()),
        ("the mean square error", set()),
        ("do they sponsor a visa", set()),
        ("google rounds", {"google"}),
    ],
)
def test_a_word_that_is_also_a_company_is_one_where_it_is_used_so(text: str, companies: set[str]) -> None:
    assert LEXICON.companies_in(text) == companies


def test_advice_for_another_company_is_answered_in_general_and_says_so(assistant: Assistant) -> None:
    answer = assistant.ask(Question("how should I describe honeys in the tasting round at Netflix"))
    assert "describe each of them in one sentence" in answer.answer
    assert answer.notes == ("The guides say nothing of Netflix in particular; this is what they say in general.",)
    assert {citation.path for citation in answer.citations} == {"guides/buzz.txt"}
    assert answer.standalone_question.endswith("Netflix")


def test_what_stands_under_a_heading_of_the_company_is_told_as_it_is(assistant: Assistant) -> None:
    found = assistant.examine(Question("how do I prepare for the recruiter screen"))
    assert found is not None
    assert stands_under({"quill labs"}, found.evidence, found.lexicon)
    assert not stands_under({"netflix"}, found.evidence, found.lexicon)


def test_a_fact_about_another_company_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask(Question("how long is the tasting round at Netflix"))
    assert answer.abstained
    assert "Netflix" in answer.answer
