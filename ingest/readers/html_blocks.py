"""A page's elements → Markdown: headings, lists, tables and code by what they are, whatever tag or role says so.

Works on the tree that the HTML reader has built: a node without a name is a string. What is noise stands between marks,
so that its place in the text is known; bold type and links are marked too, for a bold line alone is a heading and a line
of links leads elsewhere. `finished` takes the marks off again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.passages import Noise
from ingest.outline import Span
from ingest.readers.html_tables import table_lines
from ingest.tables import is_aligned
from ingest.wording import is_question

INLINE = frozenset(
    "a abbr b bdi bdo big center cite code data dfn em font i kbd label mark q s samp small span strike strong sub sup "
    "time tt u var wbr".split()
)
ROLES = {
    "list": "ul",
    "listitem": "li",
    "table": "table",
    "grid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
HEADING = re.compile(r"h[1-6?]$")  # "h?" is one without a level
LIKE_BODY = 3  # the usual size of HTML's seven
LARGEST = 15
FONT_SIZE = re.compile(r"font-size:\s*(\d{1,3}(?:\.\d{1,3})?)\s*(px|pt|em|rem|%)", re.I)
BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.I)
PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
BODY_PIXELS, STEP = 16.0, 2.5  # between two of HTML's sizes, about
MOST_HEADING_WORDS = 16
BOLD_ON, BOLD_OFF, LINK_ON, LINK_OFF, NOISE_ON, NOISE_OFF = "\ue010\ue011\ue012\ue013\ue014\ue015"
SIZE = 0xE020  # the private character that says a size of 0 follows BOLD_ON
MARKS = re.compile("[\ue010-\ue02f]")
BOLD_LINE = re.compile(rf"{BOLD_ON}(?P<size>[\ue020-\ue02f])(?P<words>[^\n]*){BOLD_OFF}\W*$")
LINK = re.compile(rf"{LINK_ON}([^{LINK_OFF}]*){LINK_OFF}")
BESIDE = re.compile(rf"(\w{BOLD_OFF}?|{LINK_OFF})(?={LINK_ON})")
MOSTLY_LINKS = 0.8  # of a line's letters
Furniture = Callable[[Any], Noise | None]


def kind_of(tag: Any) -> str:
    """What an element is: its tag's name, or what its role says ("h2", "ul", "li", "table", "tr", "td", "th")."""
    role = str(tag.get("role") or "").lower()
    if role == "heading":
        level = str(tag.get("aria-level") or "?")
        return f"h{level}" if level in "123456" else "h?"
    return ROLES.get(role, str(tag.name))


def words_of(node: Any) -> str:
    """An element's words on one line, without marks."""
    return MARKS.sub("", " ".join(_inline(node).split()))


@dataclass
class Writer:
    """Writes elements as Markdown; `furniture` says which are no part of what the page says."""

    furniture: Furniture
    inside: Noise | None = field(default=None)

    def blocks(self, tag: Any, depth: int = 0) -> Iterator[str]:
        """The Markdown of an element's children, block by block."""
        line: list[str] = []
        bold, size = _is_bold(tag), _size(tag, LIKE_BODY)
        for child in tag.children:
            if child.name == "br":
                line.append("\n")
            elif child.name is None or _flows(child):
                line.append(_inline(child, bold=bold, size=size))
            else:
                yield _flush(line)
                yield from self._noted(child, depth)
        yield _flush(line)

    def _noted(self, tag: Any, depth: int) -> Iterator[str]:
        noise = None if self.inside else self.furniture(tag)
        if noise is None:
            yield from self._block(tag, depth)
            return
        self.inside = noise
        yield f"\n\n{NOISE_ON}{noise}\n\n"
        yield from self._block(tag, depth)
        yield f"\n\n{NOISE_OFF}\n\n"
        self.inside = None

    def _block(self, tag: Any, depth: int) -> Iterator[str]:
        kind = kind_of(tag)
        if HEADING.match(kind) or kind == "summary":
            yield _heading(tag, kind)
        elif kind in ("ul", "ol"):
            yield "\n\n" if not depth else "\n"
            yield from self._items(tag, depth)
            yield "\n\n" if not depth else ""
        elif kind == "table":
            yield from self._table(tag)
        elif kind == "pre":
            shown = tag.get_text().strip("\n").rstrip()
            fence = "" if tag.find("code") is None and is_aligned(shown) else "```"
            yield f"\n\n{fence}\n{shown if not fence else shown.strip()}\n{fence}\n\n"
        elif kind == "dt":
            yield f"\n\n{words_of(tag)}: "
        elif kind == "dd":
            yield f"{words_of(tag)}\n\n"
        else:
            yield from self.blocks(tag, depth)

    def _table(self, tag: Any) -> Iterator[str]:
        lines = table_lines(tag, kind_of, words_of)
        if lines is None:  # a grid that a page was laid out with
            yield from self.blocks(tag)
            return
        caption = tag.find("caption")
        yield f"\n\n{words_of(caption)}\n\n" if caption else "\n\n"
        yield "\n".join(lines) + "\n\n"

    def _items(self, tag: Any, depth: int) -> Iterator[str]:
        number = 0
        for item in (child for child in tag.children if child.name is not None):
            kind = kind_of(item)
            if kind in ("ul", "ol"):
                yield from self._items(item, depth + 1)
                continue
            if _opens_with_heading(item):
                yield "\n\n"
                yield from self.blocks(item)
                continue
            number += 1
            sign = f"{number}." if kind_of(tag) == "ol" else "-"
            lists = [inner for inner in item.find_all(True) if kind_of(inner) in ("ul", "ol")]
            nested = [inner.extract() for inner in lists if not any(outer in inner.parents for outer in lists)]
            if words := words_of(item):
                yield f"{'  ' * depth}{sign} {words}\n"
            for inner in nested:
                yield from self._items(inner, depth + 1)


def _flows(tag: Any) -> bool:
    """Whether an element stands in a line of text: an inline one that holds no block."""
    return (
        tag.name in INLINE
        and not tag.get("role")
        and all(inner.name in INLINE or inner.name == "br" for inner in tag.find_all(True))
    )


def _heading(tag: Any, kind: str) -> str:
    inner = tag.find(re.compile(r"^h[1-6]$"))
    if kind == "summary" and inner is not None:
        kind = inner.name
    if kind in ("h?", "summary"):
        return f"\n\n{BOLD_ON}{chr(SIZE + LIKE_BODY)}{words_of(tag)}{BOLD_OFF}\n\n"
    return f"\n\n{'#' * int(kind[1])} {words_of(tag)}\n\n"


def _opens_with_heading(item: Any) -> bool:
    first = next((inner for inner in item.find_all(True) if inner.get_text(strip=True)), None)
    return first is not None and bool(HEADING.match(kind_of(first)))


def _flush(line: list[str]) -> str:
    whole = BESIDE.sub(r"\1 ", "".join(line))  # what stands right before a link is no part of its word
    words = "\n".join(" ".join(part.split()) for part in whole.split("\n")).strip()
    line.clear()
    return f"\n\n{words}\n\n" if words else ""


def _inline(node: Any, *, bold: bool = False, size: int = LIKE_BODY) -> str:
    """The words of a node, with its bold type and its links between marks."""
    if node.name is None:
        words = re.sub(r"\s+", " ", MARKS.sub("", str(node)))
        return f"{BOLD_ON}{chr(SIZE + size)}{words}{BOLD_OFF}" if bold and words.strip() else words
    if node.name == "br":
        return "\n"
    size = _size(node, size)
    bold = bold or _is_bold(node)
    inside = "".join(_inline(child, bold=bold, size=size) for child in node.children)
    if node.name == "code" and inside.strip():
        return f"`{inside.strip()}`"
    if node.name == "a" and inside.strip():
        return f"{LINK_ON}{inside}{LINK_OFF}"
    return inside if node.name in INLINE else f" {inside} "


def _is_bold(tag: Any) -> bool:
    return tag.name in ("b", "strong") or bool(BOLD_STYLE.search(str(tag.get("style") or "")))


def _size(tag: Any, size: int) -> int:
    """The size of type that an element asks for, from 1 to the largest; HTML 3.2's seven, and more where a style says so."""
    stated = re.fullmatch(r"([+-]?)(\d)", str(tag.get("size") or "")) if tag.name == "font" else None
    if stated:
        sign, figure = stated.groups()
        size = size + int(f"{sign}{figure}") if sign else int(figure)
    if styled := FONT_SIZE.search(str(tag.get("style") or "")):
        figure, unit = styled.groups()
        size = LIKE_BODY + round((float(figure) * PIXELS[unit.lower()] - BODY_PIXELS) / STEP)
    size += {"big": 1, "small": -1}.get(str(tag.name), 0)
    return max(1, min(LARGEST, size))


def finished(written: str) -> tuple[str, list[tuple[Noise, Span]]]:
    """The page's text without marks, and the spans of it that are noise."""
    lines = [line.rstrip() for line in written.split("\n")]
    marked = any(line.startswith("#") for line in lines)
    sizes = sorted({ord(found["size"]) for line in lines if (found := _bold_line(line))}, reverse=True)
    out: list[str] = []
    spans: list[tuple[Noise, Span]] = []
    level, length = 0, 0
    opened: tuple[Noise, int] | None = None
    for line in lines:
        if line.startswith(NOISE_ON):
            opened = (line[1:], length)  # type: ignore[assignment]
            continue
        if line.startswith(NOISE_OFF):
            spans += [(opened[0], (opened[1], length))] if opened else []
            opened = None
            continue
        level = _level(line) if opened is None and _level(line) else level
        shown = _shown(line, level if marked else 0, sizes, in_noise=opened is not None)
        if not line and (not out or out[-1].endswith("\n\n") or not out[-1].strip()):
            continue
        if _leads_elsewhere(line) and opened is None:
            spans.append(("navigation", (length, length + len(shown))))
        out.append(shown + "\n")
        length += len(out[-1])
    return "".join(out), spans


def _level(line: str) -> int:
    found = re.match(r"(#{1,6}) ", line)
    return len(found.group(1)) if found else 0


def _bold_line(line: str) -> re.Match[str] | None:
    """A line that is bold from end to end, short, and no sentence."""
    one = re.sub(rf"{BOLD_OFF}(\s*){BOLD_ON}[\ue020-\ue02f]", r"\1", MARKS_OF_LINKS.sub("", line))
    found = BOLD_LINE.fullmatch(one)
    words = found["words"].strip() if found else ""
    plain = words and BOLD_ON not in words and not words.endswith((".", ",", ";", ":", "!"))
    return found if plain and (len(words.split()) <= MOST_HEADING_WORDS or is_question(words)) else None


MARKS_OF_LINKS = re.compile(f"[{LINK_ON}{LINK_OFF}]")


def _shown(line: str, level: int, sizes: Sequence[int], *, in_noise: bool) -> str:
    """A line without marks: a bold one is a heading below the last real one, at `level`; the smaller the deeper."""
    if in_noise:
        return MARKS.sub("", line).lstrip("# ")
    found = _bold_line(line)
    if found is None:
        return MARKS.sub("", line)
    depth = level + 1 + sizes.index(ord(found["size"]))
    return f"\n{'#' * min(6, depth)} {MARKS.sub('', found['words']).strip()}\n"


def _leads_elsewhere(line: str) -> bool:
    """Whether a line is little but links, two at least."""
    links = LINK.findall(line)
    letters = sum(map(str.isalnum, MARKS.sub("", line)))
    linked = sum(map(str.isalnum, MARKS.sub("", "".join(links))))
    return len(links) >= 2 and not line.startswith(("|", "#")) and linked >= MOSTLY_LINKS * letters > 0
