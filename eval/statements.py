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
    lines = [line.strip().lstrip(">").strip() for line in answer.splitlines()]
    found: list[Statement] = []
    fenced = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            found.extend(_of_line(line, following))
    return tuple(found)


def _of_line(line: str, following: str) -> list[Statement]:
    """The statements of one line; a table's header is known by the rule that follows it."""
    if not line or line.startswith("#") or _RULE.fullmatch(line):
        return []
    if not line.startswith("|"):
        return _sentences(re.sub(r"[*_`]", "", line))
    is_header = bool(following) and bool(_RULE.fullmatch(following))
    return [] if is_header else [Statement(_MARKERS.sub("", line), _numbers(line))]


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
