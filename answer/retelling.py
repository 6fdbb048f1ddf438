"""What a claim in its own words says against the evidence sentence it retells: opposites, denials, strength, quantity.

`answer.contradictions` compares claims that follow a sentence word by word. Here the order of the words does not count:
the claim must share most of its content stems with a sentence, and only words that bear on those shared stems are looked
at, so that what the sentence says elsewhere is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from answer.claims import Wording
from answer.opposites import QUANTITY_OF, STRENGTH_OF, denies, opposites_of, root, side_of
from index.words import stem

SHARED = 0.5  # share of the claim's content stems that the sentence holds, for opposites
RETOLD = 0.7  # the same for denials, strength and quantity, which say little about what they belong to
COPIED = 0.8  # share of the shorter one that stands in one piece in the other
REACH = 6  # words on either side within which a shared stem must stand
_NO_DENIAL = frozenset("only just merely more less later earlier necessarily fewer".split())
_INSTEAD = {("rather", "than"), ("instead", "of")}
_LIMITS = frozenset("only except unless until but without exclusively solely just sole other no not none".split())


def against(claim: Wording, sentence: Wording) -> list[str]:
    """Reasons why a sentence that the claim retells speaks against it; none where it retells something else."""
    if "|" in sentence.text or _copied(claim, sentence):
        return []
    shared = {word for word in claim.words if stem(word) in claim.terms} & _known(claim, sentence)
    share = len({stem(word) for word in shared}) / max(1, len(claim.terms))
    found: list[str] = []
    if share >= SHARED:
        found += _opposed(claim, sentence)
    bearing = claim.terms - {stem(word) for word in claim.words if denies(word) or word in STRENGTH_OF}
    if not found and len(bearing) >= 3 and len(bearing & _terms(sentence)) >= RETOLD * len(bearing):
        found += _denied(claim, sentence)
        found += _stronger(claim, sentence)
    return found


def _copied(claim: Wording, sentence: Wording) -> bool:
    """Whether one holds nearly all of the other unbroken: then nothing is retold, and what differs is seen elsewhere."""
    matcher = SequenceMatcher(None, claim.words, sentence.words, autojunk=False)
    longest = matcher.find_longest_match().size
    return longest >= COPIED * min(len(claim.words), len(sentence.words))


def _known(claim: Wording, sentence: Wording) -> set[str]:
    return {word for word in claim.words if stem(word) in sentence.terms or root(word) in _roots(sentence)}


def _roots(wording: Wording) -> set[str]:
    return {root(word) for word in wording.words}


def _terms(wording: Wording) -> set[str]:
    return set(wording.terms) | _roots(wording)


def _opposed(claim: Wording, sentence: Wording) -> Iterator[str]:
    """A word of the claim whose opposite stands in the sentence, beside the same words, and nothing on its own side."""
    mine, theirs = _roots(claim), _roots(sentence)
    compared = "than" in claim.words and "than" in sentence.words  # the sides may be exchanged as well
    for at, word in enumerate(claim.words if not compared else ()):
        opposed = opposites_of(word) & theirs
        if not opposed or opposed & mine or side_of(word) & theirs:
            continue
        places = [place for place, other in enumerate(sentence.words) if root(other) in opposed]
        rest = tuple(other for place, other in enumerate(sentence.words) if place not in places)
        turned = _denials(claim.words[:at] + claim.words[at + 1 :]) % 2 != _denials(rest) % 2
        if not turned and any(_around(claim, at) & _around(sentence, place) for place in places):
            yield f"evidence says {sentence.words[places[0]]}, the claim {word}"


def _around(wording: Wording, at: int) -> set[str]:
    """Content stems within reach of a place, the word there left out."""
    nearby = (*wording.words[max(0, at - REACH) : at], *wording.words[at + 1 : at + 1 + REACH])
    return {stem(word) for word in nearby} & wording.terms


def _denied(claim: Wording, sentence: Wording) -> Iterator[str]:
    """The claim affirms what the sentence denies, or the other way, within the stretch that speaks of the same thing."""
    ours = _denials(claim.words)
    stretches = [_stretch(claim, sentence, before) for before in (2, 5)]
    opposed = any(opposites_of(word) & {root(other) for other in stretches[1]} for word in claim.words)
    if not opposed and all(_denials(stretch) % 2 != ours % 2 for stretch in stretches):
        yield "the claim denies what the evidence says" if ours % 2 else "the claim drops a negation"


def _stretch(claim: Wording, sentence: Wording, before: int = 2) -> tuple[str, ...]:
    """The words of the sentence from the first to the last that the claim shares, with some before for a denial."""
    mine = {root(word) for word in claim.words if stem(word) in claim.terms}
    places = [place for place, word in enumerate(sentence.words) if root(word) in mine]
    return sentence.words[max(0, places[0] - before) : places[-1] + 1] if places else ()


def _stronger(claim: Wording, sentence: Wording) -> Iterator[str]:
    """ "Must" for "may", "all" for "most": only where the other side has no word of the claim's own class."""
    stretch = _stretch(claim, sentence)
    ours, theirs = _classes(claim.words, STRENGTH_OF), _classes(stretch, STRENGTH_OF)
    demanded = any(STRENGTH_OF.get(word) == "certain" and word != "will" for word in stretch)
    stronger = ours == {"certain"} and theirs and "certain" not in _classes(sentence.words, STRENGTH_OF)
    if stronger or (ours == {"possible"} and demanded and "possible" not in theirs):
        yield f"evidence says {_first_of(stretch, STRENGTH_OF)}, the claim {_first_of(claim.words, STRENGTH_OF)}"
    ours, theirs = _classes(claim.words, QUANTITY_OF), _classes(stretch, QUANTITY_OF)
    limited = theirs & {"most", "most-bound", "some"} or _LIMITS & set(sentence.words)
    every = "all" in _classes(sentence.words, QUANTITY_OF)
    if "all" in ours and not every and limited and not _LIMITS & set(claim.words):
        yield "the claim says of all what the evidence says of some"
    figure = any(word == "only" and after[0].isdigit() for word, after in pairwise(claim.words))
    if "only" in ours and not figure and not (theirs & {"only", "single"} or _LIMITS & set(sentence.words)):
        yield "the claim limits what the evidence does not limit"


def _first_of(words: tuple[str, ...], classes: dict[str, str]) -> str:
    """The first word that a table of classes knows."""
    return next(word for word in words if word in classes)


def _classes(words: tuple[str, ...], table: dict[str, str]) -> set[str]:
    return {table[word] for word in words if word in table}


def _denials(words: tuple[str, ...]) -> int:
    """How many words deny; "or not", "not only", "no more than" and "not until" deny nothing, "rather than" denies."""
    if {"until", "unless"} & set(words):
        return 0
    threes = zip(("", *words), words, (*words[1:], ""), strict=False)
    return sum(
        (denies(word) and before != "or" and after not in _NO_DENIAL) or (word, after) in _INSTEAD
        for before, word, after in threes
    )
