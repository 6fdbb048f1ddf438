"""What a page of a PDF draws: pieces of text where they stand, exactly as wide as they are, and the shapes of bullets.

A page only says which glyphs to draw where. Words that go on at the same height without a gap are one piece; what
stands farther apart than words do begins another one, as the cells of a row do. (ISO 32000-1, 9.4: text objects.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

SAME_LINE = 2.5  # points
JOINED = 0.12  # as a share of the type's size: less between two pieces and they are one word
WORDS_APART = 0.15  # more, where blanks are drawn, begins another piece; where none are drawn, a blank is up to …
WORDS_APART_UNDRAWN = 1.0
STRETCHED = 1.6  # a blank that is drawn, and stretched to fill the line
BULLET_SIZE = (1.0, 9.0)  # points
FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"})
BOLD = re.compile(r"bold|black|heavy|demi|cmbx|-medi$|-bd$", re.I)
FILLED_AND_STROKED = 2  # the render mode that makes letters bold without a bold font
DEEPEST = 8  # drawings within drawings
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x7f": "•", "\uf0b7": "•"}
)
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
TURNED: dict[int, Matrix] = {  # by how many degrees a viewer turns a page clockwise
    90: (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
    180: (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
    270: (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, the size of its type in points, whether it is bold, where it begins and ends.

    `y` rises up the page. An item's words begin with its bullet; a table's row is written with pipes.
    """

    words: str
    size: float
    bold: bool
    y: float
    x: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """What a page draws: pieces of text in the order they are drawn, and where bullets stand."""

    pieces: tuple[Line, ...]
    bullets: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page's content, or that of a form which it draws: operators with their operands, fonts, and forms by name.

    A font gives `encoding`, `character_map`, `name`, `space_char`, `space_width` and `get_text_width`, as pypdf's does.
    """

    operations: Iterable[tuple[Any, bytes]]
    fonts: Mapping[str, Any]
    form: Callable[[str], Drawing | None]
    matrix: Matrix = SAME


@dataclass(slots=True)
class _Type:
    """The state that text is drawn in (ISO 32000-1, 9.3)."""

    font: Any = None
    size: float = 1.0
    apart: float = 0.0
    words_apart: float = 0.0
    wide: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class _Pen:
    """Where the page stands while it is drawn."""

    at: Matrix = SAME
    line: Matrix = SAME
    text: Matrix = SAME
    type: _Type = field(default_factory=_Type)
    kept: list[tuple[Matrix, _Type]] = field(default_factory=list)
    pieces: list[Line] = field(default_factory=list)
    bullets: list[Point] = field(default_factory=list)
    path: list[Point] = field(default_factory=list)


def page_of(drawing: Drawing) -> Page:
    """What a page draws, put together as far as it stands together."""
    pen = _Pen()
    _draw(pen, drawing, 0)
    drawn = sum(piece.words.count(" ") for piece in pen.pieces)
    blanks = drawn > 0.02 * sum(len(piece.words) for piece in pen.pieces)
    return Page(tuple(_joined(pen.pieces, blanks=blanks)), tuple(pen.bullets))


def _draw(pen: _Pen, drawing: Drawing, depth: int) -> None:
    pen.at = _times(drawing.matrix, pen.at)
    for operands, operator in drawing.operations:
        try:
            if operator == b"Do" and depth < DEEPEST:
                _form(pen, drawing.form(str(operands[0])), depth)
            elif operator == b"Tf":
                pen.type.font, pen.type.size = drawing.fonts.get(str(operands[0])), float(operands[1])
            elif operator in _OPERATORS:
                _OPERATORS[operator](pen, operands)
            elif operator in FILLS or operator == b"n":
                _close(pen, filled=operator in FILLS)
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError):
            continue  # an operator with wrong operands draws nothing


def _form(pen: _Pen, form: Drawing | None, depth: int) -> None:
    if form is not None:
        _save(pen, ())
        _draw(pen, form, depth + 1)
        _restore(pen, ())


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    m, n, o, p, q, r = second
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def matrix_of(operands: Sequence[Any]) -> Matrix:
    """Six operands as a matrix. Raises TypeError or ValueError where they are none."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _save(pen: _Pen, _operands: Sequence[Any]) -> None:
    pen.kept.append((pen.at, replace(pen.type)))


def _restore(pen: _Pen, _operands: Sequence[Any]) -> None:
    if pen.kept:
        pen.at, pen.type = pen.kept.pop()


def _transform(pen: _Pen, operands: Sequence[Any]) -> None:
    pen.at = _times(matrix_of(operands), pen.at)


def _begin(pen: _Pen, _operands: Sequence[Any]) -> None:
    pen.text = pen.line = SAME


def _place(pen: _Pen, operands: Sequence[Any]) -> None:
    pen.text = pen.line = matrix_of(operands)


def _move(pen: _Pen, operands: Sequence[Any]) -> None:
    pen.text = pen.line = _times((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), pen.line)


def _move_and_lead(pen: _Pen, operands: Sequence[Any]) -> None:
    pen.type.leading = -float(operands[1])
    _move(pen, operands)


def _next_line(pen: _Pen, _operands: Sequence[Any]) -> None:
    _move(pen, (0.0, -pen.type.leading))


def _setting(name: str, share: float = 1.0) -> Callable[[_Pen, Sequence[Any]], None]:
    def put(pen: _Pen, operands: Sequence[Any]) -> None:
        setattr(pen.type, name, float(operands[0]) * share)

    return put


def _show(pen: _Pen, operands: Sequence[Any]) -> None:
    _write(pen, operands[0])


def _show_all(pen: _Pen, operands: Sequence[Any]) -> None:
    for each in operands[0]:
        if isinstance(each, (bytes, str)):
            _write(pen, each)
        else:
            _advance(pen, -float(each) / 1000.0 * pen.type.size * pen.type.wide)


def _show_on_next(pen: _Pen, operands: Sequence[Any]) -> None:
    _next_line(pen, ())
    _write(pen, operands[0])


def _show_on_next_apart(pen: _Pen, operands: Sequence[Any]) -> None:
    pen.type.words_apart, pen.type.apart = float(operands[0]), float(operands[1])
    _show_on_next(pen, operands[2:])


def _advance(pen: _Pen, by: float) -> None:
    pen.text = _times((1.0, 0.0, 0.0, 1.0, by, 0.0), pen.text)


def _write(pen: _Pen, shown: bytes | str) -> None:
    """Takes the text of one operator as a piece, and goes to its end."""
    type_ = pen.type
    words, width = _read(type_, shown)
    start = _times(pen.text, pen.at)
    _advance(pen, width)
    upright = abs(start[0]) >= abs(start[1])
    if not words or not upright:
        return
    end = _times(pen.text, pen.at)
    size = abs(type_.size) * (start[1] ** 2 + start[3] ** 2) ** 0.5 or (start[2] ** 2 + start[3] ** 2) ** 0.5
    bold = type_.mode == FILLED_AND_STROKED or bool(BOLD.search(getattr(type_.font, "name", "")))
    y = start[5] + type_.rise * start[3]
    pen.pieces.append(Line(words.translate(LIGATURES), size, bold, y, start[4], end[4]))


def _read(type_: _Type, shown: bytes | str) -> tuple[str, float]:
    """The characters of a shown string, and how far it goes in the text's own measure."""
    font = type_.font
    if font is None or isinstance(shown, str):
        raw = shown if isinstance(shown, str) else shown.decode("latin-1")
        return raw, len(raw) * 0.5 * type_.size
    if isinstance(font.encoding, str):
        raw = shown.decode(font.encoding, "replace")
        decoded = raw
    else:
        raw = shown.decode("latin-1")
        decoded = "".join(font.encoding.get(byte, chr(byte)) for byte in shown)
    words = "".join(str(font.character_map.get(letter, letter)) for letter in decoded)
    blanks = raw.count(font.space_char)
    width = float(font.get_text_width(raw.replace(font.space_char, ""))) + blanks * float(font.space_width)
    return words, (width / 1000.0 * type_.size + len(raw) * type_.apart + blanks * type_.words_apart) * type_.wide


def _to(pen: _Pen, operands: Sequence[Any]) -> None:
    pen.path.append(_placed(pen, operands[-2], operands[-1]))


def _box(pen: _Pen, operands: Sequence[Any]) -> None:
    x, y, width, height = map(float, operands)
    pen.path += [_placed(pen, x, y), _placed(pen, x + width, y + height)]


def _placed(pen: _Pen, x: Any, y: Any) -> Point:
    place = _times((1.0, 0.0, 0.0, 1.0, float(x), float(y)), pen.at)
    return place[4], place[5]


def _close(pen: _Pen, *, filled: bool) -> None:
    """The end of a path: a small round or square one is a bullet."""
    if filled and pen.path:
        xs, ys = zip(*pen.path, strict=True)
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        least, most = BULLET_SIZE
        if least <= width <= most and least <= height <= most and 0.6 <= width / height <= 1.7:
            pen.bullets.append(((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))
    pen.path.clear()


_OPERATORS: dict[bytes, Callable[[_Pen, Sequence[Any]], None]] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _transform,
    b"BT": _begin,
    b"Tm": _place,
    b"Td": _move,
    b"TD": _move_and_lead,
    b"T*": _next_line,
    b"Tj": _show,
    b"TJ": _show_all,
    b"'": _show_on_next,
    b'"': _show_on_next_apart,
    b"Tc": _setting("apart"),
    b"Tw": _setting("words_apart"),
    b"Tz": _setting("wide", 0.01),
    b"TL": _setting("leading"),
    b"Ts": _setting("rise"),
    b"Tr": _setting("mode"),
    b"m": _to,
    b"l": _to,
    b"c": _to,
    b"v": _to,
    b"y": _to,
    b"re": _box,
}


def _joined(pieces: Sequence[Line], *, blanks: bool) -> list[Line]:
    """Pieces of one height without a gap between them, put together. `blanks`: whether the page draws its blanks."""
    joined: list[Line] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and (between := _between(last, piece, blanks)) is not None:
            words = last.words + between + piece.words
            size = max(last.size, piece.size)
            bold = (last.bold or not last.words.strip()) and (piece.bold or not piece.words.strip())
            joined[-1] = Line(words, size, bold, last.y, last.x, max(last.right, piece.right))
        else:
            joined.append(piece)
    return [_trimmed(piece) for piece in joined if piece.words.strip()]


def _between(last: Line, piece: Line, blanks: bool) -> str | None:
    """What stands between two pieces that belong together, "" or a blank; None where they don't."""
    size = max(last.size, piece.size) or 1.0
    gap = (piece.x - last.right) / size
    if abs(last.y - piece.y) > max(SAME_LINE, 0.35 * size) or gap < -0.6 or piece.x < last.x:
        return None
    drawn = last.words.endswith(" ") or piece.words.startswith(" ")
    if gap <= JOINED or (drawn and gap <= STRETCHED):
        return ""
    return " " if gap <= (WORDS_APART if blanks else WORDS_APART_UNDRAWN) else None


def _trimmed(piece: Line) -> Line:
    """The same piece, without the blanks at its edges; those before it move it to the right."""
    words = piece.words.lstrip()
    indent = (len(piece.words) - len(words)) * 0.25 * piece.size
    return replace(piece, words=words.rstrip(), x=piece.x + indent)
