"""Explanations: the note on the concept that is asked about, told in its own order, or what it says on the part asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from answer.evidence import Candidate, stems
from answer.lexicon import Lexicon
from answer.reading import Reading, content_terms
from answer.wording import SUMMING_UP, WHOLE_GUIDE
from index.passages import Guide, GuideInfo, Unit

NEAR = 6.0  # how far below the best unit a note's may lie for the note to be the one meant
NAMED = 0.5  # how much of a note's title the question must say
OVERVIEW_WORDS = 120
DESIGN_WORDS = 170
_BUILT = re.compile(
    r"\b(?:architecture|design|pipeline|components?|parts|stages|building blocks|data flow|serving)\b", re.I
)
_ASIDE = re.compile(r"\bexample|\binterview", re.I)  # sections whose first sentence only sets a scene


def note_meant(candidates: Sequence[Candidate], reading: Reading, lexicon: Lexicon) -> Guide | None:
    """The note whose title or alias the question names best, among those that the best candidates stand in."""
    return note_named(reading.terms, candidates, lexicon)


def note_named(terms: Sequence[str], candidates: Sequence[Candidate], lexicon: Lexicon) -> Guide | None:
    """The note whose title or alias these stems say best, at least half of it."""
    best, fit = None, 0.0
    asked = set(terms)
    for candidate in candidates:
        info = candidate.guide.info
        if info.kind != "note" or candidate.score < candidates[0].score - NEAR:
            continue
        named = max(lexicon.share(name, asked) for name in _names(info))
        both = named + lexicon.share(asked, set().union(*_names(info)))
        if named >= NAMED and both > fit:
            best, fit = candidate.guide, both
    return best


@lru_cache(maxsize=4096)
def _names(info: GuideInfo) -> list[frozenset[str]]:
    """The names of a note's concept, as stems: its title and its aliases."""
    names = (info.title, *(info.aliases or "").split(","))
    return [found for name in names if (found := frozenset(content_terms(name)))] or [frozenset({info.title})]


def is_named(note: Guide, reading: Reading) -> bool:
    """Whether a question says a name of the note's concept wholly, or nothing that the note doesn't tell somewhere."""
    asked = set(reading.terms)
    return any(name <= asked for name in _names(note.info)) or asked <= frozenset[str]().union(
        *_names(note.info), *(stems(unit.text) for unit in note.units)
    )


def overview(note: Guide) -> list[Unit]:
    """The opening of a note: two sentences of its first section, then the first of each that follows, while words last."""
    chosen: list[Unit] = []
    spent = 0
    for section in note.sections[1:]:
        if _ASIDE.search(section.heading):
            continue
        first = not chosen
        own = [unit for unit in note.units if unit.section == section.position and _tells(unit, note)]
        for unit in own[: 2 if first else 1]:
            spent += len(unit.text.split())
            if spent > OVERVIEW_WORDS:
                return chosen
            chosen.append(unit)
    return chosen


def guide_meant(candidates: Sequence[Candidate], reading: Reading) -> Guide | None:
    """The guide that a question wants summed up: it says the publisher's name, a guide, and no other thing."""
    asked = set(reading.terms) - SUMMING_UP
    if not asked or not WHOLE_GUIDE.search(reading.text):
        return None
    guides = (c.guide for c in candidates if c.guide.info.kind == "guide" and c.guide.info.publisher)
    return next((guide for guide in guides if asked <= stems(guide.info.publisher or "")), None)


def design_of(note: Guide) -> list[Unit]:
    """The definition of a system's note and what it says of how the system is built, while words last; [] if nothing."""
    parts = {s.position for s in note.sections if _BUILT.search(s.heading) and s.heading != note.info.title}
    built = [unit for unit in note.units if unit.section in parts and unit.kind in ("sentence", "item")]
    chosen: list[Unit] = []
    spent = 0
    for unit in (*overview(note)[:1], *built):
        spent += len(unit.text.split())
        if spent > DESIGN_WORDS:
            break
        chosen.append(unit)
    return chosen if built else []


def _tells(unit: Unit, note: Guide) -> bool:
    return unit.kind == "sentence" and not note.blocks[unit.block].noise and not unit.text.rstrip().endswith((":", "?"))


def asks_beyond(note: Guide, reading: Reading) -> bool:
    """Whether the question asks for something about the concept, or for a part of it, rather than for the concept.

    A part may be an alias of the note ("CUPED" of A/B testing): the overview tells it only if the definition names it.
    """
    asked, title = set(reading.terms), frozenset(content_terms(note.info.title))
    told = stems(" ".join(unit.text for unit in overview(note)[:2]))
    whole = title if len(title & asked) >= NAMED * len(title) else frozenset[str]()
    return bool(asked - told - whole)
