"""Levels of headings that carry none: from what each opens, from repeated shapes, and from numbering.

A heading with nothing of its own before the next heading opens a deeper level. Headings of one shape with content of
one shape are siblings. A heading that fits no open group closes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.outline import Part
from ingest.wording import is_question, is_quoted, is_sentence, is_title_case, word_list

TOP = re.compile(
    r"(?:faqs?\b|frequently asked|common (?:mistakes|questions|pitfalls)|conclusion|summary|overview|"
    r"introduction|resources|"
    r"final (?:tips|thoughts|words)|how to (?:prepare|stand out|approach)|what (?:they|to)|about\b|"
    r"tips\b|key takeaways|tl;?dr|"
    r"outlook|next steps|references|further reading|comments\b|related\b|you may)",
    re.I,
)
FIRST = re.compile(r"(?:step|round|stage|phase|week|day|part|level) (?:1|one)\b(?!-)", re.I)
KIN = re.compile(
    r"\b(round|screen|assessment|interview|stage|week|day|month|phase|step|question|mistake|level|part)s?\b", re.I
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a heading looks like and what stands under it before the next one."""

    look: str
    content: str
    opens: bool
    kin: frozenset[str]
    is_top: bool
    counts_from_one: bool = False  # "Step 1": steps stand below what they are steps of


def infer_levels(parts: list[Part], text: str) -> list[Part]:
    """The parts with a level for every heading that has none; marked levels are kept.

    Where some are marked, one without a mark (a bold line, a question) stands below the last that has one.
    """
    positions = [at for at, part in enumerate(parts) if part.kind == "heading" and part.role != "title"]
    shapes = [_shape(parts, at, text) for at in positions]
    marked = any(parts[at].level for at in positions)
    numbers = [parts[at].number for at in positions]
    levels: list[int] = []
    known = 0
    for index, at in enumerate(positions):
        known = parts[at].level or known
        inferred = known + 1 if marked else _level(index, shapes, levels, numbers)
        levels.append(parts[at].level or inferred)
    leveled = dict(zip(positions, levels, strict=True))
    return [replace(part, level=leveled[at]) if at in leveled else part for at, part in enumerate(parts)]


def _level(index: int, shapes: list[Shape], levels: list[int], numbers: list[tuple[int, ...]]) -> int:
    if numbers[index] and any(len(number) > 1 for number in numbers):
        return len(numbers[index])
    if index == 0:
        return 1
    opened = shapes[index - 1].opens and (not shapes[index].is_top or shapes[index - 1].is_top)
    if opened and not _widget(index - 1, shapes):
        return levels[index - 1] + 1
    if shapes[index].counts_from_one and shapes[index - 1].look != shapes[index].look and not shapes[index - 1].is_top:
        return levels[index - 1] + 1
    for level in range(levels[index - 1], 1, -1):
        group = _group(index, levels, level)
        parent = shapes[group[0] - 1] if group and group[0] else None
        if group and _fits(shapes[index], [shapes[at] for at in group], parent):
            return level
    return 1


def _alike(look: str, other: str) -> bool:
    return look == other or {look, other} <= {"word", "title"} or {look, other} <= {"word", "plain"}


def _widget(index: int, shapes: list[Shape]) -> bool:
    """Whether a heading stands above two more without content: what it named was not saved with the page."""
    after = shapes[index : index + 3]
    before = shapes[max(index - 1, 0)]
    return (len(after) == 3 and all(shape.content == "nothing" for shape in after)) or (
        len(after) >= 2 and after[0].content == after[1].content == before.content == "nothing" and index > 0
    )


def _group(index: int, levels: list[int], level: int) -> list[int]:
    """The headings of `level` under the heading that is still open above it."""
    group = []
    for at in range(index - 1, -1, -1):
        if levels[at] < level:
            break
        if levels[at] == level:
            group.append(at)
    return group[::-1]


PROSE = re.compile(r"(?:words|more|quote|brief|\+)+$")


def _fits(shape: Shape, group: list[Shape], parent: Shape | None) -> bool:
    """Whether a heading continues a group of siblings."""
    first, last = group[0], group[-1]
    if shape.opens and not any(member.opens for member in group):
        return False
    if "question" in (shape.look, last.look):
        return shape.look == last.look
    if shape.is_top and not all(member.is_top for member in group):
        return False
    same_look = _alike(shape.look, last.look) or _alike(shape.look, first.look)
    same_content = shape.content in {member.content for member in group}
    if same_content and shape.look == last.look and shape.look not in ("plain", "title"):
        return True
    goes_on = parent is not None and parent.opens and same_look and not shape.opens and not shape.is_top
    if goes_on and all(PROSE.match(member.content) for member in (shape, *group)):
        return True  # what stands under a heading of its own without words goes on as it began
    common = frozenset.intersection(*(member.kin for member in group)) if len(group) > 1 else group[0].kin
    akin = bool(shape.kin & frozenset.union(*(member.kin for member in group)))
    if len(group) >= 2 and common and not akin:
        return False
    return (same_content and (same_look or akin)) or (akin and same_look)


def _shape(parts: list[Part], at: int, text: str) -> Shape:
    words = text[slice(*parts[at].body)]
    content = []
    for part in parts[at + 1 :]:
        if part.kind == "heading":
            break
        if not part.noise:
            content.append(part)
    last = text[slice(*content[-1].body)].rstrip() if content and content[-1].kind == "paragraph" else ""
    opens = not content or (last.endswith(":") and at + len(content) + 1 < len(parts))
    kin = frozenset(match.group(1).lower() for match in KIN.finditer(words))
    look = "question" if parts[at].role == "question" else "numbered" if parts[at].number else _look(words)
    return Shape(look, _content(content, text), opens, kin, bool(TOP.match(words)), bool(FIRST.match(words)))


def _look(words: str) -> str:
    if is_question(words):
        return "question"
    if found := re.match(r"([A-Z][a-z]+)\s+\d", words):
        return f"{found.group(1).lower()} numbered"
    if re.search(r"\([^()]*\d[^()]*\)$", words):
        return "timed"
    if words.isupper() and len(words) > 3:
        return "capitals"
    if len(word_list(words)) == 1:
        return "word"
    return "title" if is_title_case(words) else "plain"


def _content(content: list[Part], text: str) -> str:
    kinds: list[str] = []
    for part in content:
        words = text[slice(*part.body)] if part.kind == "paragraph" else ""
        kind = (
            part.kind
            if part.kind != "paragraph"
            else "quote"
            if is_quoted(words)
            else "words"
            if is_sentence(words)
            else "brief"
        )
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
        elif kind == "words" and len(kinds) == 1:
            kinds.append("more")
    return "+".join(kinds[:3]) or "nothing"
