"""Claims in their own words: what turns the sense is seen, what only tells it otherwise is left alone."""

from __future__ import annotations

import pytest

from answer.claims import take_apart
from answer.retelling import against
from answer.support import judge

SENTENCES = {
    "rent": "Rents in the harbour quarter rose sharply after the new bridge opened.",
    "kiln": "The large kiln must not be opened before it has cooled down for ten hours.",
    "choir": "Most singers of the choir may bring a guest to the rehearsal on Sunday.",
    "boat": "The club failed to sell its oldest rowing boat last autumn.",
    "pass": "Hikers have to carry a rope on the northern pass.",
}


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("rent", "After the bridge opened, rents in the harbour quarter fell."),
        ("kiln", "The large kiln must be opened before it has cooled down."),
        ("choir", "Every singer of the choir may bring a guest to the Sunday rehearsal."),
        ("choir", "To the Sunday rehearsal most choir singers must bring a guest."),
        ("boat", "Last autumn the club sold its oldest rowing boat."),
        ("pass", "On the northern pass hikers may carry a rope."),
        ("pass", "Hikers have to carry a rope on the southern pass."),
    ],
)
def test_a_turned_sense_is_seen_whatever_the_order_of_the_words(sentence: str, claim: str) -> None:
    assert against(take_apart(claim), take_apart(SENTENCES[sentence]))
    assert not judge(claim, [SENTENCES[sentence]]).supported


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("rent", "Sharply rising rents followed the opening of the new bridge in the harbour quarter."),
        ("kiln", "For ten hours the large kiln must not be opened."),
        ("choir", "Most choir singers may bring a guest on Sunday."),
        ("boat", "The club did not sell its oldest rowing boat last autumn."),
        ("boat", "The oldest rowing boat was not sold."),
        ("pass", "Hikers must carry a rope on the northern pass."),
        ("pass", "Swimmers like warm lakes."),
    ],
)
def test_the_same_sense_in_other_words_is_left_alone(sentence: str, claim: str) -> None:
    assert against(take_apart(claim), take_apart(SENTENCES[sentence])) == []


def test_what_the_sentence_says_elsewhere_does_not_count() -> None:
    sentence = "Rents rose in the harbour quarter, while prices fell in the hills and nobody bought there."
    assert judge("Rents rose in the harbour quarter.", [sentence]).supported


def test_one_sentence_that_agrees_clears_a_claim_that_another_speaks_against() -> None:
    both = ["The museum raised its fees in spring.", "The museum lowered its fees again in autumn."]
    assert judge("The museum lowered its fees again in autumn.", both).supported


def test_of_many_sentences_one_that_looks_doubtful_by_chance_is_borne_and_a_wrong_one_is_not() -> None:
    evidence = [" ".join(SENTENCES.values())]
    right = "Rents rose sharply after the bridge opened. Most singers may bring a guest. Hikers have to carry a rope."
    assert judge(right, evidence).supported
    assert not judge(f"{right} The club sold its oldest rowing boat last autumn.", evidence).supported
    assert not judge(
        f"{right} Astronomers photographed eleven comets above Chile with borrowed lenses.", evidence
    ).supported
