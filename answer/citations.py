"""From a draft to Markdown with numbered markers, and the citations behind the numbers.

Every sentence, list item and table row ends in its markers; text of a guide that looks like a marker ("[2]") is escaped,
so that a guide cannot pretend to be cited.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from answer.answers import Citation, Disagreement, Position
from answer.drafting import Draft, Line, Span

_FAKE_MARKER = re.compile(r"\[(\d+)\]")
_LINE_START = re.compile(r"^(?=(?:#{1,6}\s|>\s?|[-*+]\s|\d+[.)]\s|```|~~~|\|))")
_STOP = re.compile(r"([.!?…]+[\"'”’)]*|[:;,])$")


class Numbering:
    """Numbers spans in order of first use; the same span keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._spans: list[Span] = []

    def number(self, span: Span) -> int:
        """The span's number, given now if it is new."""
        if span.key not in self._numbers:
            self._spans.append(span)
            self._numbers[span.key] = len(self._spans)
        return self._numbers[span.key]

    def markers(self, spans: tuple[Span, ...]) -> str:
        """ "[1][3]" for the spans of a line."""
        return "".join(f"[{number}]" for number in dict.fromkeys(self.number(span) for span in spans))

    def citations(self) -> tuple[Citation, ...]:
        """One citation per number, in order."""
        return tuple(citation_of(number, span) for number, span in enumerate(self._spans, start=1))


def citation_of(number: int, span: Span) -> Citation:
    """The citation of a span: whose words these are, where they stand, and the words themselves."""
    info, section = span.guide.info, span.guide.sections[span.section]
    return Citation(
        number=number,
        guide=PurePosixPath(info.path).name,
        path=info.path,
        title=info.title,
        publisher=info.publisher,
        updated=info.updated or info.published,
        section=" > ".join(section.path) or info.title,
        page=section.page,
        start=span.start,
        end=span.end,
        quote=span.guide.raw(span.start, span.end),
        revision=info.revision,
    )


def render(draft: Draft) -> tuple[str, tuple[Citation, ...], tuple[Disagreement, ...]]:
    """The draft as (Markdown, citations, disagreements)."""
    numbering = Numbering()
    blocks: list[str] = []
    before = ""
    for line in draft.lines:
        text = _markdown(line, numbering)
        joined = (line.style == before and line.style in ("item", "sentence")) or (
            line.style == "row" and before != "lead"
        )
        if joined and blocks:
            blocks[-1] += (" " if line.style == "sentence" else "\n") + text
        else:
            blocks.append(text)
        before = line.style
    disagreements = tuple(
        Disagreement(
            dispute.about,
            tuple(
                Position(side.says, tuple(dict.fromkeys(numbering.number(span) for span in side.spans)))
                for side in dispute.sides
            ),
        )
        for dispute in draft.disputes
    )
    return "\n\n".join(blocks), numbering.citations(), disagreements


def _markdown(line: Line, numbering: Numbering) -> str:
    if line.style == "header":
        cells = [plain(cell).replace("|", "\\|") for cell in line.cells]
        return f"| {' | '.join(cells)} |\n|{' --- |' * len(cells)}"
    markers = numbering.markers(line.spans)
    if line.style == "row":
        cells = [plain(cell).replace("|", "\\|") for cell in line.cells]
        return f"| {' | '.join(cells)} {markers} |"
    text = marked(plain(line.text), markers)
    return f"- {text}" if line.style == "item" else text


def plain(text: str) -> str:
    """Text of a guide on one line that cannot pass for a marker or open a block of its own."""
    one_line = " ".join(text.split())
    return _LINE_START.sub(r"\\", _FAKE_MARKER.sub(r"\\[\1\\]", one_line))


def marked(text: str, markers: str) -> str:
    """The text with its markers before the final stop, and a stop where there was none: "… 45 minutes [1]."."""
    stop = _STOP.search(text)
    if stop is None:
        return f"{text} {markers}."
    end = stop.group(1)
    return f"{text[: stop.start()].rstrip()} {markers}{'.' if end in ',;' else end}"
