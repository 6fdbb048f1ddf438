"""Numbered things and figures that a question names: level 63, week 8, RAID 50, 5.1 %. Asked for, they must be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.lexicon import figures_in
from index.values import NUMBER_WORDS
from index.words import normalise

_NUMBERED = re.compile(
    r"\b((?i:level|lvl|ic|l|e|week|day|month|quarter|round|stage|step|phase|chapter|part|section|version|fy)|[A-Z][A-Za-z]+)"
    r"[\s-]?(\d{1,3}|(?<=[Ff][Yy] )\d{4})\b(?![.,]?\d|\s?%)"
)
_WHOLE = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(NUMBER_WORDS)})[\s-](?P<thing>week|day|month|round|stage|step|phase|part|chapter)\b(?!s)",
    re.I,
)  # "six-week", "the 5 step method"
_FIGURE = re.compile(r"(?<![\w.,])(?:\d+\.\d+|\d{2,}(?:,\d{3})*)(?=\s?%|[\s?!.,;:)]|$)")
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|to|and|&)\s*(\d{1,3})")
_SAME = {"lvl": "level", "l": "level", "ic": "level", "e": "level", "fy": "year"}
_OWN_FIGURES = re.compile(
    r"\b(?:my|our|i have|i've|i got|we have|suppose|given)\b", re.I
)  # a person's case, not a guide's
NEXT_TO = 24  # characters between a thing and its number in a row or a heading


def untold_number(question: str, texts: Sequence[str], *, figures: bool = True) -> str:
    """The numbered thing, or else the figure, that a question names and none of the texts tells, as asked; "" if none.

    A thing whose number is above the count of a whole that the question names is told by nobody: week 8 of a six-week plan.
    """
    plain = normalise(question)
    counts = {whole["thing"].lower(): _count(whole["count"]) for whole in _WHOLE.finditer(plain)}
    for found in _NUMBERED.finditer(plain):
        thing, number = found.groups()
        beyond = int(number) > counts.get(thing.lower(), int(number))
        if beyond or not any(_tells(text, thing, int(number)) for text in texts):
            return found.group()
    if not figures or _OWN_FIGURES.search(plain):
        return ""
    told = frozenset[str]().union(*(figures_in(text) for text in texts))
    return next((found.group() for found in _FIGURE.finditer(plain) if not figures_in(found.group()) <= told), "")


def _count(figure: str) -> int:
    return int(figure) if figure.isdigit() else int(NUMBER_WORDS[figure.lower()])


def _tells(text: str, thing: str, number: int) -> bool:
    """Whether a text has the number right after its thing, alone or inside a range ("weeks 7–8", "Level: 63", "L63")."""
    name = _SAME.get(thing.lower(), thing.lower())
    plain = normalise(text)
    if name in ("level", "year") and re.search(rf"\b(?:l|ic|e|fy)\s?-?{number}\b", plain, re.I):
        return True
    for place in re.finditer(rf"\b{re.escape(name)}s?\b", plain, re.I):
        after = plain[place.end() : place.end() + NEXT_TO].split(";")[0]
        if str(number) in re.findall(r"\d+", after):
            return True
        if any(int(low) <= number <= int(high) for low, high in _RANGE.findall(after)):
            return True
    return False
