"""Units that only point elsewhere: a link and nothing said. They tell nothing unless one asks where to read on."""

from __future__ import annotations

import re

from index.passages import Guide, Unit

SAYS_SOMETHING = 3  # words beside the links
_LINK = re.compile(r"<a\b[^>]*>.*?</a>|</?[a-z]+>|!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<?https?://\S+>?")
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
    raw = guide.raw(unit.start, unit.end)
    rest, links = _LINK.subn(" ", raw)
    return links > 0 and len(re.findall(r"[^\W\d_]+", rest)) < SAYS_SOMETHING


def asks_where_to_read(text: str) -> bool:
    """Whether a question asks for something to read, watch or visit."""
    return bool(_WHERE_TO_READ.search(text))
