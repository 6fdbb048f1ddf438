"""What several guides say about one thing: from each guide the opening of the section about it and its best unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answer.drafting import Line
from answer.evidence import Candidate
from answer.pointing import only_points
from answer.selecting import repeats
from answer.telling import told

EACH_WORDS = 45  # of one guide
ALL_WORDS = 190
MOST_GUIDES = 6
MARGIN = 6.0  # how far below the best guide's best unit another guide's may lie
ABOUT = 0.5  # how much of the question the headings above a unit must tell for its section to be about it


def survey(candidates: Sequence[Candidate]) -> list[Line]:
    """One line or more of each guide that has something to say, the best guide first, each line led by who says it."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.guide.info.path, candidate)
    lines: list[Line] = []
    chosen: list[Candidate] = []
    for candidate in list(best.values())[:MOST_GUIDES]:
        if candidate.score < candidates[0].score - MARGIN or repeats(candidate, chosen):
            continue
        own = [c for c in opening_with(candidate, candidates, words=EACH_WORDS) if not repeats(c, chosen)]
        chosen.extend(own)
        lines.extend(by_guide(own))
        if sum(line.word_count for line in lines) > ALL_WORDS:
            break
    return lines


def by_guide(chosen: Sequence[Candidate]) -> list[Line]:
    """Units as list items, each led by the guide that says it; a title, which is long, leads only the first of its guide."""
    lines = []
    for before, candidate in zip((None, *chosen), chosen, strict=False):
        info = candidate.guide.info
        line = told(candidate.guide, candidate.unit, ())
        goes_on = info.publisher is None and before is not None and before.guide is candidate.guide
        label = "" if goes_on else f"{info.publisher or info.title}: "
        lines.append(replace(line, text=f"{label}{line.text}", style="item"))
    return lines


def opening_with(best: Candidate, candidates: Sequence[Candidate], *, words: int) -> list[Candidate]:
    """A unit, and what its section says first where the section is about what is asked; in reading order."""
    chosen, spent = [best], len(best.unit.text.split())
    if best.features.titled < ABOUT or best.unit.kind == "row":
        return chosen
    same = {c.unit.position: c for c in candidates if c.guide is best.guide and c.unit.section == best.unit.section}
    for unit in best.guide.units:
        if unit.section != best.unit.section or unit.label != best.unit.label or unit.kind not in ("sentence", "item"):
            continue
        if only_points(best.guide, unit):
            continue
        noise = best.guide.blocks[unit.block].noise or unit.text.rstrip().endswith((":", "?"))
        spent += len(unit.text.split())
        if noise or spent > words:
            break
        if unit.position != best.unit.position:
            chosen.append(same.get(unit.position) or replace(best, unit=unit))
    return sorted(chosen, key=lambda candidate: candidate.unit.start)
