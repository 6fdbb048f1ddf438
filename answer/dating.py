"""Questions about a guide itself: when it was published or last updated, told from the line of the guide that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.drafting import Draft, Line, Span
from answer.evidence import Candidate, stems
from answer.reading import Reading
from index.passages import Guide

_ASKS = re.compile(r"\b(?:last )?(updated|published|written|released)\b|\bhow (?:old|recent|up to date)\b", re.I)
_STATED = re.compile(r"(?:last )?(?P<verb>updated|published)\s*(?:on|:)?\s*(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|"
                     r"[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?\d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})", re.I)  # fmt: skip
MOST = 4


def dated(reading: Reading, candidates: Sequence[Candidate]) -> Draft | None:
    """The lines that say when the guides meant were updated or published; None where that is not asked or not said."""
    asked = _ASKS.search(reading.text)
    if asked is None or reading.value != "date":
        return None
    guides = {candidate.guide.info.path: candidate.guide for candidate in candidates}
    named = {path: len(set(reading.terms) & _names(guide)) for path, guide in guides.items()}
    best = max(named.values(), default=0)
    verb = "published" if asked.group(1) and asked.group(1).lower() != "updated" else "updated"
    lines = [line for path, guide in guides.items() if best and named[path] == best for line in _line(guide, verb)]
    return Draft(tuple(lines[:MOST])) if lines else None


def _names(guide: Guide) -> frozenset[str]:
    info = guide.info
    return stems(" ".join(part for part in (info.publisher, info.company, info.title) if part))


def _line(guide: Guide, verb: str) -> list[Line]:
    found = [match for match in _STATED.finditer(guide.text) if match.group("verb").lower() == verb]
    if not found:
        return []
    start, end = found[0].span()
    said = " ".join(guide.raw(start, end).split())
    who = guide.info.publisher or guide.info.title
    return [Line(f"{who}, {guide.info.title}: {said}.", (Span(guide, 0, start, end),))]
