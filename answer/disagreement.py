"""Claims about the same attribute of the same subject with different values: shown side by side, no winner invented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.counting import counted
from answer.drafting import Dispute, Line, Side, in_context, span_of
from answer.evidence import Candidate, nearest_title, stems
from answer.lexicon import Lexicon
from answer.reading import Reading, content_terms
from answer.selecting import repeats
from index.values import Value, values_of_kind

MOST_CLAIMS = 5
ABOUT_IT = 0.4  # how much of the question the best claim must tell
ABOUT_THE_SAME = 0.6  # how much of that the others must tell
UNSURE = 1.0  # a unit without a value that is this much better makes the claims moot
TIMES = 8.0
NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}
_CLAUSE = re.compile(r",\s|;\s|:\s|\.\s|\band\s(?=\w+s\b)")
_TIME_UNIT = re.compile(r"\b(?:how many|in|number of) (seconds|minutes|hours|days|weeks|months|years)\b", re.I)


def claims(candidates: Sequence[Candidate], reading: Reading, lexicon: Lexicon, *, margin: float) -> list[Candidate]:
    """The units that give a value of the sort asked for, about what was asked, one per section.

    "About what was asked": a claim's own words and nearest headings tell nearly as much of the question as those of the
    best claim do, or name the heading of the best claim. Titles of guides don't count, for they are about everything in them.
    """
    if reading.value is None:
        return []
    telling = [candidate for candidate in candidates if asked_values(candidate, reading)]
    if not telling or telling[0].guide.info.kind != "guide":
        return []  # a note tells what holds, its worked examples are no opinions
    bearing = _of_company([c for c in telling if c.guide.info.kind == "guide"], reading, lexicon)
    if not bearing or bearing[0].score < candidates[0].score - UNSURE:
        return []
    plain = content_terms(_TIME_UNIT.sub(" ", reading.text)) if reading.value == "duration" else reading.terms
    asked = [term for term in plain if term not in lexicon.title_terms] or list(reading.terms)
    best = lexicon.share(asked, _told(bearing[0]))
    subject = frozenset(content_terms(bearing[0].heading))
    chosen: list[Candidate] = []
    for candidate in bearing if best >= ABOUT_IT else ():
        if candidate.score < bearing[0].score - margin or len(chosen) >= MOST_CLAIMS:
            break
        of_subject = not subject.isdisjoint(asked) and subject <= _told(candidate)
        about_it = of_subject or lexicon.share(asked, _told(candidate)) >= ABOUT_THE_SAME * best
        if not about_it or repeats(candidate, chosen):
            continue
        if not _speaks_of_it(candidate, reading, set(asked)):
            continue
        if chosen and not _comparable(asked_values(candidate, reading), asked_values(chosen[0], reading)):
            continue
        if not any(c.guide is candidate.guide and c.unit.section == candidate.unit.section for c in chosen):
            chosen.append(candidate)
    return [candidate for candidate in chosen if not _sums_up(candidate, chosen, reading)]


def _sums_up(candidate: Candidate, chosen: Sequence[Candidate], reading: Reading) -> bool:
    """Whether a claim only repeats the values of two or more others, as a comparison of guides does."""
    own = {_key(value) for value in asked_values(candidate, reading)}
    others = [{_key(value) for value in asked_values(other, reading)} for other in chosen if other is not candidate]
    return len(own) > 1 and own not in others and own <= set().union(*others)


def _of_company(bearing: list[Candidate], reading: Reading, lexicon: Lexicon) -> list[Candidate]:
    """Where a company is named and guides about it give a value, what holds in general is no claim about it."""
    if not lexicon.companies_in(reading.text):
        return bearing
    about = [candidate for candidate in bearing if candidate.features.company > 0]
    return about or bearing


def _speaks_of_it(candidate: Candidate, reading: Reading, asked: set[str]) -> bool:
    """Whether a value stands in a clause, or under a heading, that names what is asked, not something else in passing."""
    if asked & stems(nearest_title(candidate.guide, candidate.unit)):
        return True
    clauses = [
        clause for clause in _CLAUSE.split(candidate.unit.text) if values_of_kind(clause, reading.value or "count")
    ]
    return any(asked & stems(clause) for clause in clauses)


def asked_values(candidate: Candidate, reading: Reading) -> list[Value]:
    """A unit's values of the sort asked for, in the unit of time asked for where one is."""
    assert reading.value is not None
    if reading.value == "count":
        return list(counted(candidate.unit.text, reading))
    unit = _TIME_UNIT.search(reading.text) if reading.value == "duration" else None
    found = values_of_kind(candidate.unit.text, reading.value)
    return [value for value in found if unit is None or unit.group(1)[:3].lower() in value.shown.lower()]


def _comparable(values: Sequence[Value], others: Sequence[Value]) -> bool:
    """Whether two claims can be about one thing: minutes and weeks are not."""
    highest, lowest = max(v.high for v in values), min(v.low for v in values)
    return highest * TIMES >= min(v.low for v in others) and lowest <= TIMES * max(v.high for v in others)


def _told(candidate: Candidate) -> frozenset[str]:
    return stems(f"{candidate.unit.text} {nearest_title(candidate.guide, candidate.unit)}")


def dispute_of(chosen: Sequence[Candidate], reading: Reading) -> Dispute | None:
    """The dispute between claims, or None where all give the same value."""
    if reading.value is None or len(chosen) < 2:
        return None
    if len({candidate.guide.info.path for candidate in chosen}) < 2:
        return None  # what one guide says of different things
    sides: dict[tuple[tuple[float, float, str], ...], list[Candidate]] = {}
    for candidate in chosen:
        values = asked_values(candidate, reading)
        sides.setdefault(tuple(sorted({_key(value) for value in values})), []).append(candidate)
    if len(sides) < 2:
        return None
    positions = tuple(
        Side(_says(group[0], reading), tuple(span_of(c.guide, c.unit) for c in group)) for group in sides.values()
    )
    return Dispute(reading.text.rstrip(" ?!."), positions)


def _key(value: Value) -> tuple[float, float, str]:
    return (
        round(value.low, 6),
        round(value.high, 6),
        value.shown.lower() if value.kind in ("date", "difficulty") else "",
    )


def _says(candidate: Candidate, reading: Reading) -> str:
    return ", ".join(dict.fromkeys(value.shown for value in asked_values(candidate, reading)))


def agreeing(chosen: Sequence[Candidate], reading: Reading, lexicon: Lexicon) -> list[Candidate]:
    """The first claim of each publisher where two or more give the very same value and none another; else [].

    A claim that names another publisher retells it and is no second voice.
    """
    given = {frozenset(_key(value) for value in asked_values(candidate, reading)) for candidate in chosen}
    firsts: dict[str, Candidate] = {}
    for candidate in chosen:
        if not lexicon.names_publisher(_told_around(candidate)):
            firsts.setdefault(candidate.guide.info.publisher or candidate.guide.info.path, candidate)
    return list(firsts.values()) if len(given) == 1 and len(firsts) > 1 else []


def _told_around(candidate: Candidate) -> str:
    """What a unit and the headings above it say, its own publisher's name left out."""
    told = f"{candidate.unit.text} {nearest_title(candidate.guide, candidate.unit)}"
    return told.replace(candidate.guide.info.publisher or "\0", " ")


def agreement_lines(chosen: Sequence[Candidate]) -> list[Line]:
    """Claims that agree, with who makes them."""
    return _claim_lines(f"{NUMBERS.get(len(chosen), str(len(chosen)))} guides say the same:", chosen)


def dispute_lines(chosen: Sequence[Candidate]) -> list[Line]:
    """Every claim with who makes it and of when."""
    return _claim_lines("The guides differ:", chosen)


def _claim_lines(lead: str, chosen: Sequence[Candidate]) -> list[Line]:
    """Claims under a lead-in that is ours."""
    spans = tuple(span_of(c.guide, c.unit) for c in chosen)
    lines = [Line(lead, spans, "lead")]
    for candidate, span in zip(chosen, spans, strict=True):
        info = candidate.guide.info
        who = info.publisher or info.title
        date = info.updated or info.published
        label = f"{who} ({date})" if date else who
        lines.append(Line(f"{label}: {in_context(candidate.guide, candidate.unit)}", (span,), "item"))
    return lines
