"""Is a claim supported? What must hold of the checker, in sentences, and how much of a made set it gets right."""

from __future__ import annotations

import time

import numpy as np
import pytest

from answer.claims import Figure, sentences_of, take_apart
from answer.support import judge

EVIDENCE = [
    "The pottery course runs for 30 to 45 minutes by the river. Beginners usually bring 2 towels.",
    "Glazing is not always required before the second firing, and Delft kilns may reach 1,200 degrees.",
    "Stoneware is stronger than earthenware. Tuition costs $200k a decade, 15% more than in Porto.",
]


def reasons(claim: str) -> str:
    return " / ".join(judge(claim, EVIDENCE).reasons)


@pytest.mark.parametrize(
    "claim",
    [
        "The pottery course runs for 30 to 45 minutes by the river.",
        "The pottery course runs for 30–45 min by the river [1].",
        "Beginners usually bring two towels.",
        "The pottery course runs for thirty to forty-five minutes by the river.",
        "The pottery course runs by the river.",
        "Tuition costs $200,000 a decade, 15 percent more than in Porto.",
        "Stoneware is stronger than earthenware",
        "- Beginners usually bring 2 towels [2].\n- Stoneware is stronger than earthenware [3].",
    ],
)
def test_what_the_evidence_says_in_other_spellings_is_supported(claim: str) -> None:
    assert judge(claim, EVIDENCE).supported, reasons(claim)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("The pottery course runs for 30 to 60 minutes by the river.", "60"),
        ("The pottery course runs for 30 to 45 hours by the river.", "hour"),
        ("Beginners usually bring 15 towels.", "15"),
        ("Glazing is always required before the second firing.", "negation"),
        ("Beginners do not usually bring 2 towels.", "denies"),
        ("Glazing is not always required after the second firing.", "before"),
        ("Stoneware is weaker than earthenware.", "stronger"),
        ("Earthenware is stronger than stoneware.", "exchanged"),
        ("Glazing is not always required before the second firing, and Delft kilns must reach 1,200 degrees.", "may"),
        ("Glazing is not always required before the second firing, and Sevres kilns may reach 1,200 degrees.", "delft"),
        ("Beginners never bring 2 towels.", "denies"),
        ("The pottery course runs for 15 to 45 minutes by the river.", "15"),
        ("Beginners usually bring 30 towels.", "30"),
        ("Tuition costs $200k a decade, 15% more than in Lisbon.", "porto"),
        ("Tuition costs $200k a decade, 15% less than in Porto.", "more"),
    ],
)
def test_one_changed_word_is_enough_to_lose_support_and_is_named(claim: str, reason: str) -> None:
    verdict = judge(claim, EVIDENCE)
    assert not verdict.supported
    assert reason in reasons(claim).lower()


def test_a_claim_from_nowhere_names_the_words_it_brings() -> None:
    verdict = judge("Sculptors in Lisbon prefer marble quarried by hand in winter.", EVIDENCE)
    assert not verdict.supported
    assert verdict.score < 0.2
    assert verdict.reasons


def test_all_sentences_of_a_claim_must_be_supported() -> None:
    assert not judge(
        "Beginners usually bring 2 towels. Beginners usually bring 9 aprons and a hammer.", EVIDENCE
    ).supported


def test_nothing_is_supported_by_nothing_and_nothing_supports_nothing() -> None:
    assert not judge("", EVIDENCE).supported
    assert not judge("[1] …", EVIDENCE).supported
    assert not judge("The course runs for 30 minutes.", []).supported
    assert not judge("The course runs for 30 minutes.", [""]).supported


def test_the_same_claim_gets_the_same_score() -> None:
    first = judge("Beginners often bring 2 towels to the course.", EVIDENCE)
    assert all(judge("Beginners often bring 2 towels to the course.", list(EVIDENCE)) == first for _ in range(5))


def test_figures_carry_their_units_and_a_range_shares_them() -> None:
    found = take_apart("30 to 45 minutes, $1.5 million, 12 %, L2 and forty weeks").figures
    assert [(figure.value, figure.unit) for figure in found[:4]] == [
        (30.0, "minute"),
        (45.0, "minute"),
        (1_500_000.0, "dollar"),
        (12.0, "percent"),
    ]
    assert Figure(5, "").matches(Figure(5, "week"))
    assert not Figure(5, "day").matches(Figure(5, "week"))


def test_list_marks_and_citation_markers_are_no_part_of_a_claim() -> None:
    assert sentences_of("1. First thing [1].\n- Second thing [2][3]\n* Third.") == [
        "First thing.",
        "Second thing",
        "Third.",
    ]


def test_a_lead_with_source_and_day_takes_no_support_away() -> None:
    shown = ["Kiln Press 2026-11-21 Courses: Duration", "| Course | Weeks |", "| Glazing | 6 |"]
    assert judge("Kiln Press (2026-11-21): Course: Glazing; Weeks: 6", shown).supported
    assert not judge("Kiln Press (2026-11-21): Course: Glazing; Weeks: 8", shown).supported


def test_rows_of_tables_are_read_as_values() -> None:
    rows = ["| Course | Fee (EUR) | Discount | Length |", "| Glazing | 40 | none | 3 weeks |"]
    assert judge("Glazing, Fee (EUR): 40", rows).supported
    assert judge("Glazing, Length: 3 weeks", rows).supported
    assert not judge("Glazing, Fee (EUR): 45", rows).supported


def test_a_day_before_a_figure_is_no_figure_of_the_same_sort() -> None:
    shown = ["Kiln Press 2026-11-21 Courses", "Two weeks suit beginners who can come every day."]
    assert judge("Kiln Press (2026-11-21): Two weeks suit beginners who can come every day", shown).supported


def test_the_sentence_that_agrees_clears_the_one_that_does_not() -> None:
    both = ["The tour takes 30 minutes in winter.", "The tour takes 40 minutes in summer."]
    assert judge("The tour takes 40 minutes in summer.", both).supported
    assert not judge("The tour takes 40 minutes in winter.", both).supported


class NearAndFar:
    """An embedder by hand: a text about boats points one way, every other text the other way."""

    def embed(self, texts: list[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if "boat" in text else [0.0, 1.0] for text in texts])


def test_an_embedder_moves_a_doubtful_claim_by_its_meaning() -> None:
    plain = judge("Newcomers bring towels along by the river.", EVIDENCE).score
    near = judge("Newcomers bring towels along by the river.", EVIDENCE, embedder=NearAndFar()).score
    far = judge("Newcomers bring towels along by the boat.", EVIDENCE, embedder=NearAndFar()).score
    assert far < plain < near


def test_a_claim_takes_less_than_two_milliseconds() -> None:
    claims = [f"The pottery course number {number} runs for {number} minutes by the river." for number in range(200)]
    started = time.perf_counter()
    for claim in claims:
        judge(claim, EVIDENCE)
    assert (time.perf_counter() - started) / len(claims) < 0.02  # ten times the target: the machine may be busy
