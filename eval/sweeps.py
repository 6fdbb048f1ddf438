"""Settings of the search against the evidence it finds: every combination of the named values, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product

import eval.metrics as metrics
from answer.answers import EvidencePassage
from eval.cases import Case
from eval.errors import EvalError
from eval.places import Gold, gold_of
from index.hits import Found
from index.settings import Settings
from index.store import Index
from index.weights import DEFAULT_WEIGHTS, Weights


@dataclass(frozen=True, slots=True)
class Swept:
    """One combination: evidence recall in 1,000 words on both splits, and the mean reciprocal rank."""

    settings: tuple[tuple[str, float], ...]
    recall_tune: float | None
    recall_report: float | None
    mrr: float | None


def parse_grid(given: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """ "unit_dense=0.5,1" → {"unit_dense": (0.5, 1.0)}. Raises EvalError for other names and values."""
    known = [field.name for field in fields(Weights)]
    grid: dict[str, tuple[float, ...]] = {}
    for part in given:
        name, _, values = part.partition("=")
        try:
            grid[name] = tuple(float(value) for value in values.split(","))
        except ValueError as error:
            raise EvalError(f"--set {part}: wanted NAME=NUMBER,NUMBER,… with a name of {', '.join(known)}.") from error
        if name not in known:
            raise EvalError(f"--set {part}: {name!r} is none of {', '.join(known)}.")
    return grid


def sweep_weights(cases: Sequence[Case], settings: Settings, grid: Mapping[str, tuple[float, ...]]) -> list[Swept]:
    """Search with every combination of weights; questions without history, because none is rewritten here."""
    index = Index.open(settings)
    texts = {info.path: index.guide(info.path).text for info in index.guides()}
    asked = [(case, gold_of(case, texts)) for case in cases if case.answerable and not case.history]
    found = []
    for values in product(*grid.values()):
        chosen = dict(zip(grid, values, strict=True))
        found.append(_swept(index, asked, replace(DEFAULT_WEIGHTS, **chosen), tuple(chosen.items())))
    return found


def _swept(
    index: Index,
    asked: Sequence[tuple[Case, tuple[Gold, ...]]],
    weights: Weights,
    chosen: tuple[tuple[str, float], ...],
) -> Swept:
    recalls: dict[str, list[float]] = {"tune": [], "report": []}
    ranks: list[float] = []
    for case, gold in asked:
        hits = passages_of(index.search(case.question, filters=dict(case.filters) or None, weights=weights))
        recalls[case.split].append(metrics.evidence_recall(gold, hits) or 0.0)
        ranks.append(metrics.reciprocal_rank(gold, hits) or 0.0)
    return Swept(chosen, _mean(recalls["tune"]), _mean(recalls["report"]), _mean(ranks))


def passages_of(found: Found) -> tuple[EvidencePassage, ...]:
    """Hits as the metrics read evidence."""
    return tuple(
        EvidencePassage(
            hit.passage.guide,
            " > ".join(hit.passage.section_path),
            hit.passage.start,
            hit.passage.end,
            hit.passage.text,
            hit.score,
        )
        for hit in found.hits
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
