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
SHORTEST = 2  # words of a part
LONGEST = 45  # words; what is longer is a task with its details, and is one question
_ASKS = r"(?:how|what|which|when|where|who|why)"
_AUXILIARY = r"(?:is|are|do|does|did|can|could|should|would|will|has|have)"
_ORDERS = (
    r"(?:explain|describe|define|list|name|compare|summari[sz]e|tell me|show me|give me(?! an? (?:example|analogy)))"
)
_BETWEEN = re.compile(
    rf"\s*[?;]\s*(?:(?:and|also|then|plus)\s+)?(?=(?:{_ASKS}|{_AUXILIARY})\b)|"
    rf"\s*,?\s+(?:and|also|plus)\s+(?=(?:{_ASKS})\b)|\s*,\s+(?=(?:{_ASKS})\b)",
    re.I,
)
_BETWEEN_ORDERS = re.compile(
    rf"\s*[?;.]\s+(?:(?:and|also|then|plus)\s+)?(?=(?:{_ASKS}|{_ORDERS})\b)|"
    rf"\s*,?\s+(?:and|also|plus|then)\s+(?:(?:and|also|then)\s+)?(?={_ORDERS}\b)",
    re.I,
)
_OPENS = re.compile(
    rf"^(?:{_ASKS}|{_AUXILIARY}|explain|describe|define|list|name|tell|compare|show|give|summari[sz]e)\b", re.I
)
_NUMBER = re.compile(r"(?:^|(?<=[?.;!,] )|(?<=\s))\(?\d[.)]\s+(?=[A-Za-z])")
_LISTED = re.compile(
    r"^(?P<asks>(?:what (?:is|are)|explain|define|describe|tell me about)\s+)(?P<things>.+?)\W*$", re.I
)
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.I)
_FORM = re.compile(r"^(?:list|name|give me|show me)\b(?!.*\b(?:its|their)\b)", re.I)
_TELL = re.compile(r"^(?:tell me|show me|say) (?=(?:which|what|how|why|when|who)\b)", re.I)


def parts_of(
    question: str, *, is_company: Callable[[str], bool], is_topic: Callable[[str], bool] = lambda _: False
) -> tuple[str, ...]:
    """The questions inside a question, each standing alone; only the question itself where it asks one thing.

    `is_topic` says whether a phrase is the name of a topic of the corpus: several of them in a row are asked one by one.
    """
    if len(question.split()) > LONGEST or ACROSS.search(question):
        return (question,)
    parts = _named_apart(question, is_topic) or _asked_apart(question)
    before: list[Turn] = []
    for part in parts:
        before.append(Turn(standalone_question(_TELL.sub("", part), before, is_company=is_company)))
    return tuple(turn.user for turn in before) if len(parts) > 1 else (question,)


def _named_apart(question: str, is_topic: Callable[[str], bool]) -> list[str]:
    """ "what is smoke, wax and honey?" asks three things, where each of them is a topic and all together are none."""
    found = _LISTED.match(question)
    things = _COMMA.split(found["things"]) if found else []
    apart = found and 1 < len(things) <= MOST_PARTS and all(map(is_topic, things)) and not is_topic(found["things"])
    return [found["asks"] + thing for thing in things] if found and apart else []


def _asked_apart(question: str) -> list[str]:
    """The parts between which a question mark, "and what …" or "then explain …" stands, each a question by itself."""
    numbered = [part.strip() for part in _NUMBER.split(question) if part.strip(" :")]
    lines = numbered if len(_NUMBER.findall(question)) > 1 else [question]
    orders = [part for line in lines for part in _BETWEEN_ORDERS.split(line)]
    found = orders if COMPARE.search(question) else [part for order in orders for part in _BETWEEN.split(order)]
    parts = [part.strip(" ,?;") for part in found]
    whole = len(parts) > MOST_PARTS or not all(map(_asks, parts)) or any(map(_only_says_how, parts[1:]))
    return [question] if whole else parts


def _asks(part: str) -> bool:
    return bool(_OPENS.match(part)) and len(part.split()) >= SHORTEST and bool(content_terms(part))


def _only_says_how(part: str) -> bool:
    """Whether an order names nothing but the form of the answer to what was asked before: "list all tips"."""
    return bool(_FORM.match(part)) and len(content_terms(part)) < 2


def joined(drafts: list[Draft]) -> Draft:
    """The drafts of the parts, one after the other."""
    together = Draft.of([line for draft in drafts for line in draft.lines])
    return Draft(together.lines, tuple(dispute for draft in drafts for dispute in draft.disputes))
