"""From a match to a verdict: fitted chances that a key point is covered or contradicted, and an answer's score and level.

The logistic functions were fitted on the tuning half of `eval/gold/grading.jsonl` (480 labelled answers to 60 bank
questions, questions split in halves); `python -m eval grading` measures the other half.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Literal

from study.matching import Match
from study.weights import CONTRADICTED, COVERED, WRONG

Verdict = Literal["covered", "partly", "missed", "contradicted"]
Level = Literal["weak", "fair", "good", "strong"]
LEVELS: tuple[Level, ...] = ("weak", "fair", "good", "strong")
FAIR, GOOD, STRONG = 0.45, 0.55, 0.66  # score from which an answer has this level
WRONG_ANSWER = 0.45  # chance of a wrong answer from which it is weak, whatever it mentions
WEAK_SCORE = 0.3  # the score of such an answer is at most this
COVERED_FROM, PARTLY_FROM = 0.52, 0.42
OTHER_FIGURES_FROM = 0.45  # wording from which a statement with other figures speaks against the point
CREDIT: Mapping[Verdict, float] = {"covered": 1.0, "partly": 0.5, "missed": 0.0, "contradicted": -0.25}


def features(match: Match) -> dict[str, float]:
    """The measures of a match and their products that the fitted functions weigh."""
    plain = {name: float(value) for name, value in asdict(match).items() if name != "statement"}
    return plain | {
        "residual × wording": match.residual * match.wording,
        "residual × anywhere": match.residual * match.anywhere,
        "denies × wording": match.denies * match.wording,
        "turned × wording": match.turned * match.wording,
        "flipped × wording": match.flipped * match.wording,
        "disorder × wording": match.disorder * match.wording,
        "foreign × wording": match.foreign * match.wording,
        "figures missing": (1 - match.figures) * match.has_figures,
        "figures near": match.own_figures * match.has_figures,
        "formulas missing": 1 - match.formulas,
        "short": min(match.length, 0.5),
    }


def chance(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum; "" is the constant."""
    total = weights[""] + sum(weight * values[name] for name, weight in weights.items() if name)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def chances(match: Match) -> tuple[float, float]:
    """The chances that the point is covered and that it is contradicted."""
    if match.statement < 0:
        return 0.0, 0.0
    values = features(match)
    covered, contradicted = chance(COVERED, values), chance(CONTRADICTED, values)
    if match.other_figures and not match.figures and match.wording >= OTHER_FIGURES_FROM:
        return min(covered, PARTLY_FROM / 2), max(contradicted, 0.6)  # the point's words with other figures
    return covered, contradicted


def verdict_of(covered: float, contradicted: float) -> Verdict:
    """The verdict on one point."""
    if contradicted > 0.5 and contradicted > covered:
        return "contradicted"
    if covered >= COVERED_FROM:
        return "covered"
    return "partly" if covered >= PARTLY_FROM else "missed"


def doubt_measures(points: Sequence[tuple[float, float]]) -> dict[str, float]:
    """What an answer's points, as chances (covered, contradicted), say of it as a whole; there is at least one."""
    said, against = [covered for covered, _ in points], sorted(contradicted for _, contradicted in points)
    return {
        "mean": sum(against) / len(against),
        "highest": against[-1],
        "highest two": sum(against[-2:]) / len(against[-2:]),
        "share": sum(against) / (sum(against) + sum(said) + 0.3),
        "covered": sum(said) / len(said),
        "uncovered": sum(b * (1 - a) for a, b in points) / len(points),
    }


def doubt_of(points: Sequence[tuple[float, float]]) -> float:
    """The chance that an answer is a wrong one, from the chances (covered, contradicted) of its points."""
    return chance(WRONG, doubt_measures(points)) if points else 0.0


def score_of(verdicts: Sequence[Verdict], doubt: float) -> float:
    """Credit for each point, all counting the same, in [0, 1]; bounded for an answer that is wrong as a whole."""
    if not verdicts:
        return 0.0
    score = max(0.0, sum(CREDIT[verdict] for verdict in verdicts) / len(verdicts))
    return round(min(score, WEAK_SCORE) if doubt > WRONG_ANSWER else score, 3)


def level_of(score: float) -> Level:
    """The level of a score."""
    return LEVELS[(score >= FAIR) + (score >= GOOD) + (score >= STRONG)]
