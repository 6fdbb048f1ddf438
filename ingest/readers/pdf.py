"""PDF: lines with their type size; bigger or bold lines are headings, running heads go, words cut at a line's end join.

The extracted text is what `python -m index show GUIDE` prints; each part knows the page it begins on.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.outline import Outline
from ingest.readers.pdf_heads import without_running_heads
from ingest.readers.pdf_page import Line, Page, lines_of, page_of, usual_gap

MOST_PAGES = 2000
BIGGER = 1.12  # times the body's size
LONGEST_HEADING = 120  # characters
ITEM = re.compile(r"^(?:[•◦▪‣·●○■–-]|\d{1,2}[.)])\s+")
LOOSE = 1.45  # times the usual distance of two lines: a new paragraph
BACK = 3.0  # points that a line begins left of the item before it, to be no more of that item


def read_pdf(content: bytes, path: str) -> Outline:
    """The outline of a PDF. Raises Unreadable (encrypted, damaged, only images) or TooMuch with the cure."""
    pages = [lines_of(page) for page in without_running_heads(_pages(content, path))]
    if not any(pages):
        raise Unreadable(f"{path} holds no text, only images: recognise its text (OCR) first, then add it")
    body = _body_size(pages)
    known = frozenset(
        re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.words for lines in pages for line in lines).lower())
    )
    text, starts = "", []
    for lines in pages:
        starts.append(len(text))
        text += _page_text(lines, body, known, open_end=text)
    text = text.strip("\n") + "\n"
    parts = group(text, scan(text), marked=True)
    placed = tuple(replace(part, page=max(1, bisect_right(starts, part.start))) for part in parts)
    return Outline(text, "pdf", placed, marked=any(part.kind == "heading" for part in parts))


def _pages(content: bytes, path: str) -> list[Page]:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"{path} is encrypted: save it without a password, then add it")
        if len(reader.pages) > MOST_PAGES:
            raise TooMuch(f"{path} has more than {MOST_PAGES} pages: split it")
        return [page_of(page) for page in reader.pages]
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


def _body_size(pages: list[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size, 1)] += len(line.words)
    return sizes.most_common(1)[0][0]


def _page_text(lines: list[Line], body: float, known: frozenset[str], *, open_end: str) -> str:
    """A page as Markdown; `open_end` is what stands before it, for a sentence may run over the page."""
    sizes = sorted({round(line.size, 1) for line in lines if line.size > BIGGER * body}, reverse=True)
    usual = usual_gap(lines)
    text, item = "", None
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        heading = _heading_level(line, body, sizes)
        if before is not None and _heading_level(before, body, sizes) and _same_type(before, line):
            text = f"{text.rstrip()} {line.words}\n\n"
        elif heading:
            text += f"\n\n{'#' * heading} {line.words}\n\n"
        elif line.words.startswith("|"):
            text += ("\n" if before is not None and before.words.startswith("|") else "\n\n") + line.words
        elif ITEM.match(line.words):
            text += "\n" + re.sub(r"^[•◦▪‣·●○■–]\s+", "- ", line.words)
        elif before is not None and (before.y - line.y > LOOSE * usual > 0 or _is_left_of(item, line)):
            text += "\n\n" + line.words
        else:
            text = _joined(text or ("" if _is_done(open_end) else "\u0000"), line.words, known)
            continue
        item = line if ITEM.match(line.words) else None
    return ("\n\n" + text) if _is_done(open_end) or not text.startswith("\u0000") else " " + text.lstrip("\u0000")


def _same_type(before: Line, line: Line) -> bool:
    """Whether a heading goes on in a second line."""
    alike = before.size == line.size and before.bold == line.bold
    return alike and 0 < before.y - line.y <= LOOSE * line.size and not line.words.startswith("|")


def _is_left_of(item: Line | None, line: Line) -> bool:
    return item is not None and line.x < item.x - BACK


def _heading_level(line: Line, body: float, sizes: Sequence[float]) -> int:
    if len(line.words) > LONGEST_HEADING or line.words.startswith("|") or not re.search(r"[^\W\d_]{2}", line.words):
        return 0
    if line.size > BIGGER * body:
        return min(6, 1 + sizes.index(round(line.size, 1)))
    return min(6, 2 + len(sizes)) if line.bold and not line.words.endswith((".", ",", ";", ":")) else 0


def _is_done(text: str) -> bool:
    return not text.strip() or text.rstrip()[-1] in ".!?:|" or text.endswith("\n")


def _joined(text: str, words: str, known: frozenset[str]) -> str:
    """The next line of a paragraph; a word cut by a hyphen at the line's end is made whole.

    The hyphen stays where the document writes the word with it elsewhere, or writes both its halves but not the whole.
    """
    cut = re.search(r"([^\W\d_]+)-$", text)
    rest = re.match(r"[^\W\d_]+", words)
    if cut is None or rest is None or not words[0].islower():
        return f"{text} {words}" if text and not text.endswith(("\n", "\u0000")) else text + words
    first, second = cut.group(1).lower(), rest.group().lower()
    halves = first in known and second in known and len(second) > 2 and first + second not in known
    return text + words if f"{first}-{second}" in known or halves else text[:-1] + words
