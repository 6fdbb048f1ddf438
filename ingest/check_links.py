"""Links between notes, tracks, cheatsheets and questions: each resolves, and every note is reached by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from index.passages import Guide
from ingest.errors import IngestError
from ingest.finding import Finding, Library
from ingest.readers.markdown import FRONT
from ingest.yaml_text import load_yaml

TOPICS = (
    "Machine learning fundamentals",
    "Statistics and experimentation",
    "Deep learning",
    "Large language models",
    "ML system design",
    "MLOps and production",
    "Coding for ML",
    "Behavioural and career",
)
KINDS = ("weeks", "topic")
WHY = "A reader who follows it finds nothing."


def check_links(library: Library) -> Iterator[Finding]:
    """Topics, front matter, tracks and notes that nothing leads to."""
    notes = {PurePosixPath(path).stem: guide for path, guide in library.guides.items() if guide.info.kind == "note"}
    questions = {question.id for guide in library.guides.values() for question in guide.questions}
    reached: set[str] = set()
    for guide in library.guides.values():
        if guide.info.kind not in ("note", "cheatsheet"):
            continue
        yield from _topic(guide)
        front = front_matter(guide)
        names = {field: _names(front.get(field)) for field in ("related", "prerequisites", "notes")}
        own = PurePosixPath(guide.info.path).stem if guide.info.kind == "note" else ""
        reached.update(name for listed in names.values() for name in listed if name != own)
        for field, listed in names.items():
            yield from _missing(guide.info.path, f"{field}: ", listed, notes)
    for path, track in library.tracks.items():
        yield from _track(path, track, notes, questions)
        reached.update(name for step in _steps(track) for name in _names(step.get("notes")))
    yield from _orphans(library, notes, reached)


def front_matter(guide: Guide) -> dict[Any, Any]:
    """The front matter of a Markdown guide; nothing where there is none."""
    match = FRONT.match(guide.text) if guide.info.format == "markdown" else None
    try:
        loaded = load_yaml(match.group("yaml"), guide.info.path) if match else {}
    except IngestError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _names(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def _missing(where: str, place: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            what = f"{place}{name} is not there"
            yield Finding("error", "link", where, what, WHY, "Correct the id, or add what it names.")


def _topic(guide: Guide) -> Iterator[Finding]:
    if guide.info.topic not in TOPICS:
        what = f"topic {guide.info.topic!r} is not one of the fixed ones" if guide.info.topic else "there is no topic"
        cure = f"Choose one of: {', '.join(TOPICS)}."
        yield Finding("error", "topic", guide.info.path, what, "It is listed nowhere.", cure)


def _steps(track: Any) -> list[dict[Any, Any]]:
    steps = track.get("steps") if isinstance(track, dict) else None
    return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []


def _track(path: str, track: Any, notes: Iterable[str], questions: Iterable[str]) -> Iterator[Finding]:
    if not isinstance(track, dict) or not _steps(track):
        yield Finding("error", "track", path, "no track with steps", "There is nothing to follow.", "Add `steps:`.")
        return
    missing = [field for field in ("id", "title", "summary") if not track.get(field)]
    if track.get("kind") not in KINDS:
        missing.append("kind (weeks or topic)")
    if missing:
        what = f"the track has no {', '.join(missing)}"
        yield Finding("error", "track", path, what, "A reader cannot choose it.", "Add it.")
    for number, step in enumerate(_steps(track), 1):
        yield from _missing(path, f"step {number}, notes: ", _names(step.get("notes")), notes)
        yield from _missing(path, f"step {number}, questions: ", _names(step.get("questions")), questions)
        hours = step.get("hours")
        if not isinstance(hours, int | float) or hours <= 0:
            what = f"step {number} has no hours"
            yield Finding("error", "track", path, what, "A plan cannot be made of it.", "Add `hours: …`.")


def _orphans(library: Library, notes: dict[str, Guide], reached: set[str]) -> Iterator[Finding]:
    told = {
        point.source.partition("#")[0]
        for guide in library.guides.values()
        for question in guide.questions
        for point in question.key_points
    }
    for name, guide in notes.items():
        if name not in reached and guide.info.path not in told:
            what = "no note, track, cheatsheet or question leads to this note"
            cure = "Name it in `related` of a note that it belongs to, in a track, or in a key point."
            yield Finding("error", "orphan", guide.info.path, what, "Nobody finds it but by asking for it.", cure)
