"""Assistants that say nothing, too little or rubbish: none of them gets more out of any metric than an honest one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from answer.answers import Answer, Question
from eval.cases import Case
from eval.comparing import THRESHOLDS, missed, read_thresholds
from eval.running import Engine, rows_of
from eval.scoring import METRICS, Row, summarise
from tests.eval.fakes import TEXTS, answer, case, citation, passage, refusal, span, unanswerable

pytestmark = pytest.mark.filterwarnings("ignore")  # what ragas warns about is its own

CASES: tuple[Case, ...] = (
    case(),
    case(id="pier", question="where does the tour start", evidence=(span("It starts at the pier."),), nuggets=()),
    unanswerable(question="how deep is the water"),
)
WHOLE = TEXTS["guides/boats.md"]


def honest(question: Question) -> Answer:
    if "deep" in question.text:
        return refusal()
    if "start" in question.text:
        quote = "It starts at the pier."
        return answer(f"{quote[:-1]} [1].", citations=(citation(1, quote),), passages=(passage(quote),))
    return answer()


LAZY: dict[str, Callable[[Question], Answer]] = {
    "says nothing": lambda question: replace(honest(question), answer="", abstained=False),
    "says nothing and cites nothing": lambda question: Answer(question.text, question.text, False, ""),
    "always refuses": lambda question: refusal(),
    "one word": lambda question: replace(honest(question), answer="Yes [1].", abstained=False),
    "markers only": lambda question: replace(honest(question), answer="[1] [1] [1]", abstained=False),
    "rubbish": lambda question: answer("Qwz vrk 77 plim [1]."),
    "the question back": lambda question: answer(f"{question.text} [1]."),
    "the whole guide, uncited": lambda question: answer(WHOLE, citations=()),
    "the whole guide under one marker": lambda question: answer(f"{' '.join(WHOLE.split())} [1]."),
    "markers that lead nowhere": lambda question: answer("The harbour tour takes 40 minutes [7]."),
    "a quote that does not stand there": lambda question: answer(
        citations=(replace(citation(1, "It starts at the pier."), quote="It ends at sea."),)
    ),
    "the same sentence fifty times": lambda question: answer("The harbour tour takes 40 minutes [1]. " * 50),
    "no evidence": lambda question: replace(honest(question), passages=()),
    "not an answer": lambda question: None,  # type: ignore[return-value,dict-item]
}


def rows(ask: Callable[[Question], Answer]) -> list[Row]:
    return list(rows_of(CASES, Engine("fake", ask, TEXTS, "corpus"), workers=1))


@pytest.mark.parametrize("manner", LAZY)
def test_no_metric_gives_a_lazy_assistant_more_than_an_honest_one(manner: str) -> None:
    """Per row, a metric that says nothing gives nothing; and a mean is shown beside the rows it speaks of."""
    for good, lazy in zip(rows(honest), rows(LAZY[manner]), strict=True):
        higher = {name for name in METRICS if (lazy.figures.get(name) or 0.0) > (good.figures.get(name) or 0.0)}
        if good.answer["abstained"]:  # an answer where a refusal is due may be faithful; it is wrong all the same
            assert not lazy.is_right or lazy.answer["abstained"]
            assert lazy.figures["crag"] is not None
            assert lazy.figures["crag"] <= good.figures["crag"]  # type: ignore[operator]
        else:
            assert higher == set(), manner


@pytest.mark.parametrize("manner", [manner for manner in LAZY if manner != "the same sentence fifty times"])
def test_a_lazy_assistant_does_not_pass_the_gate(manner: str) -> None:
    below = missed(summarise(rows(LAZY[manner])), read_thresholds(THRESHOLDS))
    assert below, manner


def test_the_honest_one_is_right_in_every_row() -> None:
    assert all(row.is_right for row in rows(honest))
    everything = summarise(rows(honest))[-1].figures
    assert everything["faithfulness"].mean == everything["quote_exactness"].mean == 1.0
    assert everything["faithfulness"].rows == 2 < everything["faithfulness"].of
