"""One page of a PDF: pieces of text put together into lines, list items and the rows of tables.

Words that begin to the right of others, no lower than they do, are the next cell of a row; bullets are often drawn, not
written, or written after all the rest. A table may go on over pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.pdf_text import SAME_LINE, Line, Page, Point

SAME_COLUMN = 3.0  # points
WRAPPED = 1.7  # the most between two lines of one cell, as a share of the type's size
WRAPPED_WIDE = 2.4  # the same in a cell that is not the first of its row
HIGHER = 5  # times the size: how far above a row its next cell begins, where cells are set in the middle
LONGEST_CELL = 60  # characters on average; more is columns of prose
BULLET = re.compile(r"(?:[•◦▪‣·–●○■-]|\d{1,3}[.)])$")
FAR = 4.0  # times the type's size: a bullet farther from words is not theirs
Cell = list[Line]  # the lines of one cell, top down


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side on one page; a line of prose is a row of one cell."""

    page: int
    cells: list[Cell]


def lines_of(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page in reading order; rows of tables are written with pipes, items with a bullet.

    A table may go on over pages; where its header is drawn again at the top of one, it is told once.
    """
    rows = [Row(at, cells) for at, page in enumerate(pages) for cells in _rows(_with_written_bullets(page.pieces))]
    lines: list[list[Line]] = [[] for _ in pages]
    at = 0
    while at < len(rows):
        together, at = _together(rows, at)
        for page, line in _table(together) if _is_table(together) else _prose(together):
            marked = _with_bullet(line, pages[page].bullets)
            if words := " ".join(marked.words.split()):
                lines[page].append(replace(marked, words=words))
    return lines


def _together(rows: Sequence[Row], at: int) -> tuple[list[Row], int]:
    """Row `at` with those after it that fit its columns, as a table's do, and the index of the first that does not."""
    first, found, last = rows[at].cells, [rows[at]], at
    while last + 1 < len(rows) and len(first) > 1:
        row = rows[last + 1]
        if _fits(first, row.cells):
            found.append(row)
        elif found[0].page < row.page and _is_rest(rows, last + 1, first):
            found = _with_rest(found, row)
        else:
            break
        last += 1
    return found, last + 1


def _is_rest(rows: Sequence[Row], at: int, header: list[Cell]) -> bool:
    """Whether a lone cell at the top of a page, or below the header told again there, goes on with a cell that the page
    before cut off: the table goes on after it."""
    row, before = rows[at], rows[at - 1]
    told_again = (
        at > 1
        and rows[at - 2].page < before.page
        and _written(header, before.cells).words == _written(header, header).words
    )
    goes_on = at + 1 < len(rows) and rows[at + 1].page == row.page and _fits(header, rows[at + 1].cells)
    return len(row.cells) == 1 and goes_on and (before.page < row.page or told_again)


def _with_rest(rows: Sequence[Row], rest: Row) -> list[Row]:
    """The rows, the last of the page before with the rest of its cell."""
    at = max(place for place, row in enumerate(rows) if row.page < rest.page)
    (column,) = _columns(rows[0].cells, rest.cells)
    places = _columns(rows[0].cells, rows[at].cells)
    cells = [
        cell + rest.cells[0] if place == column else cell for place, cell in zip(places, rows[at].cells, strict=True)
    ]
    return [*rows[:at], replace(rows[at], cells=cells), *rows[at + 1 :]]


def _with_written_bullets(pieces: Sequence[Line]) -> list[Line]:
    """The pieces, each bullet or number that stands alone put before the words to its right, whenever it was drawn."""
    found: list[Line | None] = list(pieces)
    for at, piece in enumerate(pieces):
        if not BULLET.match(piece.words.strip()):
            continue
        beside = [
            other
            for other, words in enumerate(found)
            if words is not None
            and other != at
            and abs(words.y - piece.y) <= SAME_LINE
            and 0 < words.x - piece.x <= FAR * words.size
        ]
        if not beside:
            continue
        nearest = min(beside, key=lambda other: pieces[other].x)
        words = pieces[nearest]
        found[nearest] = replace(words, words=f"{piece.words.strip()} {words.words}", x=piece.x)
        found[at] = None
    return [piece for piece in found if piece is not None]


def _rows(pieces: Sequence[Line]) -> list[list[Cell]]:
    """Pieces as rows of cells, in the order they are drawn: a paragraph is a row of one cell."""
    rows: list[list[Cell]] = []
    for piece in pieces:
        cell = rows[-1][-1] if rows else None
        if cell is None:
            rows.append([[piece]])
        elif _goes_on(rows[-1], piece):
            cell.append(piece)
        elif _is_right_of(rows[-1], piece):
            rows[-1].append([piece])
        else:
            rows.append([[piece]])
    return rows


def _goes_on(row: list[Cell], piece: Line) -> bool:
    """Whether a piece is the next line of a row's last cell. A new row begins in the first column, so that lines below
    each other in another one may stand farther apart; in the first, type that differs begins something else."""
    cell, in_first = row[-1], len(row) == 1
    last = cell[-1]
    if not in_first and piece.x <= max(line.right for line in row[-2]):
        return False  # it reaches under another cell
    alike = abs(last.size - piece.size) < 0.1 and (last.bold == piece.bold or not in_first)
    down = last.y - piece.y
    most = (WRAPPED if in_first else WRAPPED_WIDE) * max(last.size, piece.size)
    return alike and SAME_LINE < down <= most and _is_below(last, piece)


def _is_below(above: Line, piece: Line) -> bool:
    """Whether a piece begins where the line above it does, or, in a column of another alignment, ends or is centred so."""
    return any(abs(ours - theirs) <= SAME_COLUMN for ours, theirs in zip(_edges([above]), _edges([piece]), strict=True))


def _is_right_of(row: list[Cell], piece: Line) -> bool:
    """Whether a piece begins the next cell of a row: right of the last cell, and not below it."""
    cell = row[-1]
    lowest, highest = min(line.y for line in cell), max(line.y for each in row for line in each)
    beside = any(abs(line.y - piece.y) <= SAME_LINE and piece.x > line.right for line in cell)
    above = lowest + SAME_LINE < piece.y <= highest + HIGHER * piece.size
    return beside or (above and piece.x > max(line.right for line in cell))


def _fits(row: list[Cell], after: list[Cell]) -> bool:
    """Whether another row has its cells in the columns of this one, at least two of them."""
    if len(after) == len(row) > 1:
        return _side_by_side(row, after)
    return 1 < len(after) <= len(row) and len(set(_columns(row, after))) == len(after)


def _side_by_side(row: list[Cell], after: list[Cell]) -> bool:
    """Whether as many cells stand in the same order, none beyond its neighbours above."""
    ours, theirs = [_edges(cell) for cell in row], [_edges(cell) for cell in after]
    starts = all(cell[0] >= left[0] for left, cell in zip(ours, theirs[1:], strict=False))
    return starts and all(cell[1] <= right[1] for right, cell in zip(ours[1:], theirs, strict=False))


def _columns(row: list[Cell], after: list[Cell]) -> list[int]:
    """For each cell of another row the column of this row that it begins, ends or is centred nearest to."""
    if len(after) == len(row):
        return list(range(len(row)))
    edges = [_edges(cell) for cell in row]

    def distance(at: int, cell: Cell) -> float:
        return min(abs(ours - theirs) for ours, theirs in zip(edges[at], _edges(cell), strict=True))

    return [min(range(len(row)), key=lambda at: distance(at, cell)) for cell in after]


def _edges(cell: Cell) -> tuple[float, float, float]:
    left, right = min(line.x for line in cell), max(line.right for line in cell)
    return left, right, (left + right) / 2


def _is_table(rows: Sequence[Row]) -> bool:
    cells = [cell for row in rows for cell in row.cells]
    return len(rows) > 1 and sum(len(line.words) for cell in cells for line in cell) <= LONGEST_CELL * len(cells)


def _table(rows: Sequence[Row]) -> list[tuple[int, Line]]:
    """A table's rows written with pipes, the first as its header, each with its page."""
    columns = rows[0].cells
    header = _written(columns, columns)
    found = [(rows[0].page, header), (rows[0].page, replace(header, words="|" + " --- |" * len(columns)))]
    for before, row in pairwise(rows):
        line = _written(columns, row.cells)
        if row.page == before.page or line.words != header.words:
            found.append((row.page, line))
    return found


def _written(columns: list[Cell], row: list[Cell]) -> Line:
    """A row written with pipes, each cell in the column it stands in."""
    words = [""] * len(columns)
    for column, cell in zip(_columns(columns, row), row, strict=True):
        words[column] = " ".join(" ".join(line.words for line in cell).split()).replace("|", "\\|")
    lowest = min((line for cell in row for line in cell), key=lambda line: line.y)
    return replace(lowest, words=f"| {' | '.join(words)} |", bold=False)


def _prose(rows: Sequence[Row]) -> list[tuple[int, Line]]:
    """The lines of rows that are no table's: columns of prose one after the other, what stands beside on one line."""
    found: list[tuple[int, Line]] = []
    for row in rows:
        cells = row.cells
        if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
            words = " ".join(line.words.strip() for cell in cells for line in cell)
            right = max(cell[0].right for cell in cells)
            bold = all(cell[0].bold for cell in cells)
            found.append((row.page, replace(cells[0][0], words=words, bold=bold, right=right)))
        else:
            found += [(row.page, line) for cell in cells for line in cell]
    return found


def _with_bullet(line: Line, bullets: Sequence[Point]) -> Line:
    """A line with the bullet that is drawn before it, if there is one."""
    for x, y in bullets:
        if 0 < line.x - x <= 3 * line.size and -0.4 * line.size <= y - line.y <= 0.9 * line.size:
            return replace(line, words=f"• {line.words}")
    return line
