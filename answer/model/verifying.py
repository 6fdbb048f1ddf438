"""A model's sentence against the spans it cites: what is not supported is not shown, and why is said.

A sentence needs markers, all of them of spans that were offered. Every figure, name and address in it must stand in the
cited spans (or in their headings), nothing in them may speak against it (`answer.contradictions`), and the
support checker (`answer.support`) must find the whole of it there. `answer.model.strictness` holds a model to more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.claims import Evidence, Wording, gather, sentences_of, take_apart
from answer.contradictions import contradictions
from answer.model.evidence import Offered
from answer.model.inert import addresses_in, inert
from answer.model.splitting import numbers_in, without_markers
from answer.model.strictness import ABSENT, ProperNames, in_words_of, lists_mistakes, plainly, told_by
from answer.model.strictness import against as strictly_against
from answer.support import doubt_of, measure
from index.words import normalise

NO_NAMES = ProperNames()
_AVOIDING = re.compile(r"^(?:don't|do not|never|avoid)\s+", re.I)  # what a heading like "Common mistakes" says as well
_UNDENIED = "the claim drops a negation"
_ONLY = re.compile(r"\b(?:only|not (?:just|merely)|unless|except)\b", re.I)
_NAMED = re.compile(r"evidence names (\S+), not (\S+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be shown of a sentence, its sources, and what speaks against showing it."""

    text: str
    numbers: tuple[int, ...]
    reasons: tuple[str, ...] = ()
    contradicts: bool = False  # the evidence says otherwise

    @property
    def holds(self) -> bool:
        """Whether it may be shown."""
        return not self.reasons


class Verifier:
    """Holds sentences against offered spans."""

    def __init__(self, offered: Sequence[Offered], *, names: ProperNames = NO_NAMES) -> None:
        self._offered = {each.number: each for each in offered}
        self._names = names

    def check(self, written: str) -> Verdict:
        """The verdict on one sentence, item or row as the model wrote it, markers included."""
        clean = inert(written)
        text, numbers = without_markers(clean), numbers_in(clean)
        if not numbers:
            return Verdict(text, (), ("it names no source",))
        unknown = [number for number in numbers if number not in self._offered]
        if unknown:
            return Verdict(text, numbers, (f"there is no source [{unknown[0]}]",))
        return self.against(text, numbers)

    def row(self, cells: Sequence[str], header: Sequence[str]) -> Verdict:
        """The verdict on a table's row: what its cells say under their header. Its text is the row without markers."""
        named = [*header, *[""] * len(cells)]
        told = "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(named, cells, strict=False))
        found = self.check(told)
        return replace(found, text=" | ".join(without_markers(inert(cell)) for cell in cells))

    def against(self, text: str, numbers: Sequence[int]) -> Verdict:
        """The verdict on words that cite these offered spans."""
        cited = [self._offered[number] for number in numbers]
        told = told_by(cited)
        claim = in_words_of(told, plainly(_undated(text, cited)))
        if lists_mistakes(cited):
            claim = _AVOIDING.sub("", claim)
        if _word_for_word(claim, told):
            return Verdict(text, tuple(numbers))
        evidence = gather(told)
        found: list[str] = []
        doubts = [f"the address {address} is not in the evidence" for address in _new_addresses(text, cited)]
        for part in map(take_apart, sentences_of(claim)):
            against = [reason for reason in contradictions(part, evidence) if not self._is_mistaken(reason, part)]
            found += against
            if part.content and doubt_of(measure(part, evidence, against)) >= 0:
                doubts.append(_lacking(part, evidence))
        found += strictly_against(claim, cited, self._names)
        said = any(part.content for part in map(take_apart, sentences_of(claim)))
        doubts += [] if said else ["it says nothing that can be checked"]
        reasons = tuple(dict.fromkeys(found or doubts))
        contradicts = any(not reason.startswith(ABSENT) for reason in found)
        return Verdict(text, tuple(numbers), reasons, contradicts)

    def _is_mistaken(self, reason: str, claim: Wording) -> bool:
        """Whether a contradiction that was reported is but another way of telling: a model may use its own words.

        A change of names between two common words is none, nor is a denial dropped by "only" or "not just".
        """
        named = _NAMED.fullmatch(reason)
        if named is not None:
            return not self._names.named(f"{named.group(1)} {named.group(2)}")
        return reason == _UNDENIED and _ONLY.search(claim.text) is not None


def _lacking(part: Wording, evidence: Evidence) -> str:
    """What of a sentence that nothing contradicts is missing in the evidence."""
    new = [word for word in dict.fromkeys(part.content) if word not in evidence.terms]
    return f"{ABSENT}: {', '.join(new[:5])}" if new else "its words stand in the evidence but not together"


def _undated(text: str, cited: Sequence[Offered]) -> str:
    """The text without the dates of the guides it cites, put behind their names in brackets."""
    return re.sub(
        r" \((\d{4}-\d\d-\d\d)\)", lambda date: "" if any(date[1] in each.dates for each in cited) else date[0], text
    )


def _word_for_word(claim: str, told: Sequence[str]) -> bool:
    """Whether every sentence of the claim is a whole sentence of the evidence."""
    said = {_bare(sentence) for each in told for sentence in (each, *sentences_of(each))}
    sentences = sentences_of(claim)
    return bool(sentences) and all(_bare(sentence) in said for sentence in sentences)


def _bare(sentence: str) -> str:
    return normalise(sentence).casefold().strip(" .!?:;,|")


def _new_addresses(text: str, cited: Sequence[Offered]) -> list[str]:
    return [address for address in addresses_in(text) if not any(address in each.text for each in cited)]
