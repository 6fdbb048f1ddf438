"""HTML: the main content of a saved page as marked-up text; scripts, styles and navigation stay out.

The extracted text is Markdown made from the page, so that headings, lists, tables and code are told once for all formats.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from index.passages import Noise
from ingest.errors import TooMuch, Unreadable
from ingest.grouping import group
from ingest.lines import scan
from ingest.metadata import iso_date
from ingest.outline import Outline, Part, Span
from ingest.outline import words_of as own_words
from ingest.readers.html_blocks import Writer, finished, kind_of, words_of
from ingest.readers.html_furniture import furniture_of
from ingest.readers.text import decode
from ingest.wording import is_question, is_sentence

DEEPEST = 200  # nested elements
LEFT_OUT = "script style noscript template svg canvas iframe object embed form button input select nav footer".split()
ASIDE = (
    "[aria-hidden=true], [role=navigation], [role=contentinfo], [role=search], "
    "aside:not([class*=note], [class*=tip], [class*=callout], [class*=warn], [class*=info], [class*=example])"
)
HEADINGS = ":is(h1, h2, h3, h4, h5, h6, dt, summary, [role=heading])"
UNSEEN = '[hidden], [style*="display:none"], [style*="display: none"]'
FEWEST = 20  # characters behind a button that opens something: it heads them
PANEL = re.compile(r"tab|panel|accordion|collaps|faq|toggle|answer", re.I)  # what a reader opens with a click
MAIN = ("main", "[role=main]", "article")  # the first that stands once; several articles are one page
META = {
    "author": ("author", "article:author"),
    "publisher": ("og:site_name", "application-name", "publisher"),
    "published": ("article:published_time", "datepublished", "date"),
    "updated": ("article:modified_time", "datemodified", "last-modified"),
}


def read_html(content: bytes, path: str) -> Outline:
    """The outline of a saved page. Raises Unreadable where it holds no text, TooMuch where it nests too deep."""
    from bs4 import BeautifulSoup
    from bs4.element import PreformattedString

    source, warnings = decode(_as_utf8(content), path)
    try:
        soup = BeautifulSoup(source, "lxml")
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} cannot be read as HTML ({error}): save the page again, or paste its text") from error
    if _depth(soup) > DEEPEST:
        raise TooMuch(f"{path} nests its elements deeper than {DEEPEST}: save a simpler version of the page")
    stated = _stated(soup)
    hidden = _hidden(soup)  # before the buttons go that say what they open
    _name_buttons(soup)
    for tag in (*soup(LEFT_OUT), *soup.select(ASIDE), *hidden):
        tag.decompose()
    for comment in soup.find_all(string=lambda words: isinstance(words, PreformattedString)):
        comment.extract()
    matches = (soup.select(selector) for selector in MAIN)
    main = next((tags[0] for tags in matches if len(tags) == 1 and tags[0].get_text(strip=True)), soup.body) or soup
    text, spans = finished("".join(Writer(furniture_of(main)).blocks(main)))
    parts = [_noted(part, spans) for part in group(text, scan(text), marked=True)]
    first = next((at for at, part in enumerate(parts) if part.kind == "heading"), 0)
    parts = [_frame(part, text) if at < first else part for at, part in enumerate(parts)]
    if parts and parts[first].level == 1 and not _title(soup):
        stated.pop("title", None)  # what the page shows is its title, rather than what its window is called
    return Outline(text, "html", tuple(parts), stated, warnings, marked=any(part.kind == "heading" for part in parts))


def _noted(part: Part, spans: list[tuple[Noise, Span]]) -> Part:
    """A part with the noise that it stands in."""
    noise = next((kind for kind, (start, end) in spans if start <= part.start < end), None)
    return replace(part, noise=noise) if noise else part


def _frame(part: Part, text: str) -> Part:
    """A part above the first heading: lines and lists that say nothing are the page's frame."""
    says = part.kind == "paragraph" and is_sentence(own_words(part, text))
    return part if says or part.noise or part.kind not in ("paragraph", "list") else replace(part, noise="navigation")


def _name_buttons(soup: Any) -> None:
    """Buttons that open what stands under them are headings; one within a heading is its words."""
    for button in soup.select(f"{HEADINGS} button"):
        button.unwrap()
    for button in soup.select("button[aria-controls], button[aria-expanded]"):
        if button.find_parent(["nav", "header", "table", "form"]) or button.get("role") == "tab":
            continue
        opened = soup.find(id=str(button.get("aria-controls") or "")) if button.get("aria-controls") else None
        after = opened or button.find_next_sibling() or (button.parent and button.parent.find_next_sibling())
        if is_question(words_of(button)) or (after and len(after.get_text(strip=True)) >= FEWEST):
            button.name, button["role"] = "div", "heading"


def _title(soup: Any) -> Any:
    """The element that the page shows as its title, None without one."""
    return soup.find("h1") or next((tag for tag in soup.select("[role=heading]") if kind_of(tag) == "h1"), None)


def _hidden(soup: object) -> list[Any]:
    """What nobody sees: hidden elements, but for tabs and folded answers that a reader opens."""
    from bs4 import BeautifulSoup

    assert isinstance(soup, BeautifulSoup)
    opened = {name for tag in soup.select("[aria-controls]") for name in str(tag["aria-controls"]).split()}
    return [tag for tag in soup.select(UNSEEN) if tag.get("id") not in opened and not PANEL.search(_marks(tag))]


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
    title = _title(soup) or soup.find("title")
    if title and title.get_text(strip=True):
        found["title"] = " ".join(title.get_text(" ").split())[:200]
    return found
