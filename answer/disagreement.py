"""Claims about the same attribute of the same subject with different values: shown side by side, no winner invented."""

from __future__ import annotations

from collections.abc import Sequence

from answer.drafting import Dispute, Line, Side, in_context, span_of
from answer.evidence import Candidate, surroundings
from answer.reading import Reading
from answer.selecting import repeats
from answer.values import Value, values_of_kind
from index.words import stem, words

MOST_CLAIMS = 6


def claims(candidates: Sequence[Candidate], reading: Reading, *, margin: float) -> list[Candidate]:
    """The units that give a value of the sort asked for, about what was asked, one per place.

    "About what was asked": every term the question singles out occurs in the unit or in its surroundings, as far as it
    does for the best candidate.
    """
    if reading.value is None or not candidates:
        return []
    bearing = [c for c in candidates if values_of_kind(c.unit.text, reading.value)]
    if not bearing:
        return []
    needed = _shared(bearing[0], reading)
    chosen: list[Candidate] = []
    for candidate in bearing:
        if candidate.score < bearing[0].score - margin or len(chosen) >= MOST_CLAIMS:
            break
        if not needed <= _shared(candidate, reading) or repeats(candidate, chosen):
            continue
        if any(c.guide is candidate.guide and c.unit.section == candidate.unit.section for c in chosen):
            continue
        chosen.append(candidate)
    return chosen


def _shared(candidate: Candidate, reading: Reading) -> set[str]:
    own = {stem(word) for word in words(f"{candidate.unit.text} {surroundings(candidate.guide, candidate.unit)}")}
    return {term for term in reading.terms if term in own}


def dispute_of(chosen: Sequence[Candidate], reading: Reading) -> Dispute | None:
    """The dispute between claims, or None where all give the same value."""
    if reading.value is None or len(chosen) < 2:
        return None
    sides: dict[tuple[tuple[float, float, str], ...], list[Candidate]] = {}
    for candidate in chosen:
        values = values_of_kind(candidate.unit.text, reading.value)
        sides.setdefault(tuple(sorted({_key(value) for value in values})), []).append(candidate)
    if len(sides) < 2:
        return None
    positions = tuple(
        Side(_says(group[0], reading), tuple(span_of(c.guide, c.unit) for c in group)) for group in sides.values()
    )
    return Dispute(reading.text.rstrip(" ?!."), positions)


def _key(value: Value) -> tuple[float, float, str]:
    return round(value.low, 6), round(value.high, 6), value.shown if value.kind == "date" else ""


def _says(candidate: Candidate, reading: Reading) -> str:
    assert reading.value is not None
    return ", ".join(dict.fromkeys(value.shown for value in values_of_kind(candidate.unit.text, reading.value)))


def dispute_lines(chosen: Sequence[Candidate]) -> list[Line]:
    """Every claim with who makes it and of when, under a lead-in that is ours."""
    spans = tuple(span_of(c.guide, c.unit) for c in chosen)
    lines = [Line("The guides differ:", spans, "lead")]
    for candidate, span in zip(chosen, spans, strict=True):
        info = candidate.guide.info
        who = info.publisher or info.title
        date = info.updated or info.published
        label = f"{who} ({date})" if date else who
        lines.append(Line(f"{label}: {in_context(candidate.guide, candidate.unit)}", (span,), "item"))
    return lines
