"""A unit as a line of the answer, with what a reader needs to understand it."""

from __future__ import annotations

from collections.abc import Collection

from answer.drafting import Line, in_context, shown, span_of
from answer.outlines import listed_under
from index.passages import Guide, Unit

ADVICE_WORDS = 60  # of what stands behind a listed question
LISTED_WORDS = 50  # of a list told in one line with what introduces it


def says_something(guide: Guide, unit: Unit) -> bool:
    """Whether a unit says something alone: one that only introduces does with its list, where that is short."""
    if not shown(unit).endswith(":"):
        return True
    listed = listed_under(guide, unit)
    return bool(listed) and sum(len(each.text.split()) for each in listed) <= LISTED_WORDS


def told(guide: Guide, unit: Unit, said: Collection[str]) -> Line:
    """A unit as a line. What says nothing alone is told with what does: a listed question with its advice, a lead with its list."""
    advice = _advice_on(guide, unit)
    if advice:
        return _together(guide, shown(unit), " ".join(shown(each) for each in advice), (unit, *advice))
    formula = formula_after(guide, unit)
    if formula is not None:
        return _together(guide, in_context(guide, unit, said), in_line(formula), (unit, formula))
    listed = listed_under(guide, unit) if says_something(guide, unit) else []
    items = "; ".join(shown(each).rstrip(".;,") for each in listed)
    return _together(guide, in_context(guide, unit, said), items, (unit, *listed))


def formula_after(guide: Guide, unit: Unit) -> Unit | None:
    """The displayed formula that a sentence leads to and is nothing without: "… takes", then the formula."""
    following = guide.units[unit.position + 1 : unit.position + 2]
    leads = unit.kind == "sentence" and shown(unit)[-1:].isalnum()
    return next((each for each in following if leads and guide.blocks[each.block].kind == "formula"), None)


def in_line(formula: Unit) -> str:
    """A displayed formula as one inside a sentence, whose full stop stands behind it."""
    bare = shown(formula).strip("$ ").rstrip(".,; ")
    return f"${bare}$"


def _together(guide: Guide, opening: str, rest: str, units: Collection[Unit]) -> Line:
    return Line(f"{opening} {rest}".strip(), tuple(span_of(guide, unit) for unit in units))


def _advice_on(guide: Guide, question: Unit) -> list[Unit]:
    """The start of what stands behind a listed question, while the words last."""
    advice: list[Unit] = []
    spent = 0
    for unit in guide.units[question.position + 1 :] if question.kind == "item" else ():
        spent += len(unit.text.split())
        if unit.label != question.text or (advice and spent > ADVICE_WORDS):
            break
        advice.append(unit)
    return advice
