"""Questions that ask two or three things at once: "how long is the screen, and what does it check?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from answer.answers import Turn
from answer.conversation import standalone_question
from answer.drafting import Draft
from answer.reading import content_terms
from answer.wording import ACROSS, COMPARE

MOST_PARTS = 3
SHORTEST = 3  # words of a part
LONGEST = 45  # words; what is longer is a task with its details, and is one question
_ASKS = r"(?:how|what|which|when|where|who|why)"
_AUXILIARY = r"(?:is|are|do|does|did|can|could|should|would|will|has|have)"
_BETWEEN = re.compile(
    rf"\s*[?;]\s*(?:(?:and|also|then|plus)\s+)?(?=(?:{_ASKS}|{_AUXILIARY})\b)|"
    rf"\s*,?\s+(?:and|also|plus)\s+(?=(?:{_ASKS})\b)|\s*,\s+(?=(?:{_ASKS})\b)",
    re.I,
)
_OPENS = re.compile(rf"^(?:{_ASKS}|{_AUXILIARY}|explain|describe|define|list|name|tell|compare)\b", re.I)


def parts_of(question: str, *, is_company: Callable[[str], bool]) -> tuple[str, ...]:
    """The questions inside a question, each standing alone; only the question itself where it asks one thing."""
    parts = [part.strip(" ,?;") for part in _BETWEEN.split(question)]
    whole = len(parts) == 1 or len(parts) > MOST_PARTS or len(question.split()) > LONGEST
    if whole or ACROSS.search(question) or COMPARE.search(question) or not all(_asks(part) for part in parts):
        return (question,)
    before: list[Turn] = []
    for part in parts:
        before.append(Turn(standalone_question(part, before, is_company=is_company)))
    return tuple(turn.user for turn in before)


def _asks(part: str) -> bool:
    return bool(_OPENS.match(part)) and len(part.split()) >= SHORTEST and bool(content_terms(part))


def joined(drafts: list[Draft]) -> Draft:
    """The drafts of the parts, one after the other."""
    together = Draft.of([line for draft in drafts for line in draft.lines])
    return Draft(together.lines, tuple(dispute for draft in drafts for dispute in draft.disputes))
