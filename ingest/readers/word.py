"""Word (.docx): styles tell headings and lists, tables keep their header. Nothing outside the document is opened."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.outline import Outline
from ingest.readers.word_text import W, item_of, numbering, outline_level, text_of, typed_items

MOST_WORDS = 16  # of a bold paragraph that is a heading
MOST_BIG_WORDS, BIG = 40, 13.0  # of one in big type, and its points
MOST_UNPACKED = 200_000_000  # bytes
MOST_RATIO = 200  # unpacked to packed


@dataclass(frozen=True, slots=True)
class Look:
    """What a file's paragraphs are told by: sizes of bold lines, kinds of numbering, whether there is a title's style."""

    sizes: list[float]
    kinds: dict[tuple[str, str], str]
    titled: bool


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

    look = Look(_bold_sizes(document), numbering(document), _title_style(document))
    was_item = False
    for block in _body(document):
        if isinstance(block, Table):
            yield "\n\n" + _table(block) + "\n\n"
            was_item = False
            continue
        for line, is_item in _paragraph(block, look):
            yield f"\n{line}" if is_item and was_item else f"\n\n{line}"
            was_item = is_item


def _body(document: Any) -> Iterator[Any]:
    """The paragraphs and tables of the body in order, those within content controls too; tables of contents stay out."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    stack = [iter(document.element.body)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{W}p":
            yield Paragraph(child, document)
        elif child.tag == f"{W}tbl":
            yield Table(child, document)
        elif child.tag == f"{W}sdt" and not any(
            each.get(f"{W}val") == "Table of Contents" for each in child.iter(f"{W}docPartGallery")
        ):
            content = child.find(f"{W}sdtContent")
            stack.append(iter(content if content is not None else ()))


def _title_style(document: Any) -> bool:
    """Whether the file's title has the style for titles, so that the highest headings stand below it."""
    return any(paragraph.style is not None and paragraph.style.name == "Title" for paragraph in document.paragraphs)


def _bold_sizes(document: Any) -> list[float]:
    """The sizes of type, in points and biggest first, of paragraphs that are bold from end to end; 0 for the usual one."""
    return sorted({_size(paragraph) for paragraph in document.paragraphs if _is_bold(paragraph)}, reverse=True)


def _is_bold(paragraph: Any) -> bool:
    """Whether a paragraph is a heading by its looks: short, bold from end to end, no sentence and no item."""
    words = " ".join(paragraph.text.split())
    runs = [run for run in paragraph.runs if run.text.strip()]
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    plain = not style.startswith(("List", "Heading", "Title")) and not typed_items(paragraph)
    bigger = _size(paragraph) >= BIG  # a sentence set in big type is a heading too
    count, stops = len(words.split()), (",", ";", ":") if bigger else (".", ",", ";", ":")
    short = 0 < count <= (MOST_BIG_WORDS if bigger else MOST_WORDS) and not words.endswith(stops)
    return plain and short and bool(runs) and all(run.bold for run in runs)


def _size(paragraph: Any) -> float:
    sizes = [run.font.size.pt for run in paragraph.runs if run.text.strip() and run.font.size is not None]
    return float(max(sizes, default=0.0))


def _paragraph(paragraph: Any, look: Look) -> list[tuple[str, bool]]:
    """A paragraph as lines of Markdown, and whether each is an item."""
    text = text_of(paragraph)
    words = " ".join(text.split())
    if not words:
        return []
    if depth := _heading_depth(paragraph, look):
        return [(f"{'#' * min(6, depth)} {words}", False)]
    item = item_of(paragraph, look.kinds)
    items = [item] if item else typed_items(paragraph)
    if items:
        return [(f"{'  ' * each.depth}{'1.' if each.ordered else '-'} {each.words}", True) for each in items]
    if _is_bold(paragraph):
        return [(f"{'#' * min(6, 2 + look.sizes.index(_size(paragraph)))} {words}", False)]
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    return [("\n".join(lines), False)]


def _heading_depth(paragraph: Any, look: Look) -> int:
    """The depth of a heading by its style's name or its outline level, the title's 1; 0 for no heading."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style == "Title":
        return 1
    if heading := re.match(r"heading (\d)", style, re.I):
        return int(heading.group(1)) + 1
    level = outline_level(paragraph)
    return 0 if level is None else level + (2 if look.titled else 1)


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
