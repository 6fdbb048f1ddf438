"""A unit as a line of the answer, with what a reader needs to understand it."""

from __future__ import annotations

from collections.abc import Collection

from answer.drafting import Line, in_context, shown, span_of
from answer.outlines import listed_under
from index.passages import Guide, Unit

LISTED_WORDS = 50  # of a list told in one line with what introduces it


def says_something(guide: Guide, unit: Unit) -> bool:
    """Whether a unit says something alone: one that only introduces does with its list, where that is short."""
    if not shown(unit).endswith(":"):
        return True
    listed = listed_under(guide, unit)
    return bool(listed) and sum(len(each.text.split()) for each in listed) <= LISTED_WORDS


def told(guide: Guide, unit: Unit, said: Collection[str]) -> Line:
    """A unit as a line. What says nothing alone is told with what does: a listed question with its advice, a lead with its list."""
    advice = next(
        (other for other in guide.units[unit.position + 1 : unit.position + 2] if other.parent == unit.position), None
    )
    if unit.kind == "item" and advice is not None and advice.label == unit.text:
        return Line(f"{shown(unit)} {shown(advice)}", (span_of(guide, unit), span_of(guide, advice)))
    listed = listed_under(guide, unit) if says_something(guide, unit) else []
    text = " ".join((in_context(guide, unit, said), "; ".join(shown(each).rstrip(".;,") for each in listed)))
    return Line(text.strip(), tuple(span_of(guide, each) for each in (unit, *listed)))
