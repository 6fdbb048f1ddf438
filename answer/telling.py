"""A unit as a line of the answer, with what a reader needs to understand it."""

from __future__ import annotations

from collections.abc import Collection

from answer.drafting import Line, in_context, shown, span_of
from index.passages import Guide, Unit


def told(guide: Guide, unit: Unit, said: Collection[str]) -> Line:
    """A unit as a line. A listed question is told with the advice that stands behind it, for alone it says nothing."""
    advice = next(
        (other for other in guide.units[unit.position + 1 : unit.position + 2] if other.parent == unit.position), None
    )
    if unit.kind == "item" and advice is not None and advice.label == unit.text:
        return Line(f"{shown(unit)} {shown(advice)}", (span_of(guide, unit), span_of(guide, advice)))
    return Line(in_context(guide, unit, said), (span_of(guide, unit),))
