"""Parts → sections, blocks and units of a guide: the one place where positions are given out."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from index.passages import Block, Section, Unit, UnitKind
from ingest.outline import Entry, Outline, Part, Span
from ingest.sentences import sentence_spans
from ingest.wording import is_sentence, joins, plain, word_list

NUMBERING = re.compile(r"^(?:\d{1,3}[.)]\s+|\(\d{1,2}\)\s+|[Qq]\d{0,3}[.:)]\s*)(?=\S)")


@dataclass
class Assembly:
    """The growing guide."""

    text: str
    marked: bool
    title: str
    vocabulary: frozenset[str] = frozenset()
    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)

    def words(self, start: int, end: int) -> str:
        """What a reader sees of a raw span; words that ran together are set apart."""
        shown = plain(self.text[start:end], marked=self.marked)
        breaks = joins(shown, self.vocabulary) if len(shown) < 400 and not is_sentence(shown) else []
        breaks = [at for at in breaks if _is_of_prose(shown, at)]
        if len(breaks) < 2:
            return shown
        edges = [0, *breaks, len(shown)]
        return " · ".join(shown[left:right] for left, right in itertools.pairwise(edges))


def _is_of_prose(text: str, at: int) -> bool:
    """Whether the token around an offset is words and no identifier: "ScreenOnsite" is, "addToList", "ext4", "ip4:34" aren't."""
    left, right = text[:at].rpartition(" ")[2], text[at:].partition(" ")[0]
    return left[:1].isupper() and not re.search(r"[/_=(){}:.]", left + right)


def assemble(outline: Outline, title: str) -> tuple[tuple[Section, ...], tuple[Block, ...], tuple[Unit, ...]]:
    """Sections, blocks and units in reading order. Headings that repeat the title belong to section 0."""
    text = outline.text
    guide = Assembly(
        text, outline.format in ("markdown", "bank"), title, frozenset(word.lower() for word in word_list(text))
    )
    guide.sections.append(Section(0, None, 0, title, (), 0, len(text)))
    guide.opened, guide.levels = [0], [0]
    for part in outline.parts:
        if part.kind == "heading":
            _open_section(guide, part)
        else:
            _add_block(guide, part)
    _close_sections(guide)
    return tuple(guide.sections), tuple(guide.blocks), tuple(guide.units)


def _open_section(guide: Assembly, part: Part) -> None:
    heading = NUMBERING.sub("", guide.words(*part.body)).rstrip(" :") or guide.words(*part.body)
    repeats_title = part.role == "title"
    if not repeats_title:
        while guide.levels[-1] >= max(part.level, 1):
            guide.opened.pop()
            guide.levels.pop()
        parent = guide.sections[guide.opened[-1]]
        position = len(guide.sections)
        path = (*parent.path, heading)
        section = Section(
            position, parent.position, parent.level + 1, heading, path, part.start, len(guide.text), part.page
        )
        guide.sections.append(section)
        guide.opened.append(position)
        guide.levels.append(max(part.level, 1))
    else:
        guide.opened, guide.levels = [0], [0]
    at = len(guide.blocks)
    unit = _add_unit(guide, at, "heading", part.body, heading)
    guide.blocks.append(
        Block(at, guide.opened[-1], "heading", part.start, part.end, (unit.position,), noise=part.noise, page=part.page)
    )


def _add_unit(guide: Assembly, block: int, kind: UnitKind, span: Span, text: str | None = None, **more: object) -> Unit:
    shown = guide.words(*span) if text is None else text
    unit = Unit(len(guide.units), block, guide.opened[-1], kind, span[0], span[1], shown, **more)  # type: ignore[arg-type]
    guide.units.append(unit)
    return unit


def _add_block(guide: Assembly, part: Part) -> None:
    at, lead = len(guide.blocks), _lead(guide, part)
    first = len(guide.units)
    _UNITS[part.kind](guide, at, part)
    units = tuple(range(first, len(guide.units)))
    if not units:
        return
    guide.blocks.append(
        Block(
            at,
            guide.opened[-1],
            part.kind,
            part.start,
            part.end,
            units,
            lead=lead,
            ordered=part.ordered,
            header=tuple(guide.words(*cell) for cell in part.header),
            header_span=part.header_span,
            noise=part.noise,
            page=part.page,
        )
    )


def _lead(guide: Assembly, part: Part) -> int | None:
    """The unit that introduces a list or table: the last of the paragraph before it in the same section."""
    if part.kind not in ("list", "table", "code", "formula") or not guide.blocks:
        return None
    before = guide.blocks[-1]
    if before.section != guide.opened[-1] or before.kind != "paragraph" or before.noise:
        return None
    unit = guide.units[before.units[-1]]
    introduces = unit.text.endswith(":") or (len(before.units) <= 2 and part.kind in ("list", "table"))
    return unit.position if introduces else None


def _sentences(guide: Assembly, at: int, part: Part) -> None:
    label = _asked(guide)
    for span in sentence_spans(guide.text, *part.body):
        if guide.words(*span):
            _add_unit(guide, at, "sentence", span, label=label)


def _asked(guide: Assembly) -> str | None:
    """The question that the open section answers, when its heading is one."""
    heading = guide.sections[guide.opened[-1]].heading
    return heading if heading.endswith("?") else None


def _items(guide: Assembly, at: int, part: Part) -> None:
    parents: dict[int, int] = {}
    for entry in part.entries:
        span = (entry.start, _rstrip(guide.text, entry.start, entry.note[0]) if entry.note else entry.end)
        if not guide.words(*span):
            continue
        label = guide.words(*entry.label).strip(" :–—*") if entry.label else None
        parent = next((parents[depth] for depth in range(entry.depth - 1, -1, -1) if depth in parents), None)
        unit = _add_unit(
            guide, at, "item", span, _item_words(guide, span, entry), depth=entry.depth, parent=parent, label=label
        )
        parents = {depth: position for depth, position in parents.items() if depth < entry.depth} | {
            entry.depth: unit.position
        }
        if entry.note:
            for note in sentence_spans(guide.text, *entry.note):
                _add_unit(guide, at, "sentence", note, depth=entry.depth + 1, parent=unit.position, label=unit.text)


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" \n\t*_"))


def _item_words(guide: Assembly, span: Span, entry: Entry) -> str:
    """An item's words; the line break behind a label on its own line is shown as a colon."""
    if entry.label and "\n" in guide.text[entry.label[1] : entry.label[1] + 2]:
        return f"{guide.words(*entry.label)}: {guide.words(entry.label[1], span[1])}"
    return guide.words(*span)


def _rows(guide: Assembly, at: int, part: Part) -> None:
    header = [guide.words(*cell) for cell in part.header]
    for entry in part.entries:
        cells = [guide.words(*cell) for cell in entry.cells]
        named = [
            f"{header[column]}: {cell}" if column < len(header) and header[column] else cell
            for column, cell in enumerate(cells)
            if cell
        ]
        if named:
            _add_unit(guide, at, "row", (entry.start, entry.end), "; ".join(named), cells=entry.cells)


def _lines(guide: Assembly, at: int, part: Part) -> None:
    for entry in part.entries:
        _add_unit(guide, at, "line", (entry.start, entry.end), guide.text[entry.start : entry.end])


def _formula(guide: Assembly, at: int, part: Part) -> None:
    _add_unit(guide, at, "line", (part.start, part.end), guide.text[part.start : part.end])


_UNITS = {"paragraph": _sentences, "list": _items, "table": _rows, "code": _lines, "formula": _formula}


def _close_sections(guide: Assembly) -> None:
    """Give each section its end: where the next section of its level or above starts."""
    from dataclasses import replace

    for at, section in enumerate(guide.sections[1:], 1):
        end = next((other.start for other in guide.sections[at + 1 :] if other.level <= section.level), section.end)
        guide.sections[at] = replace(section, end=end)
