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

    was_item = False
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield "\n\n" + _table(block) + "\n\n"
            was_item = False
            continue
        line, is_item = _paragraph(block)
        if line:
            yield f"\n{line}" if is_item and was_item else f"\n\n{line}"
            was_item = is_item


def _paragraph(paragraph: Any) -> tuple[str, bool]:
    """A paragraph as a line of Markdown, and whether it is an item."""
    words = " ".join(paragraph.text.split())
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if not words:
        return "", False
    if style == "Title":
        return f"# {words}", False
    if heading := re.match(r"Heading (\d)", style):
        return f"{'#' * min(6, int(heading.group(1)) + 1)} {words}", False
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


def _table(table: Any) -> str:
    rows = [[" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells] for row in table.rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
