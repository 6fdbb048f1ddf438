"""The labelled answers are complete, and agreement is counted as by hand."""

from __future__ import annotations

from collections import Counter

from eval.grading_cases import LabelledAnswer, load_answers, measure
from study.grading import Grade, PointGrade

KINDS = {"strong", "terse", "partial", "wrong", "negated", "typos", "echo", "off-topic"}


def test_there_are_enough_answers_of_every_kind_and_questions_are_in_one_part() -> None:
    answers = load_answers()
    assert len(answers) >= 300 and len({each.question_id for each in answers}) == 75
    assert {each.kind for each in answers} == KINDS
    parts = {
        each.question_id: {other.part for other in answers if other.question_id == each.question_id} for each in answers
    }
    assert all(len(part) == 1 for part in parts.values())
    assert Counter(part for (part,) in parts.values()) == {"tune": 30, "report": 30, "fresh": 15}


def test_agreement_is_the_hand_counted_one() -> None:
    answer = LabelledAnswer("a", "q", "strong", "tune", "…", ("covered", "missed", "contradicted", "covered"))
    verdicts = ("covered", "covered", "contradicted", "missed")
    grade = Grade("q", "good", 0.5, tuple(PointGrade("p", verdict, 0.5, 0.0) for verdict in verdicts))
    found = measure([(answer, grade)])
    assert found.covered == 0.5  # one of two labels, one of two verdicts
    assert found.missed == 0.5
    assert found.contradicted == 1.0
    assert found.share("strong", "good") == 1.0 and found.share("wrong", "weak") == 0.0
