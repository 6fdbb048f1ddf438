"""The lines of a text and what each looks like by itself: blank, heading mark, item, lone bullet, row, fence, words."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import Literal

LineKind = Literal["blank", "words", "heading", "item", "mark", "row", "rule", "fence", "tag", "math"]

DOTS = "•◦▪‣●○■□▸►➢✓✔∙⁃"
DOUBLE = re.compile(rf"[-*+–]\s+(?=[{DOTS}]\s*\S|\d{{1,3}}[.)]\s+\S)")
BULLET = re.compile(rf"(?:[{DOTS}]\s*|[·]\s+|[-*+–—]\s+)(?=\S)")
NUMBER = re.compile(r"(?:(?P<digits>\d{1,3})[.)]|\((?P<inner>\d{1,2})\)|(?P<letter>[a-h])\))\s+(?=\S)")
LONE = re.compile(rf"(?:[-*+–{DOTS}]|(?P<digits>\d{{1,3}})[.)])$")
ATX = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.*?)\s*#*\s*$")
RULE = re.compile(r"(?:[-_*=]\s*){3,}$")
FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})\s*(?P<name>[^`]*)$")
TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-+:?\s*)*\|?$|\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?$")
ONLY_TAGS = re.compile(r"(?:</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>\s*|&nbsp;\s*|<!--.*?-->\s*)+$")
MATH_EDGE = re.compile(r"(?:\$\$|\\\[|\\\])")
CHECKBOX = re.compile(r"\[[ xX]\]\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `start`/`end` without the white space around it, `body` where its words start after any mark."""

    start: int
    end: int
    indent: int
    kind: LineKind
    body: int
    text: str
    level: int = 0
    ordinal: int | None = None


def scan(text: str) -> list[Line]:
    """All lines of `text`, in order. A tab indents to the next multiple of four columns."""
    lines, position = [], 0
    for raw in text.split("\n"):
        lines.append(_line(raw, position))
        position += len(raw) + 1
    return _with_short_rows(lines)


def _with_short_rows(lines: list[Line]) -> list[Line]:
    """The same lines; around a rule with a pipe ("--- | ---") lines with a single pipe are rows too."""
    found = list(lines)
    for at, line in enumerate(lines):
        if line.kind != "row" or "|" not in line.text or not TABLE_RULE.match(line.text):
            continue
        following = itertools.takewhile(lambda row: lines[row].kind == "words", range(at + 1, len(lines)))
        for row in (at - 1, *following):
            if row >= 0 and lines[row].kind == "words" and "|" in lines[row].text:
                found[row] = replace(lines[row], kind="row")
    return found


def _line(raw: str, position: int) -> Line:
    stripped = raw.strip("\r \t\u00a0\ufeff\u200b\x0c")
    if not stripped:
        return Line(position, position, 0, "blank", position, "")
    lead = len(raw) - len(raw.lstrip("\r \t\u00a0\ufeff\u200b\x0c"))
    start = position + lead
    end = start + len(stripped)
    indent = len(raw[:lead].replace("\ufeff", "").expandtabs(4))
    kind, offset, level, ordinal = _kind(stripped)
    return Line(start, end, indent, kind, start + offset, stripped, level, ordinal)


def _kind(stripped: str) -> tuple[LineKind, int, int, int | None]:
    """Kind, offset of the words, heading level, number of an item."""
    if found := ATX.match(stripped):
        return "heading", found.start("words"), len(found.group("marks")), None
    if FENCE.match(stripped):
        return "fence", 0, 0, None
    if (
        stripped.startswith("|")
        or stripped.count(" | ") >= 2
        or stripped.count("\t") >= 1
        or TABLE_RULE.match(stripped)
    ):
        return ("rule" if RULE.match(stripped) and "|" not in stripped else "row"), 0, 0, None
    if RULE.match(stripped):
        return "rule", 0, 0, None
    if MATH_EDGE.match(stripped) and not _goes_on(stripped[2:]):
        return "math", 0, 0, None
    if ONLY_TAGS.match(stripped):
        return "tag", 0, 0, None
    return _item_kind(stripped)


def _goes_on(rest: str) -> bool:
    """Whether words stand behind a formula that closes in its own line."""
    closed = rest.find("$$")
    return closed >= 0 and len(rest) - closed > len("$$x") and not rest.endswith("$")


def _item_kind(stripped: str) -> tuple[LineKind, int, int, int | None]:
    if found := LONE.match(stripped):
        return "mark", len(stripped), 0, int(found.group("digits")) if found.group("digits") else None
    outer = DOUBLE.match(stripped)
    offset = outer.end() if outer else 0
    if found := NUMBER.match(stripped, offset):
        digits = found.group("digits") or found.group("inner")
        ordinal = int(digits) if digits else ord(found.group("letter")) - ord("a") + 1
        return "item", found.end(), 0, ordinal
    if (found := BULLET.match(stripped, offset)) and not is_byline(stripped):
        box = CHECKBOX.match(stripped, found.end())
        return "item", box.end() if box else found.end(), 0, None
    return "words", 0, 0, None


def is_byline(stripped: str) -> bool:
    """Whether dots stand between words of one line ("· A Press · Interview prep · 6 min read")."""
    return len(re.findall(r"\S\s+[·•|]\s+\S", stripped)) >= 2 or (
        stripped.startswith("·") and len(re.findall(r"\S\s+·\s+\S", stripped)) >= 1
    )


def wrap_width(lines: list[Line]) -> int | None:
    """The column at which paragraphs were wrapped, or None where every line is a paragraph of its own."""
    lengths = sorted(line.end - line.start + line.indent for line in lines if line.kind in ("words", "item"))
    if len(lengths) < 8:
        return None
    width = lengths[int(0.97 * (len(lengths) - 1))]
    if width > 130:
        return None
    pairs = [
        (line, after)
        for line, after in itertools.pairwise(lines)
        if line.kind in ("words", "item") and after.kind == "words"
    ]
    full = sum(fills(line, after, width) for line, after in pairs)
    cut = sum(_is_cut(line, after) for line, after in pairs)
    return width if (full >= 4 or cut >= 2) and max(full, cut) >= 0.4 * len(pairs) else None


def _is_cut(line: Line, after: Line) -> bool:
    """Whether a sentence goes on in the next line, as it does only where lines were wrapped."""
    return len(line.text) >= 40 and line.text[-1].isalnum() and after.text[0].islower()


def fills(line: Line, after: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line any more."""
    first = after.text.split(maxsplit=1)[0]
    return line.indent + (line.end - line.start) + 1 + len(first) > width - 3
