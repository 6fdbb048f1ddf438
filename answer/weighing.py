"""The learnt numbers of the answer: how units are weighed, and where the gate stands."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter, mul


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a unit; see `answer.evidence.features_of`."""

    dense: float = 0.0
    lexical: float = 0.0
    covered: float = 0.0
    covered_around: float = 0.0
    passage: float = 0.0
    value: float = 0.0
    no_value: float = 0.0
    figures: float = 0.0
    no_figures: float = 0.0
    company: float = 0.0
    heading: float = 0.0
    row: float = 0.0
    short: float = 0.0
    titled: float = 0.0
    first: float = 0.0
    question: float = 0.0


_in_order: Callable[[Features], tuple[float, ...]] = attrgetter(*(field.name for field in fields(Features)))


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over features."""

    weights: Features
    bias: float = 0.0

    def score(self, features: Features) -> float:
        """bias + Σ weight · feature."""
        return self.bias + float(sum(map(mul, _in_order(self.weights), _in_order(features))))


UNIT_WEIGHTS = Linear(
    Features(
        dense=4.7,
        lexical=2.35,
        covered=0.66,
        covered_around=5.06,
        passage=4.2,
        value=1.24,
        no_value=-1.24,
        figures=1.68,
        no_figures=-1.84,
        company=1.03,
        heading=-0.41,
        row=0.48,
        short=-1.26,
        titled=1.4,
        first=0.48,
        question=-0.65,
    )
)


@dataclass(frozen=True, slots=True)
class GateFeatures:
    """What the calibrated gate sees; see `answer.gate.gate_features`."""

    dense: float = 0.0
    covered: float = 0.0
    value_rarest: float = 0.0
    alike: float = 0.0
    length: float = 0.0
    apart: float = 0.0
    subject: float = 0.0
    unexplained: float = 0.0


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic model and the probability from which on a question is answered."""

    weights: GateFeatures
    bias: float
    threshold: float

    def probability(self, features: GateFeatures) -> float:
        """The calibrated chance that the evidence holds the answer."""
        total = self.bias + sum(getattr(self.weights, f.name) * getattr(features, f.name) for f in fields(features))
        return 1.0 / (1.0 + math.exp(-total))


GATE = Gate(
    GateFeatures(
        dense=1.62,
        covered=1.54,
        value_rarest=-0.98,
        alike=1.15,
        length=6.4,
        apart=-1.31,
        subject=1.08,
        unexplained=-7.1,
    ),
    bias=-6.56,
    threshold=0.27,
)
