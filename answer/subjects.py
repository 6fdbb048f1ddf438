"""What a question is about: its subject, the round it names, the things it sets beside each other."""

from __future__ import annotations

import re

from answer.reading import content_terms
from index.words import STOP_WORDS, words

LINK = re.compile(r"\b(?:in|of|for|at|on|during|about|with|from|into|to)\b\s+", re.I)
ATTRIBUTE = re.compile(
    r"\b(?:base|total|median|average|annual|salar(?:y|ies)|pay|bonus(?:es)?|equity|cash|compensation|stock|costs?|prices?|size|"
    r"length|duration|difficulty|dates?|deadline|deliverables?|format|focus|goals?|purpose|score|formula|complexity|"
    r"(?:dis)?advantages?|benefits?|drawbacks?|downsides?|limitations?|trade-?offs?|mistakes?|examples?|steps?|topics?|"
    r"questions?|metrics?|best|next|difference|overlap|rest|others?|reason|recommended|minimum|maximum|rule|alternatives?|pros|cons|"
    r"use cases?|applications?|variants?|assumptions?|properties|worst|cases?|implementation|code|definition|intuition|proof|"
    r"requirements?|prerequisites?|algorithms?)\b",
    re.I,
)
ROUND_NAME = re.compile(
    r"\b(?:behaviou?ral|coding|technical|design|fundamentals|culture|hiring manager|recruiter|phone|online|onsite|on-site|"
    r"take-home|final)\b",
    re.I,
)  # what rounds are called where "round" is left out
_ROUND_HEADS = frozenset(
    "round rounds screen assessment interview interviews stage onsite on-site loop phone call exercise take-home".split()
)
_SEVERAL = frozenset("rounds interviews".split())
_ASKING = re.compile(
    r"^(?:please )?(?:can you |could you )?(?:tell me (?:about )?|explain |describe |list |name |give me |show me |compare |"
    r"what(?: else)?(?:'s| is| are| was| were)? ?|which |who(?:'s| is| are)? ?|when (?:is|are|does|do|did) |where (?:is|are|does|do) |"
    r"why (?:is|are|does|do) |how (?:long|many|much|often|hard|important|difficult)? ?|is |are |do |does |did |can |should |will )+",
    re.I,
)  # fmt: skip
_DOING = re.compile(
    r"^(?:(?:how|what|when|why|where) (?:to|(?:should|do|can|could|would|will) (?:i|you|we|one|they|people))|"
    r"(?:should|can|could|may|do|does|will) (?:i|you|we|one|they|people|interviewers|candidates)) (?:best )?"
    r"(?:[a-z]+\s+(?=\S))?(.+)",
    re.I,
)  # "how should I design": what follows the verb is what it is about
_COUNTED = re.compile(
    r"^how (?:many|much) (?P<counted>[\w-]+(?: [\w-]+)?) (?:(?P<there>are there|is there)(?P<where> .+)?|(?:does|do|did) "
    r"(?P<owner>.+) (?:have|has|take|include|contain))$",
    re.I,
)
_COUNTED_DOING = re.compile(
    r"^how (?:many|much|often|long)(?: [\w-]+){0,2} (?:should|do|can|could|would|will) (?:i|you|we|one|they|people) (?P<doing>.+)",
    re.I,
)
_LAST_VERB = re.compile(
    r"^(?:how|why|when|what|where) (?:do|does|did) (.+?) (?:work|fail|help|do|mean|matter|happen|break|compare|differ|cost)s?$",
    re.I,
)
_WHICH = re.compile(
    r"^(?:which|what) (?!is\b|are\b|was\b|do\b|does\b)((?:[\w'-]+ ){0,3}"
    r"(?:rounds?|stages?|steps?|screens?|interviews?|levels?|weeks?|guides?|methods?|models?|metrics?|techniques?|"
    r"approach(?:es)?|algorithms?|tools?|data structures?|books?|compan(?:y|ies)|types?|topics?))\b",
    re.I,
)
_AND = re.compile(r"\s*(?:,\s*(?:and|or)?|\bvs\.|\b(?:and|or|with|versus|vs|from|to|than)\b)\s*", re.I)
_SETTING_BESIDE = re.compile(
    r"^(?:compare|contrast|(?:what(?:'s| is| are) )?(?:the )?differences? between|"
    r"(?:should i|is it better to|do i) (?:use|choose|pick|take)|which is \w+,)\s+",
    re.I,
)
_AGAINST = re.compile(r"\b(?:versus|vs\.?)\s", re.I)


def subject_of(question: str) -> str:
    """What a question is about, as a phrase: "how long is the recruiter screen at Acme?" → "the recruiter screen at Acme"."""
    plain = question.rstrip(" ?!.")
    counted = _COUNTED.match(plain)
    if counted:
        of = f" of {counted['owner']}" if counted["owner"] else counted["where"] or ""
        return f"the {counted['counted']}{of}"
    phrase = round_phrase(plain)
    if phrase is not None:
        tail = plain[phrase[1] :]
        at = re.match(r"\s+(?:at|for|with|of|in)\s+[\w' -]+$", tail)
        return plain[phrase[0] : phrase[1]] + (at.group() if at else "")
    done = _COUNTED_DOING.match(plain) or _DOING.match(plain) or _LAST_VERB.match(plain)
    rest = (
        done.group(1)
        if done and (content_terms(done.group(1)) or not words(done.group(1)))
        else _ASKING.sub("", plain, count=1)
    )
    whole = done or re.match(r"an?\s", rest) or re.match(r"(?:explain|describe|define|tell me about)\b", plain, re.I)
    link = LINK.match(rest) if whole else LINK.search(rest)
    if link and content_terms(rest[link.end() :]) and _is_scaffolding(rest[: link.start()]):
        rest = rest[link.end() :]
    return rest.strip(" ,") or plain


def _is_scaffolding(before: str) -> bool:
    """Whether the words before a preposition only ask ("topics come up" in …) and name nothing ("level 63" at …)."""
    return not any(word[0].isdigit() for word in words(before)) and len(content_terms(before)) <= 2


def which_phrase(question: str) -> str:
    """What a question asks one of: "which Acme round asks about bees" → "Acme round"; "" if none."""
    found = _WHICH.match(question)
    return found.group(1) if found else ""


def set_beside(question: str) -> tuple[str, ...]:
    """The two or three things that a question sets beside each other: "compare bees and wasps" → ("bees", "wasps")."""
    plain = question.rstrip(" ?!.")
    opened = _SETTING_BESIDE.match(plain)
    if not opened and not _AGAINST.search(plain):
        return ()
    parts = tuple(
        part.strip(" ,") for part in _AND.split(plain[opened.end() if opened else 0 :]) if content_terms(part)
    )
    return parts if len(parts) in (2, 3) else ()


def round_phrase(text: str) -> tuple[int, int] | None:
    """The span of the phrase that names a round ("the ML fundamentals round"), or None."""
    found = list(re.finditer(r"[\w/'&-]+", text))
    for position, word in enumerate(found):
        if word.group().lower() not in _ROUND_HEADS:
            continue
        first = position
        while first and found[first - 1].group().lower() not in STOP_WORDS | {"many"} and position - first < 4:
            first -= 1
        several = word.group().lower() in _SEVERAL and LINK.match(text[word.end() :].lstrip())
        if first == position and position + 1 < len(found) and not several:
            continue  # "interview" alone in "interview process"
        if first and found[first - 1].group().lower() == "the":
            first -= 1
        return found[first].start(), word.end()
    return None
