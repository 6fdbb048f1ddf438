"""What a refusal says: what is missing, and what the guides do cover nearby."""

from __future__ import annotations

import itertools

from answer.answers import NearbyTopic
from answer.evidence import Evidence

LOOKED_AT, SHOWN = 20, 3  # units whose topics are near, and topics that are named


def nearby(evidence: Evidence) -> tuple[NearbyTopic, ...]:
    """The sections that the best units stand in, each name once."""
    return tuple(_by_name(evidence).values())


def refusal_text(missing: str, evidence: Evidence) -> str:
    """One or two sentences; claims nothing about the world."""
    what = f" I found nothing on {missing}." if missing else ""
    near = "; ".join(_by_name(evidence))
    return f"The guides don't answer this.{what}" + (f" Nearby, they cover: {near}." if near else "")


def _by_name(evidence: Evidence) -> dict[str, NearbyTopic]:
    """Topics by what they are called: a note by its title, for its sections are named alike in all ("Definition")."""
    found: dict[str, NearbyTopic] = {}
    for candidate in evidence.candidates[:LOOKED_AT]:
        info, path = candidate.guide.info, candidate.guide.sections[candidate.unit.section].path
        if path:
            name = info.title if info.kind == "note" else path[-1].rstrip(" .:;")
            found.setdefault(name, NearbyTopic(info.title, " > ".join(path)))
    return dict(itertools.islice(found.items(), SHOWN))
