"""Tables in text: rows between pipes or tabs, and HTML tables inside Markdown, each cell an exact span."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.lines import TABLE_RULE, Line, scan
from ingest.outline import Entry, Part, Span

GAP = re.compile(r"\S {2,}\S")
HTML_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?:</tr>|(?=<tr\b)|$)", re.IGNORECASE | re.DOTALL)
HTML_CELL = re.compile(r"<(?P<tag>t[dh])\b[^>]*>(?P<words>.*?)(?=</t[dh]>|<t[dhr]\b|$)", re.IGNORECASE | re.DOTALL)


def row_table(text: str, lines: list[Line], at: int) -> tuple[Part, int] | None:
    """The table whose first row is line `at`, and the index of the line after it; None when there is no table.

    Two rows at least; with tabs, every row has the same number of cells. Where a rule of dashes follows the first
    row, that row is the header; without one, the first row is taken for it when no cell of it holds a figure and
    the rows below do.
    """
    last = at
    while last + 1 < len(lines) and lines[last + 1].kind == "row":
        last += 1
    rows = lines[at : last + 1]
    if any("|" in line.text for line in rows):
        split = [(line, _piped(line)) for line in rows if "|" in line.text or TABLE_RULE.match(line.text)]
    else:
        split = [(line, _tabbed(line)) for line in rows]
        widths = {len(cells) for _, cells in split}
        if len(widths) != 1:
            return None
    ruled = len(split) > 1 and bool(TABLE_RULE.match(split[1][0].text))
    body = [(line, cells) for line, cells in split if not TABLE_RULE.match(line.text)]
    if len(body) < 2 and not ruled:
        return None
    if not body:
        return None
    has_header = ruled or _looks_like_header(text, [cells for _, cells in body])
    return _table(body, has_header, lines[last]), last + 1


def _table(rows: list[tuple[Line, tuple[Span, ...]]], has_header: bool, last: Line) -> Part:
    header = rows[0] if has_header else None
    entries = tuple(Entry(line.start, line.end, cells=cells) for line, cells in rows[1 if has_header else 0 :])
    return Part(
        "table",
        rows[0][0].start,
        last.end,
        entries=entries,
        header=header[1] if header else (),
        header_span=(header[0].start, header[0].end) if header else None,
        lines=len(rows),
    )


def _looks_like_header(text: str, rows: list[tuple[Span, ...]]) -> bool:
    first, rest = rows[0], rows[1:]
    if not rest or any(re.search(r"\d", text[start:end]) for start, end in first):
        return False
    short = all(0 < end - start <= 40 for start, end in first)
    longer = sum(end - start for row in rest for start, end in row) / sum(len(row) or 1 for row in rest)
    figures = any(re.search(r"\d", text[start:end]) for row in rest for start, end in row)
    return short and (figures or longer > sum(end - start for start, end in first) / len(first))


def _piped(line: Line) -> tuple[Span, ...]:
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", _without_code(line.text))]
    if not bars or bars[0] != 0:
        bars.insert(0, -1)
    if bars[-1] != len(line.text) - 1:
        bars.append(len(line.text))
    return tuple(_trimmed(line, left + 1, right) for left, right in pairwise(bars))


def _without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", lambda match: "x" * len(match.group(0)), text)


def _tabbed(line: Line) -> tuple[Span, ...]:
    edges = [-1, *[match.start() for match in re.finditer("\t", line.text)], len(line.text)]
    return tuple(_trimmed(line, left + 1, right) for left, right in pairwise(edges))


def _trimmed(line: Line, left: int, right: int) -> Span:
    words = line.text[left:right]
    start = left + len(words) - len(words.lstrip())
    end = max(start, left + len(words.rstrip()))
    return line.start + start, line.start + end


def html_table(text: str, lines: list[Line], at: int) -> tuple[Part | None, int]:
    """The HTML table that opens on line `at` (None when it has no words), and the index of the line after it."""
    last = at
    while last < len(lines) - 1 and "</table" not in lines[last].text.lower():
        last += 1
    start, end = lines[at].start, max(lines[last].end, lines[at].end)
    header: tuple[Span, ...] = ()
    header_span: Span | None = None
    entries: list[Entry] = []
    for row in HTML_ROW.finditer(text, start, end):
        cells = tuple(_span(text, cell.span("words")) for cell in HTML_CELL.finditer(text, *row.span(1)))
        if not any(left < right for left, right in cells):
            continue
        inside = (min(left for left, _ in cells), max(right for _, right in cells))
        if not header and not entries and "<th" in row.group(0).lower():
            header, header_span = cells, inside
        else:
            entries.append(Entry(*inside, cells=cells))
    if not entries:
        return None, last + 1
    return Part("table", start, end, entries=tuple(entries), header=header, header_span=header_span), last + 1


def _span(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    return start, max(start, span[0] + len(words.rstrip()))


def aligned_table(text: str, lines: list[Line], at: int) -> tuple[Part, int] | None:
    """The table whose columns are kept apart by blanks alone, from line `at` on, and the index of the line after it.

    All its lines are blank in the same places, two at least side by side. Three rows at least, or two with a rule of
    dashes under the first, which is then the header.
    """
    last = at
    while last + 1 < len(lines) and lines[last + 1].kind in ("words", "row", "rule"):
        last += 1
    block = lines[at : last + 1]
    rows = [line for line in block if not _is_rule(line)]
    ruled = len(block) > 1 and _is_rule(block[1])
    if (
        len(rows) < (2 if ruled else 3)
        or not all(GAP.search(line.text) for line in rows)
        or "\t" in text[block[0].start : block[-1].end]
    ):
        return None
    edges = _gutters(text, rows)
    if not edges:
        return None
    split = [(line, _between(text, line, edges)) for line in rows]
    if sum(len(cells) - cells.count((0, 0)) for _, cells in split) < 0.7 * len(rows) * (len(edges) + 1):
        return None
    has_header = ruled or _looks_like_header(text, [cells for _, cells in split])
    return _table(split, has_header, block[-1]), last + 1


def is_aligned(text: str) -> bool:
    """Whether a text is a table whose columns are kept apart by blanks, from its first line to its last."""
    lines = scan(text)
    table = aligned_table(text, lines, 0)
    return table is not None and table[1] == len(lines)


def _is_rule(line: Line) -> bool:
    return line.kind == "rule" or bool(re.fullmatch(r"(?:[-=+]{2,}\s*)+", line.text))


def _line_start(text: str, line: Line) -> int:
    return text.rfind("\n", 0, line.start) + 1


def _gutters(text: str, rows: list[Line]) -> list[int]:
    """The columns in whose middle no row has words: where two blanks or more stand side by side in all of them."""
    starts = [_line_start(text, line) for line in rows]
    width = max(line.end - start for line, start in zip(rows, starts, strict=True))
    used = [False] * (width + 1)
    for line, start in zip(rows, starts, strict=True):
        for column in range(start, line.end):
            used[column - start] = used[column - start] or text[column] != " "
    first = used.index(True)
    blank = "".join(" " if not taken else "x" for taken in used[first:width])
    return [first + gap.end() for gap in re.finditer(r" {2,}", blank)]


def _between(text: str, line: Line, edges: list[int]) -> tuple[Span, ...]:
    """A row's cells between the gutters; an empty one is (0, 0)."""
    start = _line_start(text, line)
    bounds = [0, *edges, line.end - start]
    cells = []
    for left, right in pairwise(bounds):
        words = text[start + left : min(start + right, line.end)] if start + left < line.end else ""
        cells.append(_span(text, (start + left, start + left + len(words))) if words.strip() else (0, 0))
    return tuple(cells)
