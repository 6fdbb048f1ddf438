"""Rounds of an interview with their durations, as list items and sentences tell them: "a 45-minute coding round".

A round is named by a word for one ("screen", "round", "interview") with at least one telling word before it. Its duration
stands right before the name, or after it behind a verb of lasting, a bracket, a colon or a dash; in a list item whose
section is about rounds, the label before the duration is the name. What is said about some minutes of a round ("the
first ten minutes of the coding round") gives none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from index.passages import Guide, Unit
from index.words import STOP_WORDS

_ROUND_WORD = (
    r"(?:rounds?|screens?|screening|interviews?|calls?|assessments?|challenges?|presentations?|panels?|sessions?)"
)
_SPAN = (
    r"(?:(?:about|around|roughly|approximately|usually|typically|up to|~)\s*)*"
    r"\d+(?:\s*(?:-|–|to|or)\s*\d+)?[\s-]*(?:hours?|hrs?|minutes?|mins?)\b"
)
_BEFORE = re.compile(
    rf"(?P<span>{_SPAN})[\s,]+(?P<name>(?:[^\W\d_][\w/&+-]*\s+){{1,5}}?{_ROUND_WORD})\b", re.IGNORECASE
)
_AFTER = re.compile(
    rf"(?P<name>(?:[^\W\d_][\w/&+-]*\s+){{1,4}}{_ROUND_WORD})\b"
    r"\s*(?:\(|\[|:|,|–|—|-|\b(?:that\s+)?(?:usually|typically|often|normally|generally)?\s*"
    r"(?:lasts?|takes?|runs?|is|are|of)\b(?:\s+(?:for|you|usually|typically|often|about|around))*)"
    rf"\s*(?P<span>{_SPAN})(?!\s+(?:before|after|into|each\s+day|a\s+day|of))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"^\W*(?P<name>[^\W\d_][^:(\[–—]{{2,60}}?)\s*(?:\(|\[|:|–|—|\s-\s)\s*(?P<span>{_SPAN})", re.IGNORECASE
)
_ABOUT_ROUNDS = re.compile(r"\b(?:rounds?|stages?|process|loop|interviews?|on-?site|formats?)\b", re.IGNORECASE)
_HOMEWORK = re.compile(r"\b(?:take-?home|homework|assignment)\b", re.IGNORECASE)
_NO_NAME = STOP_WORDS | frozenset(
    "first second third fourth fifth last next final each every long minute hour comes follows expect including include "
    "usually typically often one two three four five six several many mock real whole entire single per".split()
)
LEAST_ROUNDS = 2  # of a guide; one alone is a remark and no loop


def rounds_in(guide: Guide) -> list[tuple[str, str, int]]:
    """(name, duration, unit) of the rounds that a guide's sentences and items tell, each name once; none for a remark."""
    found: dict[str, tuple[str, str, int]] = {}
    for block in guide.blocks:
        for position in () if block.noise or block.kind == "table" else block.units:
            unit = guide.units[position]
            for name, span in _told(guide, unit):
                found.setdefault(name.casefold(), (name, span, position))
    return list(found.values()) if len(found) >= LEAST_ROUNDS else []


def _told(guide: Guide, unit: Unit) -> Iterator[tuple[str, str]]:
    text = " ".join(unit.text.replace("*", "").split())
    if unit.kind not in ("sentence", "item") or _HOMEWORK.search(text):
        return
    label = _LABEL.match(text) if unit.kind == "item" else None
    if label and _ABOUT_ROUNDS.search(guide.sections[unit.section].heading) and len(label["name"].split()) <= 6:
        yield label["name"].strip(), label["span"]
        return
    told = [(found, _whole_name(found["name"])) for found in _BEFORE.finditer(text)]
    told += [(found, _last_name(found["name"])) for found in _AFTER.finditer(text)]
    for found, name in sorted(told, key=lambda pair: pair[0].start()):
        if len(name.split()) >= 2:
            yield name[0].upper() + name[1:], found["span"]


def _tells(word: str) -> bool:
    return word.casefold() not in _NO_NAME or re.fullmatch(_ROUND_WORD, word, re.IGNORECASE) is not None


def _whole_name(words: str) -> str:
    """The name behind a duration, where nothing stands between: "mimics the phone screen" is none."""
    return words if all(_tells(word) or word.casefold() in ("or", "and") for word in words.split()) else ""


def _last_name(words: str) -> str:
    """The last words up to one that tells nothing: "then a technical phone screen" is "technical phone screen"."""
    kept = itertools.takewhile(_tells, reversed(words.split()))
    return " ".join(reversed(list(kept)))
