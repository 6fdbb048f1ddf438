"""What an ingest did, guide by guide."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from index.passages import Guide

Outcome = Literal["added", "changed", "unchanged", "removed", "rejected"]


@dataclass(frozen=True, slots=True)
class GuideReport:
    """What became of one file."""

    path: str
    outcome: Outcome
    format: str | None = None
    sections: int = 0
    passages: int = 0
    questions: int = 0
    warnings: tuple[str, ...] = ()
    reason: str | None = None  # why it was rejected
    moved_from: str | None = None  # the path under which a guide that was added stood before


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage that comes, goes or says something else; `before` is what a changed one said."""

    guide: str
    section: str
    outcome: Literal["added", "changed", "removed"]
    id: str
    text: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """What hangs on a span of a guide: a citation of a kept chat, named by its question, or a study card by its front."""

    kind: Literal["citation", "card"]
    name: str
    guide: str
    quote: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `generation` is the published number; None when nothing has ever been published."""

    guides: tuple[GuideReport, ...]
    generation: int | None = None
    published: bool = False
    dry_run: bool = False
    embedded: int = 0
    reused: int = 0
    changes: tuple[PassageChange, ...] = ()
    invalidated: tuple[Pin, ...] = ()
    seconds: dict[str, float] | None = None

    @property
    def rejected(self) -> tuple[GuideReport, ...]:
        """The files that could not be taken in."""
        return tuple(guide for guide in self.guides if guide.outcome == "rejected")

    @property
    def counts(self) -> dict[str, int]:
        """How many guides had each outcome."""
        return dict(Counter(guide.outcome for guide in self.guides))

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self) | {"counts": self.counts}


def report_of(guide: Guide, outcome: Outcome) -> GuideReport:
    """The report of a guide that was taken in."""
    return GuideReport(
        guide.info.path,
        outcome,
        guide.info.format,
        len(guide.sections) - 1,
        len(guide.passages),
        len(guide.questions),
        guide.warnings,
    )
