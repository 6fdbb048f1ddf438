"""The page a model's answer is put together on: parts in order, of which those that hold are drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from answer.answers import Citation, Disagreement, Position
from answer.citations import Numbering, marked, plain
from answer.drafting import Dispute
from answer.model.evidence import Offered
from answer.model.splitting import Part
from answer.model.verifying import Verdict
from index.words import normalise

_CELL = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(`[^`\n]*`)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A part with its verdict; a table's header has none, and is drawn with its first row."""

    part: Part
    verdict: Verdict | None

    @property
    def is_kept(self) -> bool:
        """Whether it is said on the page."""
        return self.verdict is not None and self.verdict.holds

    @property
    def only_introduces(self) -> bool:
        """Whether it is a heading, or a line that leads to a list and names no source."""
        return self.part.kind == "heading" or (not self.numbers and self.part.text.rstrip("* ").endswith(":"))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of the spans it cites."""
        return self.verdict.numbers if self.verdict is not None else ()


@dataclass(slots=True)
class Page:
    """Entries as they come."""

    entries: list[Entry] = field(default_factory=list)
    repaired: int = 0

    def add(self, entry: Entry) -> bool:
        """Take the next entry; whether there is something new to draw."""
        if entry.is_kept and self.says(entry.verdict):
            return False
        self.entries.append(entry)
        return entry.is_kept

    def replace(self, place: int, entry: Entry) -> None:
        """Put a repaired entry in the place of one that does not hold."""
        self.entries[place] = entry
        self.repaired += 1

    def kept(self) -> list[Entry]:
        """What holds."""
        return [entry for entry in self.entries if entry.is_kept]

    def dropped(self) -> list[Entry]:
        """What does not, headings and introductions included."""
        return [entry for entry in self.entries if entry.verdict is not None and not entry.verdict.holds]

    def failed(self) -> list[Entry]:
        """What the model said and its sources do not; headings and lines that only introduce a list say nothing."""
        return [entry for entry in self.dropped() if not entry.only_introduces]

    def says(self, verdict: Verdict | None) -> bool:
        """Whether the page says this already: models repeat themselves."""
        said = normalise(verdict.text).lower() if verdict else ""
        return any(normalise(entry.verdict.text).lower() == said for entry in self.kept() if entry.verdict)

    @property
    def word_count(self) -> int:
        """How many words hold."""
        return sum(len(entry.verdict.text.split()) for entry in self.kept() if entry.verdict)

    def render(
        self, offered: Sequence[Offered], disputes: Sequence[Dispute]
    ) -> tuple[str, tuple[Citation, ...], tuple[Disagreement, ...]]:
        """The page as (Markdown, citations, disagreements)."""
        numbering, drawing = Numbering(), _Drawing()
        for entry in self.entries:
            spans = tuple(offered[number - 1].span for number in entry.numbers) if entry.is_kept else ()
            drawing.take(entry, numbering.markers(spans))
        citations = numbering.citations()
        return drawing.text, citations, _disagreements(disputes, citations)


@dataclass(slots=True)
class _Drawing:
    """Markdown in the making. What a dropped sentence would have opened, the next one that holds opens."""

    text: str = ""
    _before: str = ""
    _opened: Part | None = None
    _header: Part | None = None

    def take(self, entry: Entry, markers: str) -> None:
        """Draw the entry if it holds."""
        part = entry.part
        if part.begins:
            self._opened = part
        if part.kind != "row":
            self._header = part if part.kind == "header" else None
        if entry.verdict is None or not entry.verdict.holds:
            return
        if part.kind == "row":
            self._row(entry.verdict.text, markers)
        else:
            self._sentence(entry.verdict.text, markers)
        self._opened = None

    def _row(self, text: str, markers: str) -> None:
        if self._header is not None:
            self._put("table", _header(self._header.text))
            self._before, self._header = "row", None
        self._put("row", f"| {' | '.join(escaped(cell) for cell in cells_of(text))} {markers} |")

    def _sentence(self, text: str, markers: str) -> None:
        opened = self._opened
        style = opened.begins if opened is not None else "paragraph" if self._before == "row" else ""
        mark = opened.mark if opened is not None and style == "item" else ""
        self._put(style, mark + marked(escaped(text), markers))

    def _put(self, style: str, text: str) -> None:
        gap = " " if not style else "\n" if style == self._before and style in ("row", "item") else "\n\n"
        self.text += gap * bool(self.text) + text
        self._before = style or self._before


def _disagreements(disputes: Sequence[Dispute], citations: Sequence[Citation]) -> tuple[Disagreement, ...]:
    """The disputes that the page tells from all sides."""
    numbers = {(cited.path, cited.start, cited.end): cited.number for cited in citations}
    told = [
        Disagreement(
            dispute.about,
            tuple(
                Position(side.says, tuple(dict.fromkeys(numbers[s.key] for s in side.spans if s.key in numbers)))
                for side in dispute.sides
            ),
        )
        for dispute in disputes
    ]
    return tuple(each for each in told if all(position.citations for position in each.positions))


def _header(line: str) -> str:
    cells = [escaped(cell) for cell in cells_of(line)]
    return f"| {' | '.join(cells)} |\n|{' --- |' * len(cells)}"


def escaped(text: str) -> str:
    """The text as Markdown that holds no marker and opens no block; code stays, where nothing in it looks like a marker."""
    parts = [part if part.startswith("`") and "[" not in part else part.strip("`") for part in _CODE.split(text)]
    return plain("".join(parts))


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a table's line."""
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip().strip("|")))
