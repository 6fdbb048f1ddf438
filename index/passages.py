"""The types that everything else speaks: a guide and its sections, blocks, units, passages and bank questions.

A guide is one file of the corpus at one revision. Its `text` is the extracted text; every `start`/`end` here is a
character offset into it, end exclusive, so `guide.text[start:end]` is always the exact raw span that a citation shows.

    Guide ── sections   a heading and what stands under it, nested by `path`
          ── blocks     a paragraph, list, table, code or formula inside one section, in reading order
          ── units      the smallest citable spans: a heading, sentence, list item, table row, line of code
          ── passages   what is embedded and searched: neighbouring blocks of one section within the token limit
          ── questions  bank questions found in the guide, or written in the bank

Positions (`section`, `block`, `unit`) count from 0 within one guide. Nothing here reads files or knows a library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from typing import Literal

Format = Literal["markdown", "text", "html", "pdf", "word", "bank"]
Kind = Literal["guide", "note", "question", "cheatsheet"]
BlockKind = Literal["heading", "paragraph", "list", "table", "code", "formula"]
UnitKind = Literal["heading", "sentence", "item", "row", "line"]
Noise = Literal["front matter", "navigation", "related", "promotion", "contact", "stub", "running head", "model answer"]


@dataclass(frozen=True, slots=True)
class GuideInfo:
    """Who says it, when, and about whom. Dates are ISO 8601 days; what is not known is None."""

    path: str  # POSIX, under the corpus folder: "guides/example.md"
    revision: str  # "sha256:" + digest of the file's bytes
    format: Format
    kind: Kind
    title: str
    publisher: str | None = None
    author: str | None = None
    source: str | None = None  # the address it was taken from
    published: str | None = None
    updated: str | None = None
    company: str | None = None
    role: str | None = None
    topic: str | None = None
    aliases: str | None = None  # other names of a note's concept, comma-separated


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and everything under it up to the next heading of its level or above.

    Section 0 is the guide itself: level 0, heading = title, path = (), the whole text.
    """

    position: int
    parent: int | None
    level: int
    heading: str  # as shown: marks, numbering signs and run-together debris removed
    path: tuple[str, ...]  # headings from level 1 down to this one, title of the guide not repeated
    start: int  # of the heading line
    end: int
    page: int | None = None  # 1-based, PDF only


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest span that can be cited.

    `text` is what a reader sees and search reads: marks of the format removed, spaces and hyphens normalised, a row as
    "Header: cell; Header: cell". The raw span is `guide.text[start:end]`, without bullet or number.
    """

    position: int
    block: int
    section: int
    kind: UnitKind
    start: int
    end: int
    text: str
    depth: int = 0  # of a list item: 0 outermost
    parent: int | None = None  # of a nested item: the unit it belongs to
    cells: tuple[tuple[int, int], ...] = ()  # of a row: the raw span of each cell, in column order
    label: str | None = None  # "Recruiter screen (15 min)" of "Recruiter screen (15 min) – Focuses …"; a FAQ's question


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring units of one kind. `lead` introduces a list or a table ("Four rounds:"); `header` is a table's."""

    position: int
    section: int
    kind: BlockKind
    start: int
    end: int
    units: tuple[int, ...]
    lead: int | None = None  # the unit that introduces this list or table
    ordered: bool = False
    header: tuple[str, ...] = ()
    header_span: tuple[int, int] | None = None
    noise: Noise | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: a raw span of one section, the text it is searched by, and its facets.

    `context` stands before `text` when the passage is embedded and counted (publisher, title, heading path, facets).
    `facets` holds the filterable metadata: guide, kind, publisher, company, role, round, category, difficulty, topic.
    """

    id: str
    guide: str  # GuideInfo.path
    section: int
    section_path: tuple[str, ...]
    start: int
    end: int
    text: str
    context: str
    units: tuple[int, ...]
    facets: dict[str, str] = field(default_factory=dict)
    page: int | None = None

    @property
    def search_text(self) -> str:
        """The exact text that is embedded and counted against the embedder's token limit."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """What a good answer must contain, and the section that supports it ("notes/dropout.md#Definition")."""

    point: str
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a bank question stands: a span of a guide."""

    guide: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A practice question. `start`/`end` span its entry in `guide`; `sources` are all the places that ask it."""

    id: str
    guide: str
    title: str
    prompt: str
    start: int
    end: int
    category: str | None = None
    difficulty: str | None = None
    round: str | None = None
    company: str | None = None
    role: str | None = None
    minutes: int | None = None
    hints: tuple[str, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    outline: tuple[str, ...] = ()
    star: tuple[tuple[str, str], ...] = ()  # (part, what a strong story shows), behavioural questions only
    follow_ups: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()  # paths of the guides that ask it, as the entry names them
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """One file of the corpus at one revision, understood."""

    info: GuideInfo
    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    units: tuple[Unit, ...]
    passages: tuple[Passage, ...] = ()
    questions: tuple[BankQuestion, ...] = ()
    warnings: tuple[str, ...] = ()

    def raw(self, start: int, end: int) -> str:
        """The exact characters of the extracted text."""
        return self.text[start:end]


def revision_of(content: bytes) -> str:
    """The name of a file's content: "sha256:" and the digest in hexadecimal."""
    return f"sha256:{sha256(content).hexdigest()}"


def passage_id(guide: str, section_path: tuple[str, ...], raw: str, occurrence: int = 0) -> str:
    """A passage's id: 16 hexadecimal characters of guide, section path, content and, for repeats, which one it is.

    Offsets take no part, so the id of an unchanged passage survives an edit elsewhere in its guide.
    """
    key = "\x1f".join((guide, *section_path, raw, str(occurrence)))
    return blake2b(key.encode(), digest_size=8).hexdigest()
