"""Word (.docx): styles tell headings and lists, tables keep their header. Nothing outside the document is opened."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.outline import Outline

MOST_WORDS = 16  # of a bold paragraph that is a heading
MOST_UNPACKED = 200_000_000  # bytes
MOST_RATIO = 200  # unpacked to packed
BULLET = re.compile(r"^[•◦▪–-]\s+")


def read_word(content: bytes, path: str) -> Outline:
    """The outline of a Word file. Raises Unreadable or TooMuch with the cure."""
    _check_archive(content, path)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(content))
        text = re.sub(r"\n{3,}", "\n\n", "".join(_blocks(document))).strip() + "\n"
        stated = _stated(document.core_properties)
    except (
        PackageNotFoundError,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        raise Unreadable(
            f"{path} is damaged or no Word file ({error}): open it in Word and save it again as .docx"
        ) from error
    parts = tuple(group(text, scan(text), marked=True))
    return Outline(text, "word", parts, stated, marked=any(part.kind == "heading" for part in parts))


def _check_archive(content: bytes, path: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(f"{path} is an encrypted or an old .doc file: save it without a password as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = [(entry.file_size, entry.compress_size) for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(f"{path} is no Word file ({error}): open it in Word and save it again as .docx") from error
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes) or 1
    if unpacked > MOST_UNPACKED or (unpacked > 10_000_000 and unpacked > MOST_RATIO * packed):
        raise TooMuch(f"{path} unpacks to {unpacked // 1_000_000} MB: save the text alone as a new .docx")


def _stated(properties: Any) -> dict[str, str]:
    found = {"title": properties.title, "author": properties.author}
    stated = {key: " ".join(value.split()) for key, value in found.items() if value and value.strip()}
    if stated.get("author") == "python-docx":
        del stated["author"]
    return stated


def _blocks(document: Any) -> Iterator[str]:
    from docx.table import Table

    was_item, sizes = False, _bold_sizes(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield "\n\n" + _table(block) + "\n\n"
            was_item = False
            continue
        line, is_item = _paragraph(block, sizes)
        if line:
            yield f"\n{line}" if is_item and was_item else f"\n\n{line}"
            was_item = is_item


def _bold_sizes(document: Any) -> list[float]:
    """The sizes of type, in points and biggest first, of paragraphs that are bold from end to end; 0 for the usual one."""
    return sorted({_size(paragraph) for paragraph in document.paragraphs if _is_bold(paragraph)}, reverse=True)


def _is_bold(paragraph: Any) -> bool:
    """Whether a paragraph is a heading by its looks: short, bold from end to end, no sentence and no item."""
    words = " ".join(paragraph.text.split())
    runs = [run for run in paragraph.runs if run.text.strip()]
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    plain = (
        not style.startswith(("List", "Heading", "Title")) and not BULLET.match(words) and not _is_numbered(paragraph)
    )
    short = 0 < len(words.split()) <= MOST_WORDS and not words.endswith((".", ",", ";", ":"))
    return plain and short and bool(runs) and all(run.bold for run in runs)


def _size(paragraph: Any) -> float:
    sizes = [run.font.size.pt for run in paragraph.runs if run.text.strip() and run.font.size is not None]
    return float(max(sizes, default=0.0))


def _paragraph(paragraph: Any, sizes: list[float]) -> tuple[str, bool]:
    """A paragraph as a line of Markdown, and whether it is an item. `sizes` are those of bold headings."""
    words = " ".join(paragraph.text.split())
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if not words:
        return "", False
    if style == "Title":
        return f"# {words}", False
    if heading := re.match(r"Heading (\d)", style):
        return f"{'#' * min(6, int(heading.group(1)) + 1)} {words}", False
    if _is_bold(paragraph):
        return f"{'#' * min(6, 2 + sizes.index(_size(paragraph)))} {words}", False
    deeper = re.search(r"(\d)$", style)
    indent = "  " * (int(deeper.group(1)) - 1) if deeper and style.startswith("List") else ""
    if style.startswith("List Number"):
        return f"{indent}1. {words}", True
    if style.startswith("List") or BULLET.match(words) or _is_numbered(paragraph):
        return f"{indent}- {BULLET.sub('', words)}", True
    return words, False


def _is_numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _cells(row: Any) -> list[str]:
    """The words of a row's cells; a cell that spans several columns is told in its first."""
    cells = list(row.cells)
    spans = [at > 0 and cells[at]._tc is cells[at - 1]._tc for at in range(len(cells))]
    words = [" ".join(cell.text.split()).replace("|", "\\|") for cell in cells]
    return ["" if spanned else text for spanned, text in zip(spans, words, strict=True)]


def _table(table: Any) -> str:
    rows = [_cells(row) for row in table.rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
