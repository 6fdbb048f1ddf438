"""The name an item opens with: "Recruiter screen (15 min) – Focuses on …", "Data: what is there?", "Name. Text"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.outline import Entry, Part, Span

SEPARATED = re.compile(r"(?P<label>[^\n]{2,90}?)(?P<sign>\s+[–—]\s+|\s+-\s+|:(?:\*\*|__)?\s+|(?:\*\*|__):?\s+)(?=\S)")
STOPPED = re.compile(r"(?P<label>[^\n.!?]{3,80}?(?:\([^()\n]*\))?)\.\s+(?=[A-Z])")
NOTE = re.compile(
    r"\s*(?:\*\*|__)?(?P<name>how to (?:approach|answer|tackle) (?:it|this)|approach|hint|tip|"
    r"structure(?: as| with)?|what (?:they|interviewers) (?:look|want)"
    r"[^:]{0,20}|strong answer|sample answer|good answer)s?\s*:(?:\*\*|__)?\s*",
    re.I,
)
MOST_WORDS = 9


def label_entries(part: Part, text: str) -> Part:
    """The same list with the label and the note of each item found."""
    if part.kind != "list":
        return part
    stopped = [_stopped(entry, text) for entry in part.entries]
    habit = len(part.entries) >= 3 and sum(span is not None for span in stopped) > 0.6 * len(part.entries)
    entries = []
    for entry, other in zip(part.entries, stopped, strict=True):
        label = entry.label or _separated(entry, text) or (other if habit else None)
        entries.append(replace(entry, label=label, note=note_of(text, entry.start, entry.end)))
    return replace(part, entries=tuple(entries))


def note_of(text: str, start: int, end: int) -> Span | None:
    """The advice behind a question ("How to approach it: …"), up to the end of the span."""
    found = next((match for match in NOTE.finditer(text, start, end) if match.start() > start), None)
    if found is None or text[found.start() - 1] not in '.?!"”)\n*':
        return None
    return found.start("name"), end


def _separated(entry: Entry, text: str) -> Span | None:
    found = SEPARATED.match(text, entry.start, entry.end)
    if found is None or len(found.group("label").split()) > MOST_WORDS or "://" in found.group("label"):
        return None
    return found.span("label")


def _stopped(entry: Entry, text: str) -> Span | None:
    found = STOPPED.match(text, entry.start, entry.end)
    if found is None or len(re.sub(r"\([^)]*\)", "", found.group("label")).split()) > MOST_WORDS:
        return None
    return found.span("label")
