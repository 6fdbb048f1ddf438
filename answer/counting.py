"""What is counted: "how many rounds" asks for a figure that stands before a word for rounds, not for any figure."""

from __future__ import annotations

import re

from answer.evidence import stems
from answer.reading import Reading
from index.values import Value, values_of_kind
from index.words import STOP_WORDS, normalise, stem, words

_COUNTED = re.compile(r"\b(?:how many|number of)\s+((?:[\w/'-]+\s*){1,4})", re.I)
_ENDS = STOP_WORDS | frozenset("per each usually typically".split())
_ALIKE = tuple(
    frozenset(stem(word) for word in group.split())
    for group in (
        "round interview stage session step conversation loop",
        "question problem exercise prompt task",
        "candidate people person applicant interviewer",
        "company employer firm",
    )
)
REACH = 4  # words between a figure and what it counts


def counted_noun(question: str) -> frozenset[str]:
    """The stems that may name what a question counts: the last word of its noun phrase and words for the same thing."""
    asked = _COUNTED.search(normalise(question))
    if asked is None:
        return frozenset()
    phrase: list[str] = []
    for word in words(asked.group(1)):
        if word in _ENDS:
            break
        phrase.append(word)
    if not phrase:
        return frozenset()
    head = stem(phrase[-1])
    return next((group for group in _ALIKE if head in group), frozenset({head}))


def counted(text: str, reading: Reading) -> tuple[Value, ...]:
    """A text's counts of what the question counts; every count where the question doesn't say."""
    nouns = counted_noun(reading.text)
    found = values_of_kind(text, "count")
    if not nouns:
        return found
    plain = normalise(text)
    return tuple(value for value in found if _counts(plain, value.shown, nouns))


def _counts(plain: str, shown: str, nouns: frozenset[str]) -> bool:
    at = plain.find(shown)
    after = words(plain[at + len(shown) :])[:REACH]
    before = words(plain[:at])[-2:]  # a table's "Rounds: 4"
    return bool(nouns & stems(" ".join([*after, *before])))
