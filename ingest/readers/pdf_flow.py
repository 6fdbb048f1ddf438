"""Lines of pages → Markdown: which line opens a heading, an item, a row or a paragraph, and which goes on with it.

A paragraph ends where the gap below it is wide, where the next line is set in, or where a line stops although the next
word would have fitted. Over the end of a page a sentence, an item or a table may go on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.pdf_text import Line
from ingest.wording import ENDS

BIGGER = 1.12  # times the body's size: a heading
LONGEST_HEADING = 120  # characters
ITEM = re.compile(r"^(?:[•◦▪‣·●○■–-]|\d{1,2}[.)])\s+")
LOOSE = 1.3  # times the usual distance of two lines: a new paragraph
WRAPPED_HEADING = 2.0  # times its size: the next line of one heading
MOST_GAP = 2.2  # times the size of type: two lines farther apart are never one paragraph's
SHARE = 0.08  # of the gaps, at least, for a distance to be usual
CUT_WORD = re.compile(r"[^\W\d_]+[-\u2010\u00ad]\n[^\W\d_]+")  # by a hyphen at a line's end: its halves are no words
BACK = 3.0  # points that a line begins left of the item before it, to be no more of that item
CUTS = 0.03  # of the lines end in a cut word, at least: the document cuts words
SET_IN = 0.8  # times the size: the first line of a paragraph
COLUMN = 60.0  # points: lines that begin within them of each other are of one column
SHORT = 0.6  # of a column: a line so short ended on purpose, whatever it ends with
LETTER = 0.5  # the width of a letter, times its size


WHOLE = -99  # the page as one column
FITS = 0.92  # of a column's width: a heading that takes less with its next word would not have been wrapped
Reach = tuple[float, float]  # left and right


@dataclass(frozen=True, slots=True)
class Look:
    """What a document looks like: its body's size of type, bigger ones and those of bold lines, biggest first, the
    distance of two lines as a share of their size, the words it writes whole, and whether it cuts words at lines' ends."""

    body: float
    sizes: tuple[float, ...]
    bold: tuple[float, ...]
    gap: float
    words: frozenset[str]
    cuts: bool


def look_of(pages: Sequence[Sequence[Line]]) -> Look:
    """The look of a document with at least one line."""
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size, 1)] += len(line.words)
    body = sizes.most_common(1)[0][0]
    text = "\n".join(line.words for lines in pages for line in lines)
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", CUT_WORD.sub(" ", text).lower())
    bigger = tuple(size for size in sorted(sizes, reverse=True) if size > BIGGER * body)
    bold = {round(line.size, 1) for lines in pages for line in lines if _is_bold_heading(line, body)}
    cut = len(CUT_WORD.findall(text))
    cuts = cut >= max(2, CUTS * text.count("\n")) or bool(re.search(r"[\u2010\u00ad]\n", text))
    return Look(body, bigger, tuple(sorted(bold, reverse=True)), _usual_gap(pages, body), frozenset(words), cuts)


def _is_bold_heading(line: Line, body: float) -> bool:
    return (
        line.bold and line.size <= BIGGER * body and not line.words.endswith((".", ",", ";", ":")) and _could_head(line)
    )


def _usual_gap(pages: Sequence[Sequence[Line]], body: float) -> float:
    """The smallest distance of two lines of the body that is common, as a share of their size; 0 where none is."""
    gaps = Counter(
        round((above.y - below.y) / body, 1)
        for lines in pages
        for above, below in pairwise(lines)
        if abs(above.size - body) < 0.1 and abs(below.size - body) < 0.1 and 0 < above.y - below.y <= MOST_GAP * body
    )
    common = [gap for gap, count in gaps.items() if count >= max(1, SHARE * gaps.total())]
    return min(common, default=0.0)


def written(pages: Sequence[Sequence[Line]], look: Look) -> tuple[str, list[int]]:
    """The text of all pages, and where in it each page begins."""
    flow = _Flow(look)
    starts = []
    for lines in pages:
        starts.append(flow.length)
        flow.page(lines)
    return "".join(flow.blocks).strip("\n") + "\n", starts


@dataclass(slots=True)
class _Flow:
    """The growing text, in blocks, and what stands right before the next line."""

    look: Look
    blocks: list[str] = field(default_factory=list)
    length: int = 0  # of all blocks
    before: Line | None = None
    item: Line | None = None
    depths: list[float] = field(default_factory=list)
    reach: dict[int, Reach] = field(default_factory=dict)  # of the page that `before` stands on

    def page(self, lines: Sequence[Line]) -> None:
        """Takes the lines of the next page."""
        reach = _reach(lines)
        for at, line in enumerate(lines):
            self.reach = self.reach if at == 0 else reach
            self._line(line, opens_page=at == 0)
            self.before = line
        self.reach = reach

    def _line(self, line: Line, *, opens_page: bool) -> None:
        before = self.before
        heading = heading_level(line, self.look)
        follows_row = before is not None and before.words.startswith("|")
        if before is not None and not opens_page and heading_level(before, self.look) and self._wraps(line):
            self._go_on(line.words)
        elif heading:
            self._open(f"\n\n{'#' * heading} {line.words}")
        elif line.words.startswith("|"):
            self._open(("\n" if follows_row else "\n\n") + line.words)
        elif ITEM.match(line.words):
            self.depths = [place for place in self.depths if place < line.x - BACK] if self.item is not None else []
            self.depths.append(line.x)
            indent = "  " * (len(self.depths) - 1)
            self._open("\n" + indent + re.sub(r"^[•◦▪‣·●○■–]\s+", "- ", line.words))
            self.item = line
            return
        elif (
            before is None or follows_row or heading_level(before, self.look) or self._ends(line, opens_page=opens_page)
        ):
            self._open("\n\n" + line.words)
        else:
            self._go_on(line.words)
            return
        self.item = None

    def _open(self, words: str) -> None:
        self.blocks.append(words)
        self.length += len(words)

    def _go_on(self, words: str) -> None:
        self.length -= len(self.blocks[-1])
        self.blocks[-1] = joined(self.blocks[-1], words, self.look)
        self.length += len(self.blocks[-1])

    def _wraps(self, line: Line) -> bool:
        """Whether a heading goes on in a second line: in the same type, and its next word would not have fitted."""
        before = self.before
        if before is None or before.size != line.size or before.bold != line.bold or line.words.startswith("|"):
            return False
        left, right = self.reach.get(_column(before)) or self.reach.get(WHOLE) or (before.x, before.right)
        fitted = before.right - before.x + _first_word(line) < FITS * (right - left)
        return not fitted and 0 < before.y - line.y <= WRAPPED_HEADING * line.size

    def _ends(self, line: Line, *, opens_page: bool) -> bool:
        """Whether a paragraph or an item ended with the line before this one."""
        before = self.before
        if before is None:
            return True
        if self.item is not None and line.x < self.item.x - BACK:
            return True
        closed = bool(ENDS.search(before.words)) or before.words.endswith(":")
        _, right = self.reach.get(_column(before), (before.x, before.right))
        stopped = before.right + _first_word(line) < right - 0.1 * (right - before.x) and not line.words[0].islower()
        if stopped and (closed or before.right - before.x < SHORT * (right - before.x)):
            return True
        if opens_page:
            return closed and not line.words[0].islower()
        set_in = self.item is None and closed and SET_IN * line.size < line.x - before.x < COLUMN
        return set_in or before.y - line.y > LOOSE * self.look.gap * line.size > 0


def _column(line: Line) -> int:
    return round(line.x / COLUMN)


def _reach(lines: Sequence[Line]) -> dict[int, Reach]:
    """From where to where the lines of each column go, all but the farthest few; those of the whole page at -1."""
    rights: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.words.startswith("|"):
            for column in {_column(line) - 1, _column(line), _column(line) + 1, WHOLE}:
                rights[column].append(line)
    return {
        column: (min(line.x for line in found), sorted(line.right for line in found)[int(0.9 * (len(found) - 1))])
        for column, found in rights.items()
    }


def _first_word(line: Line) -> float:
    """About how wide a line's first word and the blank before it are."""
    return (len(line.words.split(maxsplit=1)[0]) + 1) * LETTER * line.size


def heading_level(line: Line, look: Look) -> int:
    """The level of a heading by its type, the biggest 1; 0 for other lines."""
    if not _could_head(line):
        return 0
    if line.size > BIGGER * look.body:
        return min(6, 1 + look.sizes.index(round(line.size, 1)))
    if not _is_bold_heading(line, look.body):
        return 0
    return min(6, 2 + len(look.sizes) + look.bold.index(round(line.size, 1)))


def _could_head(line: Line) -> bool:
    words = line.words
    return len(words) <= LONGEST_HEADING and not words.startswith("|") and bool(re.search(r"[^\W\d_]{2}", words))


def joined(text: str, words: str, look: Look) -> str:
    """The next line of a paragraph; a word cut by a hyphen at the line's end is made whole.

    The hyphen stays where the document writes the word with it elsewhere, or writes both its halves but not the whole,
    or where nothing tells and the document does not cut words.
    """
    known = look.words
    cut = re.search(r"([^\W\d_]+)[-\u2010\u00ad]$", text)
    rest = re.match(r"[^\W\d_]+", words)
    if cut is None or rest is None or not words[0].islower():
        return f"{text} {words}" if text and not text.endswith("\n") else text + words
    first, second = cut.group(1).lower(), rest.group().lower()
    halves = first in known and second in known and len(second) > 2 and first + second not in known
    written = f"{first}-{second}" in known or halves or not (look.cuts or first + second in known)
    return text + words if written else text[:-1] + words
