"""The schedules that the guides give – "Week 1: …", a table of weeks – and which of their lines a plan rests on.

A line counts when it stands in a table whose first column names weeks, days or phases, when it begins with such a name
itself, or when it stands under a heading that does. What the guides say of how long to prepare is found apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from answer.answers import Citation
from index.passages import Guide, Unit
from study.planning import Item, Plan
from study.sources import cite

if TYPE_CHECKING:
    from index.store import Index

_SPAN = r"(?:weeks?|days?|months?|phases?)"
_COLUMN = re.compile(rf"{_SPAN}\b", re.IGNORECASE)
_BEGINS = re.compile(rf"\W*{_SPAN}\s*\d", re.IGNORECASE)
_LENGTH = re.compile(rf"\b(?:\d+|one|two|three|four|five|six|eight|ten|twelve)\s+(?:{_SPAN}|hours?)\b", re.IGNORECASE)
NEAR = 0.38  # cosine of a step and a line of a schedule from which the line is cited for it
LENGTH_NEAR = 0.45
HOW_LONG = "How many weeks of preparation does a candidate need before the interview?"
ASIDE = {
    "mock": "Full mock interviews, complete simulations with feedback.",
    "review": "Review what was learnt, keep a log of mistakes and repeat it.",
}
MOST = 2  # lines cited for one step, each of another guide


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a guide's schedule."""

    text: str
    citation: Citation
    company: str | None


def schedule_lines(guide: Guide) -> Iterator[Line]:
    """The lines of a guide's schedules, in order."""
    for unit in guide.units:
        block = guide.blocks[unit.block]
        if block.noise is not None or unit.kind == "heading":
            continue
        section = guide.sections[unit.section]
        in_table = unit.kind == "row" and bool(block.header) and bool(_COLUMN.match(block.header[0].strip(" *")))
        if in_table or _BEGINS.match(unit.text) or _BEGINS.match(section.heading):
            text = f"{section.heading}: {unit.text}" if _BEGINS.match(section.heading) else unit.text
            yield _line(guide, unit, text)


def _line(guide: Guide, unit: Unit, text: str) -> Line:
    citation = cite(guide, guide.sections[unit.section], (unit.start, unit.end))
    return Line(text, citation, guide.info.company)


def length_lines(index: Index) -> tuple[Citation, ...]:
    """What the guides say of how long to prepare, the nearest line of each guide that says it."""
    lines = [
        _line(guide, unit, f"{guide.sections[unit.section].heading}: {unit.text}")
        for guide in _guides(index)
        for unit in guide.units
        if unit.kind in ("sentence", "item") and not guide.blocks[unit.block].noise and _LENGTH.search(unit.text)
    ]
    return _nearest(index, [HOW_LONG], lines, least=LENGTH_NEAR, most=4)[0] if lines else ()


def cite_plan(plan: Plan, index: Index) -> Plan:
    """The plan with the lines of the guides' schedules that its items rest on, numbered from 1."""
    lines = [
        line
        for guide in _guides(index)
        for line in schedule_lines(guide)
        if line.company in (None, plan.wishes.company) or plan.wishes.company is None
    ]
    asks = list(dict.fromkeys(_asks(item) for item in plan.items))
    if not lines or not asks:
        return replace(plan, items=tuple(replace(item, cites=()) for item in plan.items), sources=())
    found = dict(zip(asks, _nearest(index, asks, lines, least=NEAR, most=MOST), strict=True))
    numbers: dict[tuple[str, int], int] = {}
    for each in (citation for ask in asks for citation in found[ask]):
        numbers.setdefault((each.path, each.start), len(numbers) + 1)
    cited = {(each.path, each.start): each for citations in found.values() for each in citations}
    items = tuple(
        replace(item, cites=tuple(sorted(numbers[each.path, each.start] for each in found[_asks(item)])))
        for item in plan.items
    )
    return replace(plan, items=items, sources=tuple(replace(cited[at], number=nth) for at, nth in numbers.items()))


def _guides(index: Index) -> Iterator[Guide]:
    return (index.guide(info.path) for info in index.guides() if info.kind == "guide")


def _asks(item: Item) -> str:
    """What a schedule's line should speak of for this item: its step's title, or what mocks and reviews are."""
    return ASIDE.get(item.kind, item.source.rpartition(": ")[2] or item.title)


def _nearest(
    index: Index, asks: Sequence[str], lines: Sequence[Line], *, least: float, most: int
) -> list[tuple[Citation, ...]]:
    """For each ask the nearest lines, best first, one of a guide."""
    vectors = index.embed([*asks, *(line.text for line in lines)])
    near = np.asarray(vectors[: len(asks)] @ vectors[len(asks) :].T)
    return [_best_of(row, lines, least, most) for row in near]


def _best_of(row: NDArray[Any], lines: Sequence[Line], least: float, most: int) -> tuple[Citation, ...]:
    found: dict[str, Citation] = {}
    for place in np.argsort(-row, kind="stable"):
        if row[place] < least or len(found) == most:
            break
        found.setdefault(lines[place].citation.path, lines[place].citation)
    return tuple(found.values())
