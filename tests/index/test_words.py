"""What is compared is normalised; scraped and typed spellings of the same thing meet."""

from __future__ import annotations

import pytest

from index.words import normalise, stem, terms, words


@pytest.mark.parametrize(
    ("scraped", "typed"),
    [
        ("12\u202f%", "12 %"),
        ("on\u2011site", "on-site"),
        ("30\u201345 minutes", "30-45 minutes"),
        ("Microsoft\u2019s", "Microsoft's"),
        ("re\u00adcruiter\u200b", "recruiter"),
        ("\ufb01ne", "fine"),
    ],
)
def test_scraped_and_typed_spellings_meet(scraped: str, typed: str) -> None:
    assert normalise(scraped) == typed


def test_figures_stay_whole_and_thousands_lose_their_commas() -> None:
    assert words("$200,000 to 0.85 for C++ in 1,2,3") == ["200000", "to", "0.85", "for", "c++", "in", "1,2,3"]


@pytest.mark.parametrize(
    ("british", "american"),
    [("behavioural", "behavioral"), ("regularisation", "regularization"), ("optimise", "optimize")],
)
def test_british_and_american_spellings_share_a_stem(british: str, american: str) -> None:
    assert stem(british) == stem(american)


@pytest.mark.parametrize("word", ["hour", "four", "course", "source", "your", "noise", "rise"])
def test_words_that_only_look_british_are_left_alone(word: str) -> None:
    import Stemmer

    assert stem(word) == Stemmer.Stemmer("english").stemWord(word)


def test_terms_leave_out_stop_words() -> None:
    assert terms("How long is the recruiter screen?") == ["long", "recruit", "screen"]
