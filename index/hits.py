"""What a search finds: passages and the units inside them, each with both of its component scores.

`dense` is a cosine in [-1, 1], `lexical` a raw BM25 score (0 when no term matches), `score` their weighted combination
(see `index.weights`), comparable within one search. Hits are in falling order of score; ties keep corpus order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from index.passages import Passage, Unit


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    passage: Passage
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit that was found, its guide's path and the id of the passage it belongs to."""

    guide: str
    passage: str
    unit: Unit
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Found:
    """The result of one search at both grains. `timings_ms` has a figure per stage."""

    hits: tuple[Hit, ...] = ()
    units: tuple[UnitHit, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
