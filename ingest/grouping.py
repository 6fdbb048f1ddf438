"""Lines → parts: what stands together as a paragraph, list, table, code or formula. Headings only where marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.labels import NOTE
from ingest.lines import FENCE, MATH_EDGE, Line, fills, wrap_width
from ingest.outline import Entry, Part, Span
from ingest.tables import aligned_table, html_table, row_table
from ingest.wording import ENDS, is_sentence

BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<words>[^*_].*?)(?:\*\*|__)\s*:?\s*$")
SUMMARY = re.compile(r"<summary[^>]*>(?P<words>.*?)(?:</summary>|$)")
LAYOUT = re.compile(r"(?:import\s.+\sfrom\s|export\s+(?:default|const)\s)")
ASSIGNS = re.compile(r"^[\w.\[\]()]{1,30} [-+*/]?= \S")
MAX_PART = 200_000  # characters of one paragraph; more is not a paragraph


@dataclass
class Cursor:
    """Where the walk over the lines stands."""

    text: str
    lines: list[Line]
    marked: bool
    width: int | None
    at: int = 0

    def kind(self, ahead: int = 0) -> str:
        """The kind of the line `ahead` lines on; "end" after the last."""
        return self.lines[self.at + ahead].kind if self.at + ahead < len(self.lines) else "end"

    def line(self, ahead: int = 0) -> Line:
        """The line `ahead` lines on."""
        return self.lines[self.at + ahead]

    def next_words(self, start: int) -> int:
        """The index of the first line that is not blank, from `start` on."""
        while start < len(self.lines) and self.lines[start].kind == "blank":
            start += 1
        return start


def group(text: str, lines: list[Line], *, marked: bool) -> list[Part]:
    """The parts of a text in order; `marked` says that it is Markdown."""
    cursor = Cursor(text, lines, marked, wrap_width(lines))
    parts: list[Part] = []
    while cursor.at < len(lines):
        parts.extend(_next(cursor))
    return parts


def _next(cursor: Cursor) -> list[Part]:
    kind, line = cursor.kind(), cursor.line()
    if kind in ("blank", "rule"):
        cursor.at += 1
        return []
    if kind == "heading":
        cursor.at += 1
        return (
            [Part("heading", line.start, line.end, (line.body, _heading_end(line)), line.level)]
            if line.text.strip("# ")
            else []
        )
    if kind == "fence":
        return [_code(cursor)]
    if kind == "math":
        return [_formula(cursor)]
    if kind == "tag":
        return _tag(cursor)
    if kind == "row" and (table := row_table(cursor.text, cursor.lines, cursor.at)):
        part, cursor.at = table
        return [part]
    if kind == "words" and (table := aligned_table(cursor.text, cursor.lines, cursor.at)):
        part, cursor.at = table
        return [part]
    if kind in ("item", "mark") and (found := _list(cursor)):
        return [found]
    return _paragraph(cursor)


def _heading_end(line: Line) -> int:
    return line.start + len(line.text.rstrip("# "))


def _code(cursor: Cursor) -> Part:
    opening = FENCE.match(cursor.line().text)
    marks = opening.group("marks") if opening else "```"
    first = cursor.at
    last = first + 1
    while last < len(cursor.lines) and not _closes(cursor.lines[last].text, marks):
        last += 1
    inner = cursor.lines[first + 1 : last]
    cursor.at = min(last + 1, len(cursor.lines))
    end = cursor.lines[min(last, len(cursor.lines) - 1)].end
    entries = tuple(Entry(line.start, line.end) for line in inner if line.kind != "blank")
    return Part("code", cursor.lines[first].start, max(end, cursor.lines[first].end), entries=entries)


def _closes(text: str, marks: str) -> bool:
    return text.startswith(marks) and not text.strip(marks[0])


def _formula(cursor: Cursor) -> Part:
    first = cursor.line()
    opened = first.text
    last = cursor.at
    single = len(opened) > 4 and opened.endswith(("$$", "\\]"))
    if not single:
        last += 1
        while last < len(cursor.lines) - 1 and not _math_ends(cursor.lines[last].text):
            last += 1
        last = min(last, len(cursor.lines) - 1)
    cursor.at = last + 1
    end = max(cursor.lines[last].end, first.end)
    start_body, end_body = first.start + 2, end - (2 if cursor.text[:end].endswith(("$$", "\\]")) else 0)
    return Part("formula", first.start, end, (start_body, max(start_body, end_body)))


def _math_ends(text: str) -> bool:
    return text.endswith(("$$", "\\]")) or bool(MATH_EDGE.fullmatch(text))


def _tag(cursor: Cursor) -> list[Part]:
    line = cursor.line()
    if re.match(r"<table\b", line.text, re.IGNORECASE):
        part, cursor.at = html_table(cursor.text, cursor.lines, cursor.at)
        return [part] if part else []
    if line.text.startswith("<!--") and "-->" not in line.text:
        return _skip_comment(cursor)
    cursor.at += 1
    return []


def _skip_comment(cursor: Cursor) -> list[Part]:
    while cursor.at < len(cursor.lines) and "-->" not in cursor.line().text:
        cursor.at += 1
    cursor.at += 1
    return []


def _paragraph(cursor: Cursor) -> list[Part]:
    first = cursor.line()
    if cursor.marked and (special := _marked_line(cursor, first)) is not None:
        return special
    last = cursor.at
    while _continues(cursor, last):
        last += 1
    end = cursor.lines[last].end
    lines = last - cursor.at + 1
    cursor.at = last + 1
    start = first.start
    if quote := re.match(r"(?:>\s*)+", first.text) if cursor.marked else None:
        start = min(first.start + quote.end(), end)
    if start >= end:
        return []
    if setext := _underlined(cursor, lines):
        return [Part("heading", first.start, end, (start, end), setext)]
    return [Part("paragraph", first.start, end, (start, end), lines=lines)]


def _marked_line(cursor: Cursor, line: Line) -> list[Part] | None:
    """A heading that Markdown writes without `#`: a bold line alone, or a `<summary>`; None for plain words."""
    if line.text.startswith("<!--"):
        return _skip_comment(cursor)
    if LAYOUT.match(line.text) and line.text.endswith((";", "'", '"')):
        cursor.at += 1
        return []
    summary = SUMMARY.search(line.text)
    bold = BOLD_LINE.match(line.text)
    alone = cursor.kind(1) in ("blank", "end", "item", "tag", "fence", "row", "heading")
    if summary and summary.group("words"):
        cursor.at += 1
        span = (line.start + summary.start("words"), line.start + summary.end("words"))
        return [Part("heading", line.start, line.end, span, role="summary")]
    if bold and alone and "**" not in bold.group("words") and len(bold.group("words").split()) <= 30:
        cursor.at += 1
        span = (line.start + bold.start("words"), line.start + bold.end("words"))
        return [Part("heading", line.start, line.end, span, bold=True)]
    return None


def _continues(cursor: Cursor, last: int) -> bool:
    """Whether the line after `last` belongs to the same paragraph."""
    if last + 1 >= len(cursor.lines) or cursor.lines[last + 1].kind != "words":
        return False
    line, after = cursor.lines[last], cursor.lines[last + 1]
    if after.end - cursor.line().start > MAX_PART:
        return False
    if cursor.marked:
        return not SUMMARY.search(after.text) and not BOLD_LINE.match(after.text) and not after.text.startswith("<!--")
    return _wraps(line, after, cursor.width)


def _wraps(line: Line, after: Line, width: int | None) -> bool:
    if width is None:
        return False
    return fills(line, after, width) and not (ENDS.search(line.text) and line.end - line.start < 0.7 * width)


def _underlined(cursor: Cursor, lines: int) -> int:
    """The level of a heading underlined with === (1) or --- (2), else 0; steps over the underline."""
    if cursor.kind() != "rule" or lines > 2 or cursor.line().text[0] not in "=-":
        return 0
    level = 1 if cursor.line().text[0] == "=" else 2
    if not cursor.marked and is_sentence(cursor.lines[cursor.at - 1].text):
        return 0
    cursor.at += 1
    return level


def _list(cursor: Cursor) -> Part | None:
    """A list: items of the same or deeper indentation, with lines that continue them, blank lines between allowed."""
    entries: list[tuple[Entry, Line]] = []
    first = cursor.line()
    while cursor.at < len(cursor.lines):
        at = cursor.next_words(cursor.at)
        if (
            at >= len(cursor.lines)
            or cursor.lines[at].kind not in ("item", "mark")
            or not _belongs(entries, cursor, at)
        ):
            break
        item = _item(cursor, at)
        if item is None:
            break
        entries.append(item)
    if not entries:
        return None
    depths = _depths([line.indent for _, line in entries])
    items = tuple(replace(entry, depth=depth) for (entry, _), depth in zip(entries, depths, strict=True))
    ordered = entries[0][0].ordinal is not None
    return Part(
        "list", first.start, max(entry.end for entry in items), entries=items, ordered=ordered, lines=len(items)
    )


def _belongs(entries: list[tuple[Entry, Line]], cursor: Cursor, at: int) -> bool:
    """Whether the item on line `at` goes on with the list, rather than opening another one."""
    if not entries:
        return True
    line, (last_entry, last_line) = cursor.lines[at], entries[-1]
    blanks = at - cursor.at
    if blanks and line.indent < entries[0][1].indent:
        return False  # left of the whole list
    if blanks and not cursor.marked and _heads(last_entry, line, cursor):
        return False
    same_level = [entry for entry, other in entries if other.indent == line.indent]
    if line.indent != last_line.indent or line.kind == "mark":
        return blanks == 0 or (line.ordinal or 0) != 1 or bool(same_level) is False or line.indent != last_line.indent
    restarts = line.ordinal is not None and last_entry.ordinal is not None and line.ordinal < last_entry.ordinal
    other_style = (line.ordinal is None) != (last_entry.ordinal is None)
    return not (restarts and blanks and not cursor.marked) and not other_style


def _heads(entry: Entry, line: Line, cursor: Cursor) -> bool:
    """Whether a numbered item is the heading of the bullets behind a blank line, rather than the item they stand in."""
    words = cursor.text[entry.start : entry.end]
    return entry.ordinal is not None and line.ordinal is None and "\n" not in words and not ENDS.search(words)


def _item(cursor: Cursor, at: int) -> tuple[Entry, Line] | None:
    """The item that starts on line `at` with all lines that continue it; steps over them."""
    line = cursor.lines[at]
    ordinal, body, last = line.ordinal, line.body, at
    label: Span | None = None
    if line.kind == "mark":
        opened = _after_mark(cursor, at)
        if opened is None:
            return None
        last, body, ordinal, label = opened
    end = cursor.lines[last].end
    while _item_continues(cursor, line, last):
        last += 1
        end = cursor.lines[last].end
    last, end = _indented_paragraphs(cursor, line, last, end)
    cursor.at = last + 1
    return Entry(body, end, label=label, ordinal=ordinal), line


def _after_mark(cursor: Cursor, at: int) -> tuple[int, int, int | None, Span | None] | None:
    """A bullet or number on a line of its own: last line, start of the words, number, label.

    "-" / "1." / "Title (5 min)" / "One line of text" is one item whose label is the title.
    """
    ordinal = cursor.lines[at].ordinal
    words = cursor.next_words(at + 1)
    while words < len(cursor.lines) and cursor.lines[words].kind == "mark" and words - at <= 2:
        ordinal = cursor.lines[words].ordinal if ordinal is None else ordinal
        words = cursor.next_words(words + 1)
    if words >= len(cursor.lines) or cursor.lines[words].kind not in ("words", "item"):
        return None
    if words - at > 3 or (words > at + 1 and cursor.lines[at + 1].kind == "blank"):
        return None  # a number far above its words numbers a section, not an item
    title = cursor.lines[words]
    following = cursor.lines[words + 1] if words + 1 < len(cursor.lines) else None
    body = title.body if title.kind == "item" else title.start
    if (
        following is not None
        and following.kind == "words"
        and not is_sentence(title.text)
        and _same_step(cursor, words)
    ):
        return words + 1, body, ordinal, (body, title.end)
    return words, body, ordinal, None


def _same_step(cursor: Cursor, title: int) -> bool:
    """Whether the line after a step's title is its text: it is a sentence or another step's mark comes right after."""
    after = cursor.lines[title + 2] if title + 2 < len(cursor.lines) else None
    return is_sentence(cursor.lines[title + 1].text) or (after is not None and after.kind == "mark")


def _item_continues(cursor: Cursor, first: Line, last: int) -> bool:
    """Whether the line after `last` continues the item: wrapped, or indented under its words."""
    if last + 1 >= len(cursor.lines):
        return False
    line, after = cursor.lines[last], cursor.lines[last + 1]
    if after.kind != "words":
        return False
    if cursor.marked:
        return not after.text.startswith("<")
    if first.ordinal is not None and NOTE.match(after.text):
        return True
    if after.indent > first.indent and after.indent >= first.indent + (first.body - first.start) - 1:
        return True
    return _wraps(line, after, cursor.width)


def _indented_paragraphs(cursor: Cursor, first: Line, last: int, end: int) -> tuple[int, int]:
    """Paragraphs indented under an item belong to it."""
    while True:
        after = cursor.next_words(last + 1)
        if after >= len(cursor.lines) or after == last + 1:
            return last, end
        line = cursor.lines[after]
        if line.kind != "words" or line.indent < first.indent + 2:
            return last, end
        if ASSIGNS.search(line.text) or aligned_table(cursor.text, cursor.lines, after):
            return last, end  # set in because it is a table or a formula
        last, end = after, line.end
        while last + 1 < len(cursor.lines) and cursor.lines[last + 1].kind == "words":
            last += 1
            end = cursor.lines[last].end


def _depths(indents: list[int]) -> list[int]:
    """How deep each item is nested, from how far it is indented."""
    stack: list[int] = []
    depths = []
    for indent in indents:
        while stack and indent < stack[-1]:
            stack.pop()
        if not stack or indent > stack[-1] + 1:
            stack.append(indent)
        depths.append(len(stack) - 1)
    return depths
