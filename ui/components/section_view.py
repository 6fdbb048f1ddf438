"""A piece of a guide as lines to draw, with the cited span marked to the character.

The lines are built from the guide's own blocks and units, not from rendered Markdown, so that headings, lists and
tables read well in every format. Nothing is dropped and nothing is moved: the runs of all lines joined are `guide.text`
between the view's start and end, and the cited runs joined are the quote. Marks of the format are runs too, which the
page hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from index.passages import Block, Guide, Noise, Section, Unit
from ui.components.inline_marks import Run, Style, runs_of

LineKind = Literal["heading", "paragraph", "item", "row", "header", "code", "formula", "gap"]
ROOM = 6000  # characters of a section shown around a citation
_MARKS_ONLY = re.compile(r"[\W_]*")
_FENCE = re.compile(r"(?:```|~~~).*")
_ENTRY = re.compile(r"(\s*(?:-\s+)?)([a-z_]+)(:[ \t]*(?:[>|]-?)?)(.*\n?)", re.DOTALL)
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One heading, paragraph, item, row or block of code. `level` is a heading's level or an item's depth."""

    kind: LineKind
    runs: tuple[Run, ...]
    level: int = 0
    noise: Noise | None = None

    @property
    def text(self) -> str:
        """The exact characters of the line."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span drawn as one line, or as the continuation of the line before it."""

    start: int
    end: int
    kind: LineKind
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    joins: bool = False
    noise: Noise | None = None


def section_of(guide: Guide, start: int, end: int) -> Section | None:
    """The innermost section that holds the span."""
    holding = [section for section in guide.sections if section.start <= start and end <= section.end]
    return max(holding, key=lambda section: (section.level, section.start), default=None)


def frame_of(guide: Guide, start: int, end: int, *, room: int = ROOM) -> tuple[int, int]:
    """The part of the guide to show around a span: its section, or what fits of it, cut between blocks."""
    section = section_of(guide, start, end)
    first, last = (section.start, section.end) if section else (0, len(guide.text))
    if last - first <= room:
        return first, last
    edges = sorted({first, last} | {block.start for block in guide.blocks if first < block.start < last})
    before = [edge for edge in edges if edge <= start and start - edge <= room // 3]
    first = min(before, default=start)
    after = [edge for edge in edges if edge >= end and edge - first <= room]
    return first, max(after, default=end)


def _pieces(guide: Guide, start: int, end: int) -> tuple[_Piece, ...]:
    """The units and table headers near a span as pieces in reading order, none overlapping another."""
    near = (block for block in guide.blocks if block.end > start and block.start < end)
    pieces = [piece for block in near for piece in _pieces_of(guide, block)]
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        floor = kept[-1].end if kept else 0
        if piece.end > max(piece.start, floor):
            kept.append(replace(piece, start=max(piece.start, floor)))
    return tuple(kept)


def _pieces_of(guide: Guide, block: Block) -> Iterator[_Piece]:
    if block.header_span:
        start, end = block.header_span
        yield _Piece(start, end, "header", cells=_header_cells(guide, block), noise=block.noise)
    for order, position in enumerate(block.units):
        unit = guide.units[position]
        yield replace(_piece_of(guide, block, unit), joins=_joins(block, unit, order), noise=block.noise)


def _joins(block: Block, unit: Unit, order: int) -> bool:
    if block.kind in ("code", "formula"):
        return order > 0
    return unit.kind == "sentence" and order > 0


def _piece_of(guide: Guide, block: Block, unit: Unit) -> _Piece:
    if unit.kind == "heading" or block.kind == "heading":
        return _Piece(unit.start, unit.end, "heading", guide.sections[unit.section].level)
    if unit.kind == "row":
        return _Piece(unit.start, unit.end, "row", cells=unit.cells)
    if unit.kind == "item":
        return _Piece(unit.start, unit.end, "item", unit.depth)
    kinds: dict[str, LineKind] = {"code": "code", "formula": "formula"}
    return _Piece(unit.start, unit.end, kinds.get(block.kind, "paragraph"))


def _header_cells(guide: Guide, block: Block) -> tuple[tuple[int, int], ...]:
    assert block.header_span is not None
    at, end = block.header_span
    cells = []
    for name in block.header:
        found = guide.text.find(name, at, end)
        if found < 0:
            return (block.header_span,)
        cells.append((found, found + len(name)))
        at = found + len(name)
    return tuple(cells) or (block.header_span,)


def lines_of(guide: Guide, start: int, end: int, cited: tuple[int, int]) -> tuple[Line, ...]:
    """The lines of `guide.text[start:end]`, with the runs inside the `cited` span marked."""
    lines: list[Line] = []
    at = start
    for piece in _pieces(guide, start, end):
        if piece.end <= start or piece.start >= end:
            continue
        first, last = max(piece.start, start), min(piece.end, end)
        lead = _between(guide, lines, at, first)
        runs = (*lead, *_runs_of_piece(guide, piece, first, last))
        if piece.joins and lines:
            spaced = (replace(run, style="text") if run.text.isspace() else run for run in runs)
            lines[-1] = replace(lines[-1], runs=(*lines[-1].runs, *spaced))
        else:
            lines.append(Line(piece.kind, runs, piece.level, piece.noise))
        at = last
    trailing = _between(guide, lines, at, end)
    if trailing:
        lines.append(Line("gap", trailing))
    return tuple(_mark_cited(lines, start, cited))


def _between(guide: Guide, lines: list[Line], start: int, end: int) -> tuple[Run, ...]:
    """What stands outside units: words become plain paragraphs of their own, marks the runs before the next line."""
    runs: list[Run] = []
    for row in guide.text[start:end].splitlines(keepends=True):
        if _MARKS_ONLY.fullmatch(row) or _FENCE.match(row.strip()):
            runs.append(Run(row, "mark"))
        elif (number := _NUMBER.match(row.lstrip())) and number.end() == len(row.lstrip()):
            runs.append(Run(row, "number"))
        elif guide.info.format == "bank" and (entry := _ENTRY.match(row)):
            runs += _runs_of_entry(entry)
        else:
            lines.append(Line("paragraph", (*runs, *runs_of(row, markdown=_is_markdown(guide)))))
            runs = []
    return tuple(runs)


def _runs_of_entry(entry: re.Match[str]) -> Iterator[Run]:
    """A line of the question bank: its key as a label, what stands behind it as text; an id is nobody's reading."""
    lead, key, colon, rest = entry.groups()
    if key == "id":
        yield Run(entry.group(), "mark")
        return
    pieces: tuple[tuple[str, Style], ...] = ((lead, "mark"), (key, "key"), (colon, "mark"), (rest, "text"))
    yield from (Run(text, style) for text, style in pieces if text)


def _is_markdown(guide: Guide) -> bool:
    return guide.info.format == "markdown"


def _runs_of_piece(guide: Guide, piece: _Piece, start: int, end: int) -> Iterator[Run]:
    if piece.kind in ("code", "formula"):
        style: Style = "code" if piece.kind == "code" else "formula"
        yield from runs_of(guide.text[start:end], style, markdown=False)
    elif piece.kind in ("row", "header"):
        yield from _runs_of_row(guide, piece, start, end)
    else:
        yield from runs_of(guide.text[start:end], markdown=_is_markdown(guide))


def _runs_of_row(guide: Guide, piece: _Piece, start: int, end: int) -> Iterator[Run]:
    at = start
    for column, (first, last) in enumerate(piece.cells or ((piece.start, piece.end),)):
        first, last = max(first, at), min(last, end)
        if last < first:
            continue
        if first > at:
            yield Run(guide.text[at:first], "mark")
        for run in runs_of(guide.text[first:last], markdown=_is_markdown(guide)):
            yield replace(run, cell=column)
        at = last
    if at < end:
        yield Run(guide.text[at:end], "mark")


def _mark_cited(lines: list[Line], start: int, cited: tuple[int, int]) -> Iterator[Line]:
    at = start
    for line in lines:
        runs: list[Run] = []
        for run in line.runs:
            runs += _split_at(run, at, cited)
            at += len(run.text)
        yield replace(line, runs=tuple(runs)) if runs != list(line.runs) else line


def _split_at(run: Run, at: int, cited: tuple[int, int]) -> Iterator[Run]:
    if run.text and not run.cited and (at >= cited[1] or at + len(run.text) <= cited[0]):
        yield run
        return
    inside = [min(max(edge - at, 0), len(run.text)) for edge in cited]
    for first, last in pairwise((0, *inside, len(run.text))):
        if last > first:
            yield replace(run, text=run.text[first:last], cited=(first, last) == tuple(inside))
