"""What is searched of the guides, at two grains: every passage, and every unit that can carry an answer.

Rows are counted in the order of the guides' paths; a passage's units stand together, in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from index.passages import Guide, Passage, Unit
from index.words import words

SEARCHED_KINDS = frozenset({"heading", "sentence", "item", "row"})


@dataclass(frozen=True, slots=True)
class SearchedUnit:
    """A unit to be searched: its guide's position, the row of its passage, and the text it is searched by."""

    guide: int
    passage: int
    unit: Unit
    text: str


@dataclass(slots=True)
class Grains:
    """Both grains of all guides. `guide_of[row]` is the position of a passage's guide."""

    passages: list[Passage] = field(default_factory=list)
    guide_of: list[int] = field(default_factory=list)
    units: list[SearchedUnit] = field(default_factory=list)


def grains_of(guides: Sequence[Guide]) -> Grains:
    """The passages and searched units of the guides, in their order."""
    grains = Grains()
    for position, guide in enumerate(guides):
        if guide.passages:
            grains.units += _units_of(guide, position, first_row=len(grains.passages))
            grains.passages += guide.passages
            grains.guide_of += [position] * len(guide.passages)
    return grains


def words_of_units(grains: Grains) -> tuple[list[list[str]], list[list[str]]]:
    """The words of every unit, and those of the text it is searched by. A heading path is told apart once."""
    lead_words = cache(words)
    own = [words(each.unit.text) for each in grains.units]
    searched = []
    for each, told in zip(grains.units, own, strict=True):
        lead = each.text.removesuffix(each.unit.text)
        ends_apart = lead != each.text and lead[-1:] in ("", " ")
        searched.append(lead_words(lead) + told if ends_apart else words(each.text))
    return own, searched


def unit_text(guide: Guide, unit: Unit) -> str:
    """The text a unit is searched by: its heading path, then its own text; a heading is its path."""
    path = " > ".join(guide.sections[unit.section].path)
    if not path or unit.kind == "heading":
        return path or unit.text
    return f"{path}: {unit.text}"


def _units_of(guide: Guide, position: int, *, first_row: int) -> list[SearchedUnit]:
    owners = {unit: row for row in reversed(range(len(guide.passages))) for unit in guide.passages[row].units}
    found = [
        SearchedUnit(position, first_row + _owner(guide, unit, owners), unit, unit_text(guide, unit))
        for unit in guide.units
        if unit.kind in SEARCHED_KINDS and guide.blocks[unit.block].noise is None
    ]
    return sorted(found, key=lambda unit: (unit.passage, unit.unit.position))


def _owner(guide: Guide, unit: Unit, owners: dict[int, int]) -> int:
    """The passage that holds the unit; for a heading outside any passage, the next one in its guide, or the last."""
    if unit.position in owners:
        return owners[unit.position]
    following = (row for row, passage in enumerate(guide.passages) if passage.start >= unit.start)
    return next(following, len(guide.passages) - 1)
