"""An HTML table → lines with pipes: cells that span are told in each row they reach, headers of several rows are one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

MOST_SPANNED = 100  # rows or columns of one cell
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "form")


def table_lines(tag: Any, kind_of: Callable[[Any], str], words_of: Callable[[Any], str]) -> list[str] | None:
    """The rows of a table as lines of Markdown; [] where it is empty, None where it only lays a page out.

    `kind_of` names an element, `words_of` tells its words.
    """
    rows = [
        (
            row,
            [
                cell
                for cell in row.find_all(True)
                if kind_of(cell) in ("td", "th") and _owner(cell, kind_of, "tr") is row
            ],
        )
        for row in tag.find_all(True)
        if kind_of(row) == "tr" and _owner(row, kind_of, "table") is tag
    ]
    if _lays_out([cells for _, cells in rows], kind_of):
        return None
    heads = _head_rows(rows, kind_of)
    below: dict[int, tuple[str, int]] = {}  # column → words of a cell that reaches down, rows left
    told = [_told(cells, below, words_of, everywhere=at < heads) for at, (_, cells) in enumerate(rows)]
    header = [
        _head([row[column] for row in told[:heads] if column < len(row)])
        for column in range(max(map(len, told), default=0))
    ]
    bare = _names_its_rows([cells for _, cells in rows], kind_of)
    kept = [header, *told[heads:]] if heads > 1 else [[""] * len(header), *told] if bare else told
    kept = [row for at, row in enumerate(kept) if any(row) or (bare and not at)]
    if not any(map(any, kept)):
        return []
    width = max(map(len, kept))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in kept]
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def _owner(tag: Any, kind_of: Callable[[Any], str], kind: str) -> Any:
    return next((parent for parent in tag.parents if parent.name and kind_of(parent) == kind), None)


def _lays_out(rows: Sequence[Sequence[Any]], kind_of: Callable[[Any], str]) -> bool:
    """Whether cells hold what a page is made of, or there is but one column of them."""
    cells = [cell for row in rows for cell in row]
    blocks = any(kind_of(inner) in BLOCKS for cell in cells for inner in cell.find_all(True))
    return bool(cells) and (blocks or max(map(len, rows)) == 1)


def _head_rows(rows: Sequence[tuple[Any, Sequence[Any]]], kind_of: Callable[[Any], str]) -> int:
    """How many rows at the top are a header of several rows, told by what spans; 1 for the usual one."""
    in_head = [any(parent.name == "thead" for parent in row.parents) for row, _ in rows]
    if in_head.count(True) > 1:
        return in_head.count(True)
    all_heads = [bool(cells) and all(kind_of(cell) == "th" for cell in cells) for _, cells in rows]
    spans = any(_span(cell.get("colspan")) > 1 for _, cells in rows[:1] for cell in cells)
    return 2 if spans and all_heads[:2] == [True, True] and len(rows) > 2 else 1


def _names_its_rows(rows: Sequence[Sequence[Any]], kind_of: Callable[[Any], str]) -> bool:
    """Whether every row, the first too, opens with its own name: no row of them is a header."""
    return len(rows) > 1 and all([kind_of(cell) for cell in cells][:2] == ["th", "td"] for cells in rows)


def _head(names: Sequence[str]) -> str:
    """A column's header from the cells above each other, each told once."""
    return " ".join(dict.fromkeys(name for name in names if name))


def _told(
    cells: Sequence[Any], below: dict[int, tuple[str, int]], words_of: Callable[[Any], str], *, everywhere: bool
) -> list[str]:
    """A row's words with a cell for every column: one that spans rows is told in each, one that spans columns in the
    first of them, or everywhere."""
    told: list[str] = []

    def fill() -> None:
        while below.get(len(told), ("", 0))[1]:
            words, left = below[len(told)]
            below[len(told)] = (words, left - 1)
            told.append(words)

    for cell in cells:
        fill()
        words = words_of(cell).replace("|", "\\|")
        for extra in range(_span(cell.get("colspan"))):
            shown = words if everywhere or not extra else ""
            below[len(told)] = (shown, _span(cell.get("rowspan")) - 1)
            told.append(shown)
    fill()
    return told


def _span(value: object) -> int:
    return max(1, min(int(str(value)), MOST_SPANNED)) if re.fullmatch(r"\d{1,4}", str(value)) else 1
