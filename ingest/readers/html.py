"""HTML: the main content of a saved page as marked-up text; scripts, styles and navigation stay out.

The extracted text is Markdown made from the page, so that headings, lists, tables and code are told once for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.metadata import iso_date
from ingest.outline import Outline
from ingest.readers.text import decode

DEEPEST = 200  # nested elements
LEFT_OUT = (
    "script style noscript template svg canvas iframe object embed form button input select nav footer aside".split()
)
INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em i kbd label mark q s samp small span strong sub sup time u var wbr".split()
)
ASIDE = "[aria-hidden=true], [role=navigation], [role=contentinfo]"
PANEL = re.compile(r"tab|panel|accordion|collaps|faq|toggle|answer", re.I)  # what a reader opens with a click
MAIN = ("main", "[role=main]", "article")  # the first that stands once; several articles are one page
MOST_SPANNED = 100  # rows or columns of one cell
META = {
    "author": ("author", "article:author"),
    "publisher": ("og:site_name", "application-name", "publisher"),
    "published": ("article:published_time", "datepublished", "date"),
    "updated": ("article:modified_time", "datemodified", "last-modified"),
}


def read_html(content: bytes, path: str) -> Outline:
    """The outline of a saved page. Raises Unreadable where it holds no text, TooMuch where it nests too deep."""
    from bs4 import BeautifulSoup

    source, warnings = decode(_as_utf8(content), path)
    try:
        soup = BeautifulSoup(source, "lxml")
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} cannot be read as HTML ({error}): save the page again, or paste its text") from error
    if _depth(soup) > DEEPEST:
        raise TooMuch(f"{path} nests its elements deeper than {DEEPEST}: save a simpler version of the page")
    stated = _stated(soup)
    hidden = _hidden(soup)  # before the buttons go that say what they open
    for tag in soup.select(":is(h1, h2, h3, h4, h5, h6, dt, summary) button"):
        tag.unwrap()  # a heading that opens what stands under it
    for tag in (*soup(LEFT_OUT), *soup.select(ASIDE), *hidden):
        tag.decompose()
    matches = (soup.select(selector) for selector in MAIN)
    main = next((tags[0] for tags in matches if len(tags) == 1 and tags[0].get_text(strip=True)), soup.body)
    lines = "".join(_blocks(main or soup, 0)).split("\n")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip() + "\n"
    parts = tuple(group(text, scan(text), marked=True))
    return Outline(text, "html", parts, stated, warnings, marked=any(part.kind == "heading" for part in parts))


def _hidden(soup: object) -> list[Any]:
    """What nobody sees: hidden elements, but for tabs and folded answers that a reader opens."""
    from bs4 import BeautifulSoup

    assert isinstance(soup, BeautifulSoup)
    opened = {name for tag in soup.select("[aria-controls]") for name in str(tag["aria-controls"]).split()}
    return [tag for tag in soup.select("[hidden]") if tag.get("id") not in opened and not PANEL.search(_marks(tag))]


def _marks(tag: Any) -> str:
    names = tag.get("class") or []
    return f"{' '.join(names) if isinstance(names, list) else names} {tag.get('role') or ''}"


def _as_utf8(content: bytes) -> bytes:
    """The page in UTF-8, from the encoding it declares where it is not UTF-8; as it is where that is no help."""
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:2048])
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return content.decode(declared.group(1).decode("ascii")).encode("utf-8") if declared else content
        except (LookupError, ValueError):
            return content
    return content


def _depth(soup: object) -> int:
    """How deep the elements of a page nest, counted without recursion."""
    from bs4 import BeautifulSoup

    assert isinstance(soup, BeautifulSoup)
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
    return max(depths.values())


def _stated(soup: object) -> dict[str, str]:
    """Metadata of the page's head: title and meta tags; dates as ISO days."""
    from bs4 import BeautifulSoup

    assert isinstance(soup, BeautifulSoup)
    found = {}
    for name, keys in META.items():
        for tag in soup.find_all("meta"):
            key = str(tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower()
            value = " ".join(str(tag.get("content") or "").split())
            if key in keys and value and name not in found:
                found[name] = (iso_date(value) or "") if name in ("published", "updated") else value[:200]
    heading = soup.find("h1")
    title = heading or soup.find("title")
    if title and title.get_text(strip=True):
        found["title"] = " ".join(title.get_text(" ").split())[:200]
    return found


def _blocks(tag: object, depth: int) -> Iterator[str]:
    """The Markdown of an element's children, block by block."""
    from bs4.element import Comment, NavigableString, Tag

    assert isinstance(tag, Tag)
    line: list[str] = []
    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString) or (isinstance(child, Tag) and child.name in INLINE):
            line.append(_inline(child))
            continue
        if isinstance(child, Tag):
            if child.name == "br":
                line.append("\n")
                continue
            yield _flush(line)
            yield from _block(child, depth)
    yield _flush(line)


def _flush(line: list[str]) -> str:
    words = "\n".join(" ".join(part.split()) for part in "".join(line).split("\n")).strip()
    line.clear()
    return f"\n\n{words}\n\n" if words else ""


def _block(tag: object, depth: int) -> Iterator[str]:
    from bs4.element import Tag

    assert isinstance(tag, Tag)
    if re.fullmatch(r"h[1-6]", tag.name):
        yield f"\n\n{'#' * int(tag.name[1])} {_words(tag)}\n\n"
    elif tag.name in ("ul", "ol"):
        yield "\n\n" if not depth else "\n"
        yield from _items(tag, depth)
        yield "\n\n" if not depth else ""
    elif tag.name == "table":
        yield "\n\n" + _table(tag) + "\n\n"
    elif tag.name == "pre":
        yield f"\n\n```\n{tag.get_text().strip()}\n```\n\n"
    elif tag.name == "summary":
        yield f"\n\n#### {_words(tag)}\n\n"
    elif tag.name == "dt":
        yield f"\n\n{_words(tag)}: "
    elif tag.name == "dd":
        yield f"{_words(tag)}\n\n"
    else:
        yield from _blocks(tag, depth)


def _items(tag: object, depth: int) -> Iterator[str]:
    from bs4.element import Tag

    assert isinstance(tag, Tag)
    number = 0
    for item in tag.find_all(["li", "ul", "ol"], recursive=False):
        if item.name != "li":
            yield from _items(item, depth + 1)
            continue
        number += 1
        sign = f"{number}." if tag.name == "ol" else "-"
        nested = [inner.extract() for inner in item.find_all(["ul", "ol"]) if inner.find_parent(["ul", "ol"]) is tag]
        yield f"{'  ' * depth}{sign} {_words(item)}\n"
        for inner in nested:
            yield from _items(inner, depth + 1)


def _table(tag: object) -> str:
    from bs4.element import Tag

    assert isinstance(tag, Tag)
    below: dict[int, tuple[str, int]] = {}  # column → words of a cell that reaches down, rows left
    rows = [_row(row, below) for row in tag.find_all("tr") if row.find_parent("table") is tag]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _row(row: object, below: dict[int, tuple[str, int]]) -> list[str]:
    """A row with a cell for every column: one that spans rows is told in each, one that spans columns in the first."""
    from bs4.element import Tag

    assert isinstance(row, Tag)
    cells: list[str] = []

    def fill() -> None:
        while below.get(len(cells), ("", 0))[1]:
            words, left = below[len(cells)]
            below[len(cells)] = (words, left - 1)
            cells.append(words)

    for cell in row.find_all(["th", "td"], recursive=False):
        fill()
        words = _words(cell).replace("|", "\\|")
        for extra in range(_span(cell.get("colspan"))):
            below[len(cells)] = ("" if extra else words, _span(cell.get("rowspan")) - 1)
            cells.append("" if extra else words)
    fill()
    return cells


def _span(value: object) -> int:
    return max(1, min(int(str(value)), MOST_SPANNED)) if re.fullmatch(r"\d{1,4}", str(value)) else 1


def _words(tag: object) -> str:
    from bs4.element import PageElement

    assert isinstance(tag, PageElement)
    return " ".join(_inline(tag).split())


def _inline(node: object) -> str:
    from bs4.element import Comment, NavigableString, Tag

    if isinstance(node, Comment) or not isinstance(node, (NavigableString, Tag)):
        return ""
    if isinstance(node, NavigableString):
        return re.sub(r"\s+", " ", str(node))
    inside = "".join(_inline(child) for child in node.children)
    if node.name == "code" and inside.strip():
        return f"`{inside.strip()}`"
    return f" {inside} " if node.name not in INLINE else inside
