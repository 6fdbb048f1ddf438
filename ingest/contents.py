"""Tables of contents that a page's text was saved with: lines that hold little but the guide's own headings."""

from __future__ import annotations

from dataclasses import replace

from index.words import normalise
from ingest.outline import Part, words_of

FEWEST = 3  # headings in a line of contents
MOSTLY = 0.7  # how much of its letters they are


def mark_contents(parts: list[Part], text: str) -> list[Part]:
    """The parts with tables of contents marked as navigation."""
    headings = {_letters(words_of(part, text)) for part in parts if part.kind == "heading"} - {""}
    return [replace(part, noise="navigation") if _is_contents(part, text, headings) else part for part in parts]


def _is_contents(part: Part, text: str, headings: set[str]) -> bool:
    if part.kind != "paragraph" or part.noise:
        return False
    letters = _letters(words_of(part, text))
    inside = sorted((heading for heading in headings if len(heading) > 3 and heading in letters), key=len, reverse=True)
    rest, found = letters, 0
    for heading in inside:
        found += heading in rest
        rest = rest.replace(heading, "\n", 1)
    return found >= FEWEST and len(rest.replace("\n", "")) <= (1 - MOSTLY) * len(letters)


def _letters(words: str) -> str:
    return "".join(character for character in normalise(words).casefold() if character.isalnum())
