"""Whether two statements about the same thing point the same way: denials, opposites, exchanged sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from index.words import STOP_WORDS, stem
from study.opposites import alike, are_opposite, is_polar, plain

_DENIALS = frozenset(
    "not no never without none nor neither cannot can't don't doesn't isn't aren't won't didn't wasn't shouldn't "
    "needn't couldn't wouldn't hardly nobody nothing rather instead missing lack lacks lacking absent".split()
)
DENIAL_REACH = 9  # words; further on, a denial is about something else
NEAR_WORDS = 6  # on either side
SHORT_REACH = {"instead": 4, "rather": 4, "without": 4, "missing": 4, "lacking": 4, "absent": 2}
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:\.\d+)?|[.,;:!?()]")
_WORD = re.compile(r"[^\W\d_]")
_BOUNDS = frozenset(". , ; : ! ? ( ) but so because since while whereas although therefore".split())
_CLAUSE = re.compile(r"[,;:.]\s+|\s+(?:and|but|while|whereas|because|since|so|which|that|if|than|when)\s+")


def denials(words: Sequence[str]) -> int:
    """How many words of a text deny something."""
    return sum(word in _DENIALS or word.endswith("n't") for word in words)


@lru_cache(maxsize=4096)
def standings(text: str) -> tuple[tuple[str, bool], ...]:
    """The words of a text in order, without the denials, and whether each is denied.

    A denial reaches forward to the end of its clause: in "saves memory, not arithmetic" only the last word is denied.
    """
    found: list[tuple[str, bool]] = []
    denied, reach = False, 0
    for token in _TOKEN.findall(text.casefold()):
        if token in _BOUNDS:
            denied = False
        elif token in _DENIALS or token.endswith("n't"):
            denied, reach = not denied, SHORT_REACH.get(token, DENIAL_REACH)
        elif len(token) > 1 and _WORD.match(token):
            found.append((token, denied))
        reach -= 1
        denied = denied and reach > 0
    return tuple(found)


@lru_cache(maxsize=4096)
def content(text: str) -> dict[str, frozenset[bool]]:
    """For each content stem of a text whether it is denied, affirmed or both."""
    found: dict[str, set[bool]] = {}
    for word, denied in standings(text):
        if word not in STOP_WORDS:
            found.setdefault(stem(word), set()).add(denied)
    return {word: frozenset(standing) for word, standing in found.items()}


def turned(point: set[str], said: set[str]) -> int:
    """How many plain forms of the point stand in the statement as their opposite, and not as themselves as well."""
    new = said - point
    return sum(any(are_opposite(word, other) for other in new) for word in point - said)


def turned_near(point: str, said: str) -> int:
    """The most content words, at most 2, that stand near a word of the point and near its opposite in the statement."""
    mine, theirs = standings(point), standings(said)
    ours, others = {plain(word) for word, _ in mine}, {plain(word) for word, _ in theirs}
    shared = [
        len(_around(mine, here) & _around(theirs, there))
        for here, (word, denied) in enumerate(mine)
        for there, (other, denied_there) in enumerate(theirs)
        if denied == denied_there
        and are_opposite(plain(word), plain(other))
        and plain(word) not in others
        and plain(other) not in ours
    ]
    return min(2, max(shared, default=0))


def _around(words: Sequence[tuple[str, bool]], at: int) -> set[str]:
    nearby = (*words[max(0, at - NEAR_WORDS) : at], *words[at + 1 : at + 1 + NEAR_WORDS])
    return {stem(word) for word, _ in nearby if word not in STOP_WORDS}


def flipped(point: str, said: str) -> float:
    """Share of the words both texts hold that one affirms and the other denies; an opposite counts as a denial."""
    mine, theirs = content(point), content(said)
    judged = flips = 0
    for word, denied in mine.items():
        if word in theirs:
            judged += 1
            flips += (len(denied | theirs[word]) == 1 and denied != theirs[word]) or denied.isdisjoint(theirs[word])
            continue
        other = next((other for other in theirs if other not in mine and are_opposite(word, other)), None)
        if other is not None:
            judged += 1
            flips += not denied.isdisjoint(theirs[other])
    return flips / judged if judged else 0.0


def sides(point: str, said: str) -> tuple[int, int, frozenset[str]]:
    """How many polar words of the point the statement is against and how many it agrees with, and its words for them.

    "Not harmful" agrees with "harmless" and speaks against "harmful".
    """
    theirs: dict[str, set[bool]] = {}
    for word, denied in standings(said):
        theirs.setdefault(plain(word), set()).add(denied)
    against = agrees = 0
    used = set()
    for word, denied in dict.fromkeys((plain(word), denied) for word, denied in standings(point) if is_polar(word)):
        found = _counterpart(word, theirs)
        if found is not None:
            other, opposite = found
            used.add(other)
            same = (denied != opposite) in theirs[other]
            against, agrees = against + (not same), agrees + same
    return against, agrees, frozenset(used)


def _counterpart(word: str, said: dict[str, set[bool]]) -> tuple[str, bool] | None:
    """The word itself, its opposite (True) or one on its side, whichever the statement has."""
    if word in said:
        return word, False
    opposite = next((other for other in said if are_opposite(word, other)), None)
    if opposite is not None:
        return opposite, True
    beside = next((other for other in said if other in alike(word)), None)
    return (beside, False) if beside is not None else None


def disorder(point: Sequence[str], said: Sequence[str]) -> float:
    """Share of the pairs of content words both texts hold once that stand in the other order."""
    mine, theirs = [stem(word) for word in point], [stem(word) for word in said]
    shared = [word for word in dict.fromkeys(mine) if len(word) > 2 and word in theirs and word not in STOP_WORDS]
    places = [theirs.index(word) for word in shared]
    pairs = list(combinations(places, 2))
    return sum(left > right for left, right in pairs) / len(pairs) if len(pairs) >= 3 else 0.0


def rebound(point: str, said: str) -> float:
    """Share of the clauses that tell of one subject of the point what the point tells of another one.

    "Direct attacks come from the user, indirect ones from a page" against "direct attacks come from a page".
    """
    heads = [words for words in _clauses(point) if words]
    theirs = [frozenset(words) for words in _clauses(said)]
    crossed = straight = 0
    for one, other in combinations(heads, 2):
        mine, others = [w for w in one if w not in other], [w for w in other if w not in one]
        if not mine or not others:
            continue
        for clause in theirs:
            first, second = mine[0] in clause, others[0] in clause
            told, told_of_other = bool(clause & set(mine[1:])), bool(clause & set(others[1:]))
            crossed += (first and told_of_other and not told) + (second and told and not told_of_other)
            straight += (first and told) + (second and told_of_other)
    return crossed / (crossed + straight) if crossed else 0.0


@lru_cache(maxsize=4096)
def _clauses(text: str) -> tuple[tuple[str, ...], ...]:
    """The content stems of each clause."""
    found = (re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", clause.casefold()) for clause in _CLAUSE.split(text))
    return tuple(tuple(stem(word) for word in words if word not in STOP_WORDS) for words in found)


def exchanged(point: Sequence[str], said: Sequence[str]) -> float:
    """Share of opposite pairs, present in both texts, that stand in the other order among the words they share.

    "Precision … returned, recall … relevant" against "recall … returned, precision … relevant": the common words are
    put side by side, and each pair of opposites votes with the word that follows it.
    """
    mine, theirs = [stem(word) for word in point], [stem(word) for word in said]
    pairs = [(a, b) for a, b in combinations(dict.fromkeys(mine), 2) if are_opposite(a, b) and {a, b} <= set(theirs)]
    votes = [vote for pair in pairs for vote in _votes(pair, mine, theirs)]
    return sum(votes) / len(votes) if votes else 0.0


def _votes(pair: tuple[str, str], mine: list[str], theirs: list[str]) -> list[bool]:
    """For each word both texts hold: whether it stands nearer to the other one of the pair than it should."""
    votes = []
    for word in {word for word in mine if len(word) > 3 and word in theirs} - set(pair):
        here, there = _nearer(word, pair, mine), _nearer(word, pair, theirs)
        if here is not None and there is not None:
            votes.append(here != there)
    return votes


def _nearer(word: str, pair: tuple[str, str], words: list[str]) -> str | None:
    at = words.index(word)
    first, second = (min(abs(at - place) for place, each in enumerate(words) if each == one) for one in pair)
    return None if first == second else pair[first > second]
