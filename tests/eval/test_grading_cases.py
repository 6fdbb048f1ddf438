"""The labelled answers are complete, and agreement is counted as by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from eval.errors import BadCase
from eval.grading_cases import LabelledAnswer, load_answers, measure
from study.grading import Grade, PointGrade

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"strong", "terse", "partial", "wrong", "negated", "typos", "echo", "off-topic", "mixed"}


def test_there_are_enough_answers_of_every_kind_and_questions_are_in_one_part() -> None:
    answers = load_answers()
    assert len(answers) == len({each.id for each in answers}) >= 300
    assert {each.kind for each in answers} == KINDS
    parts = {
        each.question_id: {other.part for other in answers if other.question_id == each.question_id} for each in answers
    }
    assert all(len(part) == 1 for part in parts.values())
    counts = Counter(part for (part,) in parts.values())
    assert set(counts) == {"tune", "report", "fresh"} and min(counts.values()) >= 30


def test_every_key_point_of_the_bank_has_its_label() -> None:
    banks = (
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ROOT / "corpus" / "questions").glob("*.yaml")
    )
    points = {question["id"]: len(question.get("key_points", ())) for bank in banks for question in bank}
    off = {each.question_id for each in load_answers() if points.get(each.question_id) != len(each.verdicts)}
    assert not off, f"key points changed: label the answers to {sorted(off)} again in eval/gold/grading.jsonl"


def test_agreement_is_the_hand_counted_one() -> None:
    answer = LabelledAnswer("a", "q", "strong", "tune", "…", ("covered", "missed", "contradicted", "covered"))
    verdicts = ("covered", "covered", "contradicted", "missed")
    grade = Grade("q", "good", 0.5, tuple(PointGrade("p", verdict, 0.5, 0.0) for verdict in verdicts))
    found = measure([(answer, grade)])
    assert found.covered == 0.5  # one of two labels, one of two verdicts
    assert found.missed == 0.5
    assert found.contradicted == 1.0
    assert found.share("strong", "good") == 1.0 and found.share("wrong", "weak") == 0.0


def test_a_part_is_all_its_answers_and_none_is_an_error() -> None:
    assert len(load_answers(part="fresh")) == sum(each.part == "fresh" for each in load_answers())
    with pytest.raises(BadCase, match="its parts: fresh, report, tune"):
        load_answers(part="bogus")
