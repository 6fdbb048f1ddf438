"""Which way a sentence points: more or less, faster or slower, better or worse, longer or shorter.

A claim that points one way only, told of a sentence that points the other way only, says the contrary, in whatever words;
unless one of the two denies what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.claims import Wording

RETOLD = 0.4  # share of the claim's content stems that the sentence holds

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


def _sign(wording: Wording) -> int:
    """−1 for a sentence that denies."""
    return -1 if len(_DENIAL.findall(wording.text)) % 2 else 1
