"""Advice that names a company the guides don't cover: what they say in general, and a note that it is general.

How to design, prepare or answer holds anywhere; what a company pays, asks or takes holds only there and stays refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from answer.evidence import Evidence, surroundings
from answer.lexicon import Lexicon
from answer.reading import Reading, content_terms

_DOING = (
    r"(?:do|study|prepare|learn|review|practi[sc]e|read|say|answer|avoid|know|focus|bring|show|cover|include|consider)"
)
_ADVICE = re.compile(
    r"^(?:(?:ok|so|hi|hello|hey)\W+)*(?:please )?(?:can you |could you )?(?:tell me |explain |show me )?(?:"
    r"how (?:do|should|would|could|can|might|must) (?:i|you|we|one|someone|people|a candidate|candidates)\b|how to\b|"
    rf"what (?:should|can|must|do|would) (?:i|you|we|one) (?:\w+ )?{_DOING}\b|what to {_DOING}\b|"
    r"(?:design|build|architect|implement|sketch|help me|negotiate|pass|crack|ace|get (?:a job|hired|into))\b|"
    r"what happens when\b|prepar(?:e|ing)\b)|"
    r"\b(?:tips?|advice|guidance|best way|strateg(?:y|ies))\b",
    re.I,
)
_ONLY_THERE = re.compile(
    r"\b(?:salar(?:y|ies)|pay|paid|compensation|bonus|equity|hire|hires|culture|employees?|office|headcount|founded|policy)\b",
    re.I,
)
_LINK = r"(?:at|for|from|with|like|in|by|to|of|as|and|or|when|if|on)"
_LINKED = rf"(?:\s+{_LINK})?(?:\s+(?:a|an|the))?"
LOOKED_AT = 8  # candidates
SURE = 0.5  # how sure the gate must be of an answer in general


def in_general(reading: Reading, lexicon: Lexicon) -> tuple[str, Collection[str]]:
    """The question without the companies that no guide is about, and those; ("", ()) where it is not general advice."""
    named = lexicon.uncovered_companies(reading.text)
    if not named or reading.value is not None or not _ADVICE.search(reading.text) or _ONLY_THERE.search(reading.text):
        return "", ()
    any_of = "|".join(re.escape(name) for name in sorted(named))
    company = rf"(?:{any_of})(?:'s|\.com)?(?:\s*(?:,|and|or)\s*(?:{any_of}))*"
    of_another = re.sub(
        rf"\s+{company}(?=\s+(?!{_LINK}\b)\w)", " ", f" {reading.text}", flags=re.I
    )  # "the Acme onsite"
    rest = " ".join(re.sub(rf"{_LINKED}\s+{company}(?=\W|$)", " ", of_another, flags=re.I).split())
    if len(content_terms(rest)) < 2:  # "how to prepare"
        rest = f"{rest.rstrip(' ?!.')} for an interview"
    return rest, named


def stands_under(named: Collection[str], evidence: Evidence, lexicon: Lexicon) -> bool:
    """Whether the best evidence stands under a title or heading that names one of these companies."""
    near = evidence.candidates[:LOOKED_AT]
    return any(lexicon.companies_in(surroundings(c.guide, c.unit)) & set(named) for c in near)


def of_no_company(evidence: Evidence) -> Evidence:
    """The evidence without the guides that are about one company."""
    return replace(
        evidence,
        hits=tuple(hit for hit in evidence.hits if not hit.passage.facets.get("company")),
        candidates=tuple(c for c in evidence.candidates if not c.guide.info.company),
    )


def general_note(named: Collection[str], asked: str) -> str:
    """What the person is told beside a general answer."""
    written = [word for word in re.findall(r"[\w&]+", asked) if word.lower() in named]
    names = " or ".join(dict.fromkeys(name[:1].upper() + name[1:] for name in written)) or "that company"
    return f"The guides say nothing of {names} in particular; this is what they say in general."
