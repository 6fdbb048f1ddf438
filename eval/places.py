"""Where gold spans stand, and how much of them evidence and citations cover. Offsets are characters, end exclusive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.answers import EvidencePassage
from eval.cases import Case, Span

HELD = 0.9  # share of a gold span that must be covered for the span to be held


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of a guide's text."""

    guide: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters."""
        return self.end - self.start


Gold = tuple[Place, ...]  # every place that counts for one gold span


def gold_of(case: Case, texts: Mapping[str, str]) -> tuple[Gold, ...]:
    """For each gold span all its places; a span whose guide no longer says it has none."""
    return tuple(tuple(_places(span, texts)) for span in case.evidence)


def _places(span: Span, texts: Mapping[str, str]) -> Iterator[Place]:
    for each in (span, *span.alternatives):
        text = texts.get(each.guide, "")
        start = text.find(each.quote)
        while each.quote and start >= 0:
            yield Place(each.guide, start, start + len(each.quote))
            start = text.find(each.quote, start + 1)


def first_words(passages: Iterable[EvidencePassage], words: int) -> list[Place]:
    """The places of the passages within a budget of words; the passage that crosses it is cut."""
    places, left = [], words
    for passage in passages:
        if left <= 0:
            break
        ends = [match.end() for match in re.finditer(r"\S+", passage.text)]
        end = passage.end if len(ends) <= left else passage.start + ends[left - 1]
        places.append(Place(passage.guide, passage.start, end))
        left -= len(ends)
    return places


def merged(places: Iterable[Place]) -> list[Place]:
    """The same ground without overlaps, in order."""
    found: list[Place] = []
    for place in sorted(places):
        last = found[-1] if found else None
        if last and last.guide == place.guide and place.start <= last.end:
            found[-1] = Place(last.guide, last.start, max(last.end, place.end))
        else:
            found.append(place)
    return found


def overlap(one: Place, other: Place) -> int:
    """Characters that two places share."""
    if one.guide != other.guide:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def is_held(gold: Gold, ground: Sequence[Place]) -> bool:
    """Whether one of a gold span's places lies (nearly) whole in the ground, which must be `merged`."""
    return any(sum(overlap(place, part) for part in ground) >= HELD * max(1, place.length) for place in gold)


def is_touched(gold: Gold, cited: Sequence[Place]) -> bool:
    """Whether a citation and one of the span's places share at least half of the shorter of the two."""
    return any(2 * overlap(place, part) >= min(place.length, part.length) > 0 for place in gold for part in cited)
