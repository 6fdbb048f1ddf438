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
BIAS = -3.0
WEIGHTS = {
    "scattered": 1.51,
    "apart": 0.81,
    "new_triples": 1.4,
    "new_pairs": 0.04,
    "longest_gap": 0.27,
    "figures_absent": 1.43,
    "names_absent": 0.43,
    "about_evidence": -1.91,
    "lead_in": -1.29,
}
CONTRADICTED = 4.0
CERTAIN = 12.0
MEANING, NEAR = 2.0, 0.75  # log-odds for a cosine of 1 away from NEAR

_ABOUT_EVIDENCE = re.compile(
    r"\b(?:do(?:es)? not|don't|doesn't|no) (?:\w+ ){0,2}(?:mention|state|say|provide|specif|contain|information|cover)"
    r"|\bunable to (?:answer|provide)|\bnot (?:\w+ )?(?:mentioned|stated|provided|specified|covered)\b"
    r"|\b(?:information provided|more information|further questions|let me know|the (?:context|question))\b",
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
    """One sentence against the evidence; shares are 0 to 1."""

    scattered: float  # share of its content stems that the best two neighbouring evidence sentences lack
    apart: float  # share of its neighbouring stems that no evidence sentence holds both of
    new_triples: float  # share of its three stems in a row that never stand in a row
    new_pairs: float  # log(1 + number of its neighbouring stems that never stand side by side)
    longest_gap: int  # stems in a row that stand nowhere, at most 5
    figures_absent: int  # at most 2
    names_absent: int  # at most 2
    about_evidence: bool  # "the passages do not mention …", "unable to answer"
    lead_in: bool  # ends in a colon
    verbatim: bool
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
    pairs, triples = list(pairwise(content)), list(zip(content, content[1:], content[2:], strict=False))
    apart = [not any(one in each.terms and other in each.terms for each in evidence.sentences) for one, other in pairs]
    figures = sum(reason.startswith("figure ") for reason in found)
    names = sum(reason.startswith("name ") for reason in found)
    return Measures(
        scattered=1 - best / len(part.terms),
        apart=sum(apart) / len(pairs) if pairs else 0.0,
        new_triples=sum(triple not in evidence.triples for triple in triples) / max(1, len(triples)),
        new_pairs=math.log1p(sum(pair not in evidence.pairs for pair in pairs)),
        longest_gap=_longest_run(new, 5),
        figures_absent=min(figures, 2),
        names_absent=min(names, 2),
        about_evidence=bool(_ABOUT_EVIDENCE.search(part.text)),
        lead_in=part.text.endswith(":"),
        verbatim=any(part.text.casefold() in sentence.text.casefold() for sentence in evidence.sentences),
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
