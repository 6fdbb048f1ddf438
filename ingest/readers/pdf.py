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
from typing import Any

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.outline import Outline
from ingest.readers.pdf_heads import without_running_heads
from ingest.readers.pdf_page import lines_of, usual_gap
from ingest.readers.pdf_text import SAME, Drawing, Line, Page, matrix_of, page_of

MOST_PAGES = 2000
BIGGER = 1.12  # times the body's size
LONGEST_HEADING = 120  # characters
ITEM = re.compile(r"^(?:[•◦▪‣·●○■–-]|\d{1,2}[.)])\s+")
LOOSE = 1.45  # times the usual distance of two lines: a new paragraph
CUT_WORD = re.compile(r"[^\W\d_]+[-\u2010\u00ad]\n[^\W\d_]+")  # by a hyphen at a line's end: its halves are no words
WRAPPED_HEADING = 1.6  # times its size: the next line of one heading
BACK = 3.0  # points that a line begins left of the item before it, to be no more of that item


@dataclass(frozen=True, slots=True)
class Look:
    """What a document looks like: its body's size of type in points, bigger ones, and the words it writes whole."""

    body: float
    sizes: tuple[float, ...]
    words: frozenset[str]


def read_pdf(content: bytes, path: str) -> Outline:
    """The outline of a PDF. Raises Unreadable (encrypted, damaged, only images) or TooMuch with the cure."""
    pages = _lines(without_running_heads(_pages(content, path)))
    if not any(pages):
        raise Unreadable(f"{path} holds no text, only images: recognise its text (OCR) first, then add it")
    look = _look_of(pages)
    text, starts = "", []
    for lines in pages:
        starts.append(len(text))
        text += _page_text(lines, look, open_end=text)
    text = text.strip("\n") + "\n"
    parts = group(text, scan(text), marked=True)
    placed = tuple(replace(part, page=max(1, bisect_right(starts, part.start))) for part in parts)
    return Outline(text, "pdf", placed, marked=any(part.kind == "heading" for part in parts))


def _lines(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page; a table goes on over the page."""
    found, table = [], None
    for page in pages:
        lines, table = lines_of(page, table)
        found.append(lines)
    return found


def _pages(content: bytes, path: str) -> list[Page]:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"{path} is encrypted: save it without a password, then add it")
        if len(reader.pages) > MOST_PAGES:
            raise TooMuch(f"{path} has more than {MOST_PAGES} pages: split it")
        fonts: dict[int, Any] = {}
        return [page_of(_drawing(page, page.get("/Contents"), fonts)) for page in reader.pages]
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


def _drawing(owner: Any, content: Any, fonts: dict[int, Any]) -> Drawing:
    """What a page or a form draws, with its fonts and the forms that it draws in turn. `fonts` are those read before."""
    from pypdf.generic import ArrayObject, ContentStream, StreamObject

    resources = _entry(owner, "/Resources")
    forms = _entry(resources, "/XObject")

    def form(name: str) -> Drawing | None:
        inner = _entry(forms, name)
        if not inner or inner.get("/Subtype") != "/Form":
            return None
        return replace(_drawing(inner, inner, fonts), matrix=matrix_of(inner.get("/Matrix", SAME)))

    named = {name: _font(_entry(_entry(resources, "/Font"), name), fonts) for name in _entry(resources, "/Font")}
    stream = content.get_object() if content is not None else None
    drawn = ContentStream(stream, None, "bytes").operations if isinstance(stream, (ArrayObject, StreamObject)) else ()
    return Drawing(drawn, named, form)


def _entry(owner: Any, name: str) -> Any:
    """An entry of a dictionary, wherever it is kept; an empty one where there is none."""
    found = owner.get(name) if hasattr(owner, "get") else None
    found = found.get_object() if found is not None else None
    return found if hasattr(found, "get") else {}


def _font(resource: Any, fonts: dict[int, Any]) -> Any:
    """A font's encoding and widths; None where they cannot be read. Each is read once."""
    from pypdf.errors import PyPdfError
    from pypdf.generic._font import Font  # pypdf's own layout mode reads widths with it; there is no public way

    key = id(resource)
    if key not in fonts:
        try:
            fonts[key] = Font.from_font_resource(resource) if resource else None
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError):
            fonts[key] = None
    return fonts[key]


def _look_of(pages: Sequence[Sequence[Line]]) -> Look:
    """The body's size of type, those of headings, biggest first, and the words of a whole document."""
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size, 1)] += len(line.words)
    body = sizes.most_common(1)[0][0]
    text = "\n".join(line.words for lines in pages for line in lines)
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", CUT_WORD.sub(" ", text).lower())
    return Look(body, tuple(size for size in sorted(sizes, reverse=True) if size > BIGGER * body), frozenset(words))


def _page_text(lines: list[Line], look: Look, *, open_end: str) -> str:
    """A page as Markdown; `open_end` is what stands before it, for a sentence or a table may run over the page."""
    usual = usual_gap(lines)
    text, item = "", None
    depths: list[float] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        heading = _heading_level(line, look)
        is_row, follows_row = line.words.startswith("|"), before is not None and before.words.startswith("|")
        if before is not None and _heading_level(before, look) and _same_type(before, line):
            text = f"{text.rstrip()} {line.words}\n\n"
        elif heading:
            text += f"\n\n{'#' * heading} {line.words}\n\n"
        elif is_row:
            goes_on = follows_row or (before is None and open_end.rstrip().endswith("|"))
            text += ("\n" if goes_on else "\n\n") + line.words
        elif ITEM.match(line.words):
            depths = _depths(depths if item is not None else [], line.x)
            text += "\n" + "  " * (len(depths) - 1) + re.sub(r"^[•◦▪‣·●○■–]\s+", "- ", line.words)
        elif before is not None and (before.y - line.y > LOOSE * usual > 0 or _is_left_of(item, line) or follows_row):
            text += "\n\n" + line.words
        else:
            text = _joined(text or ("" if _is_done(open_end) else "\u0000"), line.words, look.words)
            continue
        item = line if ITEM.match(line.words) and not heading else None
    if text.startswith("\n|"):
        return text  # a table goes on
    return ("\n\n" + text) if _is_done(open_end) or not text.startswith("\u0000") else " " + text.lstrip("\u0000")


def _depths(before: Sequence[float], x: float) -> list[float]:
    """Where the items stand that an item is nested in, itself the last."""
    outer = [place for place in before if place < x - BACK]
    return [*outer, x]


def _same_type(before: Line, line: Line) -> bool:
    """Whether a heading goes on in a second line."""
    alike = before.size == line.size and before.bold == line.bold
    return alike and 0 < before.y - line.y <= WRAPPED_HEADING * line.size and not line.words.startswith("|")


def _is_left_of(item: Line | None, line: Line) -> bool:
    return item is not None and line.x < item.x - BACK


def _heading_level(line: Line, look: Look) -> int:
    if len(line.words) > LONGEST_HEADING or line.words.startswith("|") or not re.search(r"[^\W\d_]{2}", line.words):
        return 0
    if line.size > BIGGER * look.body:
        return min(6, 1 + look.sizes.index(round(line.size, 1)))
    return min(6, 2 + len(look.sizes)) if line.bold and not line.words.endswith((".", ",", ";", ":")) else 0


def _is_done(text: str) -> bool:
    return not text.strip() or text.rstrip()[-1] in ".!?:|" or text.endswith("\n")


def _joined(text: str, words: str, known: frozenset[str]) -> str:
    """The next line of a paragraph; a word cut by a hyphen at the line's end is made whole.

    The hyphen stays where the document writes the word with it elsewhere, or writes both its halves but not the whole.
    """
    cut = re.search(r"([^\W\d_]+)[-\u2010\u00ad]$", text)
    rest = re.match(r"[^\W\d_]+", words)
    if cut is None or rest is None or not words[0].islower():
        return f"{text} {words}" if text and not text.endswith(("\n", "\u0000")) else text + words
    first, second = cut.group(1).lower(), rest.group().lower()
    halves = first in known and second in known and len(second) > 2 and first + second not in known
    return text + words if f"{first}-{second}" in known or halves else text[:-1] + words
