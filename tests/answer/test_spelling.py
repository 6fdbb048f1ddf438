"""A question is brought to the words the guides use, and words of the language are left alone."""

from __future__ import annotations

import pytest

from answer.spelling import correct_spelling, expand_abbreviations, with_both_forms

VOCABULARY = {"assessment": 9, "microsoft": 40, "online": 9, "screen": 12, "recruiter": 11, "regularisation": 4}
LANGUAGE = {"signing", "bread", "long", "bonus"}


def test_a_misspelt_word_becomes_the_word_the_guides_use() -> None:
    text, changes = correct_spelling("online assesment at micorsoft", VOCABULARY, LANGUAGE.__contains__)
    assert text == "online assessment at microsoft"
    assert changes == (("assesment", "assessment"), ("micorsoft", "microsoft"))


def test_a_word_of_the_language_is_never_corrected_into_one_of_the_guides() -> None:
    assert correct_spelling("signing bonus", {"singing": 3, "bonus": 2}, LANGUAGE.__contains__)[0] == "signing bonus"


def test_chat_abbreviations_are_written_out() -> None:
    assert expand_abbreviations("oa at msft for mle", VOCABULARY) == (
        "online assessment at Microsoft for machine learning engineer"
    )


@pytest.mark.parametrize(
    ("question", "vocabulary", "searched"),
    [
        ("what is DI", "dependency injection", "what is dependency injection"),
        ("what is DI", "di dependency injection", "what is DI"),
        ("what is DI", "hive", "what is DI"),
        ("explain breadth-first search", "bfs search", "explain breadth-first search (bfs)"),
        ("what does ?? do", "hive", "what does ?? (nullish coalescing) do"),
        ("so... what is a hive", "hive", "so... what is a hive"),
        ("explain Queen Cup", "queencup queen", "explain Queen Cup"),  # once may be a slip
        ("map vs mle", "map mle", "map versus mle"),
        ("mle rounds", "mle", "machine learning engineer rounds"),
    ],
)
def test_initials_and_signs_are_said_in_the_words_the_guides_use(question: str, vocabulary: str, searched: str) -> None:
    known = dict.fromkeys(vocabulary.split(), 1)
    assert with_both_forms(expand_abbreviations(question, known), known) == searched


def test_words_are_put_together_as_the_guides_write_them() -> None:
    known = {"queencup": 4, "queen": 9, "cup": 1, "overcrowding": 3, "crowding": 1, "areas": 5}
    assert with_both_forms("what is a Queen Cup", known) == "what is a QueenCup"
    assert with_both_forms("over crowding", known) == "overcrowding"
    assert with_both_forms("what are as many", known) == "what are as many"


def test_one_who_does_is_told_by_what_they_do() -> None:
    known = {"raising": 2, "bar": 2}
    assert correct_spelling("is there a bar raiser", known, {"raise"}.__contains__)[0] == "is there a bar raising"
    assert correct_spelling("is there a juggler", known, {"juggle"}.__contains__)[0] == "is there a juggler"


def test_words_of_questions_and_their_apostrophes_are_left_alone() -> None:
    assert correct_spelling("can you summarise it", {"summaries": 3}, set().__contains__)[0] == "can you summarise it"
    assert correct_spelling("two sixes", {"sites": 3}, set().__contains__)[0] == "two sixes"
    assert expand_abbreviations("do's and don'ts", {}) == "do's and don'ts"
    assert expand_abbreviations("how many weeks to prep", {}) == "how many weeks to prepare"
    assert expand_abbreviations("prep time", {}) == "preparation time"


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("waht is a hive", "what is a hive"),
        ("hwo do I wrte it", "how do I write it"),
        ("what is hmm", "what is hmm"),
        ("what is WHT", "what is WHT"),
    ],
)
def test_a_slip_in_a_word_of_questions_is_seen(question: str, corrected: str) -> None:
    assert correct_spelling(question, {"hive": 2}, {"hive", "is", "a", "do", "it"}.__contains__)[0] == corrected
