"""Accepted wordings are lenient in spelling and exact in figures."""

from __future__ import annotations

import pytest

from eval.wordings import says, says_any, tokens_of


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("It runs 30–45 min [1].", "30 to 45 minutes"),
        ("**180,000 – 210,000**", "180,000"),
        ("about $200k a year", "200,000"),
        ("a 15 % premium", "15%"),
        ("on‑site interviews", "onsite"),
        ("two coding rounds", "coding round"),
        ("Résumé review", "resume"),
        ("| Level 63 | 85,000 |", "level 63"),
    ],
)
def test_spellings_do_not_count(answer: str, form: str) -> None:
    assert says(tokens_of(answer), form)


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("It takes 160 minutes.", "60"),
        ("30 minutes, then 45 more", "30 to 45"),
        ("between 5 and 6.5", "6"),
        ("the same thing", "SAM"),
        ("", "anything"),
        ("something", ""),
    ],
)
def test_figures_and_words_match_whole(answer: str, form: str) -> None:
    assert not says(tokens_of(answer), form)


def test_any_of_the_accepted_forms_is_enough() -> None:
    assert says_any(tokens_of("an hour"), ("60 minutes", "an hour"))
    assert not says_any(tokens_of("a day"), ("60 minutes", "an hour"))
