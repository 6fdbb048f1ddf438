"""What to ask next: the sections that stand beside the one an answer came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from answer.answers import Citation
from index.passages import Guide
from ui.components.safe_text import visible
from ui.components.section_view import section_of
from ui.components.source_panel import span_of

MOST = 3


def questions_onward(citations: Iterable[Citation], guide_of: Callable[[str], Guide | None]) -> list[tuple[str, str]]:
    """Heading and question for up to three sections beside the first cited one, those after it first."""
    first = next(iter(citations), None)
    guide = guide_of(first.path) if first else None
    span = span_of(first, guide) if first else None
    here = section_of(guide, *span) if guide and span else None
    if guide is None or here is None or here.parent is None:
        return []
    beside = [section for section in guide.sections if section.parent == here.parent and section != here]
    after = [section for section in beside if section.start > here.start]
    headings = dict.fromkeys(visible(section.heading) for section in (*after, *beside) if section.heading.strip())
    return [(heading, _question(guide, heading)) for heading in headings][:MOST]


def _question(guide: Guide, heading: str) -> str:
    """A guide's heading names its subject; a note's only makes sense with the note's title."""
    if guide.info.kind == "note":
        return f"{visible(guide.info.title)}: {heading.lower()}"
    return f"What do the guides say about {heading}?"
