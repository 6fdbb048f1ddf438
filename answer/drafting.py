"""A draft: the lines of an answer before they are numbered, each with the spans it is made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from index.passages import Guide, Unit
from index.words import normalise

Style = Literal["sentence", "item", "header", "row", "lead"]


@dataclass(frozen=True, slots=True)
class Span:
    """An exact span of a guide."""

    guide: Guide
    section: int
    start: int
    end: int

    @property
    def key(self) -> tuple[str, int, int]:
        """What makes two spans the same citation."""
        return self.guide.info.path, self.start, self.end


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, item or row as shown, with its spans. A `header` is a table's header row and carries none.

    `cells` are a row's; `text` may begin with a heading that gives context, which is ours to add.
    """

    text: str
    spans: tuple[Span, ...]
    style: Style = "sentence"
    cells: tuple[str, ...] = ()

    @property
    def word_count(self) -> int:
        """How many words a person reads."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Side:
    """One position of a disagreement: the value as the guides write it, and where."""

    says: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What guides disagree about."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The lines in order, and what the guides disagree about."""

    lines: tuple[Line, ...]
    disputes: tuple[Dispute, ...] = ()

    @property
    def word_count(self) -> int:
        """How many words a person reads."""
        return sum(line.word_count for line in self.lines)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Draft:
        """The draft of these lines, without those whose every span another line tells: a longer one, or an earlier."""
        keys = [frozenset(span.key for span in line.spans) if line.style != "lead" else frozenset() for line in lines]

        def is_told(at: int) -> bool:
            return any(
                keys[at] < other or (keys[at] == other and before < at) for before, other in enumerate(keys) if keys[at]
            )

        return cls(tuple(line for at, line in enumerate(lines) if not is_told(at)))


_DANGLING = re.compile(
    r"^(?:this|these|that|those|it|its|they|their|such|here|he|she|both|the (?:former|latter|first|second|other|same)|"
    r"then|also|however|instead|otherwise|for example|for instance|therefore|thus|so|but|and|or|usually|typically|expect)\b",
    re.I,
)


def span_of(guide: Guide, unit: Unit) -> Span:
    """The span of a unit."""
    return Span(guide, unit.section, unit.start, unit.end)


def shown(unit: Unit) -> str:
    """A unit's words on one line, as a reader sees them."""
    return normalise(unit.text) if unit.kind == "row" else " ".join(unit.text.split())


def dangles(unit: Unit) -> bool:
    """Whether a unit opens with a word that points back at what was said before."""
    return bool(_DANGLING.match(shown(unit)))


_WARNING = re.compile(
    r"\b(?:mistakes?|pitfalls?|myths?|misconceptions?|errors?|fallac(?:y|ies)|don'?ts?|avoid|wrong|anti-?patterns?|red flags?|"
    r"traps?|weak|failure modes?|disadvantages?|drawbacks?|limitations?|cons)\b|❌",
    re.I,
)  # what stands under such a heading is the opposite of advice


def is_warned_of(guide: Guide, unit: Unit) -> bool:
    """Whether a unit stands under a heading that warns of it and does not say so itself."""
    heading = guide.sections[unit.section].heading
    return bool(_WARNING.search(heading)) and unit.kind == "item" and not _WARNING.search(shown(unit))


def in_context(guide: Guide, unit: Unit, already: Collection[str] = ()) -> str:
    """A unit's words, led by its heading where the words alone would not be understood.

    The heading is added when the unit opens with a word that points back, is a bare item or fragment, or stands under a
    heading that warns of it, unless the heading was said already or the unit says it itself.
    """
    text, section = shown(unit), guide.sections[unit.section]
    if unit.kind == "heading" or not section.level:
        return text
    if unit.label and unit.kind == "sentence":  # an answer is nothing without its question
        return text if unit.label in already else f"{unit.label} {text}"
    heading = section.heading.rstrip(" :")
    said = heading.lower() in {before.lower() for before in already} or heading.lower() in text.lower()
    fragment = unit.kind == "item" and not unit.label and len(text.split()) <= 6
    if is_warned_of(guide, unit) and heading.lower() not in text.lower():
        return f"{heading}: {text}"  # said again for each: without it the line reads as advice
    if said or not (_DANGLING.match(text) or fragment or text[:1].islower()):
        return text
    return f"{heading}: {text}"
