"""Running heads and page numbers: what stands at the same height at the edge of most pages is no text of the guide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.pdf_text import SAME_LINE, Line, Page

MOST_PAGES = 0.6  # the share of pages that a running head stands on
SAME_COLUMN = 3.0  # points
EDGE_LINES = 1  # how many heights at each edge of a page may be a running head's
NUMBER = re.compile(r"(?:[-–—] ?)?(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?(?: ?[-–—])?$", re.I)


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without what their edges share, the page's number aside the same, and without their numbers."""
    edges = [_edges(page) for page in pages]
    tally = Counter(key for found in edges for key in {_key(piece) for piece in found})
    least = max(2, MOST_PAGES * len(pages))
    return [
        replace(page, pieces=tuple(piece for piece in page.pieces if not _is_running(piece, found, tally, least)))
        for page, found in zip(pages, edges, strict=True)
    ]


def _is_running(piece: Line, edges: Sequence[Line], tally: Counter[tuple[int, str]], least: float) -> bool:
    at_edge = any(piece is edge for edge in edges)
    return at_edge and (tally[_key(piece)] >= least or bool(NUMBER.match(piece.words.strip())))


def _edges(page: Page) -> list[Line]:
    """The pieces at the highest and lowest heights of a page, but for rows of a table."""
    heights: list[list[Line]] = []
    for piece in sorted(page.pieces, key=lambda piece: piece.y):
        if not heights or piece.y - heights[-1][0].y > SAME_LINE:
            heights.append([])
        heights[-1].append(piece)
    if len(heights) == 1:
        return heights[0]
    lowest = [pieces for pieces, above in pairwise(heights[: EDGE_LINES + 1]) if not _is_row(pieces, above)]
    highest = [pieces for below, pieces in pairwise(heights[-EDGE_LINES - 1 :]) if not _is_row(pieces, below)]
    return [piece for pieces in lowest + highest for piece in pieces]


def _is_row(pieces: Sequence[Line], beside: Sequence[Line]) -> bool:
    """Whether pieces of one height stand in the columns of those beside it."""
    columns = [other.x for other in beside]
    return len(pieces) > 1 and all(any(abs(piece.x - x) <= SAME_COLUMN for x in columns) for piece in pieces)


def _key(piece: Line) -> tuple[int, str]:
    """Where a piece stands and what it says, the page's number aside."""
    return round(piece.y / SAME_LINE / 2), re.sub(r"^\d+\b|\b\d+(?:/\d+)?$", "#", " ".join(piece.words.split()))
