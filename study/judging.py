"""From matches to verdicts: fitted chances that a key point is covered or contradicted, and an answer's score and level.

Two logistic functions look at each point alone: whether the answer speaks of it (`spoken`) and, if it does, whether it
says the contrary (`turned`). Two more weigh what the rest of the answer does (`beside`, `together`), since who covers one
point, or turns one round, is likely to do so with the next. The last (`wrong`) judges the answer as a whole. All are
fitted on the tuning part of `eval/gold/grading.jsonl` by `eval.grading_fit`; `python -m eval grading` measures the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from study.matching import Match
from study.weights import SHIPPED, Weights

Verdict = Literal["covered", "partly", "missed", "contradicted"]
Level = Literal["weak", "fair", "good", "strong"]
LEVELS: tuple[Level, ...] = ("weak", "fair", "good", "strong")
FAIR, GOOD, STRONG = 0.45, 0.53, 0.6  # score from which an answer has this level
WRONG_ANSWER = 0.38  # chance of a wrong answer from which it is weak, whatever it mentions
WEAK_SCORE = 0.3  # the score of such an answer is at most this
COVERED_FROM, PARTLY_FROM, CONTRADICTED_FROM = 0.62, 0.5, 0.4
INNOCENCE = 1.0  # log-odds by which an answer that says little else is taken for honest
MOST_ODDS = 2.0  # of a point, as far as it counts for others
OTHER_FIGURES_FROM = 0.45  # wording from which a statement with other figures speaks against the point
CREDIT: Mapping[Verdict, float] = {"covered": 1.0, "partly": 0.5, "missed": 0.0, "contradicted": -0.25}
Pair = tuple[float, float]  # the chances that a point is covered and that it is contradicted

_NEAR = ("cosine", "residual", "supporting", "wording", "anywhere", "fresh", "echo", "rival", "foreign", "length")
_FIGURES = ("figures", "has_figures", "own_figures", "told_figures", "formulas")
_OTHERS = (
    "cosine",
    "residual",
    "supporting",
    "wording",
    "echo",
    "rival",
    "foreign",
    "mistake",
    "has_figures",
    "precision",
)
_BY_WORDING = ("denies", "turned", "flipped", "disorder")
_BY_PRECISION = ("turned", "sided", "absolute")


def spoken_measures(match: Match) -> dict[str, float]:
    """What tells whether the answer speaks of the point at all."""
    return {name: float(getattr(match, name)) for name in (*_NEAR, *_FIGURES)} | {
        "residual × wording": match.residual * match.wording,
        "residual × anywhere": match.residual * match.anywhere,
        "figures near": match.own_figures * match.has_figures,
        "short": min(match.length, 0.5),
    }


def turned_measures(match: Match) -> dict[str, float]:
    """What tells whether a statement that speaks of the point says the contrary."""
    bearing = {name: float(value) for name, value in asdict(match.bearing).items()}
    near = {name: float(getattr(match, name)) for name in _OTHERS}
    by_wording = {f"{name} × wording": bearing[name] * match.wording for name in _BY_WORDING}
    by_precision = {f"{name} × precision": bearing[name] * match.precision for name in _BY_PRECISION}
    return bearing | near | by_wording | by_precision | {
        "other_figures": match.other_figures,
        "other_formulas": match.other_formulas,
        "foreign_figures": match.foreign_figures,
        "foreign for own": match.foreign_figures * (1 - match.own_figures) * match.has_figures,
        "figures missing": (1 - match.figures) * match.has_figures,
        "figures near": match.own_figures * match.has_figures,
        "foreign × wording": match.foreign * match.wording,
    }  # fmt: skip


def chance(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum; "" is the constant."""
    return 1 / (1 + math.exp(-log_odds(weights, values)))


def log_odds(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The weighted sum, at most 30 either way."""
    total = weights[""] + sum(weight * values[name] for name, weight in weights.items() if name)
    return max(-30.0, min(30.0, total))


def beside_measures(spoken: Sequence[float]) -> list[dict[str, float]]:
    """For each point its own log-odds of being addressed and the mean of the others'."""
    others = max(1, len(spoken) - 1)
    return [{"own": own, "others": (sum(spoken) - own) / others} for own in spoken]


def together_measures(addressed: Sequence[float], turned: Sequence[float]) -> list[dict[str, float]]:
    """For each point its own log-odds of being turned round and the mean of the others', as far as they are addressed."""
    whole = sum(addressed)
    weighed = [said * _bounded(own) for said, own in zip(addressed, turned, strict=True)]
    return [
        {"own": own, "others": (sum(weighed) - mine - INNOCENCE * max(0.0, 1 - (whole - said))) / (whole - said + 0.5)}
        for said, own, mine in zip(addressed, turned, weighed, strict=True)
    ]


def _bounded(odds: float) -> float:
    """Log-odds as far as they count for others: one error, however plain, does not damn the rest."""
    return max(-MOST_ODDS, min(MOST_ODDS, odds))


def alone(matches: Sequence[Match], weights: Weights) -> tuple[list[float], list[float]]:
    """For each point by itself the log-odds that it is addressed, and that it is then turned round."""
    spoken = [log_odds(weights.spoken, spoken_measures(match)) for match in matches]
    return spoken, [log_odds(weights.turned, turned_measures(match)) + _slant(match, weights) for match in matches]


def _slant(match: Match, weights: Weights) -> float:
    """How far the statement lies from the point in the direction in which wrong statements lie; 0 where nothing is known."""
    return float(match.apart @ weights.slant) if len(match.apart) == len(weights.slant) else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What is thought of an answer: the chances of its points, what they say of the whole, and whether it is a wrong one."""

    points: tuple[Pair, ...]
    whole: dict[str, float]
    doubt: float


def judged(matches: Sequence[Match], weights: Weights = SHIPPED) -> Judged:
    """The chances of an answer's points; there is at least one."""
    spoken, turned = alone(matches, weights)
    addressed = [chance(weights.beside, measures) for measures in beside_measures(spoken)]
    points = tuple(
        _pair(match, said, chance(weights.together, measures))
        for match, said, measures in zip(matches, addressed, together_measures(addressed, turned), strict=True)
    )
    whole = wrong_measures(points, addressed, turned)
    return Judged(points, whole, chance(weights.wrong, whole))


def _pair(match: Match, addressed: float, turned: float) -> Pair:
    covered, contradicted = addressed * (1 - turned), addressed * turned
    if match.statement < 0:
        return 0.0, 0.0
    if match.other_figures and not match.figures and match.wording >= OTHER_FIGURES_FROM:
        return min(covered, PARTLY_FROM / 2), max(contradicted, 0.6)  # the point's words with other figures
    return covered, contradicted


def verdict_of(covered: float, contradicted: float) -> Verdict:
    """The verdict on one point."""
    if contradicted > CONTRADICTED_FROM and contradicted > covered:
        return "contradicted"
    if covered >= COVERED_FROM:
        return "covered"
    return "partly" if covered >= PARTLY_FROM else "missed"


def wrong_measures(points: Sequence[Pair], addressed: Sequence[float], turned: Sequence[float]) -> dict[str, float]:
    """What its points say of an answer as a whole; there is at least one."""
    said, against = [covered for covered, _ in points], sorted(contradicted for _, contradicted in points)
    weighed = sum(one * _bounded(other) for one, other in zip(addressed, turned, strict=True))
    return {
        "mean": sum(against) / len(against),
        "highest": against[-1],
        "highest two": sum(against[-2:]) / len(against[-2:]),
        "share": sum(against) / (sum(against) + sum(said) + 0.1),
        "covered": sum(said) / len(said),
        "turned": weighed / (sum(addressed) + 0.3),
    }


def score_of(verdicts: Sequence[Verdict], doubt: float) -> float:
    """Credit for each point, all counting the same, in [0, 1]; bounded for an answer that is wrong as a whole."""
    if not verdicts:
        return 0.0
    score = max(0.0, sum(CREDIT[verdict] for verdict in verdicts) / len(verdicts))
    return round(min(score, WEAK_SCORE) if doubt > WRONG_ANSWER else score, 3)


def level_of(score: float) -> Level:
    """The level of a score."""
    return LEVELS[(score >= FAIR) + (score >= GOOD) + (score >= STRONG)]
