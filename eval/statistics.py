"""Means with bootstrap intervals, and the risk–coverage curve. The same figures to the last bit on every run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

DRAWS = 1000
SEED = 20261121


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `rows` rows of `of`, with a 95 % bootstrap interval; `rows` < `of` where the metric says nothing."""

    mean: float | None
    low: float | None
    high: float | None
    rows: int
    of: int

    @property
    def coverage(self) -> float:
        """Share of the rows that the metric speaks of."""
        return self.rows / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering the `coverage` most confident share of the rows gets `risk` of those answers wrong."""

    threshold: float
    coverage: float
    risk: float


def estimate(values: Sequence[float | None], *, draws: int = DRAWS) -> Estimate:
    """The mean of the values that are not None, with its percentile bootstrap interval."""
    known = [value for value in values if value is not None]
    if not known:
        return Estimate(None, None, None, 0, len(values))
    mean = sum(known) / len(known)
    if len(set(known)) == 1:
        return Estimate(mean, mean, mean, len(known), len(values))
    chance = random.Random(SEED)
    means = sorted(sum(chance.choices(known, k=len(known))) / len(known) for _ in range(draws))
    return Estimate(mean, means[int(0.025 * draws)], means[int(0.975 * draws) - 1], len(known), len(values))


def risk_coverage(confidences: Sequence[float], wrong: Sequence[bool]) -> tuple[RiskPoint, ...]:
    """One point for each distinct confidence, most confident first; ties are answered together."""
    pairs = sorted(zip(confidences, wrong, strict=True), key=lambda pair: -pair[0])
    points: list[RiskPoint] = []
    errors = 0
    for answered, (confidence, is_wrong) in enumerate(pairs, start=1):
        errors += is_wrong
        last_of_tie = answered == len(pairs) or pairs[answered][0] != confidence
        if last_of_tie:
            points.append(RiskPoint(confidence, answered / len(pairs), errors / answered))
    return tuple(points)


def area_under(points: Sequence[RiskPoint]) -> float | None:
    """The mean risk over the curve's coverages (lower is better); None without points."""
    return sum(point.risk for point in points) / len(points) if points else None


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank); 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
