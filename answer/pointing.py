"""Units that only point elsewhere: a link and nothing said. They tell nothing unless one asks where to read on."""

from __future__ import annotations

import re

from index.passages import Guide, Unit

SAYS_SOMETHING = 3  # words beside the links
_LINK = re.compile(r"<a\b[^>]*>.*?</a>|</?[a-z]+>|!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<?https?://\S+>?")
_MARKS = ("](", "][", "<a", "http")  # without any of these there is no link
_WHERE_TO_READ = re.compile(
    r"\b(?:links?|urls?|resources?|materials?|references?|sources?|books?|articles?|blogs?|posts?|papers?|courses?|tutorials?|"
    r"videos?|talks?|lectures?|documentation|docs|sites?|websites?|channels?|repos?|repositor(?:y|ies)|readings?|read|study|"
    r"learn|watch|further|where)\b",
    re.I,
)


def only_points(guide: Guide, unit: Unit) -> bool:
    """Whether a unit is links and hardly a word beside them."""
    if unit.kind not in ("item", "sentence"):
        return False
    return _is_link(guide.raw(unit.start, unit.end)) or _is_link(_line_of(guide, unit))


def _is_link(raw: str) -> bool:
    if not any(mark in raw for mark in _MARKS):
        return False
    rest, links = _LINK.subn(" ", raw)
    return links > 0 and len(re.findall(r"[^\W\d_]+", rest)) < SAYS_SOMETHING


def _line_of(guide: Guide, unit: Unit) -> str:
    """The line of the file that a unit stands in: a tag around the unit is no part of it."""
    end = guide.text.find("\n", unit.end)
    return guide.text[guide.text.rfind("\n", 0, unit.start) + 1 : end if end >= 0 else None]


def asks_where_to_read(text: str) -> bool:
    """Whether a question asks for something to read, watch or visit."""
    return bool(_WHERE_TO_READ.search(text))
