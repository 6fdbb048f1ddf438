"""A phrase put in the place of its like: "and at level 64?" in "what is the base salary at level 63?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from answer.opposites import opposites_of, root
from answer.reading import content_terms
from answer.subjects import ATTRIBUTE, LINK, ROUND_NAME, round_phrase, subject_of
from answer.wording import YES_NO

_TIME = re.compile(r"\b(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|time)\b", re.I)
_MONEY = re.compile(r"\b(?:base|total|median|average|annual|salary|pay|bonus|equity|cash|compensation|stock)\b", re.I)
_NAMES_THING = re.compile(
    r"^(?:what (?:is|are|does)|explain|describe|define|tell me about|compare|list|how (?:do|does|would|should)|"
    r"(?:is|are|does|do|can|should))\b",
    re.I,
)
# Phrases of one sort: a fragment's takes the place of the question's.
_SORTS = (
    re.compile(r"\b(?:(?:level|lvl|ic|l)[\s-]?)\d+\b|\b(?:interns?|juniors?|seniors?|staff|principals?|new grads?)\b(?! manager)", re.I),
    re.compile(r"\bweeks?\s\d+(?:\s?(?:-|to|and)\s?\d+)?\b", re.I),
    re.compile(r"\b(?:per|a|each|every) (?:second|minute|hour|day|week|month|quarter|year)\b|\b(?:dai|week|month|year)ly\b", re.I),
    re.compile(r"\b(?:easy|medium|hard)\b", re.I),
    re.compile(
        r"\b(?:(?:median|average|annual|total|base)\s)*(?:base|total|salary|pay|bonus|equity|stock|cash|comp(?:ensation)?)\b", re.I
    ),
    re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?: ?%)?(?!\w)", re.I),
)  # fmt: skip
_SOURCES = frozenset(("according to", "per"))
_ASKS = re.compile(r"^(?:what|which|who|when|where|why|how|is|are|do|does|can|should|explain|tell|list)\b", re.I)
_CLAUSE = re.compile(r"\b(?:do|does|did|is|are|was|were|should|will|would|can)\b", re.I)
SAME_ENDING, WHOLE = 4, 6  # letters that two words of one sort end in alike; letters of a word that another prolongs


def in_its_place(
    fragment: str, preposition: str, before: str, *, is_company: Callable[[str], bool], another_thing: bool
) -> str:
    """The question `before` asked of what a fragment names.

    A fragment that names another attribute ("equity?") is asked of the same thing, unless `another_thing` is surely meant.
    """
    like = _of_same_sort(fragment, preposition, before) or _counterpart(fragment, before)
    if like is not None:
        return like
    company, old_company = company_in(fragment, is_company), company_in(before, is_company)
    if company and preposition not in _SOURCES and len(content_terms(fragment)) <= 2:
        return before.replace(old_company, company, 1) if old_company else f"{before.rstrip(' ?!.')} at {company}?"
    if not another_thing and _is_attribute(fragment, before):
        return _other_attribute(fragment, before)
    if old_company and not _ASKS.search(before) and ATTRIBUTE.search(fragment):
        return f"{fragment} at {old_company}?"
    return (
        _other_round(fragment, before)
        or _after_same_word(fragment, preposition, before)
        or _other_subject(fragment, preposition, before)
    )


def company_in(text: str, is_company: Callable[[str], bool]) -> str | None:
    """The first company that a text names."""
    return next((word for word in re.findall(r"[\w&.+-]+", text) if is_company(word)), None)


def _of_same_sort(fragment: str, preposition: str, before: str) -> str | None:
    for pattern in _SORTS:
        new, old = pattern.search(fragment), pattern.search(before)
        if new is None or old is None or len(fragment.split()) > len(new.group().split()) + 3:
            continue
        linked = re.search(r"\b(?:for|at|in|on|as)\s+$", before[: old.start()])
        if preposition and linked:
            return f"{before[: linked.start()]}{preposition} {new.group()}{before[old.end() :]}"
        return before[: old.start()] + new.group() + before[old.end() :]
    return None


def _is_attribute(fragment: str, before: str) -> bool:
    """Whether a fragment names another attribute of the same thing ("equity?"), not another thing ("and the onsite?")."""
    if round_phrase(fragment) is not None and round_phrase(before) is not None:
        return False
    return bool(ATTRIBUTE.search(fragment) or _TIME.search(fragment)) or not _NAMES_THING.search(before)


def _other_attribute(fragment: str, before: str) -> str:
    """ "equity?" after "median bonus for level 62?" asks for the equity for level 62."""
    plain = before.rstrip(" ?!.")
    links = [link for link in LINK.finditer(plain) if content_terms(plain[link.end() :])]
    if links:
        return f"{fragment} {plain[links[0].start() :]}?"
    subject = subject_of(before)
    if not _MONEY.search(fragment):
        return f"{fragment} of {subject}?" if _NAMES_THING.search(before) else f"{fragment} {subject}?"
    return f"{fragment} {' '.join(_MONEY.sub(' ', subject).split())}?"


def _other_round(fragment: str, before: str) -> str | None:
    old = round_phrase(before)
    named = round_phrase(fragment) or (len(fragment.split()) <= 4 and ROUND_NAME.search(fragment))
    return before[: old[0]] + fragment + before[old[1] :] if old and named else None


def _counterpart(fragment: str, before: str) -> str | None:
    """One word in the place of its opposite or its like: "vertical" of "horizontal", "deletion" of "insertion"."""
    if len(fragment.split()) != 1:
        return None
    word = fragment.lower()
    for place in re.finditer(r"[A-Za-z-]+", before):
        other = place.group().lower()
        prolonged = min(len(word), len(other)) >= WHOLE and (word.endswith(other) or other.endswith(word))
        alike = len(word) > SAME_ENDING < len(other) and word[-SAME_ENDING:] == other[-SAME_ENDING:]
        if word != other and (prolonged or alike or root(other) in opposites_of(word)):
            return before[: place.start()] + fragment + before[place.end() :]
    return None


def _after_same_word(fragment: str, preposition: str, before: str) -> str | None:
    """A phrase in the place of the one after the same preposition, or after the same article ("a callback")."""
    plain = before.rstrip(" ?!.")
    if preposition:
        old = list(re.finditer(rf"\b{preposition} .+?(?= (?:in|of|for|at|on|with|from|to)\b|$)", plain, re.I))[-1:]
        return f"{plain[: old[0].start()]}{preposition} {fragment}{plain[old[0].end() :]}" if old else None
    if re.match(r"an?\b", fragment, re.I):
        old = list(re.finditer(rf"\ban?(?: [\w-]+){{1,{len(fragment.split()) - 1}}}", plain, re.I))
        return f"{plain[: old[0].start()]}{fragment}{plain[old[0].end() :]}" if len(old) == 1 else None
    return None


def _other_subject(fragment: str, preposition: str, before: str) -> str:
    if preposition and before.rstrip(" ?").endswith(")"):  # what is spoken of was added to it
        return f"{before.rstrip(' ?')} {preposition} {fragment}?".replace("  ", " ")
    subject = subject_of(before)
    if YES_NO.match(before):  # of "python required" in "is python required" the first word
        subject = " ".join(subject.split()[: len(fragment.split())])
    bare = preposition in ("", "about", "with", "of") or (preposition == "for" and round_phrase(before) is None)
    if bare and subject and subject in before and subject != before.rstrip(" ?!.") and not _CLAUSE.search(subject):
        whole = re.search(r" of .+$", subject)  # "and the last two?" after "the first week of the plan"
        return before.replace(subject, fragment + (whole.group() if whole and " of " not in fragment else ""), 1)
    return f"{before.rstrip(' ?!.')} {preposition} {fragment}?".replace("  ", " ")
