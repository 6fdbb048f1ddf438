"""Walking a guide's outline: what stands under a heading, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.drafting import Line, is_warned_of, shown, span_of
from answer.pointing import only_points
from index.passages import Block, Guide, Section, Unit

_MARKUP = re.compile(
    r"</?[a-z][^<>]*>|\\(?=[\d.*_#\[\]()-])", re.I
)  # tags and escapes of a cell; Markdown's own marks stay
_LINK = re.compile(
    r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
)  # its words say it, its target nothing


def blocks_of(guide: Guide, section: int) -> Iterator[Block]:
    """The blocks directly under a heading: no noise, not the heading itself."""
    return (block for block in guide.blocks if block.section == section and not block.noise and block.kind != "heading")


def children_of(guide: Guide, section: int) -> list[Section]:
    """The sections directly under a section that hold something or lead to something that does."""
    return [
        child for child in guide.sections if child.parent == section and child.position and has_content(guide, child)
    ]


def has_content(guide: Guide, section: Section) -> bool:
    """Whether anything that is not noise stands anywhere under a heading."""
    return any(
        section.start <= block.start < section.end and block.kind != "heading" and not block.noise
        for block in guide.blocks
    )


def heading_unit(guide: Guide, section: int) -> Unit | None:
    """The unit that is the section's heading line, if the guide has one."""
    return next((unit for unit in guide.units if unit.section == section and unit.kind == "heading"), None)


def units_of(guide: Guide, block: Block) -> list[Unit]:
    """A block's units in order."""
    return [guide.units[position] for position in block.units]


def item_lines(guide: Guide, block: Block) -> list[Line]:
    """A list as lines: its introduction, then each outer item with what is nested in it."""
    units = units_of(guide, block)
    items = [Line(shown(unit), (span_of(guide, unit),), "item") for unit in units if unit.kind == "item"]
    heading = heading_unit(guide, block.section)
    if block.lead is None and heading is not None and any(is_warned_of(guide, unit) for unit in units):
        return [Line(f"{shown(heading).rstrip(' :')}:", (span_of(guide, heading),), "lead"), *items]
    if block.lead is None:
        return items
    lead = guide.units[block.lead]
    return [Line(shown(lead), (span_of(guide, lead),), "lead"), *items]


def introduces(guide: Guide, unit: Unit, block: Block) -> bool:
    """Whether the paragraph that a unit stands in ends in what introduces a list."""
    return block.lead is not None and guide.units[block.lead].block == unit.block


def listed_under(guide: Guide, unit: Unit) -> list[Unit]:
    """The items that a unit which ends in a colon introduces, nested under it or as its list; mere links are none."""
    if not unit.text.rstrip().endswith(":"):
        return []
    nested = [each for each in units_of(guide, guide.blocks[unit.block]) if each.parent == unit.position]
    if nested:
        return [each for each in nested if not only_points(guide, each)]
    block = next(
        (block for block in guide.blocks[unit.block + 1 : unit.block + 2] if block.lead == unit.position), None
    )
    if block is None or block.kind != "list":
        return []
    return [each for each in units_of(guide, block) if each.kind == "item" and not only_points(guide, each)]


def row_line(guide: Guide, unit: Unit) -> Line:
    """A table row as a line of its cells."""
    cells = tuple(_cell_text(guide.raw(start, end)) for start, end in unit.cells)
    cells = cells or (shown(unit),)
    return Line(shown(unit), (span_of(guide, unit),), "row", cells)


def _cell_text(raw: str) -> str:
    return " ".join(_MARKUP.sub(" ", _LINK.sub(r"\1", raw)).split())


def table_lines(guide: Guide, block: Block, rows: list[Unit] | None = None) -> list[Line]:
    """A table's header and the given rows, all of them by default."""
    chosen = rows if rows is not None else [unit for unit in units_of(guide, block) if unit.kind == "row"]
    header = [Line(" ".join(block.header), (), "header", block.header)] if block.header else []
    return header + [row_line(guide, unit) for unit in chosen]


def child_lines(guide: Guide, parent: Section, *, words: int) -> list[Line]:
    """The headings under a section as a list, each with the start of what it says while the words last."""
    children = children_of(guide, parent.position)
    each = max(0, words // max(1, len(children)) - 4)
    return [line for child in children if (line := _child_line(guide, child, each)) is not None]


def _child_line(guide: Guide, child: Section, words: int) -> Line | None:
    heading = heading_unit(guide, child.position)
    if heading is None:
        return None
    spans, text = [span_of(guide, heading)], shown(heading).rstrip(" :")
    first = next((unit for block in blocks_of(guide, child.position) for unit in units_of(guide, block)), None)
    if first is not None and first.kind != "row" and len(first.text.split()) <= words:
        spans.append(span_of(guide, first))
        text = f"{text}: {shown(first)}"
    return Line(text, tuple(spans), "item")


def with_headings(guide: Guide, section: int, start: int) -> int:
    """Where a passage starts when the headings right above it are read with it."""
    under: Section | None = guide.sections[section]
    while under is not None and under.level and not guide.raw(_heading_end(guide, under), start).strip():
        start = under.start
        under = guide.sections[under.parent] if under.parent is not None else None
    return start


def _heading_end(guide: Guide, section: Section) -> int:
    heading = heading_unit(guide, section.position)
    return heading.end if heading is not None else section.start
