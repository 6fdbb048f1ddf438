"""Which heading is the guide's title: marked as such, repeated, or the headline at the top that fits the file name."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.headings import STATED
from ingest.noise import NAVIGATION
from ingest.outline import Outline, Part, words_of
from ingest.wording import is_sentence, normalise, plain, word_list

MOST_FRAME = 8  # words of a line above the title that is a menu, the site's name or the way to the page
SIGNED = re.compile(
    r"(?:by|written by|author:?|posted|published|(?:last )?updated|\d{1,3}[-–\d]{0,4} min(?:ute)?s? read)\b", re.I
)
LOOK_AT = 14  # headings from the top


def find_title(parts: list[Part], outline: Outline, file_name: str) -> tuple[str, list[Part]]:
    """The title, and the parts with the headings that state it given the role "title"."""
    text = outline.text
    stated = outline.stated.get("title")
    headings = [at for at, part in enumerate(parts) if part.kind == "heading" and part.role is None and not part.number]
    chosen = _marked_title(parts, headings) if outline.marked else _best(parts, headings[:LOOK_AT], text, file_name)
    shown = plain(words_of(parts[chosen], text), marked=outline.marked) if chosen is not None else ""
    title = stated or shown or name_as_title(file_name)
    known = {_key(title), _key(shown)} - {""}
    found = list(parts)
    for at in headings:
        key = _key(plain(words_of(parts[at], text), marked=outline.marked))
        if at == chosen or key in known or (not outline.marked and any(key.endswith(" " + other) for other in known)):
            found[at] = replace(parts[at], role="title")
    if chosen is not None and not outline.marked:
        found = [_above(part, text) if at < chosen else part for at, part in enumerate(found)]
    return title, found


def name_as_title(file_name: str) -> str:
    """A file's name as a title: "some-topic.md" is "Some topic"."""
    return re.sub(r"[-_\s]+", " ", file_name.rsplit(".", 1)[0]).strip().capitalize() or "Untitled"


def _above(part: Part, text: str) -> Part:
    """What looked like a heading above the title is part of the page's own frame, and so are short lines there."""
    if part.role == "title" or part.kind not in ("heading", "paragraph"):
        return part
    words = words_of(part, text)
    frame = len(words.split()) <= MOST_FRAME and not is_sentence(words) and not STATED.match(words)
    return replace(part, kind="paragraph", level=0, noise=part.noise or ("navigation" if frame else None))


def _marked_title(parts: list[Part], headings: list[int]) -> int | None:
    """The first heading, when no other stands at its level or above."""
    leveled = [at for at in headings if parts[at].level]
    if not leveled:
        return None
    first, rest = leveled[0], leveled[1:]
    alone = all(parts[at].level > parts[first].level for at in rest)
    return first if alone and (rest or parts[first].level == 1 or first <= 1) else None


def _best(parts: list[Part], headings: list[int], text: str, file_name: str) -> int | None:
    names = {word.lower() for word in word_list(file_name.rsplit(".", 1)[0].replace("-", " ").replace("_", " "))}
    everywhere = [
        _key(words_of(part, text)) for part in parts if part.kind in ("heading", "paragraph") and part.lines == 1
    ]

    def score(index: int) -> float:
        words = keys[index].split()
        repeats = sum(other == keys[index] or other.endswith(" " + keys[index]) for other in everywhere) - 1
        overlap = len(names & set(words)) / (len(names) or 1)
        return (
            2.0 * (min(repeats, 2) if len(words) >= 4 else 0)
            + 4.0 * overlap
            + 0.25 * min(len(words), 10)
            + 1.5 * _is_signed(parts, headings[index], text)
            - 0.35 * index
            - 0.15 * headings[index]
        )

    headings = [at for at in headings if not NAVIGATION.fullmatch(normalise(words_of(parts[at], text)))]
    keys = [_key(words_of(parts[at], text)) for at in headings]
    if not headings or headings[0] > 12:
        return None
    best = max(range(len(headings)), key=score)
    # "A Press guide: Roses" below "Roses" says the title once more
    best = next((index for index in range(best) if keys[index] and keys[best].endswith(f" {keys[index]}")), best)
    return headings[best] if score(best) > 0 else headings[0]


def _is_signed(parts: list[Part], at: int, text: str) -> bool:
    """Whether a line that says who wrote it, or when, stands right under a heading."""
    after = parts[at + 1 : at + 3]
    return any(part.kind == "paragraph" and bool(SIGNED.match(words_of(part, text))) for part in after)


def _key(words: str) -> str:
    return " ".join(word.lower() for word in word_list(normalise(words)))
