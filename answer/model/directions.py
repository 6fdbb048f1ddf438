"""Which way a sentence points: more or less, faster or slower, at least or at most, so or not so.

A claim that points one way only, told of a sentence that points the other way only, says the contrary, in whatever words;
unless one of the two denies what it says. A short claim that denies what all sentences of its words affirm says the
contrary too, and a bound that nobody set is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.claims import Wording, take_apart

RETOLD = 0.4  # share of the claim's content stems that the sentence holds

SAME = 0.9  # share from on which a claim only repeats words of a sentence
MOSTLY = 0.6  # share from on which it says mostly the same
CLOSE = 0.1  # sentences this near to the best one count as well


@dataclass(frozen=True, slots=True)
class Axis:
    """Two ways of pointing."""

    up: re.Pattern[str]
    down: re.Pattern[str]

    def way(self, text: str) -> int:
        """1 up, −1 down, 0 neither or both."""
        return bool(self.up.search(text)) - bool(self.down.search(text))


def _axis(up: str, down: str) -> Axis:
    return Axis(*(re.compile(rf"\b(?:{side})\b", re.IGNORECASE) for side in (up, down)))


AXES = (
    _axis(
        r"more|higher|greater|larger|bigger|above|exceed\w*|outnumber\w*|increas\w+|rais(?:es|ed|ing)|rises?|rose|risen|rising|"
        r"grows?|grew|grown|growing|gain\w*|premium|at least",
        r"less|lower|fewer|smaller|below|beneath|decreas\w+|lower(?:s|ed|ing)|falls?|fell|fallen|falling|shrink\w*|shrank|"
        r"reduc\w+|declin\w+|discount|at most",
    ),
    _axis(
        r"fast|faster|fastest|quick|quicker|quickly|speeds?|speeding|sped|accelerat\w+",
        r"slow|slower|slowest|slowly|slows|slowed|slowing",
    ),
    _axis(
        r"better|best|beats?|outperform\w*|improv\w+|stronger|superior|prefer\w*",
        r"worse|worst|los(?:es|ing)|underperform\w*|worsen\w*|weaker|inferior|degrad\w+|lags?|lagging|behind",
    ),
    _axis(r"long|longer|longest|lengthy|lengthen\w*", r"short|shorter|shortest|brief|briefly|shorten\w*"),
)
_FIGURE = r"\W{0,3}(\d[\d,]*(?:\.\d+)?)"
_BOUNDS = {
    "at most": re.compile(
        rf"\b(?:at most|up to|no more than|(?:less|fewer) than|not more than|under|below|maximum of|within){_FIGURE}",
        re.I,
    ),
    "at least": re.compile(
        rf"\b(?:at least|no (?:less|fewer) than|more than|over|above|minimum of|from){_FIGURE}", re.I
    ),
}
_BOUNDED = {  # how a sentence sets such a bound: a word anywhere, or the figure as that end of a range
    "at most": r"\b(?:most|up to|less|fewer|no more than|under|below|maximum|within|limit\w*)\b|(?:\bto|-)\W{0,3}FIGURE",
    "at least": r"\b(?:least|more|no less than|over|above|minimum|from|exceed\w*)\b|FIGURE\W{0,2}(?:to\b|-|\+)",
}
_ABSOLUTE = re.compile(
    r"\b(?:always|never|must|every|all|everyone|everybody|certain(?:ly)?|definitely|guarantee\w*|invariably)\b",
    re.I,
)
_HEDGE = re.compile(
    r"\b(?:usually|often|typically|commonly|generally|frequently|mostly|normally|sometimes|occasionally|may|might|can|could|some|"
    r"many|most|several|few|likely|possibl[ey]|tends?|roughly|seldom|rarely|should|partly)\b",
    re.I,
)
_NO_DENIAL = re.compile(
    r"\bnot (?:only|just|merely|necessarily)\b|\bno (?:more|less|later|fewer)\b|\b(?:whether )?or not\b", re.I
)
_NEGATIVE = re.compile(
    r"\b(?:lack\w*|avoid\w*|fail\w*|optional\w*|absent|absence|rare\w*|seldom|hardly|unless|instead|rather|except\w*|only|"
    r"prevent\w*|forbid\w*|stop\w*|mistake\w*|wrong\w*|few|little|nobody|nothing|none|un\w+|im\w+ble|in\w+ble)\b",
    re.I,
)
_DENIAL = re.compile(r"\b(?:not|no|never|without|nor|neither|hardly|\w+n't)\b", re.IGNORECASE)


def turned(claim: Wording, told: Sequence[Wording]) -> Iterator[str]:
    """Why a claim points another way than the sentences it retells."""
    shares = [(len(claim.terms & sentence.terms) / max(1, len(claim.terms)), sentence) for sentence in told]
    best = max((share for share, _ in shares), default=0.0)
    near = [sentence for share, sentence in shares if share >= max(RETOLD, best - CLOSE)]
    for axis in AXES if near else ():
        ours = axis.way(claim.text)
        ways = {axis.way(sentence.text) * _sign(sentence) for sentence in near}
        if ours and ways == {-ours * _sign(claim)}:
            yield "the claim points the other way"


def denied(claim: Wording, told: Sequence[Wording]) -> Iterator[str]:
    """Why a claim that only repeats words of the evidence says the contrary: one of the two denies, the other does not."""
    near = [sentence for sentence in told if len(claim.terms & sentence.terms) >= SAME * len(claim.terms)]
    ours, theirs = _denied_terms(claim), [_denied_terms(sentence) for sentence in near]
    if near and ours and all(theirs) and not any(ours & each for each in theirs):
        yield "the claim denies something else than the evidence does"
    retold = [sentence for sentence in told if len(claim.terms & sentence.terms) >= MOSTLY * len(claim.terms)]
    texts = [claim.text, *(sentence.text for sentence in retold)]
    if retold and not any(_NEGATIVE.search(text) for text in texts):
        ours_count, *counts = (_denials(text) for text in texts)
        if ours_count % 2 and not any(counts):
            yield "the claim denies what the evidence says"


def _denied_terms(wording: Wording) -> frozenset[str]:
    """The first two content stems after each denial of a sentence, within its clause."""
    plain = _NO_DENIAL.sub("", wording.text)
    clauses = (re.split(r"[,;:.]", plain[found.end() :])[0] for found in _DENIAL.finditer(plain))
    return frozenset(term for clause in clauses for term in take_apart(clause).content[:2])


def unbounded(claim: Wording, told: Sequence[Wording]) -> Iterator[str]:
    """A bound that the claim sets to a figure and no sentence that gives the figure does."""
    for name, pattern in _BOUNDS.items():
        for figure in pattern.findall(claim.text):
            given = [sentence for sentence in told if figure in sentence.text]
            bounded = re.compile(_BOUNDED[name].replace("FIGURE", re.escape(figure)), re.IGNORECASE)
            if given and not any(bounded.search(sentence.text) for sentence in given):
                yield f"the evidence says {figure}, not {name} {figure}"


def overstated(claim: Wording, told: Sequence[Wording]) -> Iterator[str]:
    """ "Always" and "must" where the sentences it retells say "usually" and "may", and none says anything as strong."""
    strong = {word.lower() for word in _ABSOLUTE.findall(claim.text)}
    near = [sentence for sentence in told if len(claim.terms & sentence.terms) >= RETOLD * len(claim.terms)]
    if not strong or not near or any(_ABSOLUTE.search(sentence.text) for sentence in near):
        return
    if all(_HEDGE.search(sentence.text) for sentence in near):
        yield f"the evidence does not say “{sorted(strong)[0]}”"


def _sign(wording: Wording) -> int:
    """−1 for a sentence that denies."""
    return -1 if _denials(wording.text) % 2 else 1


def _denials(text: str) -> int:
    return len(_DENIAL.findall(_NO_DENIAL.sub("", text)))
