"""What a reader hands on: the extracted text and its parts, each an exact span of it. No meaning yet, only shape.

Every format ends here, so that headings, noise, questions and sentences are recognised once, for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index.passages import BankQuestion, BlockKind, Format, Noise

Span = tuple[int, int]
Role = Literal["title", "question", "practice", "byline", "summary"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list, a row of a table or a line of code: its raw span without bullet or number.

    `label` is the span of the name it opens with, `note` of the advice that stands behind a practice question.
    """

    start: int
    end: int
    depth: int = 0
    cells: tuple[Span, ...] = ()
    label: Span | None = None
    note: Span | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One heading, paragraph, list, table, piece of code or formula, in reading order.

    `level` is a heading's: 1 and deeper where marks say so, 0 where it is still to be inferred. `body` is the span of a
    heading's or paragraph's own words, without marks; `lines` is how many lines of the text it takes.
    """

    kind: BlockKind
    start: int
    end: int
    body: Span = (0, 0)
    level: int = 0
    entries: tuple[Entry, ...] = ()
    ordered: bool = False
    header: tuple[Span, ...] = ()
    header_span: Span | None = None
    noise: Noise | None = None
    role: Role | None = None
    page: int | None = None
    lines: int = 1
    size: float = 0.0  # of the type, in points, where the format knows it
    bold: bool = False
    number: tuple[int, ...] = ()  # of a heading: (2, 1) of "2.1 Rounds"


@dataclass(frozen=True, slots=True)
class Outline:
    """A file as read: `stated` holds metadata that the format itself carries (front matter, meta tags)."""

    text: str
    format: Format
    parts: tuple[Part, ...]
    stated: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    marked: bool = False  # whether the format marks its headings
    questions: tuple[BankQuestion, ...] = ()  # of the bank format


def words_of(part: Part, text: str) -> str:
    """The raw words of a heading or paragraph, without the marks around them."""
    start, end = part.body if part.body != (0, 0) else (part.start, part.end)
    return text[start:end]
