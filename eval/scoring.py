"""One case and its answer become a row of figures; rows become a table per kind of question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import eval.metrics as metrics
from answer.answers import Answer
from answer.support import judge as judge_support
from eval.cases import KINDS, Case
from eval.citing import cited_texts
from eval.places import Gold, gold_of
from eval.statistics import Estimate, estimate, quantile

METRICS = (
    "right",
    "crag",
    "evidence_recall",
    "recall_at_5",
    "ndcg",
    "mrr",
    "cited_evidence",
    "citation_recall",
    "citation_precision",
    "quote_exactness",
    "cited_share",
    "faithfulness",
    "nugget_recall",
    "refused_when_due",
    "answered_when_possible",
    "ragas_faithfulness",
    "ragas_context_recall",
    "ragas_context_precision",
)
_OF_ANSWERABLE = (
    "evidence_recall",
    "recall_at_5",
    "ndcg",
    "mrr",
    "cited_evidence",
    "nugget_recall",
    "answered_when_possible",
    "ragas_context_recall",
    "ragas_context_precision",
)
BLAMES = ("not in the corpus", "not retrieved", "gated", "not selected", "wrong", "not refused", "failed")


@dataclass(frozen=True, slots=True)
class Row:
    """A case, what was answered, and its figures; `blame` is empty for a right row."""

    case: str
    kind: str
    figures: Mapping[str, float | None]
    blame: str
    missing: tuple[str, ...]
    words: int
    confidence: float
    timings_ms: Mapping[str, float]
    answer: Mapping[str, Any]
    reference: tuple[str, ...] = ()  # the gold quotes
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """The line of a stored run."""
        return asdict(self)

    @property
    def is_right(self) -> bool:
        """Whether the row is right."""
        return self.figures.get("right") == 1.0


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one kind of question, or of all."""

    kind: str
    rows: int
    figures: Mapping[str, Estimate]
    blame: Mapping[str, int] = field(default_factory=dict)
    failures: int = 0
    median_words: float = 0.0


def supported(claim: str, texts: Sequence[str]) -> bool:
    """The deterministic verdict that citation metrics and faithfulness share."""
    return judge_support(claim, texts).supported


def score(case: Case, answer: Answer, texts: Mapping[str, str]) -> Row:
    """All figures of one row."""
    gold, cited = gold_of(case, texts), cited_texts(answer, texts)
    figures: dict[str, float | None] = {
        "right": metrics.is_right(case, answer),
        "crag": metrics.crag_score(case, answer),
        "evidence_recall": metrics.evidence_recall(gold, answer.passages),
        "recall_at_5": metrics.recall_at(gold, answer.passages, 5),
        "ndcg": metrics.ndcg(gold, answer.passages),
        "mrr": metrics.reciprocal_rank(gold, answer.passages),
        "cited_evidence": metrics.cited_evidence(gold, answer),
        "citation_recall": metrics.citation_recall(answer, cited, supported),
        "citation_precision": metrics.citation_precision(answer, cited, supported),
        "quote_exactness": metrics.quote_exactness(answer, texts),
        "cited_share": metrics.cited_share(answer),
        "faithfulness": metrics.faithfulness(answer, cited, supported),
        "nugget_recall": metrics.nugget_recall(case, answer),
        "refused_when_due": metrics.refusal_recall(case, answer),
        "answered_when_possible": metrics.answer_rate(case, answer),
    }
    return Row(
        case=case.id,
        kind=case.kind,
        figures=figures,
        blame="" if figures["right"] else blame_of(case, answer, gold),
        missing=metrics.missing_nuggets(case, answer) if case.answerable and not answer.abstained else (),
        words=0 if answer.abstained else metrics.words_of(answer),
        confidence=confidence_of(answer),
        timings_ms=answer.timings_ms,
        answer=shown(answer),
        reference=tuple(span.quote for span in case.evidence),
    )


def failed(case: Case, error: str) -> Row:
    """The row of a case whose answer could not be made: it counts as wrong, never as absent."""
    silent = ("refused_when_due",) if case.answerable else _OF_ANSWERABLE
    figures = {name: None if name in silent else 0.0 for name in METRICS} | {"crag": -1.0}
    empty = {"answer": "", "abstained": False, "citations": [], "sections": [], "standalone_question": case.question}
    return Row(case.id, case.kind, figures, "failed", (), 0, 0.0, {}, empty, error=error)


def blame_of(case: Case, answer: Answer, gold: Sequence[Gold]) -> str:
    """The stage at which a wrong row was lost."""
    if not case.answerable:
        return "not refused"
    if any(not span for span in gold):
        return "not in the corpus"
    if (metrics.evidence_recall(gold, answer.passages) or 0.0) < 1.0 and (
        metrics.cited_evidence(gold, answer) or 0
    ) < 1:
        return "not retrieved"
    if answer.abstained:
        return "gated"
    return "not selected" if (metrics.cited_evidence(gold, answer) or 0.0) < 1.0 else "wrong"


def confidence_of(answer: Answer) -> float:
    """How sure the gate was, 0 to 1; of an answer without an explanation only whether it was given."""
    gate = answer.explanation.get("gate", {})
    return float(gate.get("confidence", 0.0 if answer.abstained else 1.0))


def shown(answer: Answer) -> dict[str, Any]:
    """What a report shows of an answer."""
    return {
        "answer": answer.answer,
        "abstained": answer.abstained,
        "standalone_question": answer.standalone_question,
        "citations": [
            {"number": cited.number, "path": cited.path, "section": cited.section, "quote": cited.quote}
            for cited in answer.citations
        ],
        "sections": [f"{passage.guide} > {passage.section}" for passage in answer.passages[:5]],
    }


def summarise(rows: Sequence[Row]) -> tuple[Summary, ...]:
    """One summary for each kind, and one of all rows at the end."""
    kinds = [kind for kind in KINDS if any(row.kind == kind for row in rows)]
    return (*(_summary(kind, [row for row in rows if row.kind == kind]) for kind in kinds), _summary("all", rows))


def _summary(kind: str, rows: Sequence[Row]) -> Summary:
    return Summary(
        kind=kind,
        rows=len(rows),
        figures={name: estimate([row.figures.get(name) for row in rows]) for name in METRICS},
        blame=dict(Counter(row.blame for row in rows if row.blame)),
        failures=sum(bool(row.error) for row in rows),
        median_words=quantile([row.words for row in rows if row.words], 0.5),
    )
