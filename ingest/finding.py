"""What a check finds, and what it looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from index.passages import Guide

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Where (a file, and a section, entry or line of it), what, why it matters and what to do about it."""

    level: Level
    kind: str  # the check that found it: "stub", "stale", "key point", …
    where: str
    what: str
    why: str
    cure: str


@dataclass(frozen=True, slots=True)
class Library:
    """What is checked: guides by path, tracks by path, and whether it is a whole corpus, so that links must resolve."""

    guides: dict[str, Guide]
    tracks: dict[str, Any] = field(default_factory=dict)
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """How many files were checked and what was found, errors first."""

    files: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors
