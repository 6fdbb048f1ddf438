"""Claims of different guides about the same thing with different figures: a duration, a sum, a percentage.

A claim is a sentence, list item, heading or row that gives one figure of a sort. Two are about the same when they go by
the same name ("Recruiter screen (15 min)", "This call takes 30 minutes" under "Recruiter screen", a row's first cell)
or share most of what else they say, weighed by how rare each word is in the library.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.passages import Guide, Unit
from index.values import Value, ValueKind, values_in
from index.words import terms
from ingest.check_guides import line_of
from ingest.finding import Finding, Library

KINDS: tuple[ValueKind, ...] = ("duration", "money", "percent")
SAME = 0.5  # of the weight of all words of both is shared
FEWEST = 3  # words besides the figure, of each sentence
FEWEST_OF_NAME = 2
LONGEST = 40  # words; a longer sentence tells several things
COMMON = 40  # a word in more claims than this does not lead from one to another
TIMES = 8.0  # figures farther apart than this measure different things
MANY, MANY_SHARE = 12, 0.15  # guides that have a heading, and the share of them, from which on it names nothing
FORMULA = re.compile(r"\$[^$]*[=^+\\][^$]*\$")
OPENING = 3  # units that open a section and tell of what its heading names
REFERS = re.compile(r"(?:it|this|these|the|each|expect|allow|plan)\b", re.I)
GENERIC = frozenset(terms("round interview stage step phase question part about approximately usually typically"))


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, the stems of what it is said of, and of the name of that; empty where it has none."""

    guide: Guide
    unit: Unit
    value: Value
    said: frozenset[str]
    name: frozenset[str]


def check_claims(library: Library) -> Iterator[Finding]:
    """Pairs of claims that cannot both hold, each claim named once."""
    claims = [claim for guide in library.guides.values() if guide.info.format != "bank" for claim in _claims(guide)]
    weights, empty = _weights(claims), _headings_of_all(library)
    claims = [replace(claim, name=frozenset()) if claim.name in empty else claim for claim in claims]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        for word in claim.said | claim.name:
            holders[word].append(at)
    told: set[int] = set()
    for at, claim in enumerate(claims):
        near = {
            other
            for word in claim.said | claim.name
            if len(holders[word]) <= COMMON
            for other in holders[word]
            if other > at
        }
        for other in sorted(near - told):
            if at not in told and _contradict(claim, claims[other], weights):
                told |= {at, other}
                yield _told(claim, claims[other])


def _claims(guide: Guide) -> Iterator[Claim]:
    for unit in guide.units:
        if guide.blocks[unit.block].noise is not None or unit.kind == "line":
            continue
        if len(unit.text.split()) > LONGEST or "?" in unit.text or FORMULA.search(unit.text):
            continue
        figures = [value for value in values_in(unit.text) if value.kind in KINDS]
        if len(figures) != 1:
            continue
        said = _stems(unit.text, figures[0])
        name = _stems(_name(guide, unit, figures[0]), figures[0]) - GENERIC
        if len(said) >= FEWEST or len(name) >= FEWEST_OF_NAME:
            yield Claim(guide, unit, figures[0], said, name if len(name) >= FEWEST_OF_NAME else frozenset())


def _stems(words: str, figure: Value) -> frozenset[str]:
    return frozenset(word for word in terms(words.replace(figure.shown, " ")) if not word[0].isdigit())


def _name(guide: Guide, unit: Unit, figure: Value) -> str:
    """What the figure is told of: a heading or label that holds it, a row's first cell and the figure's header, or the
    heading of the section that the unit opens."""
    if unit.kind == "heading":
        return unit.text
    if unit.kind == "row":
        return _name_in_row(guide, unit, figure)
    if unit.label:
        return unit.label if figure.shown in unit.label else ""
    section = guide.sections[unit.section]
    opening = [each.position for each in guide.units if each.section == section.position][: OPENING + 1]
    refers = REFERS.match(unit.text) or set(terms(section.heading)) & set(terms(unit.text))
    return section.heading if section.level and unit.position in opening and refers else ""


def _name_in_row(guide: Guide, unit: Unit, figure: Value) -> str:
    cells = [guide.raw(*cell) for cell in unit.cells]
    header = guide.blocks[unit.block].header
    holding = [name for name, cell in zip(header, cells, strict=False) if figure in values_in(f"{name}: {cell}")]
    return f"{cells[0]} {' '.join(holding)}" if cells and holding else ""


def _headings_of_all(library: Library) -> frozenset[frozenset[str]]:
    """Headings that stand in guide after guide ("Worked example") and so name nothing."""
    guides = Counter(
        heading
        for guide in library.guides.values()
        for heading in {frozenset(terms(section.heading)) for section in guide.sections[1:]}
    )
    most = max(MANY, MANY_SHARE * len(library.guides))
    return frozenset(heading for heading, count in guides.items() if count > most)


def _weights(claims: Sequence[Claim]) -> dict[str, float]:
    counts = Counter(word for claim in claims for word in claim.said)
    return {word: math.log(1 + len(claims) / count) for word, count in counts.items()}


def _contradict(one: Claim, other: Claim, weights: dict[str, float]) -> bool:
    companies = {claim.guide.info.company for claim in (one, other)}
    if one.guide is other.guide or one.value.kind != other.value.kind or len(companies) > 1:
        return False
    return not _agree(one.value, other.value) and _alike(one, other, weights)


def _agree(one: Value, other: Value) -> bool:
    """Whether one range lies within the other, or they are so far apart that they cannot measure one thing."""
    inside = (one.low >= other.low and one.high <= other.high) or (other.low >= one.low and other.high <= one.high)
    return inside or one.low > TIMES * other.high or other.low > TIMES * one.high


def _alike(one: Claim, other: Claim, weights: dict[str, float]) -> bool:
    row = "row" in (one.unit.kind, other.unit.kind)
    if one.name and other.name and (one.name == other.name or (not row and _longer(one.name, other.name))):
        return True
    if row or min(len(one.said), len(other.said)) < FEWEST:
        return False
    shared = sum(weights[word] for word in one.said & other.said)
    return shared >= SAME * sum(weights[word] for word in one.said | other.said)


def _longer(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one name is the other with a word more."""
    return (one < other or other < one) and len(one ^ other) == 1


def _told(one: Claim, other: Claim) -> Finding:
    def place(claim: Claim) -> str:
        return f"{claim.guide.info.path}, {line_of(claim.guide, claim.unit.start)}"

    def words(claim: Claim) -> str:
        return " ".join(claim.unit.text.split())[:160]

    return Finding(
        "warning",
        "contradiction",
        place(one),
        f"“{words(one)}” does not fit {place(other)}: “{words(other)}”",
        "Both are told side by side, and a reader must choose.",
        "Find out which holds and correct or date the other; leave both where the guides truly differ.",
    )
