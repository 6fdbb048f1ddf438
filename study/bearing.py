"""How a statement bears on the key point it comes nearest to: for it or against it. Measures only; nothing here decides.

Looked at are denials and how far they reach, opposites, words that tell a side which neither the point nor its source nor
the prompt tells, absolutes, exchanged roles, and what the support checker finds when the point is its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answer.claims import gather, sentences_of
from answer.claims import take_apart as wording_of
from answer.contradictions import contradictions
from answer.support import doubt_of, measure
from study.opposites import are_opposite, is_absolute, is_polar, plain
from study.phrasing import spelled, take_apart
from study.polarity import (
    content,
    denials,
    disorder,
    exchanged,
    flipped,
    rebound,
    sides,
    standings,
    turned,
    turned_near,
)

MOST_DOUBT = 6.0  # log-odds of the support checker, either way


@dataclass(frozen=True, slots=True)
class Bearing:
    """Counts are bounded by 2 or 3, shares are in [0, 1]."""

    denial: float = 0.0  # one of the two denies and the other doesn't
    denies: float = 0.0  # the statement denies, the point doesn't
    more_denials: float = 0.0  # than the point and its source have
    denial_dropped: float = 0.0  # the point denies, the statement doesn't
    denied: float = 0.0  # the statement denies something
    denied_new: float = 0.0  # share of the statement's own words that it denies
    denied_otherwise: float = 0.0  # share of common words that stand denied in only one of the two
    flipped: float = 0.0  # the same, opposites counted as denials
    turned: float = 0.0  # words of the point that stand as their opposite
    turned_near: float = 0.0  # words beside such a one that both texts have there
    turned_source: float = 0.0  # words that are the opposite of one of the point's or its source's
    against: float = 0.0  # polar words of the point that the statement is against
    agrees: float = 0.0  # and those that it agrees with
    sided: float = 0.0  # polar words affirmed that nobody else said
    sided_denied: float = 0.0  # and denied
    absolute: float = 0.0  # words without exception that point and source don't have
    exchanged: float = 0.0
    disorder: float = 0.0
    rebound: float = 0.0
    doubted: float = 0.0  # log-odds that the point and its source do not support the statement
    contradicted: float = 0.0  # the support checker finds a contradiction
    names_absent: float = 0.0


def bearing_of(point: str, said: str, support: Sequence[str], prompt: str) -> Bearing:
    """The bearing of a statement on a point; texts as they are, `support` the sentences of the point's source."""
    point, said, prompt, support = spelled(point), spelled(said), spelled(prompt), [spelled(each) for each in support]
    mine, theirs = take_apart(point).words, take_apart(said).words
    source = [word for each in support for word in take_apart(each).words]
    return Bearing(
        **_denial_measures(point, said, support),
        **_side_measures(point, said, source, prompt),
        **_checked(said, (point, *support)),
        exchanged=exchanged(mine, theirs),
        disorder=disorder(mine, theirs),
        rebound=rebound(point, said),
        absolute=min(3, len({word for word in theirs if is_absolute(word)} - {*mine, *source})),
    )


def _denial_measures(point: str, said: str, support: Iterable[str]) -> dict[str, float]:
    ours, theirs = denials(take_apart(point).words), denials(take_apart(said).words)
    most = max([ours, *(denials(take_apart(each).words) for each in support)])
    mine, others = content(point), content(said)
    shared, new = mine.keys() & others.keys(), others.keys() - mine.keys()
    return {
        "denial": float((ours > 0) != (theirs > 0)),
        "denies": float(theirs > 0 and not ours),
        "more_denials": min(2, max(0, theirs - most)),
        "denial_dropped": float(ours > 0 and not theirs),
        "denied": float(any(denied for _, denied in standings(said))),
        "denied_new": sum(True in others[word] for word in new) / max(1, len(new)),
        "denied_otherwise": sum(mine[word].isdisjoint(others[word]) for word in shared) / max(1, len(shared)),
        "flipped": flipped(point, said),
    }


def _side_measures(point: str, said: str, source: Sequence[str], prompt: str) -> dict[str, float]:
    ours, theirs = _plain(take_apart(point).words), _plain(take_apart(said).words)
    known, asked = ours | _plain(source), _plain(take_apart(prompt).words)
    against, agrees, used = sides(point, said)
    new = {
        (word, denied) for word, denied in standings(said) if is_polar(word) and plain(word) not in known | asked | used
    }
    opposed = [word for word in theirs - known if any(are_opposite(other, word) for other in known - theirs)]
    return {
        "turned": min(2, turned(ours, theirs)),
        "turned_near": turned_near(point, said),
        "turned_source": min(3, len(opposed)),
        "against": min(2, against),
        "agrees": min(3, agrees),
        "sided": min(3, sum(not denied for _, denied in new)),
        "sided_denied": min(3, sum(denied for _, denied in new)),
    }


def _plain(words: Iterable[str]) -> set[str]:
    return {plain(word) for word in words}


@lru_cache(maxsize=8192)
def _checked(said: str, evidence: tuple[str, ...]) -> dict[str, float]:
    """What the support checker says of the statement's worst sentence."""
    against = gather(evidence)
    parts = [part for part in map(wording_of, sentences_of(said)) if part.content]
    measured = [measure(part, against, contradictions(part, against)) for part in parts] if against.terms else []
    doubts = [doubt_of(each) for each in measured]
    return {
        "doubted": max(-MOST_DOUBT, min(MOST_DOUBT, max(doubts, default=0.0))),
        "contradicted": float(any(each.contradicted for each in measured)),
        "names_absent": max((each.names_absent for each in measured), default=0.0),
    }
