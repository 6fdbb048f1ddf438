"""An answer taken apart into statements, each with the citations that stand at its end.

A statement is a sentence, a list item or a table row. What the assistant adds by itself, and which carries no fact, is
none: headings, lead-ins that end in a colon, a table's header and rule, fences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKERS = re.compile(r"(?:\s*\[\d+\])+")
_RULE = re.compile(r"[|:\-\s]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` is without its markers; `citations` are their numbers."""

    text: str
    citations: tuple[int, ...]


def statements_of(answer: str) -> tuple[Statement, ...]:
    """All statements of an answer in Markdown, in order."""
    found: list[Statement] = []
    lines = [line.strip().lstrip(">").strip() for line in answer.splitlines()]
    fenced = False
    for place, line in enumerate(lines):
        if line.startswith("```"):
            fenced = not fenced
        elif not (fenced or not line or line.startswith("#") or _RULE.fullmatch(line)):
            following = lines[place + 1] if place + 1 < len(lines) else ""
            if line.startswith("|"):
                if not (following and _RULE.fullmatch(following)):
                    found.append(Statement(_MARKERS.sub("", line), _numbers(line)))
            else:
                found.extend(_sentences(re.sub(r"[*_`]", "", line)))
    return tuple(found)


def _sentences(line: str) -> list[Statement]:
    """A line is cut after each group of markers; what is left at its end has none."""
    found, start = [], 0
    for markers in _MARKERS.finditer(line):
        text = line[start : markers.start()].strip(" .;")
        start = markers.end()
        if re.search(r"\w", text):
            found.append(Statement(text, _numbers(markers.group())))
    rest = line[start:].strip(" .|)")
    if re.search(r"\w", rest) and not rest.rstrip().endswith(":"):
        found.append(Statement(rest, ()))
    return found


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", text)))
