"""A model's text cut, while it comes in, into the parts that are verified one by one.

A part is a sentence, a table row, a table's header, a heading, or a whole block of code. A sentence that ends as models
are asked to end it, "… [2].", is given at once; another one with the next word, for a marker may follow its full stop.
What looks like a marker inside code is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.words import visible

Kind = Literal["sentence", "heading", "header", "row", "code"]
Begins = Literal["paragraph", "item", ""]  # "" goes on where the part before stands

MARKER = re.compile(r"[\[【]\^?([1-9]\d{0,2}(?:\s*[,;–-]\s*\^?\d{1,3})*)(?:†[^\]】\n]{0,40})?[\]】](?!\()")
_MARKERS = re.compile(rf"(?:\s*{MARKER.pattern})+")
_ENDS_IN_MARKER = re.compile(rf"{MARKER.pattern}$")
_MARKER_BEGINS = re.compile(r"\s*[\[【][^\]】\n]{0,60}$")
_LIST_MARK = re.compile(r"(\s*)(?:[-*+•–]|(\d{1,3})[.)])\s+(?:\[[ xX]\]\s+)?")
_UNDECIDED = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)]?|`{1,2}|~{1,2}|#{1,6}|[>\s]+|\[[ xX]?\]?)?\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?")
_STOP = re.compile(r"[.!?…]+[\"'”’)*_]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|cf|al|fig|no|dr|mr|ms|mrs|prof|inc|ltd|st|resp|incl|max|min|u\.s|[A-Z]))$", re.I
)
_CODE = re.compile(r"`[^`\n]*`|\$(?=[^\s$])[^$`\n]*?(?<=\S)\$(?!\d)")
_OPEN_CODE = re.compile(r"`[^`\n]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the answer as the model wrote it, markers included. `mark` is a list item's own mark."""

    kind: Kind
    text: str
    begins: Begins = ""
    mark: str = ""


@dataclass(slots=True)
class Splitter:
    """Feed it pieces of text; it gives the parts that are whole. `finish` gives the rest."""

    _rest: str = ""
    _begins: Begins = "paragraph"
    _mark: str = ""
    _inside: bool = False  # a line's text, and not its beginning
    _fence: str = ""
    _held: str = ""  # a table's first line, until the next one tells whether it is a header
    _final: bool = False

    def feed(self, delta: str) -> list[Part]:
        """The parts that this piece makes whole."""
        self._rest += visible(delta.replace("\r", ""))
        return list(self._parts())

    def finish(self) -> list[Part]:
        """What is left, once nothing more comes."""
        self._final = True
        parts = list(self._parts())
        if self._held:
            parts.append(Part("row", self._held))
            self._held = ""
        return parts

    def _parts(self) -> Iterator[Part]:
        while self._rest:
            before = len(self._rest), self._inside, self._fence
            if self._fence:
                yield from self._code()
            elif self._inside:
                yield from self._sentence()
            else:
                yield from self._line()
            if (len(self._rest), self._inside, self._fence) == before:
                return

    def _line(self) -> Iterator[Part]:
        """The beginning of a line: what it is, once that can be told."""
        line, ended, rest = self._rest.partition("\n")
        whole = bool(ended) or self._final
        if not line.strip():
            if ended:
                self._rest, self._begins, self._mark = rest, "paragraph", ""
            elif self._final:
                self._rest = ""
            return
        if not whole and _UNDECIDED.fullmatch(line):
            return
        if not line.lstrip().startswith("|") and self._held:
            yield Part("row", self._held)
            self._held = ""
        if line.lstrip().startswith(("|", "#")) or _FENCE.match(line):
            if whole:
                self._rest = rest
                yield from self._whole_line(line.strip())
            return
        self._open(line)

    def _whole_line(self, line: str) -> Iterator[Part]:
        fence = _FENCE.match(line)
        if fence:
            self._fence = fence.group(1)
        elif line.startswith("#"):
            yield Part("heading", line.lstrip("# ").rstrip("# "), "paragraph")
            self._begins = "paragraph"
        elif self._held and _RULE.fullmatch(line):
            yield Part("header", self._held, "paragraph")
            self._held = ""
        else:
            if self._held:
                yield Part("row", self._held)
            self._held = line
            if self._held and not self._begins:
                yield Part("row", self._held)
                self._held = ""
            self._begins = ""

    def _open(self, line: str) -> None:
        """Take a list mark or a quotation mark off the line; its text follows."""
        mark = _LIST_MARK.match(line)
        if mark:
            indent = "  " * min(2, len(mark.group(1).expandtabs(4)) // 2)
            self._begins = "item"
            self._mark = f"{indent}{mark.group(2)}. " if mark.group(2) else f"{indent}- "
            self._rest = self._rest[mark.end() :]
        else:
            self._rest = self._rest.lstrip(" \t>")
        self._inside = True

    def _code(self) -> Iterator[Part]:
        closing = re.search(rf"^\s*{re.escape(self._fence)}[`~]*\s*$", self._rest, re.MULTILINE)
        if closing is None and not self._final:
            return
        end = closing.start() if closing else len(self._rest)
        yield Part("code", self._rest[:end].rstrip("\n"), "paragraph")
        self._rest = self._rest[closing.end() :].removeprefix("\n") if closing else ""
        self._fence, self._begins = "", "paragraph"

    def _sentence(self) -> Iterator[Part]:
        end = self._end()
        if end is None:
            return
        text = " ".join(self._rest[:end].split()).lstrip(".!?…”’) ")
        self._rest = self._rest[end:]
        if re.search(r"\w", MARKER.sub("", text)):
            yield Part("sentence", text, self._begins, self._mark)
            self._begins, self._mark = "", ""
        line, ended, rest = self._rest.partition("\n")
        if not line.strip() and ended:
            self._rest, self._inside = rest, False
            self._begins = ""
        elif not ended and self._final and not line.strip():
            self._rest = ""
        else:
            self._rest = self._rest.lstrip(" \t")

    def _end(self) -> int | None:
        """Where the sentence at the beginning of the rest ends; None where that is not known yet."""
        masked = masked_code(self._rest)
        masked = masked if self._final else _OPEN_CODE.sub(_crosses, masked)
        line_end = self._line_end(masked)
        limit = len(masked) if line_end is None else line_end
        for stop in _STOP.finditer(masked, 0, limit):
            end = self._end_at(masked, stop, limit, open_line=line_end is None)
            if end is not None:
                return end if end >= 0 else None
        return len(masked) if line_end is None and self._final else line_end

    def _end_at(self, masked: str, stop: re.Match[str], limit: int, *, open_line: bool) -> int | None:
        """The end of the sentence at a stop; -1 where more text must tell; None where it is no end."""
        before = masked[: stop.start()].rstrip("*_ ")
        after = masked[stop.end() : limit]
        if _ENDS_IN_MARKER.search(before):
            return stop.start() + 1
        if after and not after[0].isspace() and after[0] not in "[【":
            return None
        undecided = open_line and not self._final
        markers = _MARKERS.match(after)
        if markers:
            more = undecided and (markers.end() == len(after) or _MARKER_BEGINS.fullmatch(after[markers.end() :]))
            return -1 if more else stop.end() + markers.end()
        if after[:1] in ("[", "【"):  # "![an image](…" and such: no marker, so no end
            return -1 if undecided and _MARKER_BEGINS.fullmatch(after) else None
        if undecided and (not after.strip() or _MARKER_BEGINS.fullmatch(after)):
            return -1
        if _ABBREVIATION.search(before) or (before.strip().isdigit() and after.strip()):
            return None
        following = after.lstrip()[:1]
        return None if following.islower() else stop.end()

    def _line_end(self, masked: str) -> int | None:
        """Where the line ends that the text stands on. A line that breaks in the middle of a sentence goes on."""
        place = masked.find("\n")
        while place >= 0:
            here, following = masked[:place].rstrip(), masked[place + 1 :]
            if not here or here[-1] in ".!?…:;]】|*_" or _MARKERS.search(here[-8:]):
                return place
            begun = following.lstrip(" \t")
            if not begun:
                return place if self._final else None
            if begun[0] in "\n|#`~>-*" or _LIST_MARK.match(following):
                return place
            place = masked.find("\n", place + 1)
        return None


def masked_code(text: str) -> str:
    """The text with code and formulas crossed out, letter for letter."""
    return _CODE.sub(_crosses, text)


def _crosses(match: re.Match[str]) -> str:
    return "x" * len(match.group())


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of all markers outside code, in order, each once; "[2-4]" is three."""
    masked = masked_code(text)
    found: list[int] = []
    for marker in MARKER.finditer(masked):
        for part in re.split(r"[,;]", marker.group(1)):
            first, *_, last = (int(number) for number in re.findall(r"\d+", part) * 2)
            found.extend(range(first, min(last, first + 20) + 1))
    return tuple(dict.fromkeys(found))


def without_markers(text: str) -> str:
    """The text without its markers and the gaps that they leave; code stays as it is."""
    pieces, done = [], 0
    masked = masked_code(text)
    for marker in re.finditer(rf"\s*{MARKER.pattern}", masked):
        pieces.append(text[done : marker.start()])
        done = marker.end()
    return re.sub(r"\s+([.,;:!?])", r"\1", "".join([*pieces, text[done:]])).strip()
