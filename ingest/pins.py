"""What of the study record hangs on words that are about to change: citations of kept chats, and cards.

The record belongs to `study`, which offers its view `pins` for this and keeps its tables to itself. It is read only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote as quoted

from index.passages import Guide
from index.settings import Settings
from ingest.report import Pin

Row = tuple[str, str, str, int, int, str | None]


def invalidated(settings: Settings, before: dict[str, Guide], after: dict[str, Guide]) -> tuple[Pin, ...]:
    """The citations and cards whose words stand in the guides `before` and no longer in those `after`, each once."""
    touched = {path for path in before if before[path] != after.get(path)}
    lost: dict[Pin, None] = {}
    for kind, name, path, start, end, said in _pins(settings) if touched else ():
        if path not in touched:
            continue
        words = said if said is not None else before[path].text[start:end]
        stays = path in after and words in after[path].text
        if words in before[path].text and not stays:
            lost[Pin(kind, name, path, words)] = None  # type: ignore[arg-type]
    return tuple(lost)


def _pins(settings: Settings) -> Iterator[Row]:
    """The rows of the record's view; none where there is no record, or one older than the view or damaged."""
    if not settings.study_db.is_file():
        return
    address = f"file:{quoted(str(settings.study_db.resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as record:
            yield from record.execute('SELECT kind, name, guide, start, "end", quote FROM pins')
    except sqlite3.Error:
        return


def pin_lines(pins: tuple[Pin, ...]) -> list[str]:
    """What would be lost, as a person reads it: how many of each, then one line each."""
    if not pins:
        return []
    counts = {kind: sum(pin.kind == kind for pin in pins) for kind in ("citation", "card")}
    named = " and ".join(f"{count} {kind}{'s' * (count != 1)}" for kind, count in counts.items() if count)
    return [f"{named} would no longer find {'their' if len(pins) > 1 else 'its'} words:", *map(_line, pins)]


def _line(pin: Pin) -> str:
    return f"  {pin.kind}: {_short(pin.name, 60)} · {pin.guide}: “{_short(pin.quote, 70)}”"


def _short(words: str, most: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
