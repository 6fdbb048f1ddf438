"""Which units make the answer: the best, then others that add something, while they are nearly as good and words last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answer.drafting import shown
from answer.evidence import Candidate
from index.words import terms


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a person reads: words in all, units, and how far below the best a unit's score may lie."""

    words: int
    units: int
    margin: float
    per_guide: int = 3


def pick(candidates: Sequence[Candidate], limits: Limits) -> list[Candidate]:
    """The best candidate and those that join it, in order of score."""
    chosen: list[Candidate] = []
    spent = 0
    for candidate in candidates:
        length = len(shown(candidate.unit).split())
        if chosen and (candidate.score < chosen[0].score - limits.margin or len(chosen) >= limits.units):
            break
        if chosen and (spent + length > limits.words or repeats(candidate, chosen)):
            continue
        if sum(other.guide.info.path == candidate.guide.info.path for other in chosen) >= limits.per_guide:
            continue
        chosen.append(candidate)
        spent += length
    return chosen


def repeats(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    """Whether a unit says what a chosen one says: the same unit, inside it, or mostly the same words."""
    own = set(terms(candidate.unit.text))
    for other in chosen:
        theirs = set(terms(other.unit.text))
        same_guide = other.guide.info.path == candidate.guide.info.path
        overlap = len(own & theirs) / (min(len(own), len(theirs)) or 1)
        if (same_guide and other.unit.start < candidate.unit.end and candidate.unit.start < other.unit.end) or (
            overlap > 0.8 and (same_guide or len(own & theirs) / (len(own | theirs) or 1) > 0.8)
        ):
            return True
    return False


def in_reading_order(chosen: Iterable[Candidate]) -> list[Candidate]:
    """Grouped by guide, guides by their best unit, units as they stand in the guide."""
    ordered = list(chosen)
    guides = list(dict.fromkeys(candidate.guide.info.path for candidate in ordered))
    return sorted(ordered, key=lambda candidate: (guides.index(candidate.guide.info.path), candidate.unit.start))
