"""The tracks of the corpus: reading orders over notes and questions, read from `corpus/tracks/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from study.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class Step:
    """A week of a track, or one step of a topic: ids of notes and questions in reading order."""

    title: str
    hours: float
    notes: tuple[str, ...]
    questions: tuple[str, ...]
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A track; `weeks` is None for one on a topic."""

    id: str
    title: str
    weeks: int | None
    topic: str | None
    summary: str
    steps: tuple[Step, ...]


def load_tracks(corpus: Path) -> list[Track]:
    """The tracks of a corpus in order of their files; none where the folder is missing. Raises UnreadableInput."""
    return [_read(file) for file in sorted((corpus / "tracks").glob("*.yaml"))]


def _read(file: Path) -> Track:
    import yaml

    try:
        row = yaml.safe_load(file.read_text(encoding="utf-8"))
        return Track(
            id=str(row["id"]),
            title=str(row["title"]),
            weeks=int(row["weeks"]) if row.get("weeks") else None,
            topic=str(row["topic"]) if row.get("topic") else None,
            summary=str(row.get("summary") or ""),
            steps=tuple(_step(step) for step in row["steps"]),
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableInput(f"{file} is not a track ({error}): see `corpus/README.md` for its form.") from error


def _step(row: dict[str, Any]) -> Step:
    lists = {name: tuple(map(str, row.get(name) or ())) for name in ("notes", "questions", "goals")}
    return Step(title=str(row["title"]), hours=float(row.get("hours") or 0), **lists)


@lru_cache(maxsize=2048)
def prerequisites_in(text: str) -> tuple[str, ...]:
    """The ids under `prerequisites` in a note's front matter; none where there is none to read."""
    import yaml

    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        return ()
    try:
        row = yaml.safe_load(parts[1])
    except yaml.YAMLError:
        return ()
    named = row.get("prerequisites") if isinstance(row, dict) else None
    return tuple(map(str, named)) if isinstance(named, list) else ()
