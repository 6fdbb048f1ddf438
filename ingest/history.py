"""What became of every guide, publication after publication: a line each, in the order in which they were published."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from index.passages import Guide
from index.settings import Settings
from ingest.report import GuideReport, Outcome, PassageChange

FILE = "history.jsonl"
MOST_LINES = 5_000  # when there are more, the older half is forgotten


@dataclass(frozen=True, slots=True)
class Entry:
    """What one publication did to one guide. `at` is ISO 8601, UTC; the counts are of passages."""

    at: str
    generation: int
    path: str
    outcome: Outcome
    revision: str | None = None
    moved_from: str | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0


def entries(
    at: datetime,
    generation: int,
    reports: Sequence[GuideReport],
    guides: dict[str, Guide],
    changes: Sequence[PassageChange],
) -> list[Entry]:
    """An entry for every guide that a publication touched."""
    counts = Counter((change.guide, change.outcome) for change in changes)
    stamp = at.astimezone(UTC).isoformat(timespec="seconds")
    return [
        Entry(
            stamp,
            generation,
            report.path,
            report.outcome,
            guides[report.path].info.revision if report.path in guides else None,
            report.moved_from,
            added=counts[report.path, "added"],
            changed=counts[report.path, "changed"],
            removed=counts[report.path, "removed"],
        )
        for report in reports
        if report.outcome != "unchanged"
    ]


def keep(settings: Settings, made: Iterable[Entry]) -> None:
    """Add entries at the end, written aside and renamed, so that a reader sees the old history or the new one."""
    lines = [*_lines(settings), *(json.dumps(asdict(entry), ensure_ascii=False) for entry in made)]
    kept = lines if len(lines) <= MOST_LINES else lines[-MOST_LINES // 2 :]
    new = settings.index_dir / f"{FILE}.new"
    new.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    new.replace(settings.index_dir / FILE)


def history_of(settings: Settings, path: str) -> list[Entry]:
    """A guide's entries, newest first; those from before it was moved to `path` included."""
    found: list[Entry] = []
    for line in reversed(_lines(settings)):
        entry = _entry(line)
        if entry is not None and entry.path == path and not (found and entry.generation == found[-1].generation):
            found.append(entry)
            path = entry.moved_from or path
    return found


def _lines(settings: Settings) -> list[str]:
    try:
        return (settings.index_dir / FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _entry(line: str) -> Entry | None:
    try:
        return Entry(**json.loads(line))
    except (ValueError, TypeError):
        return None
