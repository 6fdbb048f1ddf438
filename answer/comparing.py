"""Comparisons: each side said from its own best evidence, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.drafting import Line, is_warned_of, shown
from answer.evidence import Candidate, stems, surroundings
from answer.explaining import note_named, overview
from answer.lexicon import Lexicon
from answer.outlines import table_lines, units_of
from answer.reading import Reading, content_terms
from answer.selecting import Limits, pick, repeats
from answer.surveying import by_guide, opening_with
from answer.telling import says_something, told
from index.passages import Guide, Unit
from index.words import stem, words

WHOLE = Limits(words=60, units=2, margin=1.5)
SIDE = Limits(words=60, units=2, margin=4.0)
SIDE_WORDS = 55
SUBJECT_WORDS = 5  # before the verb of a definition
DEFINITION = 4.0  # what a sentence gains that says what a side is
ROWS_AMONG = 20  # best units among which a row of one side must stand
_SPLIT = re.compile(r"\s+(?:versus|vs\.?|with|to|and|or|from|against|than)\s+", re.I)
_SCAFFOLD = re.compile(
    r"^(?:please )?(?:can you )?(?:compare|contrast|what(?:'s| is| are)? the differences? (?:between|in)|"
    r"how (?:does|do|is|are)|the difference between|difference between|differences between|"
    r"(?:when|which|what)(?: (?:is|should|do|would|one|i|you|we|use|choose|pick|prefer|better|be|used?|to|of))*)\s+|"
    r"\b(?:differ(?:s|ent)?|compared?)\b|[\W_]+(?:when|which)\b.*$",
    re.I,
)
_TELLS_WHAT_IS_ASKED = re.compile(r"(?:\w+ ){0,2}interviewers? (?:\w+ ){0,2}asks?\b", re.I)
_DEFINES = re.compile(r"(?:is|are|means?|refers? to|measures?|stands? for)\b", re.I)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_IN_GENERAL = re.compile(
    r"\b(?:general(?:ly)?|generic|typical(?:ly)?|usual(?:ly)?|standard|normal(?:ly)?|elsewhere|other (?:companies|places|guides?)|"
    r"the industry|industry|average|everywhere|overall|anywhere else)\b",
    re.I,
)


def sides_of(text: str) -> tuple[str, ...]:
    """The things compared: "compare the onsite at Acme with the generic loop" → two phrases; () if not two."""
    plain = _SCAFFOLD.sub(" ", text.rstrip(" ?!.")).strip()
    parts = [part.strip() for part in _SPLIT.split(plain, maxsplit=1)]
    return tuple(parts) if len(parts) == 2 and all(content_terms(part) for part in parts) else ()


def company_against_rest(reading: Reading, lexicon: Lexicon) -> str | None:
    """The company that a question sets against what holds in general, or None."""
    named = lexicon.companies_in(reading.text) & lexicon.companies
    return next(iter(named)) if len(named) == 1 and _IN_GENERAL.search(reading.text) else None


def compare(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Line]:
    """Units that speak of both sides, then the best of each side that is not yet covered."""
    telling = [c for c in candidates if c.unit.kind != "heading" and not _only_asks(c)]
    telling = [c for c in telling if not is_warned_of(c.guide, c.unit)] or telling
    company = company_against_rest(reading, lexicon)
    table = _rows_compared(reading, candidates) if company is None else []
    notes = _notes_of_sides(reading, candidates, lexicon) if company is None else []
    if notes or table:
        sides = sides_of(reading.text)
        both = pick([c for c in telling if c.unit.kind != "row" and _speaks_of_all(c, sides)], WHOLE)
        defined = [told(note, unit, ()) for note in notes for unit in overview(note)[:1]]
        said = [replace(line, style="item") for line in (*defined, *(told(c.guide, c.unit, ()) for c in both))]
        return [*said, *table]
    chosen = _both_sides(reading, telling, lexicon) if company is None else _company_and_rest(telling, company)
    if len({c.guide.info.path for c in chosen}) > 1:
        return by_guide(_grouped(chosen))
    return [replace(told(c.guide, c.unit, ()), style="item") for c in chosen or list(candidates[:2])]


def _rows_compared(reading: Reading, candidates: Sequence[Candidate]) -> list[Line]:
    """The rows of a table that go by names in the question, where there are several and not all; else []."""
    asked = set(reading.terms)
    for candidate in candidates[:ROWS_AMONG]:
        guide, unit = candidate.guide, candidate.unit
        if unit.kind != "row" or not unit.cells:
            continue
        block = guide.blocks[unit.block]
        rows = [row for row in units_of(guide, block) if row.kind == "row" and _goes_by(guide, row, asked)]
        if len(rows) > 1:
            return table_lines(guide, block, rows)
    return []


def _goes_by(guide: Guide, row: Unit, asked: set[str]) -> bool:
    """Whether a row's first cell, but for what stands in brackets, is a name that the question says."""
    first = guide.raw(*row.cells[0]) if row.cells else ""
    name = set(content_terms(_IN_BRACKETS.sub(" ", first)))
    return bool(name) and name <= asked


def _only_asks(candidate: Candidate) -> bool:
    unit, guide = candidate.unit, candidate.guide
    of_questions = any(stem(word) == "question" for name in guide.blocks[unit.block].header for word in words(name))
    asks = unit.text.rstrip().endswith("?") or bool(_TELLS_WHAT_IS_ASKED.match(shown(unit)))
    return asks or of_questions or not says_something(guide, unit)


def _notes_of_sides(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Guide]:
    """The note on each side, where each has its own."""
    notes = [note_named(content_terms(side), candidates, lexicon) for side in sides_of(reading.text)]
    found = [note for note in notes if note is not None]
    return found if len(found) == 2 and found[0] is not found[1] else []


def _company_and_rest(telling: Sequence[Candidate], company: str) -> list[Candidate]:
    """The best section about the company, and the best of two guides about none."""
    own = [c for c in telling if (c.guide.info.company or "").lower() == company]
    rest: dict[str, Candidate] = {}
    for candidate in telling:
        if candidate.guide.info.kind == "guide" and not candidate.guide.info.company:
            rest.setdefault(candidate.guide.info.path, candidate)
    firsts = [*own[:1], *list(rest.values())[:2]]
    return [each for first in firsts for each in opening_with(first, telling, words=SIDE_WORDS)]


def _both_sides(reading: Reading, telling: Sequence[Candidate], lexicon: Lexicon) -> list[Candidate]:
    sides = sides_of(reading.text)
    chosen = pick([c for c in telling if _speaks_of_all(c, sides)], WHOLE) if sides else pick(telling, WHOLE)
    for side in sides:
        wanted = set(content_terms(side)) - set().union(*(content_terms(other) for other in sides if other != side))
        chosen.extend(_best_of_side(telling, wanted, lexicon, chosen))
    return chosen


def _told(candidate: Candidate) -> frozenset[str]:
    return stems(f"{candidate.unit.text} {surroundings(candidate.guide, candidate.unit)}")


def _speaks_of_all(candidate: Candidate, sides: Sequence[str]) -> bool:
    own = stems(candidate.unit.text)
    return all(own & set(content_terms(side)) for side in sides)


def _best_of_side(
    candidates: Sequence[Candidate], wanted: set[str], lexicon: Lexicon, chosen: Sequence[Candidate]
) -> list[Candidate]:
    """The unit that tells most of a side's own words, with the opening of its section, or else the next best."""

    def fit(candidate: Candidate) -> float:
        told_of_it = sum(lexicon.rarity(term) for term in wanted & _told(candidate))
        return candidate.score + told_of_it + DEFINITION * _defines(candidate, wanted)

    free = sorted(
        (replace(c, score=fit(c)) for c in candidates if not repeats(c, chosen)), key=lambda c: (-c.score, c.key)
    )
    if not free:
        return []
    opening = [c for c in opening_with(free[0], free, words=SIDE_WORDS) if not repeats(c, chosen)]
    return opening if len(opening) > 1 else pick(free, SIDE)


def _defines(candidate: Candidate, wanted: set[str]) -> bool:
    """Whether a sentence begins with the thing and says what it is ("Recall is the share of …")."""
    verb = _DEFINES.search(shown(candidate.unit))
    before = shown(candidate.unit)[: verb.start()] if verb else ""
    return 0 < len(before.split()) <= SUBJECT_WORDS and wanted <= stems(before)


def _grouped(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The chosen guide by guide, guides as they first come."""
    guides = list(dict.fromkeys(c.guide.info.path for c in chosen))
    return sorted(chosen, key=lambda c: guides.index(c.guide.info.path))
