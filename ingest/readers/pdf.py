"""PDF: lines with their type size; bigger or bold lines are headings, running heads go, words cut at a line's end join.

The extracted text is what `python -m index show GUIDE` prints; each part knows the page it begins on.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from dataclasses import replace
from typing import Any

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.outline import Outline
from ingest.readers.pdf_flow import look_of, written
from ingest.readers.pdf_heads import without_running_heads
from ingest.readers.pdf_page import lines_of
from ingest.readers.pdf_text import SAME, TURNED, Drawing, Page, matrix_of, page_of

MOST_PAGES = 2000
MOST_DRAWN = 20_000_000  # bytes that one page draws; a page of text takes some thousand


def read_pdf(content: bytes, path: str) -> Outline:
    """The outline of a PDF. Raises Unreadable (encrypted, damaged, only images) or TooMuch with the cure."""
    pages = lines_of(without_running_heads(_pages(content, path)))
    if not any(pages):
        raise Unreadable(f"{path} holds no text, only images: recognise its text (OCR) first, then add it")
    text, starts = written(pages, look_of(pages))
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
        fonts: dict[int, Any] = {}
        return [page_of(_drawing_of(page, fonts, path)) for page in reader.pages]
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


def _drawing_of(page: Any, fonts: dict[int, Any], path: str) -> Drawing:
    """What a page draws, turned as a viewer turns it."""
    return replace(_drawing(page, page.get("/Contents"), fonts, path), matrix=TURNED.get(page.rotation % 360, SAME))


def _drawing(owner: Any, content: Any, fonts: dict[int, Any], path: str) -> Drawing:
    """What a page or a form draws, with its fonts and the forms that it draws in turn. `fonts` are those read before."""
    from pypdf.generic import ArrayObject, ContentStream, StreamObject

    resources = _entry(owner, "/Resources")
    forms = _entry(resources, "/XObject")

    def form(name: str) -> Drawing | None:
        inner = _entry(forms, name)
        if not inner or inner.get("/Subtype") != "/Form":
            return None
        return replace(_drawing(inner, inner, fonts, path), matrix=matrix_of(inner.get("/Matrix", SAME)))

    named = {name: _font(_entry(_entry(resources, "/Font"), name), fonts) for name in _entry(resources, "/Font")}
    stream = content.get_object() if content is not None else None
    if not isinstance(stream, (ArrayObject, StreamObject)):
        return Drawing((), named, form)
    drawn = ContentStream(stream, None, "bytes")
    if len(drawn.get_data()) > MOST_DRAWN:
        raise TooMuch(f"{path} has a page of more than {MOST_DRAWN // 1_000_000} MB of drawing: print it to PDF again")
    return Drawing(drawn.operations, named, form)


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
