"""Whole lists: the list, table or run of headings that answers a "what are the …" question, never only its first item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answer.drafting import Line, shown, span_of
from answer.enumerating import prose_of
from answer.evidence import Candidate
from answer.lexicon import Lexicon, figures_in
from answer.outlines import (
    blocks_of,
    child_lines,
    children_of,
    heading_unit,
    introduces,
    item_lines,
    table_lines,
    units_of,
)
from answer.pointing import asks_where_to_read, only_points
from answer.reading import Reading
from answer.wording import SAME_MATTER
from index.passages import Block, Guide, Section
from index.words import stem, words

SECTION_WORDS = 130  # what a run of headings with their first sentences, or a section of prose, may take
LINKS = 3.0  # what a list of mere links must be better by, where nobody asks what to read
PROSE = 1.0  # what a section of prose must be better by than a list of the same fit


@dataclass(frozen=True, slots=True)
class Container:
    """A list, a table, or a section whose sub-headings, or whose sentences, are the list."""

    guide: Guide
    section: Section
    block: Block | None  # None: the section's sub-headings or, where it has none, its sentences
    score: float

    def lines(self) -> list[Line]:
        """The whole of it."""
        if self.block is None and len(children_of(self.guide, self.section.position)) > 1:
            return child_lines(self.guide, self.section, words=SECTION_WORDS)
        if self.block is None:
            told = prose_of(self.guide, self.section.position, words=SECTION_WORDS)
            return [Line(shown(unit), (span_of(self.guide, unit),)) for unit in told]
        return table_lines(self.guide, self.block) if self.block.kind == "table" else item_lines(self.guide, self.block)


def containers(candidates: Sequence[Candidate], reading: Reading, lexicon: Lexicon) -> list[Container]:
    """The lists that the best candidates stand in or under, best first.

    A list is as good as its title (headings, introduction) fits the question, and as its best members do.
    """
    scores: dict[tuple[str, int, int | None], Container] = {}
    reads_on = asks_where_to_read(reading.text)
    for candidate in candidates[:60]:
        for guide, section, block in _around(candidate):
            key = (guide.info.path, section.position, block.position if block else None)
            if key not in scores:
                score = _score(guide, section, block, candidates, reading, lexicon)
                score -= 0.0 if reads_on or not _only_links(guide, block) else LINKS
                scores[key] = Container(guide, section, block, score)
    return sorted(scores.values(), key=lambda container: -container.score)


def _around(candidate: Candidate) -> Iterable[tuple[Guide, Section, Block | None]]:
    """The lists that a unit stands in, introduces, or heads."""
    guide, unit = candidate.guide, candidate.unit
    section = guide.sections[unit.section]
    own = [block for block in guide.blocks if block.position == unit.block or introduces(guide, unit, block)]
    yield from ((guide, guide.sections[block.section], block) for block in own if _is_list(block))
    above = guide.sections[section.parent] if section.parent is not None else None
    for under in (section, above):
        if under is None or not under.level:
            continue
        if len(children_of(guide, under.position)) > 1 or prose_of(guide, under.position, words=SECTION_WORDS):
            yield guide, under, None
        if unit.kind == "heading":
            yield from ((guide, under, block) for block in blocks_of(guide, under.position) if _is_list(block))


def _is_list(block: Block) -> bool:
    return block.kind in ("list", "table") and len(block.units) > 1


def _only_links(guide: Guide, block: Block | None) -> bool:
    return block is not None and all(only_points(guide, unit) for unit in units_of(guide, block))


def _score(
    guide: Guide,
    section: Section,
    block: Block | None,
    candidates: Sequence[Candidate],
    reading: Reading,
    lexicon: Lexicon,
) -> float:
    members = _members(guide, section, block)
    inside = [c.score for c in candidates if c.guide.info.path == guide.info.path and c.unit.position in members]
    best = sorted(inside, reverse=True)[:3]
    body = sum(best) / 3 if best else 0.0
    title = f"{guide.info.title} {guide.info.publisher or ''} {' '.join(section.path)}"
    if block is not None and block.lead is not None:
        paragraph = guide.blocks[guide.units[block.lead].block]
        title += " " + " ".join(unit.text for unit in units_of(guide, paragraph) if unit.kind != "heading")
    if block is not None:
        title += " " + " ".join(block.header)
    fit = body + 4.0 * title_fit(title, reading, lexicon) + 0.5 * title_fit(section.heading, reading, lexicon)
    is_prose = block is None and len(children_of(guide, section.position)) < 2
    return fit - PROSE if is_prose else fit


def _members(guide: Guide, section: Section, block: Block | None) -> set[int]:
    if block is not None:
        own = set(block.units) | ({block.lead} if block.lead is not None else set())
        heading = heading_unit(guide, section.position)
        return own | ({heading.position} if heading is not None else set())
    children = children_of(guide, section.position)
    if len(children) < 2:
        return {unit.position for unit in guide.units if unit.section == section.position}
    headings = [heading_unit(guide, child.position) for child in children]
    own_heading = heading_unit(guide, section.position)
    return {unit.position for unit in (*headings, own_heading) if unit is not None}


def title_fit(title: str, reading: Reading, lexicon: Lexicon) -> float:
    """How much of the question a title says, in [0, 1], rare terms counting more and figures as much as the rarest."""
    own = {stem(word) for word in words(title)} | figures_in(title)
    asked = {term: lexicon.rarity(term) for term in reading.terms}
    total = sum(asked.values()) or 1.0
    return sum(rarity for term, rarity in asked.items() if own & {term, *SAME_MATTER.get(term, ())}) / total


def best_rows(block: Block, guide: Guide, reading: Reading, lexicon: Lexicon) -> list[int]:
    """The rows of a table that the question singles out by figure or name: unit positions, all equally good ones."""
    rows = [unit for unit in units_of(guide, block) if unit.kind == "row"]
    named = f"{' '.join(block.header)} {guide.sections[block.section].heading}"  # "rounds", "six-week plan": all rows
    all_rows = {stem(word) for word in words(named)} | figures_in(named)
    asked = [term for term in (*reading.terms, *figures_in(reading.text)) if term not in all_rows]
    fits = []
    for unit in rows:
        first = guide.raw(*unit.cells[0]) if unit.cells else unit.text
        own = {stem(word) for word in words(first)} | figures_in(first)
        fits.append(sum(lexicon.rarity(term) for term in asked if term in own))
    best = max(fits, default=0.0)
    return [unit.position for unit, fit in zip(rows, fits, strict=True) if fit == best and best > 0]
