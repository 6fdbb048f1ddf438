"""HTML: the main content of a saved page as marked-up text; scripts, styles and navigation stay out.

The extracted text is Markdown made from the page, so that headings, lists, tables and code are told once for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.outline import Outline
from ingest.readers.text import decode

DEEPEST = 200  # nested elements
LEFT_OUT = (
    "script style noscript template svg canvas iframe object embed form button input select nav footer aside".split()
)
INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em i kbd label mark q s samp small span strong sub sup time u var wbr".split()
)
MAIN = ("main", "article", "[role=main]", "body")
META = {
    "author": ("author", "article:author"),
    "publisher": ("og:site_name", "application-name", "publisher"),
    "published": ("article:published_time", "datepublished", "date"),
    "updated": ("article:modified_time", "datemodified", "last-modified"),
}


def read_html(content: bytes, path: str) -> Outline:
    """The outline of a saved page. Raises Unreadable where it holds no text, TooMuch where it nests too deep."""
    from bs4 import BeautifulSoup

    source, warnings = decode(content, path)
    try:
        soup = BeautifulSoup(source, "lxml")
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} cannot be read as HTML ({error}): save the page again, or paste its text") from error
    if _depth(source) > DEEPEST:
        raise TooMuch(f"{path} nests its elements deeper than {DEEPEST}: save a simpler version of the page")
    stated = _stated(soup)
    for tag in soup(LEFT_OUT):
        tag.decompose()
    for tag in soup.select("[hidden], [aria-hidden=true]"):
        tag.decompose()
    matches = (soup.select_one(selector) for selector in MAIN)
    main = next((tag for tag in matches if tag is not None and tag.get_text(strip=True)), None)
    lines = "".join(_blocks(main or soup, 0)).split("\n")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip() + "\n"
    parts = tuple(group(text, scan(text), marked=True))
    return Outline(text, "html", parts, stated, warnings, marked=any(part.kind == "heading" for part in parts))


def _depth(source: str) -> int:
    depth = deepest = 0
    for closing in re.finditer(r"<(/?)(?:div|section|ul|ol|li|table|blockquote|details|span|b|i|font)\b[^>]*>", source):
        depth = max(0, depth + (-1 if closing.group(1) else 1))
        deepest = max(deepest, depth)
    return deepest


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
                found[name] = value[:10] if name in ("published", "updated") else value[:200]
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
    for number, item in enumerate(tag.find_all("li", recursive=False), start=1):
        sign = f"{number}." if tag.name == "ol" else "-"
        nested = [inner.extract() for inner in item.find_all(["ul", "ol"], recursive=False)]
        yield f"{'  ' * depth}{sign} {_words(item)}\n"
        for inner in nested:
            yield from _items(inner, depth + 1)


def _table(tag: object) -> str:
    from bs4.element import Tag

    assert isinstance(tag, Tag)
    rows = [
        [_words(cell).replace("|", "\\|") for cell in row.find_all(["th", "td"], recursive=False)]
        for row in tag.find_all("tr")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


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
