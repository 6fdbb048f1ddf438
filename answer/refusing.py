"""What a refusal says: what is missing, and what the guides do cover nearby."""

from __future__ import annotations

from collections.abc import Sequence

from answer.answers import NearbyTopic


def refusal_text(missing: str, nearest: Sequence[NearbyTopic]) -> str:
    """One or two sentences; claims nothing about the world."""
    what = f" I found nothing on {missing}." if missing else ""
    near = "; ".join(topic.section.split(" > ")[-1] for topic in nearest)
    nearby = f" Nearby, they cover: {near}." if near else ""
    return f"The guides don't answer this.{what}{nearby}"
