"""Learning the numbers of the answer from labelled cases: how units are weighed, and where the gate stands.

Units: a softmax over the candidates of each question, pulled towards those that overlap a gold span (the listwise loss
of ListNet, Cao et al. 2007), by gradient descent. Gate: logistic regression on the questions that no hard check refuses,
both classes weighing the same, by Newton's method; the risk–coverage curve is kept beside it. Only `tune` cases are
learnt from; `report` cases are only looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from answer.answers import Question, Turn
from answer.assistant import Assistant, Examined
from answer.gate import gate_features, missing_outright
from answer.weighing import GATE, UNIT_WEIGHTS, Features, GateFeatures
from eval.cases import Case
from eval.places import Gold, gold_of

Matrix = NDArray[np.float64]
STEPS, RATE, PULL = 1500, 0.05, 0.02  # PULL: how strongly weights are drawn to those in use
SPLITS = ("tune", "report")
PENALTY = 2.0  # of the gate's weights, squared


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the gate's curve, on one split."""

    threshold: float
    split: str
    answered: float | None  # of the answerable
    refused: float | None  # of the unanswerable


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the gate in use is of one case; 0 where a hard check refuses."""

    case: str
    split: str
    answerable: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights by name, the gate's bias and its curve; and the gate in use: every case, its curve, the chosen point."""

    units: dict[str, float]
    gate: dict[str, float]
    bias: float
    curve: tuple[Point, ...]
    sure: tuple[Sure, ...] = ()
    in_use: tuple[Point, ...] = ()
    chosen: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class _Labelled:
    case: Case
    examined: Examined
    gold: tuple[Gold, ...]


def learn(cases: Sequence[Case], assistant: Assistant) -> Learnt:
    """Learn from the `tune` cases over the assistant's index; cases about other guides teach nothing."""
    index = assistant.index
    texts = {info.path: index.guide(info.path).text for info in index.guides()}
    labelled = []
    for case in cases:
        turns = tuple(Turn(turn.user, turn.assistant) for turn in case.history)
        examined = assistant.examine(Question(case.question, turns, dict(case.filters)))
        if examined is not None and examined.evidence.candidates:
            labelled.append(_Labelled(case, examined, gold_of(case, texts)))
    gated = [each for each in labelled if each.examined.reading.kind != "bank"]
    weights, bias = _learn_gate([each for each in gated if each.case.split == "tune" and not _missing(each)])
    return Learnt(_learn_units(labelled), weights, bias, _curve(_sure_of(gated, weights, bias)), *_in_use(gated))


def _in_use(gated: Sequence[_Labelled]) -> tuple[tuple[Sure, ...], tuple[Point, ...], tuple[Point, ...]]:
    sure = _sure_of(gated, asdict(GATE.weights), GATE.bias)
    return sure, _curve(sure), tuple(_point(sure, split, GATE.threshold) for split in SPLITS)


def _row(features: Features | GateFeatures) -> list[float]:
    return [float(getattr(features, field.name)) for field in fields(features)]


def _learn_units(labelled: Sequence[_Labelled]) -> dict[str, float]:
    lists = []
    for each in labelled:
        candidates = each.examined.evidence.candidates
        right = np.array([_overlaps(c.guide.info.path, c.unit.start, c.unit.end, each.gold) for c in candidates])
        if each.case.split == "tune" and right.any():
            lists.append((np.array([_row(candidate.features) for candidate in candidates]), right))
    start = np.array(_row(UNIT_WEIGHTS.weights))
    weights, momentum, spread = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1 if lists else 1):
        slope = PULL * (weights - start) + sum(_slope(matrix, right, weights) for matrix, right in lists) / len(lists)
        momentum, spread = 0.9 * momentum + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        weights -= RATE * (momentum / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return {field.name: round(float(w), 2) for field, w in zip(fields(Features), weights, strict=True)}


def _slope(matrix: Matrix, right: NDArray[np.bool_], weights: Matrix) -> Matrix:
    scores = matrix @ weights
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    wanted = chance * right
    return np.asarray(matrix.T @ (chance - wanted / wanted.sum()))


def _overlaps(guide: str, start: int, end: int, gold: Sequence[Gold]) -> bool:
    return any(p.guide == guide and p.start < end and start < p.end for places in gold for p in places)


def _missing(each: _Labelled) -> bool:
    examined = each.examined
    return bool(missing_outright(examined.reading, examined.evidence, examined.lexicon))


def _gate_row(each: _Labelled) -> list[float]:
    return _row(gate_features(each.examined.reading, each.examined.evidence, each.examined.lexicon))


def _learn_gate(labelled: Sequence[_Labelled]) -> tuple[dict[str, float], float]:
    names = [field.name for field in fields(GateFeatures)]
    right = np.array([each.case.answerable for each in labelled])
    if not right.any() or right.all():
        return asdict(GATE.weights), GATE.bias
    matrix = np.column_stack([np.array([_gate_row(each) for each in labelled]), np.ones(len(labelled))])
    balance = np.where(right, 0.5 / right.mean(), 0.5 / (~right).mean())
    pull = np.diag([PENALTY] * len(names) + [0.0])
    weights = np.zeros(len(names) + 1)
    for _ in range(25):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (balance * (chance - right)) + pull @ weights
        bend = (matrix * (balance * chance * (1 - chance))[:, None]).T @ matrix + pull
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=False)}, round(float(weights[-1]), 2)


def _sure_of(labelled: Sequence[_Labelled], weights: dict[str, float], bias: float) -> tuple[Sure, ...]:
    chosen = np.array(list(weights.values()))
    return tuple(
        Sure(
            each.case.id,
            each.case.split,
            each.case.answerable,
            0.0 if _missing(each) else round(float(1 / (1 + np.exp(-(np.array(_gate_row(each)) @ chosen + bias)))), 6),
        )
        for each in labelled
    )


def _curve(sure: Sequence[Sure]) -> tuple[Point, ...]:
    thresholds = [round(float(threshold), 2) for threshold in np.arange(0.05, 1.0, 0.05)]
    return tuple(_point(sure, split, threshold) for split in SPLITS for threshold in thresholds)


def _point(sure: Sequence[Sure], split: str, threshold: float) -> Point:
    answered = [each.confidence >= threshold for each in sure if each.split == split and each.answerable]
    refused = [each.confidence < threshold for each in sure if each.split == split and not each.answerable]
    return Point(threshold, split, _share(answered), _share(refused))


def _share(which: Sequence[bool]) -> float | None:
    return round(sum(map(bool, which)) / len(which), 4) if which else None
