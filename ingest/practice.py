"""Practice questions listed in a guide: a number on its own line, a title, a line of facets, then the entry's text."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from ingest.outline import Part

DIFFICULTY = re.compile(r"\b(?:difficulty\s*:\s*)?(easy|medium|hard)(?=\b|[A-Z])", re.I)
FACETS = re.compile(
    r"[*_]{0,3}(?:(?:difficulty|level)[*_]{0,2}\s*:[*_]{0,2}\s*)?\[?(?P<difficulty>Easy|Medium|Hard)\]?(?P<rest>.*)$"
)
STATED = re.compile(r"(?:difficulty|level)(?:\*\*|__)?\s*:(?:\*\*|__)?\s*\[?(?:easy|medium|hard)\b", re.I)
SHORT_FACETS = re.compile(r"(?:Easy|Medium|Hard)(?:\s*[·|,/–-]\s*|(?=[A-Z])|$)[^.?!:]{0,60}")
LONGEST_FACETS = 90  # characters
STUB = re.compile(r"(?:solutions?|answers?|discussion|hints?|comments?)\W*$", re.I)
ENTRY = 3  # the level of an entry: below its category, which is below the section of the entries
LONE_NUMBER = re.compile(r"(?:#|No\.\s*|Question\s+)?\d{1,3}[.):]?$", re.I)


def join_entries(parts: list[Part], text: str) -> list[Part]:
    """A number, a title and a line of facets become one heading (role "practice") and its facets."""
    found: list[Part] = []
    for at, part in enumerate(parts):
        if _is_facets(part, text) and found and found[-1].kind in ("paragraph", "heading", "list"):
            title = found.pop()
            start = title.start
            if found and found[-1].kind == "paragraph" and LONE_NUMBER.fullmatch(text[slice(*found[-1].body)].strip()):
                start = found.pop().start
            body = title.body if title.kind != "list" else (title.entries[0].start, title.entries[-1].end)
            found.append(replace(title, kind="heading", start=start, body=body, role="practice", entries=(), level=0))
            found.append(replace(part, role="byline"))
        else:
            found.append(parts[at])
    return found


def mark_entries(parts: list[Part], text: str) -> list[Part]:
    """Where headings are marked: each with a line under it that states its difficulty is a practice question.

    The difficulty is named as such, or two lines at least are but a difficulty and a category ("Medium · Design").
    """
    under = [at for at in range(1, len(parts)) if parts[at].kind == "paragraph" and parts[at - 1].kind == "heading"]
    words = {at: text[slice(*parts[at].body)].strip(" *_\n") for at in under}
    stated = [at for at in under if len(words[at]) <= LONGEST_FACETS and STATED.match(words[at])]
    short = [at for at in under if len(words[at]) <= LONGEST_FACETS and SHORT_FACETS.fullmatch(words[at])]
    found = list(parts)
    for at in {*stated, *(short if len(short) > 1 else ())}:
        if parts[at - 1].role is None:
            found[at - 1] = replace(parts[at - 1], role="practice")
            found[at] = replace(parts[at], role="byline")
    return found


def _is_facets(part: Part, text: str) -> bool:
    words = text[slice(*part.body)].strip() if part.kind == "paragraph" else ""
    return (
        bool(words)
        and len(words) <= LONGEST_FACETS
        and FACETS.match(words) is not None
        and not words.endswith((".", "?", ":"))
    )


def nest_entries(parts: list[Part], text: str) -> list[Part]:
    """The parts with a practice question's own headings one level below it, and its category one level above.

    An entry ends at its empty "Solution" line, at the category of the next entry, or at the next entry. What comes after
    the last one's "Solution" is no more among the entries.
    """
    entries = [at for at, part in enumerate(parts) if part.role == "practice"]
    found = list(parts)
    for number, at in enumerate(entries):
        following = entries[number + 1] if number + 1 < len(entries) else len(parts)
        found[at] = replace(found[at], level=ENTRY)
        if _is_category(found, at, text):
            found[at - 1] = replace(found[at - 1], level=ENTRY - 1)
        for inner in range(at + 1, following):
            if found[inner].kind != "heading":
                continue
            found[inner] = replace(found[inner], level=ENTRY + 1)
            if STUB.match(text[slice(*found[inner].body)].strip()):
                found = found if number + 1 < len(entries) else _raised(found, inner + 1)
                break
    return found


def _raised(parts: list[Part], start: int) -> list[Part]:
    """The parts with the headings from `start` on raised, as one, to stand beside the section of the entries."""
    headings = [at for at in range(start, len(parts)) if parts[at].kind == "heading" and parts[at].role != "title"]
    first = parts[headings[0]].level if headings else 0
    by = first - (ENTRY - 2)
    if by <= 0:
        return parts
    found = list(parts)
    for at in itertools.takewhile(lambda at: parts[at].level >= first, headings):
        found[at] = replace(parts[at], level=parts[at].level - by)
    return found


def _is_category(parts: list[Part], at: int, text: str) -> bool:
    """Whether the part before an entry is the heading of its category, not the empty end of the entry before."""
    before = parts[at - 1] if at else None
    if before is None or before.kind != "heading" or before.role is not None:
        return False
    return not STUB.match(text[slice(*before.body)].strip())
