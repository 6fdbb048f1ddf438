"""Damage is seen: by the metric that is meant to see it, in at least 95 of 100 cases of the shipped gold."""

from __future__ import annotations

import pytest

from eval.cases import GOLD, read_cases, texts_of
from eval.edits import DAMAGING, change_figure, edits_of, flip_negation, swap_name
from eval.mutations import Detected, detection, gold_answer
from eval.scoring import score
from index.settings import CHECKOUT
from tests.eval.fakes import TEXTS, case, span, unanswerable


@pytest.fixture(scope="module")
def found() -> tuple[Detected, ...]:
    return detection(read_cases([GOLD]), texts_of(CHECKOUT / "corpus"))


def test_every_damage_was_tried_and_seen(found: tuple[Detected, ...]) -> None:
    damages = [row for row in found if not row.damage.startswith("minimal edit")]
    assert len(damages) >= 15
    assert not [row for row in damages if row.tried < 20 or (row.rate or 0) < 0.95]


def test_minimal_edits_are_told_from_harmless_ones(found: tuple[Detected, ...]) -> None:
    rates = {row.damage.removeprefix("minimal edit: "): row.rate or 0.0 for row in found if row.metric == "support"}
    assert set(rates) == {*DAMAGING, "harmless"}
    assert min(rates.values()) >= 0.85
    caught = sum(rates[kind] for kind in DAMAGING) / len(DAMAGING)
    assert (caught + rates["harmless"]) / 2 >= 0.9


def test_the_gold_answer_of_a_case_is_right_by_every_metric() -> None:
    made = gold_answer(case(evidence=(span("The harbour tour takes 40 minutes."), span("| Raft | 30 euros |"))), TEXTS)
    assert made is not None
    figures = score(case(), made, TEXTS).figures
    assert {
        figures[name] for name in ("right", "evidence_recall", "quote_exactness", "cited_share", "faithfulness")
    } == {1.0}
    assert gold_answer(unanswerable(), TEXTS) is None
    assert gold_answer(case(evidence=(span("gone"),)), TEXTS) is None


def test_edits_change_one_thing_and_always_the_same() -> None:
    sentence = "The ferry usually takes more than 20 minutes and Microsoft pays some of it."
    made = {edit.kind: edit.text for edit in edits_of(sentence)}
    assert set(made) >= {"figure", "name", "direction", "modality", "quantifier", "harmless"}
    assert made == {edit.kind: edit.text for edit in edits_of(sentence)}
    assert made["name"] == sentence.replace("Microsoft", "Google")
    assert [edit.holds for edit in edits_of(sentence)].count(True) == 1


def test_each_edit_by_hand() -> None:
    assert flip_negation("The pier is open.") == "The pier is not open."
    assert flip_negation("The pier is not open.") == "The pier is open."
    assert flip_negation("Boats sail.") is None
    assert change_figure("No figure here.") is None
    assert change_figure("It takes 40 minutes.") not in (None, "It takes 40 minutes.")
    assert swap_name("The pier.") is None
