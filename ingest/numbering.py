"""Numbered headings: "1 Scope", "2.1 Rounds". A number alone proves nothing; numbers that count up one by one do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.outline import Part, Span
from ingest.wording import ENDS, is_question

NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+(?:(?<=\d\.\d\s)|(?<=\d\.\d\s\s)|(?=[^\W\d_]|[\"“(]))"
)
MOST_WORDS = 14
FEWEST = 3  # headings in a row of numbers, or two where one of them has a part number
Number = tuple[int, ...]


def number_headings(parts: Sequence[Part], text: str, *, marked: bool) -> list[Part]:
    """The same parts; headings whose numbers count up carry them apart from their words.

    Without marks, lines that stand alone, counted so, are headings too.
    """
    found = {at: number for at in range(len(parts)) if (number := _number(parts[at], text, marked=marked))}
    counted = _counted(found)
    return [_numbered(part, text, found[at]) if at in counted else part for at, part in enumerate(parts)]


def _span(part: Part) -> Span:
    return (part.start, part.body[1]) if part.kind != "list" else (part.start, part.end)


def _number(part: Part, text: str, *, marked: bool) -> Number:
    """The number that a heading, or without marks a line alone, begins with; () without one."""
    if part.noise or part.role or (part.kind != "heading" and (marked or not _alone(part))):
        return ()
    words = text[slice(*(part.body if part.kind == "heading" else _span(part)))].strip()
    match = NUMBERED.match(words)
    rest = words[match.end() :] if match else ""
    says = len(rest.split()) > MOST_WORDS or (ENDS.search(rest) and not is_question(rest))
    if match is None or "\n" in rest or (says and part.kind != "heading"):
        return ()
    return tuple(map(int, match["number"].split(".")))


def _alone(part: Part) -> bool:
    if part.kind == "list":
        return len(part.entries) == 1 and part.entries[0].ordinal is not None and not part.entries[0].label
    return part.kind == "paragraph" and part.lines == 1


def _counted(found: dict[int, Number]) -> frozenset[int]:
    """Which of the numbers belong to one count from 1 up: each follows the one before it, or opens or closes a level."""
    last: Number = ()
    run: list[int] = []
    for at, number in found.items():
        if number in _successors(last):
            run.append(at)
            last = number
    parted = any(len(found[at]) > 1 for at in run)
    return frozenset(run) if len(run) >= (FEWEST - 1 if parted else FEWEST) else frozenset()


def _successors(last: Number) -> set[Number]:
    """The numbers that may come after `last`: 2.1 is followed by 2.1.1, 2.2 or 3."""
    if not last:
        return {(1,), (1, 1)}
    return {(*last, 1), *((*last[:depth], last[depth] + 1) for depth in range(len(last)))}


def _numbered(part: Part, text: str, number: Number) -> Part:
    start, end = part.body if part.kind == "heading" else _span(part)
    match = NUMBERED.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()))
    body = (match.end() if match else start, end)
    return replace(part, kind="heading", body=body, entries=(), number=number)
