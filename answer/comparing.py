"""Comparisons: each side said from its own best evidence, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.drafting import Line, in_context, span_of
from answer.evidence import Candidate, stems, surroundings
from answer.lexicon import Lexicon
from answer.reading import Reading, content_terms
from answer.selecting import Limits, pick

WHOLE = Limits(words=60, units=2, margin=1.5)
_SPLIT = re.compile(r"\s+(?:versus|vs\.?|with|to|and|or|from|against|than)\s+", re.I)
_SCAFFOLD = re.compile(
    r"^(?:please )?(?:can you )?(?:compare|contrast|what(?:'s| is| are)? the differences? (?:between|in)|"
    r"how (?:does|do|is|are)|the difference between|difference between|differences between)\s+|"
    r"\b(?:differ(?:s|ent)?|compared?)\b",
    re.I,
)


def sides_of(text: str) -> tuple[str, ...]:
    """The things compared: "compare the onsite at Acme with the generic loop" → two phrases; () if not two."""
    plain = _SCAFFOLD.sub(" ", text.rstrip(" ?!.")).strip()
    parts = [part.strip() for part in _SPLIT.split(plain, maxsplit=1)]
    return tuple(parts) if len(parts) == 2 and all(content_terms(part) for part in parts) else ()


def compare(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Line]:
    """Units that speak of both sides, then the best of each side that is not yet covered."""
    sides = sides_of(reading.text)
    chosen = pick([c for c in candidates if _speaks_of_all(c, sides)], WHOLE) if sides else pick(candidates, WHOLE)
    for side in sides:
        wanted = set(content_terms(side)) - set().union(*(content_terms(other) for other in sides if other != side))
        best = _best_side(candidates, wanted, lexicon, chosen)
        if best is not None:
            chosen.append(best)
    labelled = len({c.guide.info.path for c in chosen}) > 1
    lines = []
    for candidate in chosen or list(candidates[:2]):
        info, text = candidate.guide.info, in_context(candidate.guide, candidate.unit)
        label = f"{info.publisher or info.title}: " if labelled else ""
        lines.append(Line(f"{label}{text}", (span_of(candidate.guide, candidate.unit),), "item"))
    return lines


def _told(candidate: Candidate) -> frozenset[str]:
    return stems(f"{candidate.unit.text} {surroundings(candidate.guide, candidate.unit)}")


def _speaks_of_all(candidate: Candidate, sides: Sequence[str]) -> bool:
    own = stems(candidate.unit.text)
    return all(own & set(content_terms(side)) for side in sides)


def _best_side(
    candidates: Sequence[Candidate], wanted: set[str], lexicon: Lexicon, chosen: Sequence[Candidate]
) -> Candidate | None:
    def fit(candidate: Candidate) -> float:
        return candidate.score + sum(lexicon.rarity(term) for term in wanted & _told(candidate))

    free = [c for c in candidates if c not in chosen and c.unit.kind != "heading"]
    return max(free, key=fit, default=None)
