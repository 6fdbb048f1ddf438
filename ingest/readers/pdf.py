"""PDF: lines with their type size; bigger or bold lines are headings, running heads go, words cut at a line's end join.

The extracted text is what `python -m index show GUIDE` prints; each part knows the page it begins on.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.outline import Outline

MOST_PAGES = 2000
BIGGER = 1.12  # times the body's size
LONGEST_HEADING = 120  # characters
ITEM = re.compile(r"^(?:[•◦▪‣·–-]|\d{1,2}[.)])\s+")
SAME_LINE = 2.5  # points
SAME_COLUMN = 3.0  # points
LONGEST_CELL = 40  # characters on average; more is columns of prose
Cell = tuple[float, str]  # where it begins, in points from the left, and its words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, the size of its type in points, whether it is bold, its height on the page."""

    words: str
    size: float
    bold: bool
    y: float
    cells: tuple[Cell, ...] = ()


def read_pdf(content: bytes, path: str) -> Outline:
    """The outline of a PDF. Raises Unreadable (encrypted, damaged, only images) or TooMuch with the cure."""
    pages = _without_running_heads(_pages(content, path))
    if not any(pages):
        raise Unreadable(f"{path} holds no text, only images: recognise its text (OCR) first, then add it")
    body = _body_size(pages)
    text, starts = "", []
    for lines in pages:
        starts.append(len(text))
        text += _page_text(_with_tables(lines), body, open_end=text)
    text = text.strip("\n") + "\n"
    parts = group(text, scan(text), marked=True)
    placed = tuple(replace(part, page=max(1, bisect_right(starts, part.start))) for part in parts)
    return Outline(text, "pdf", placed, marked=any(part.kind == "heading" for part in parts))


def _pages(content: bytes, path: str) -> list[list[Line]]:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"{path} is encrypted: save it without a password, then add it")
        if len(reader.pages) > MOST_PAGES:
            raise TooMuch(f"{path} has more than {MOST_PAGES} pages: split it")
        return [_lines(page) for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        ArithmeticError,
        OSError,
        NotImplementedError,
    ) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise Unreadable(f"{path} is damaged ({reason}): open it in a viewer and print it to PDF again") from error
    except RecursionError as error:
        raise TooMuch(f"{path} nests its objects too deep: print it to PDF again") from error


def _lines(page: Any) -> list[Line]:
    """The lines of a page in reading order, pieces of one height joined."""
    pieces: list[tuple[float, float, str, float, bool]] = []

    def visit(text: str, _cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
            scale = abs(tm[3]) or abs(tm[0]) or 1.0
            pieces.append((tm[5], tm[4], text.replace("\n", " "), float(size) * scale, bold))

    page.extract_text(visitor_text=visit)
    lines: list[Line] = []
    for y, x, text, size, bold in pieces:
        if lines and abs(lines[-1].y - y) <= SAME_LINE:
            joined = lines[-1]
            cells = _with_piece(joined.cells, (x, text), size)
            lines[-1] = Line(joined.words + text, max(joined.size, size), joined.bold and bold, joined.y, cells)
        else:
            lines.append(Line(text, size, bold, y, ((x, text),)))
    return [replace(line, words=" ".join(line.words.split())) for line in lines if line.words.strip()]


def _with_piece(cells: tuple[Cell, ...], piece: Cell, size: float) -> tuple[Cell, ...]:
    """The cells of a line and its next piece: a cell of its own where there is a gap, about one letter's height."""
    left, words = cells[-1]
    if piece[0] > left + 0.5 * size * len(words.strip()) + size:
        return (*cells, piece)
    return (*cells[:-1], (left, words + piece[1]))


def _with_tables(lines: list[Line]) -> list[Line]:
    """The lines of a page, those of a table written as rows: two and more in a row whose cells begin alike."""
    shown: list[Line] = []
    at = 0
    while at < len(lines):
        last = at
        while last + 1 < len(lines) and _same_columns(lines[at], lines[last + 1]):
            last += 1
        rows = lines[at : last + 1]
        if last > at and sum(len(line.words) for line in rows) <= LONGEST_CELL * len(rows) * len(rows[0].cells):
            rule = replace(rows[0], words="|" + " --- |" * len(rows[0].cells))
            written = [replace(line, words=_row(line.cells)) for line in rows]
            shown += [written[0], rule, *written[1:]]
        else:
            shown += rows
        at = last + 1
    return shown


def _same_columns(line: Line, after: Line) -> bool:
    return len(line.cells) == len(after.cells) > 1 and all(
        abs(cell[0] - other[0]) <= SAME_COLUMN for cell, other in zip(line.cells, after.cells, strict=True)
    )


def _row(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join(" ".join(words.split()).replace("|", "\\|") for _, words in cells) + " |"


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without lines that stand at the edge of most of them, page numbers aside the same."""
    if len(pages) < 2:
        return [_without_number(lines) for lines in pages]
    edges = Counter(key for lines in pages for key in {_edge(line) for line in (*lines[:1], *lines[-1:])})
    running = {key for key, count in edges.items() if count >= max(2, 0.6 * len(pages))}
    return [
        _without_number(
            [line for at, line in enumerate(lines) if not _is_edge(at, lines) or _edge(line) not in running]
        )
        for lines in pages
    ]


def _is_edge(at: int, lines: Sequence[Line]) -> bool:
    return at in (0, len(lines) - 1)


def _edge(line: Line) -> str:
    return re.sub(r"^\d+\b|\b\d+$", "#", line.words)  # only the page's number differs


def _without_number(lines: list[Line]) -> list[Line]:
    number = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?$", re.I)
    return [line for at, line in enumerate(lines) if not (_is_edge(at, lines) and number.match(line.words))]


def _body_size(pages: list[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size, 1)] += len(line.words)
    return sizes.most_common(1)[0][0]


def _page_text(lines: list[Line], body: float, *, open_end: str) -> str:
    """A page as Markdown; `open_end` is what stands before it, for a sentence may run over the page."""
    sizes = sorted({round(line.size, 1) for line in lines if line.size > BIGGER * body}, reverse=True)
    gaps = sorted(a.y - b.y for a, b in pairwise(lines) if a.y > b.y)
    usual = gaps[len(gaps) // 3] if gaps else 0.0
    text = ""
    for at, line in enumerate(lines):
        heading = _heading_level(line, body, sizes)
        before = lines[at - 1] if at else None
        if heading:
            text += f"\n\n{'#' * heading} {line.words}\n\n"
        elif line.words.startswith("|"):
            text += ("\n" if before is not None and before.words.startswith("|") else "\n\n") + line.words
        elif ITEM.match(line.words):
            text += "\n" + re.sub(r"^[•◦▪‣·–]\s+", "- ", line.words)
        elif before is not None and before.y - line.y > 1.45 * usual > 0:
            text += "\n\n" + line.words
        else:
            text = _joined(text or ("" if _is_done(open_end) else "\u0000"), line.words)
    return ("\n\n" + text) if _is_done(open_end) or not text.startswith("\u0000") else " " + text.lstrip("\u0000")


def _heading_level(line: Line, body: float, sizes: Sequence[float]) -> int:
    if len(line.words) > LONGEST_HEADING or line.words.startswith("|") or not re.search(r"[^\W\d_]{2}", line.words):
        return 0
    if line.size > BIGGER * body:
        return min(6, 1 + sizes.index(round(line.size, 1)))
    return min(6, 2 + len(sizes)) if line.bold and not line.words.endswith((".", ",", ";", ":")) else 0


def _is_done(text: str) -> bool:
    return not text.strip() or text.rstrip()[-1] in ".!?:|" or text.endswith("\n")


def _joined(text: str, words: str) -> str:
    """The next line of a paragraph; a word cut by a hyphen at the line's end is made whole."""
    if re.search(r"[a-z]-$", text) and words[:1].islower():
        return text[:-1] + words
    return f"{text} {words}" if text and not text.endswith(("\n", "\u0000")) else text + words
