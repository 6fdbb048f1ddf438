"""Lists told in prose: a sentence that announces several things, and the sentences that then count them off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.drafting import shown
from index.passages import Guide, Unit

_COUNTS_OFF = re.compile(
    r"^(?:first|second|third|fourth|fifth|sixth|seventh|next|then|another|finally|lastly|last|one|two|three|also|the other|"
    r"the (?:first|second|third|fourth|fifth|next|last|final))(?:ly)?\b",
    re.I,
)
LONGEST = 12  # sentences


def counted_off(guide: Guide, unit: Unit) -> list[Unit]:
    """The sentences after this one that count things off ("First, … Second, …"), with what stands between them; else []."""
    run: list[Unit] = []
    last = 0
    for following in _after(guide, unit):
        run.append(following)
        if _COUNTS_OFF.match(shown(following)):
            last = len(run)
        elif len(run) - last > 1 or len(run) > LONGEST:
            break
    steps = sum(bool(_COUNTS_OFF.match(shown(step))) for step in run[:last])
    return run[:last] if steps >= 2 else []


def prose_of(guide: Guide, section: int, *, words: int) -> list[Unit]:
    """The sentences of a section that holds nothing but prose, from the first on while the words last; else []."""
    units = [unit for unit in guide.units if unit.section == section and unit.kind != "heading"]
    told = [unit for unit in units if unit.kind == "sentence" and not guide.blocks[unit.block].noise]
    if len(told) < len(units) or len(told) < 2:
        return []
    spent, run = 0, []
    for unit in told:
        spent += len(unit.text.split())
        if spent > words:
            break
        run.append(unit)
    return run


def _after(guide: Guide, unit: Unit) -> Iterator[Unit]:
    for following in guide.units[unit.position + 1 :]:
        if following.section != unit.section or following.kind != "sentence" or following.label != unit.label:
            return
        if not guide.blocks[following.block].noise:
            yield following
