"""What a model gets to read: the spans the extractive answer is made of, then the best of the rest, numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answer.drafting import Draft, Span, shown, span_of
from answer.evidence import Candidate, surroundings
from answer.model.prompts import Excerpt
from index.passages import Guide, Unit
from index.words import normalise

MOST = 24  # spans
MARGIN = 6.0  # how far below the best candidate's score one may lie


@dataclass(frozen=True, slots=True)
class Offered:
    """An exact span under the number by which a model cites it."""

    number: int
    span: Span
    text: str  # as a reader sees it
    around: str  # what a reader knows on arriving: guide, headings, the line that introduces it
    dates: tuple[str, ...] = ()  # of its guide
    columns: tuple[tuple[str, str], ...] = ()  # of a table's row: header and cell

    @property
    def source(self) -> str:
        """Whose it is and where it stands: "Apiary Press, 2031-05-02: Interview rounds > Hive round"."""
        info, path = self.span.guide.info, self.span.guide.sections[self.span.section].path
        dated = ", ".join(part for part in (info.publisher or info.title, info.updated or info.published) if part)
        return ": ".join(part for part in (dated, " > ".join(path)) if part)

    @property
    def heading(self) -> str:
        """The nearest heading, "" at the top of a guide."""
        section = self.span.guide.sections[self.span.section]
        return section.heading if section.level else ""

    @property
    def excerpt(self) -> Excerpt:
        """As it stands in the prompt."""
        return Excerpt(self.number, self.source, self.text)


def offered(draft: Draft, candidates: Sequence[Candidate], *, also: Sequence[Span] = ()) -> tuple[Offered, ...]:
    """The draft's spans, the best candidates', and what was found beside them, each once.

    Beyond the draft there is no noise, no bare heading and nothing that only introduces a list.
    """
    spans = [span for line in draft.lines for span in line.spans]
    best = candidates[0].score if candidates else 0.0
    for candidate in candidates:
        if len(spans) >= MOST or candidate.score < best - MARGIN:
            break
        if tells(candidate.guide, candidate.unit):
            spans.append(span_of(candidate.guide, candidate.unit))
    return numbered([*spans, *also])


def numbered(spans: Iterable[Span]) -> tuple[Offered, ...]:
    """The spans numbered from 1, each once."""
    once = {span.key: span for span in spans}
    return tuple(_offered(number, span) for number, span in enumerate(once.values(), start=1))


def _offered(number: int, span: Span) -> Offered:
    guide = span.guide
    unit = next((unit for unit in guide.units if (unit.start, unit.end) == (span.start, span.end)), None)
    dates = tuple(date for date in (guide.info.published, guide.info.updated) if date)
    if unit is None:
        path = (guide.info.publisher or "", guide.info.title, *guide.sections[span.section].path)
        return Offered(number, span, normalise(guide.raw(span.start, span.end)), " ".join(path).strip(), dates)
    return Offered(number, span, shown(unit), surroundings(guide, unit).rstrip(" :"), dates, _columns(guide, unit))


def _columns(guide: Guide, unit: Unit) -> tuple[tuple[str, str], ...]:
    cells = (normalise(guide.raw(start, end)) for start, end in unit.cells)
    return tuple(zip(guide.blocks[unit.block].header, cells, strict=False))


def tells(guide: Guide, unit: Unit) -> bool:
    """Whether a unit says something by itself."""
    return unit.kind != "heading" and not guide.blocks[unit.block].noise and not unit.text.rstrip().endswith(":")
