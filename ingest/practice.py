"""Practice questions listed in a guide: a number on its own line, a title, a line of facets, then the entry's text."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.outline import Part

DIFFICULTY = re.compile(r"\b(?:difficulty\s*:\s*)?(easy|medium|hard)(?=\b|[A-Z])", re.I)
FACETS = re.compile(r"(?:difficulty\s*:\s*)?\[?(?P<difficulty>Easy|Medium|Hard)\]?(?P<rest>.*)$")
STUB = re.compile(r"(?:solutions?|answers?|discussion|hints?|comments?)\W*$", re.I)
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


def _is_facets(part: Part, text: str) -> bool:
    words = text[slice(*part.body)].strip() if part.kind == "paragraph" else ""
    return bool(words) and len(words) <= 90 and FACETS.match(words) is not None and not words.endswith((".", "?", ":"))


def nest_entries(parts: list[Part], text: str) -> list[Part]:
    """The parts with a practice question's own headings one level below it, and its category one level above.

    An entry ends at its empty "Solution" line, at the category of the next entry, or at the next entry.
    """
    entries = [at for at, part in enumerate(parts) if part.role == "practice"]
    if not entries:
        return parts
    level = 3
    found = list(parts)
    for number, at in enumerate(entries):
        following = entries[number + 1] if number + 1 < len(entries) else len(parts)
        found[at] = replace(found[at], level=level)
        if _is_category(found, at, text):
            found[at - 1] = replace(found[at - 1], level=level - 1)
        for inner in range(at + 1, following):
            if found[inner].kind != "heading":
                continue
            found[inner] = replace(found[inner], level=level + 1)
            if STUB.match(text[slice(*found[inner].body)].strip()):
                break
    return found


def _is_category(parts: list[Part], at: int, text: str) -> bool:
    """Whether the part before an entry is the heading of its category, not the empty end of the entry before."""
    before = parts[at - 1] if at else None
    if before is None or before.kind != "heading" or before.role is not None:
        return False
    return not STUB.match(text[slice(*before.body)].strip())
