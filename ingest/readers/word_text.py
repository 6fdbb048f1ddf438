"""A Word paragraph's words and what it is: heading by style or outline level, item by style, numbering or a typed bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
UNREAD = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pict", f"{W}instrText", f"{W}delText"})
TYPED = re.compile(r"(?P<indent>\s*)(?P<mark>[•◦▪‣·●○■–*-]|\d{1,2}[.)])\s+(?=\S)")
INDENT = 360.0  # twentieths of a point, about: how far Word puts a list into a list
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A list's item: how deep it is nested, whether it is numbered, and its words."""

    depth: int
    ordered: bool
    words: str


def text_of(paragraph: Any) -> str:
    """A paragraph's characters with its tabs and line breaks; inserted text is read, deleted text is not."""
    return "".join(_characters(paragraph._p))


def _characters(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in UNREAD:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        else:
            yield from _characters(child)


def outline_level(paragraph: Any) -> int | None:
    """The outline level of a paragraph or of its style, 0 for the highest; None for body text."""
    for properties in _properties(paragraph):
        found = properties.find(f"{W}outlineLvl")
        if found is not None:
            value = found.get(f"{W}val") or ""
            return int(value) if value.isdigit() and int(value) < 9 else None
    return None


def item_of(paragraph: Any, kinds: Mapping[tuple[str, str], str]) -> Item | None:
    """A paragraph as an item by its style or its numbering; None where it is none. `kinds` are those of `numbering`."""
    words = " ".join(text_of(paragraph).split())
    style = _style_name(paragraph)
    deeper = re.search(r"(\d)$", style)
    listed = style.startswith("List") and not style.startswith("List Continue")
    number = _numbering(paragraph)
    if number is not None:
        depth = max(int(number[1]), int(deeper.group(1)) - 1 if deeper and listed else 0)
        named = "number" in style.lower() if listed else kinds.get(number, "bullet") not in ("bullet", "none")
        return Item(min(depth, DEEPEST), named, words)
    if listed:
        return Item(int(deeper.group(1)) - 1 if deeper else 0, "Number" in style, words)
    return None


def typed_items(paragraph: Any) -> list[Item]:
    """The items that are typed with a bullet or number each, one a line; [] where a line is none."""
    lines = [line for line in text_of(paragraph).split("\n") if line.strip()]
    found = [TYPED.match(line) for line in lines]
    if not lines or not all(found):
        return []
    left = int(_left(paragraph) // INDENT)
    return [
        Item(
            min(left + len(match["indent"].expandtabs(4)) // 2, DEEPEST),
            match["mark"][0].isdigit(),
            " ".join(line[match.end() :].split()),
        )
        for line, match in zip(lines, found, strict=True)
        if match
    ]


def numbering(document: Any) -> dict[tuple[str, str], str]:
    """The format of each numbering at each level, by (numId, ilvl): "bullet", "decimal", …; {} where there is none."""
    from_part = next(
        (part for part in document.part.package.iter_parts() if str(part.partname) == "/word/numbering.xml"), None
    )
    root = getattr(from_part, "element", None)
    if root is None:
        return {}
    abstract = {
        each.get(f"{W}abstractNumId"): {
            level.get(f"{W}ilvl"): (
                level.find(f"{W}numFmt").get(f"{W}val") if level.find(f"{W}numFmt") is not None else ""
            )
            for level in each.findall(f"{W}lvl")
        }
        for each in root.findall(f"{W}abstractNum")
    }
    found: dict[tuple[str, str], str] = {}
    for each in root.findall(f"{W}num"):
        of = each.find(f"{W}abstractNumId")
        levels = abstract.get(of.get(f"{W}val"), {}) if of is not None else {}
        found |= {(each.get(f"{W}numId"), level): kind for level, kind in levels.items()}
    return found


def _style_name(paragraph: Any) -> str:
    return (paragraph.style.name or "") if paragraph.style is not None else ""


def _properties(paragraph: Any) -> Iterator[Any]:
    """A paragraph's own properties, then its style's, then those of the styles that it is based on."""
    if paragraph._p.pPr is not None:
        yield paragraph._p.pPr
    style, seen = paragraph.style, 0
    while style is not None and seen < DEEPEST:
        properties = style.element.find(f"{W}pPr")
        if properties is not None:
            yield properties
        style, seen = style.base_style, seen + 1


def _numbering(paragraph: Any) -> tuple[str, str] | None:
    """numId and ilvl of a paragraph's numbering, its own or its style's; None without one, or where it is taken off."""
    for properties in _properties(paragraph):
        found = properties.find(f"{W}numPr")
        if found is None:
            continue
        number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
        if number is None or number.get(f"{W}val") in ("0", None):
            return None
        depth = level.get(f"{W}val") if level is not None else "0"
        return number.get(f"{W}val"), depth if str(depth).isdigit() else "0"
    return None


def _left(paragraph: Any) -> float:
    found = paragraph._p.pPr.find(f"{W}ind") if paragraph._p.pPr is not None else None
    value = (found.get(f"{W}left") or found.get(f"{W}start") or "0") if found is not None else "0"
    return float(value) if re.fullmatch(r"\d{1,6}", value) else 0.0
