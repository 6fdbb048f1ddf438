"""A model's sentence against the spans it cites: what is not supported is not shown, and why is said.

A sentence needs markers, all of them of spans that were offered. Every figure, name and address in it must stand in the
cited spans (or in their headings), nothing in them may speak against it (`answer.contradictions`), and the
support checker (`answer.support`) must find the whole of it there. A model is held to more than a person's claim would be:
see `answer.model.polarity` for what is said of a figure, a name, a denial or a direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.claims import gather, sentences_of, take_apart
from answer.contradictions import contradictions
from answer.model.evidence import Offered
from answer.model.inert import addresses_in, inert
from answer.model.splitting import numbers_in, without_markers
from answer.support import MeasuresMeaning, judge


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

    def __init__(self, offered: Sequence[Offered], *, embedder: MeasuresMeaning | None = None) -> None:
        self._offered = {each.number: each for each in offered}
        self._embedder = embedder

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
        told = tuple(each.told for each in cited)
        reasons = [f"the address {address} is not in the evidence" for address in _new_addresses(text, told)]
        against = gather(told)
        found = [reason for each in sentences_of(text) for reason in contradictions(take_apart(each), against)]
        contradicts = bool(found)
        if not found:
            support = judge(text, told, embedder=self._embedder)
            found = [] if support.supported else list(support.reasons)
        return Verdict(text, tuple(numbers), tuple(dict.fromkeys([*reasons, *found])), contradicts)


def _new_addresses(text: str, told: Sequence[str]) -> list[str]:
    return [address for address in addresses_in(text) if not any(address in each for each in told)]
