"""One page of a PDF: where its words stand, put together into lines, list items and the rows of tables.

A page only says which words to draw where. Words that go on at the same height are one line; words that begin to the
right of others, no lower than they do, are the next cell of a row; bullets are often drawn, not written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

SAME_LINE = 2.5  # points
SAME_COLUMN = 3.0  # points
LETTER = 0.5  # the width of a letter as a share of the type's size
NARROW, WIDE = frozenset(" .,:;!'|()[]ijltfrI-"), frozenset("mwMW@%—&")  # about a third and about nine tenths
GAP = 0.3  # as a share of the type's size: more before a piece that pypdf sets off by a space begins a cell
WRAPPED = 1.7  # the most between two lines of one cell, as a share of the type's size
LONGEST_CELL = 60  # characters on average; more is columns of prose
BULLET_SIZE = (1.0, 9.0)  # points
BULLET = re.compile(r"(?:[•◦▪‣·–●○■-]|\d{1,3}[.)])$")
FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
Matrix = Sequence[float]
Point = tuple[float, float]


def _width(letter: str) -> float:
    """About how wide a letter is, as a share of the type's size."""
    if letter in NARROW:
        return 0.3
    if letter in WIDE:
        return 0.85
    return 0.68 if letter.isupper() else LETTER if letter.isdigit() else 0.46


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, the size of its type in points, whether it is bold, where it begins.

    `y` rises up the page. An item's words begin with its bullet; a table's row is written with pipes.
    """

    words: str
    size: float
    bold: bool
    y: float
    x: float = 0.0

    @property
    def right(self) -> float:
        """About where it ends."""
        return self.x + self.size * sum(map(_width, self.words.strip()))


Cell = list[Line]  # the lines of one cell, top down


@dataclass(slots=True)
class _Drawn:
    """What a page draws, as it is met: pieces of text and the small filled shapes that bullets are."""

    pieces: list[Line] = field(default_factory=list)
    bullets: list[Point] = field(default_factory=list)
    path: list[Point] = field(default_factory=list)

    def text(self, text: str, cm: Matrix, tm: Matrix, font: Any, size: float) -> None:
        """Takes a piece of text; `cm` and `tm` place it, `size` is in the text's own measure."""
        if text.strip():
            x, y = _placed(tm[4], tm[5], cm)
            scale = (abs(tm[3]) or abs(tm[0]) or 1.0) * (abs(cm[3]) or abs(cm[0]) or 1.0)
            bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
            self.pieces.append(Line(text.replace("\n", " "), float(size) * scale, bold, y, x))

    def shape(self, operator: bytes, operands: Sequence[Any], cm: Matrix, _tm: Matrix) -> None:
        """Takes one drawing operator; a small filled path is a bullet."""
        if operator in (b"m", b"l", b"c") and len(operands) >= 2:
            self.path.append(_placed(float(operands[-2]), float(operands[-1]), cm))
        elif operator == b"re" and len(operands) == 4:
            x, y, width, height = map(float, operands)
            self.path += [_placed(x, y, cm), _placed(x + width, y + height, cm)]
        elif operator in FILLS or operator in (b"n", b"S", b"s"):
            self._close(filled=operator in FILLS)

    def _close(self, *, filled: bool) -> None:
        if filled and self.path:
            xs, ys = zip(*self.path, strict=True)
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            least, most = BULLET_SIZE
            if least <= width <= most and least <= height <= most and 0.6 <= width / height <= 1.7:
                self.bullets.append(((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))
        self.path.clear()


@dataclass(frozen=True, slots=True)
class Page:
    """What a page draws: pieces of text in the order they are drawn, and where bullets stand."""

    pieces: tuple[Line, ...]
    bullets: tuple[Point, ...]


def page_of(page: Any) -> Page:
    """What a pypdf page draws."""
    drawn = _Drawn()
    page.extract_text(visitor_text=drawn.text, visitor_operand_before=drawn.shape)
    return Page(tuple(_joined(drawn.pieces)), tuple(drawn.bullets))


def lines_of(page: Page) -> list[Line]:
    """The lines of a page in reading order; rows of tables are written with pipes, items with a bullet."""
    rows = _rows(page.pieces)
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        last = at
        while last + 1 < len(rows) and len(rows[at]) > 1 and _fits(rows[at], rows[last + 1]):
            last += 1
        if last > at and _is_table(rows[at : last + 1]):
            lines += _table(rows[at : last + 1])
        else:
            lines += [line for row in rows[at : last + 1] for line in _prose(row)]
        at = last + 1
    marked = [_with_bullet(line, page.bullets) for line in lines]
    return [replace(line, words=" ".join(line.words.split())) for line in marked if line.words.strip()]


def _placed(x: float, y: float, cm: Matrix) -> Point:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


def _joined(pieces: Sequence[Line]) -> list[Line]:
    """Pieces of one height without a gap between them, put together; a written bullet with what follows it."""
    joined: list[Line] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        same = last is not None and abs(last.y - piece.y) <= SAME_LINE and piece.x >= last.x - SAME_COLUMN
        if last is not None and same and (_adjoins(last, piece) or BULLET.match(last.words.strip())):
            words = f"{last.words} {piece.words}" if BULLET.match(last.words.strip()) else last.words + piece.words
            joined[-1] = Line(words, max(last.size, piece.size), last.bold and piece.bold, last.y, last.x)
        else:
            joined.append(piece)
    return joined


def _adjoins(last: Line, piece: Line) -> bool:
    gap = piece.x - last.right
    return gap <= (GAP if piece.words.startswith(" ") else 1.0) * piece.size


def _rows(pieces: Sequence[Line]) -> list[list[Cell]]:
    """Pieces as rows of cells, in the order they are drawn: a paragraph is a row of one cell."""
    rows: list[list[Cell]] = []
    for piece in pieces:
        cell = rows[-1][-1] if rows else None
        if cell is None:
            rows.append([[piece]])
        elif _goes_on(cell, piece):
            cell.append(piece)
        elif _is_right_of(rows[-1], piece):
            rows[-1].append([piece])
        else:
            rows.append([[piece]])
    return rows


def _goes_on(cell: Cell, piece: Line) -> bool:
    last = cell[-1]
    down = last.y - piece.y
    return abs(cell[0].x - piece.x) <= SAME_COLUMN and SAME_LINE < down <= WRAPPED * max(last.size, piece.size)


def _is_right_of(row: list[Cell], piece: Line) -> bool:
    """Whether a piece begins the next cell of a row: right of the last cell, and not below it."""
    cell = row[-1]
    right = max(line.x + LETTER * line.size for line in cell)
    lowest, highest = min(line.y for line in cell), max(line.y for each in row for line in each)
    beside = any(abs(line.y - piece.y) <= SAME_LINE and piece.x > line.right for line in cell)
    return piece.x > right and (
        beside or (lowest + SAME_LINE < piece.y <= highest + 3 * piece.size and piece.x > cell[0].x + 3 * piece.size)
    )


def _fits(row: list[Cell], after: list[Cell]) -> bool:
    """Whether another row has its cells in the columns of this one, at least two of them."""
    return 1 < len(after) <= len(row) and len(set(_columns(row, after))) == len(after)


def _columns(row: list[Cell], after: list[Cell]) -> list[int]:
    """For each cell of another row the column of this row that it begins nearest to."""
    starts = [cell[0].x for cell in row]
    return [min(range(len(starts)), key=lambda at: abs(starts[at] - cell[0].x)) for cell in after]


def _is_table(rows: Sequence[list[Cell]]) -> bool:
    cells = [cell for row in rows for cell in row]
    return sum(len(line.words) for cell in cells for line in cell) <= LONGEST_CELL * len(cells)


def _table(rows: Sequence[list[Cell]]) -> list[Line]:
    """A table's rows written with pipes, the first as its header."""
    width = len(rows[0])
    written = []
    for row in rows:
        words = [""] * width
        for column, cell in zip(_columns(rows[0], row), row, strict=True):
            words[column] = " ".join(" ".join(line.words for line in cell).split()).replace("|", "\\|")
        lowest = min((line for cell in row for line in cell), key=lambda line: line.y)
        written.append(replace(lowest, words=f"| {' | '.join(words)} |", bold=False))
    rule = replace(written[0], words="|" + " --- |" * width)
    return [written[0], rule, *written[1:]]


def _prose(row: list[Cell]) -> list[Line]:
    """The lines of a row that is no table's: columns of prose one after the other, what stands beside on one line."""
    if len(row) > 1 and all(len(cell) == 1 for cell in row):
        words = " ".join(line.words.strip() for cell in row for line in cell)
        return [replace(row[0][0], words=words, bold=all(cell[0].bold for cell in row))]
    return [line for cell in row for line in cell]


def _with_bullet(line: Line, bullets: Sequence[Point]) -> Line:
    """A line with the bullet that is drawn before it, if there is one."""
    for x, y in bullets:
        if 0 < line.x - x <= 3 * line.size and -0.4 * line.size <= y - line.y <= 0.9 * line.size:
            return replace(line, words=f"• {line.words}")
    return line


def usual_gap(lines: Sequence[Line]) -> float:
    """The distance between two lines of a paragraph, in points; 0 where a page has too few."""
    gaps = sorted(a.y - b.y for a, b in pairwise(lines) if a.y > b.y)
    return gaps[len(gaps) // 3] if gaps else 0.0
