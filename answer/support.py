"""Is this claim supported by this evidence? Deterministic, with no model.

    judge("The screen takes 45 minutes.", ["The screen takes 30 minutes."])
    -> Support(False, 0.02, ("figure 45 minute is not in the evidence", "evidence gives 30, not 45"))

Every sentence of the claim is measured: how much of its wording stands in the evidence (stems, neighbouring stems, all
in one place) and which of its figures and names stand nowhere. A logistic function joins the measures; its weights were
fitted on one half (by source) of the human-labelled RAGTruth answers to questions. Where a sentence follows one of the
evidence closely, what it changed decides alone: `answer.contradictions`. `python -m eval support` runs other sets.

An embedder may be passed in: a sentence far in meaning from all the evidence then scores lower, one that says it in other
words higher. Without one a claim takes well under two milliseconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from answer.claims import Evidence, Wording, gather, sentences_of, take_apart
from answer.contradictions import aligned, contradictions

# Log-odds of "not supported", per unit of each measure; the bias is for equal costs of the two errors.
BIAS = -2.45
WEIGHTS = {
    "missing": -1.67,
    "scattered": 2.42,
    "new_pairs": -0.69,
    "new_triples": 1.97,
    "longest_gap": 0.23,
    "words_new": 0.21,
    "length": -0.027,
    "about_evidence": -1.98,
    "figures_absent": 1.38,
    "names_absent": 0.92,
}
CONTRADICTED = 4.0
CERTAIN = 12.0
MANY = 0.4  # a long claim has more sentences that may look doubtful by chance: subtracted per log of their number
MEANING, NEAR = 2.0, 0.75  # log-odds for a cosine of 1 away from NEAR

_ABOUT_EVIDENCE = re.compile(
    r"\b(?:do(?:es)? not|don't|doesn't|no) (?:\w+ ){0,2}(?:mention|state|say|provide|specif|contain|information|cover)"
    r"|\bunable to (?:answer|provide)|\bnot (?:\w+ )?(?:mentioned|stated|provided|specified|covered)\b",
    re.IGNORECASE,
)


class MeasuresMeaning(Protocol):
    """What `judge` needs of an embedder: normalised vectors, one row a text."""

    def embed(self, texts: Sequence[str]) -> Any:
        """Unit vectors of the texts, shape (n, dimension)."""


@dataclass(frozen=True, slots=True)
class Support:
    """`score` in [0, 1] is the support for the claim; `reasons` say what speaks against it."""

    supported: bool
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measures:
    """One sentence against the evidence; shares are of its content stems or of their neighbouring pairs, 0 to 1."""

    missing: float  # stems that stand nowhere in the evidence
    scattered: float  # stems missing from the best two neighbouring sentences
    new_pairs: float
    new_triples: float
    longest_gap: int  # stems in a row that stand nowhere, at most 5
    words_new: int  # stems that stand nowhere, at most 8
    length: int  # content stems, at most 30
    verbatim: bool
    about_evidence: bool  # "the passages do not mention …"
    figures_absent: int  # at most 2
    names_absent: int  # at most 2
    contradicted: bool  # follows an evidence sentence but for a figure, name, negation, direction, strength or quantity


def judge(claim: str, evidence: Sequence[str], *, embedder: MeasuresMeaning | None = None) -> Support:
    """Whether all of the claim is supported by the evidence texts taken together.

    A claim of several sentences is supported when all of them are. A claim that says nothing, and evidence that holds
    nothing, support nothing. With an `embedder` the meaning of each sentence is compared as well.
    """
    against = gather(tuple(evidence))
    parts = [part for part in map(take_apart, sentences_of(claim)) if part.content]
    if not parts:
        return Support(False, 0.0, ("the claim says nothing that can be checked",))
    if not against.terms:
        return Support(False, 0.0, ("there is no evidence",))
    found = [contradictions(part, against) for part in parts]
    measured = [measure(part, against, reasons) for part, reasons in zip(parts, found, strict=True)]
    doubts = [doubt_of(measures) for measures in measured]
    if embedder is not None:
        doubts = _with_meaning(doubts, parts, against, embedder)
    worst = max(doubts)
    if worst < CONTRADICTED:
        worst -= MANY * math.log(len(parts))
    score = round(1 / (1 + math.exp(min(worst, CERTAIN))), 4)
    if worst < 0:
        return Support(True, score)
    doubtful = [place for place, doubt in enumerate(doubts) if doubt >= 0]
    reasons = [reason for place in doubtful for reason in found[place] or (_wording_reason(parts[place], against),)]
    return Support(False, score, tuple(dict.fromkeys(reasons)))


def measure(part: Wording, evidence: Evidence, found: Sequence[str]) -> Measures:
    """One sentence held against the evidence; `found` are its contradictions."""
    content = part.content
    new = [stem not in evidence.terms and stem[:5] not in evidence.prefixes for stem in content]
    best = max((len(part.terms & window) for window in evidence.windows), default=0)
    figures = sum(reason.startswith("figure ") for reason in found)
    names = sum(reason.startswith("name ") for reason in found)
    return Measures(
        missing=sum(new) / len(content),
        scattered=1 - best / len(part.terms),
        new_pairs=_share_new(list(pairwise(content)), evidence.pairs),
        new_triples=_share_new(list(zip(content, content[1:], content[2:], strict=False)), evidence.triples),
        longest_gap=_longest_run(new, 5),
        words_new=min(sum(new), 8),
        length=min(len(content), 30),
        verbatim=any(part.text.casefold() in sentence.text.casefold() for sentence in evidence.sentences),
        about_evidence=bool(_ABOUT_EVIDENCE.search(part.text)),
        figures_absent=min(figures, 2),
        names_absent=min(names, 2),
        contradicted=len(found) > figures + names,
    )


def doubt_of(measures: Measures) -> float:
    """The fitted log-odds that a sentence with these measures is not supported; 0 is where it is decided."""
    if measures.verbatim:
        return -CERTAIN
    doubt = BIAS + sum(weight * float(getattr(measures, name)) for name, weight in WEIGHTS.items())
    return max(doubt, CONTRADICTED) if measures.contradicted else doubt


def _with_meaning(
    doubts: list[float], parts: Sequence[Wording], evidence: Evidence, embedder: MeasuresMeaning
) -> list[float]:
    """Doubts moved by how near each sentence comes in meaning to its nearest evidence sentence, in log-odds."""
    texts = [part.text for part in parts]
    vectors = embedder.embed([*texts, *(sentence.text for sentence in evidence.sentences)])
    nearness = (vectors[: len(texts)] @ vectors[len(texts) :].T).max(axis=1)
    return [
        doubt if abs(doubt) >= CONTRADICTED else doubt + MEANING * (NEAR - float(near))
        for doubt, near in zip(doubts, nearness, strict=True)
    ]


def _share_new(runs: Sequence[tuple[str, ...]], known: frozenset[Any]) -> float:
    return sum(run not in known for run in runs) / len(runs) if runs else 0.0


def _longest_run(flags: Sequence[bool], most: int) -> int:
    longest = current = 0
    for flag in flags:
        current = current + 1 if flag else 0
        longest = max(longest, current)
    return min(longest, most)


def _wording_reason(part: Wording, evidence: Evidence) -> str:
    new = [word for word in dict.fromkeys(part.content) if word not in evidence.terms]
    if new:
        return "not in the evidence: " + ", ".join(new[:5])
    return "its words stand in the evidence but not together" if aligned(part, evidence) else "nothing speaks of this"
