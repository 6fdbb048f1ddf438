"""Tables: the cell that was asked for with its row and column named, else the rows under their header."""

from __future__ import annotations

from collections.abc import Sequence

from answer.drafting import Line, span_of
from answer.evidence import Candidate, stems
from answer.lexicon import Lexicon, figures_in
from answer.listing import title_fit
from answer.outlines import row_line, table_lines, units_of
from answer.reading import Reading
from index.passages import Block, Guide, Unit
from index.words import STOP_WORDS, stem, words

LOOKED_AT = 30  # of the best units
NAMES_IT = 0.4  # how much of what is asked of a row the header of the column must say


def asked_cell(candidates: Sequence[Candidate], reading: Reading, lexicon: Lexicon) -> list[Line]:
    """The cell whose row a question names by its figure ("level 62") and whose column by its words ("median bonus").

    The whole row where the question names several columns; [] where no table has such a row, or more than one fits.
    """
    asked = _counted_names(reading.text) if reading.kind != "compare" else frozenset()
    for candidate in candidates[:LOOKED_AT] if asked else ():
        guide, unit = candidate.guide, candidate.unit
        if unit.kind != "row" or not unit.cells or candidate.features.company < 0:
            continue
        block = guide.blocks[unit.block]
        named = [row for row in units_of(guide, block) if row.kind == "row" and asked <= _names(guide, row, block)]
        columns = _columns(block, reading, lexicon) if named == [unit] else []
        if columns and max(columns) < len(unit.cells):
            other = [term for term in reading.terms if term not in lexicon.title_terms and term not in dict(asked)]
            told = stems(" ".join(block.header[column] for column in columns))
            if lexicon.share([term for term in other if not term[0].isdigit()], told) >= NAMES_IT:
                return _cells(guide, unit, block, columns)
    return []


def _counted_names(question: str) -> frozenset[tuple[str, str]]:
    """What a question names by number, as (stem of the word, figure): "weeks 7-8" → ("week", "7"), ("week", "8")."""
    names: set[tuple[str, str]] = set()
    word = ""
    for found in words(question):
        figures = figures_in(found)
        names.update((stem(word), figure) for figure in figures if word and word not in STOP_WORDS)
        word = word if figures else found
    return frozenset(names)


def _names(guide: Guide, row: Unit, block: Block) -> set[tuple[str, str]]:
    """What numbers a row goes by: the figures of its first cell with that cell's and its header's words."""
    first = guide.raw(*row.cells[0]) if row.cells else ""
    kinds = stems(f"{first} {block.header[0] if block.header else ''}")
    return {(kind, figure) for kind in kinds for figure in figures_in(first)}


def rows_told(candidate: Candidate, block: Block, rows: list[Unit], reading: Reading, lexicon: Lexicon) -> list[Line]:
    """The cell that was asked for with its row and column named, else the rows under their header."""
    guide, unit = candidate.guide, candidate.unit
    if len(rows) > 1 and not reading.figures:
        return table_lines(guide, block, sorted(rows, key=lambda row: row.start))
    columns = _columns(block, reading, lexicon)
    return _cells(guide, unit, block, columns if max(columns, default=0) < len(unit.cells) else [])


def _cells(guide: Guide, unit: Unit, block: Block, columns: Sequence[int]) -> list[Line]:
    """The cell of the one column with its row and column named, else the row under its header."""
    if len(columns) != 1:
        return table_lines(guide, block, [unit])
    cells = row_line(guide, unit).cells
    row = f"{block.header[0]} {cells[0]}" if cells[0].isdigit() else cells[0]
    return [Line(f"{row}, {block.header[columns[0]]}: {cells[columns[0]]}", (span_of(guide, unit),))]


def _columns(block: Block, reading: Reading, lexicon: Lexicon) -> list[int]:
    """The column whose header fits the question best, and those that it names besides; the first names the rows.

    [] where several fit equally well, for then the question singles out none.
    """
    fits = [title_fit(header, reading, lexicon) for header in block.header]
    best = max(fits[1:], default=0.0)
    if best == 0 or fits[1:].count(best) > 1:
        return []
    column = fits.index(best, 1)
    said = stems(block.header[column])
    asked = set(reading.terms)
    return [column, *(at for at, header in enumerate(block.header) if at and (stems(header) - said) & asked)]
