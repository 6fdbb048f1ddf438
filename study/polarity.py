"""Whether two statements about the same thing point the same way: denials, opposites, exchanged sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from index.words import STOP_WORDS, stem

_DENIALS = frozenset(
    "not no never without none nor neither cannot can't don't doesn't isn't aren't won't didn't wasn't shouldn't "
    "needn't couldn't wouldn't hardly nobody nothing rather instead missing lack lacks lacking absent".split()
)
_PAIRS = """
more/less more/fewer higher/lower high/low increase/decrease increase/reduce raise/lower rise/fall grow/shrink gain/lose
up/down above/below before/after longer/shorter long/short harder/easier hard/easy faster/slower fast/slow quick/slow
large/small larger/smaller bigger/smaller big/small large/tiny better/worse best/worst good/bad most/least
maximum/minimum max/min maximise/minimise strong/weak early/late earlier/later sooner/later include/exclude add/remove
start/end begin/end first/last opening/ending open/close outside/inside online/offline supervised/unsupervised
allow/prevent allow/forbid accept/reject pass/fail success/failure over/under many/few old/new cheap/expensive
cheaper/costlier cheaper/dearer simple/complex simpler/complicated internal/external left/right top/bottom
possible/impossible likely/unlikely stable/unstable positive/negative true/false sparse/dense wide/narrow deep/shallow
public/private help/hurt improve/worsen forward/backward static/dynamic enough/insufficient mandatory/optional
required/optional same/different common/rare usually/rarely often/rarely always/never together/separately heavy/light
sequential/independent sequential/parallel numerator/denominator multiply/divide subtract/add keep/drop keep/remove
keep/discard keep/throw freeze/train known/unknown linear/quadratic mutable/immutable global/local random/deterministic
exact/approximate exact/approximation encoder/decoder causal/bidirectional row/column privately/publicly private/public
privately/openly private/team upwards/downwards outcome/metric all/none both/neither every/none correlated/independent
frequent/rare frequent/few similar/different precise/vague behaviour/belief reversible/irreversible gain/cost
smaller/bigger memory-bound/compute-bound once/repeatedly right/wrong safe/unsafe safe/risky shared/separate
automatic/manual bias/variance underfit/overfit underfitting/overfitting precision/recall query/value train/test
draft/target total/active k1/b boosting/bagging event/processing alias/rebuild bounded/unbounded constant/growing save/waste
exponential/logarithm absolute/relative overstate/understate overstate/prove collapse/keep collapse/same equal/shorter
equal/smaller equal/larger often/always useful/useless helpful/harmful trust/distrust succeed/fail sufficient/insufficient
minimal/maximal dense/sparse uniform/skewed balanced/imbalanced push/pull read/write input/output
"""


def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in _PAIRS.split():
        left, right = (stem(word) for word in pair.split("/"))
        table.setdefault(left, set()).add(right)
        table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


_OPPOSITES = _opposites()
DENIAL_REACH = 9  # words; further on, a denial is about something else
SHORT_REACH = {"instead": 4, "rather": 4, "without": 4, "missing": 4, "lacking": 4, "absent": 2}
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:\.\d+)?|[.,;:!?()]")
_BOUNDS = frozenset(". , ; : ! ? ( ) but so because since while whereas although therefore".split())
_PREFIXED = re.compile(r"^(?:un|in|im|ir|non|dis)(?=[a-z]{4})")


def denials(words: Sequence[str]) -> int:
    """How many words of a text deny something."""
    return sum(word in _DENIALS or word.endswith("n't") for word in words)


def are_opposite(left: str, right: str) -> bool:
    """Whether two stems are opposites, by the table or by a denying prefix ("stable", "unstable")."""
    if right in _OPPOSITES.get(left, frozenset()):
        return True
    bare_left, bare_right = _PREFIXED.sub("", left), _PREFIXED.sub("", right)
    return (bare_left != left) != (bare_right != right) and bare_left == bare_right


def turned(point: Sequence[str], said: Sequence[str]) -> int:
    """How many words of the point stand in the statement as their opposite, and not as themselves as well."""
    mine, theirs = {stem(word) for word in point}, {stem(word) for word in said}
    new = theirs - mine
    return sum(any(are_opposite(word, other) for other in new) for word in mine - theirs)


def flipped(point: str, said: str) -> float:
    """Share of the words both texts hold that one affirms and the other denies; an opposite counts as a denial.

    A denial reaches forward to the end of its clause: in "saves memory, not arithmetic" only the last word is denied.
    """
    mine, theirs = _standings(point), _standings(said)
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


def disorder(point: Sequence[str], said: Sequence[str]) -> float:
    """Share of the pairs of content words both texts hold once that stand in the other order."""
    mine, theirs = [stem(word) for word in point], [stem(word) for word in said]
    shared = [word for word in dict.fromkeys(mine) if len(word) > 2 and word in theirs and word not in STOP_WORDS]
    places = [theirs.index(word) for word in shared]
    pairs = list(combinations(places, 2))
    return sum(left > right for left, right in pairs) / len(pairs) if len(pairs) >= 3 else 0.0


def _standings(text: str) -> dict[str, set[bool]]:
    """For each content stem of a text whether it is denied, affirmed or both."""
    found: dict[str, set[bool]] = {}
    denied, reach = False, 0
    for token in _TOKEN.findall(text.casefold()):
        if token in _BOUNDS:
            denied = False
        elif token in _DENIALS or token.endswith("n't"):
            denied, reach = not denied, SHORT_REACH.get(token, DENIAL_REACH)
        elif token not in STOP_WORDS and len(token) > 1:
            found.setdefault(stem(token), set()).add(denied)
        reach -= 1
        denied = denied and reach > 0
    return found


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
