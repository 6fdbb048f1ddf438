"""Is this claim supported by this evidence? Deterministic, with no language model.

    judge("The screen takes 45 minutes.", ["The screen takes 30 minutes."])
    -> Support(False, 0.02, ("figure 45 minute is not in the evidence", "evidence gives 30, not 45"))

Every sentence of the claim is measured: how much of its wording stands in the evidence (stems, neighbouring stems, all
in one place) and which of its figures and names stand nowhere. A logistic function joins the measures; `eval.claims`
fits its weights on human-labelled sentences, and docs/grounding.md says how good it is. Where a sentence follows or
retells one of the evidence, what it changed decides alone: `answer.contradictions`.

An embedder may be passed in: how far the nearest evidence sentence is in meaning then counts as well. Without one a claim
takes well under two milliseconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any, Protocol

from answer.claims import CONTENT_FREE, Evidence, Wording, gather, sentences_of, take_apart
from answer.contradictions import aligned, contradictions

CONTRADICTED = 4.0
ABSENT = 0.5  # a figure or a name that stands nowhere is enough to lose support
CERTAIN = 12.0
NEAREST = 6  # evidence sentences, by shared stems, whose meaning is compared
USUAL = 0.1  # share of sentences without support among those a claim of several is expected to have; see `_together`
MOST_USUAL = 0.57

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
    """One sentence against the evidence; shares are 0 to 1. The names up to `lead_in` are those of the weights."""

    scattered: float  # share of its content stems that the best two neighbouring evidence sentences lack
    apart: float  # share of its neighbouring stems that no evidence sentence holds both of
    new_triples: float  # share of its three stems in a row that never stand in a row
    longest_gap: float  # stems in a row that stand nowhere, at most 5
    far: float  # 1 less the cosine of the nearest evidence sentence; 0 without an embedder
    length: float  # log(1 + number of its different content words)
    figures_absent: float  # at most 2
    names_absent: float  # at most 2
    about_evidence: float  # "the passages do not mention …", "unable to answer"
    lead_in: float  # ends in a colon
    verbatim: bool = False
    contradicted: bool = (
        False  # an evidence sentence says otherwise: figure, name, negation, direction, strength, quantity
    )


MEASURED = tuple(field.name for field in fields(Measures) if field.name not in ("verbatim", "contradicted"))


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of "not supported", per unit of each measure; 0 is where it is decided."""

    bias: float
    weights: Mapping[str, float]


WORDING = Weights(
    -6.51,
    {
        "scattered": 3.77,
        "apart": 0.54,
        "new_triples": 0.83,
        "longest_gap": 0.28,
        "length": 1.3,
        "figures_absent": 1.84,
        "names_absent": 0.31,
        "about_evidence": -1.19,
        "lead_in": -0.6,
    },
)
MEANING = Weights(
    -7.47,
    {
        "scattered": 2.89,
        "apart": 0.34,
        "new_triples": 1.05,
        "longest_gap": 0.25,
        "far": 2.78,
        "length": 1.53,
        "figures_absent": 1.86,
        "names_absent": 0.34,
        "about_evidence": -1.48,
        "lead_in": -0.55,
    },
)


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
    if embedder is not None:
        measured = [
            with_meaning(measures, part, against, embedder) for measures, part in zip(measured, parts, strict=True)
        ]
    doubts = [doubt_of(measures, WORDING if embedder is None else MEANING) for measures in measured]
    together = _together(doubts)
    score = round(1 / (1 + math.exp(min(together, CERTAIN))), 4)
    if together < 0:
        return Support(True, score)
    worst = max(doubts)
    doubtful = [place for place, doubt in enumerate(doubts) if doubt >= min(0.0, worst)]
    reasons = [reason for place in doubtful for reason in found[place] or (_wording_reason(parts[place], against),)]
    return Support(False, score, tuple(dict.fromkeys(reasons)))


def _together(doubts: Sequence[float]) -> float:
    """The doubt about all sentences of a claim: the number expected to lack support, against what is usual.

    One sentence is judged as it is. Of many, one or two look doubtful by chance, so each of them weighs by its odds at
    the usual share of unsupported sentences, and their sum has to exceed what is usual for as many; a sentence that the
    evidence contradicts decides alone.
    """
    worst = max(doubts)
    if len(doubts) == 1 or worst >= CONTRADICTED:
        return worst
    usual = math.log(USUAL / (1 - USUAL))
    expected = sum(math.log1p(math.exp(doubt + usual)) for doubt in doubts)
    one = math.log1p(math.exp(usual))
    return math.log(expected / min(one * len(doubts), MOST_USUAL))


def measure(part: Wording, evidence: Evidence, found: Sequence[str]) -> Measures:
    """One sentence held against the evidence by its wording; `found` are its contradictions."""
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
        longest_gap=_longest_run(new, 5),
        far=0.0,
        length=math.log1p(len(content_words(part))),
        figures_absent=min(figures, 2),
        names_absent=min(names, 2),
        about_evidence=bool(_ABOUT_EVIDENCE.search(part.text)),
        lead_in=part.text.endswith(":"),
        verbatim=any(part.text.casefold() in sentence.text.casefold() for sentence in evidence.sentences),
        contradicted=len(found) > figures + names,
    )


def with_meaning(measures: Measures, part: Wording, evidence: Evidence, embedder: MeasuresMeaning) -> Measures:
    """The measures with meaning compared too; what is decided already is left as it is."""
    if measures.verbatim or measures.contradicted:
        return measures
    ranked = sorted(evidence.sentences, key=lambda sentence: -len(part.terms & sentence.terms))[:NEAREST]
    vectors = embedder.embed([part.text, *(sentence.text for sentence in ranked)])
    return replace(measures, far=1 - float((vectors[1:] @ vectors[0]).max()))


def content_words(part: Wording) -> list[str]:
    """The different words of a sentence that say something, figures left out."""
    return [
        word for word in dict.fromkeys(part.words) if word[0].isalpha() and len(word) > 1 and word not in CONTENT_FREE
    ]


def doubt_of(measures: Measures, weights: Weights = WORDING) -> float:
    """The fitted log-odds that a sentence with these measures is not supported; 0 is where it is decided."""
    if measures.verbatim:
        return -CERTAIN
    doubt = weights.bias + sum(weight * float(getattr(measures, name)) for name, weight in weights.weights.items())
    least = (
        CONTRADICTED if measures.contradicted else ABSENT if measures.figures_absent or measures.names_absent else doubt
    )
    return max(doubt, least)


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
