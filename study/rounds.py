"""The interview rounds that the guides describe: name, minutes and citation, read from their tables, lists and sentences.

A table counts when one column names rounds, stages or formats and another gives their duration; a guide without one is
read for items and sentences that give a round its duration. Each round is tied to the rounds of the question bank by the
meaning of its name and of what it covers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from answer.answers import Citation
from index.passages import BankQuestion, Block, Guide, Unit
from study.round_texts import rounds_in
from study.sources import cite

if TYPE_CHECKING:
    from index.store import Index

_NAMES = re.compile(r"\b(?:round|stage|format|interview)s?\b", re.IGNORECASE)
_LENGTHS = re.compile(r"\b(?:duration|length|time|minutes|how long)\b", re.IGNORECASE)
_TIME = re.compile(r"(\d+)(?:\s*(?:-|–|to|or)\s*(\d+))?\s*-?\s*(hours?|hrs?|h\b|minutes?|mins?\b)", re.IGNORECASE)
_SHORT = 240  # minutes; what takes longer is homework, not a round to rehearse


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a company's or publisher's loop. `bank` is the bank's nearest round; minutes from lowest to highest."""

    name: str
    bank: str
    low: int
    high: int
    company: str | None
    role: str | None
    citation: Citation

    @property
    def minutes(self) -> int:
        """The middle of what the guide gives, in full minutes."""
        return (self.low + self.high) // 2


@dataclass(frozen=True, slots=True)
class Loop:
    """The rounds that one guide describes."""

    guide: str
    title: str
    company: str | None
    rounds: tuple[Round, ...]


def minutes_in(text: str) -> tuple[int, int] | None:
    """The first duration of a text in minutes, from lowest to highest: "45–60 minutes" is (45, 60)."""
    found = _TIME.search(text)
    if found is None:
        return None
    scale = 60 if found[3].lower().startswith("h") else 1
    low = int(found[1]) * scale
    high = int(found[2]) * scale if found[2] else low
    return (low, high) if 0 < low <= high else None


def loops_of(index: Index) -> list[Loop]:
    """The loops the guides describe, in order of their paths; a guide that describes none is left out."""
    banks = _banks(index.questions())
    loops = []
    for info in index.guides():
        if info.kind == "guide" and banks:
            guide = index.guide(info.path)
            rounds = tuple(_rounds_of(guide, index, banks))
            if rounds:
                loops.append(Loop(info.path, info.title, info.company, rounds))
    return loops


def _banks(questions: Sequence[BankQuestion]) -> dict[str, str]:
    """The bank's rounds, each with the categories of its questions, which say what the round is about."""
    categories: dict[str, Counter[str]] = {}
    for question in questions:
        if question.round:
            categories.setdefault(question.round, Counter())[question.category or ""] += 1
    return {name: ", ".join(each for each, _ in counts.most_common(2)) for name, counts in sorted(categories.items())}


def _rounds_of(guide: Guide, index: Index, banks: Mapping[str, str]) -> Iterator[Round]:
    rows = list(_rows_of(guide)) or list(_told_in_text(guide))
    if not rows:
        return
    texts = [f"{name} interview: {guide.units[unit].text}" for name, _, unit in rows]
    vectors = index.embed([*texts, *(f"{bank} interview: {about}" for bank, about in banks.items())])
    near = vectors[: len(rows)] @ vectors[len(rows) :].T
    for place, (name, (low, high), position) in enumerate(rows):
        unit = guide.units[position]
        citation = cite(guide, guide.sections[unit.section], (unit.start, unit.end))
        bank = _named(name, list(banks)) or list(banks)[int(near[place].argmax())]
        yield Round(name, bank, low, high, guide.info.company, guide.info.role, citation)


def _named(name: str, banks: Sequence[str]) -> str | None:
    """The bank's round with the most words in the name, None where none has any."""
    words = set(re.findall(r"\w+", name.casefold()))
    shared = [(len(words & set(re.findall(r"\w+", bank.casefold())) - {"round", "interview"}), bank) for bank in banks]
    count, bank = max(shared, key=lambda pair: pair[0])
    return bank if count else None


def _rows_of(guide: Guide) -> Iterator[tuple[str, tuple[int, int], int]]:
    """(name, minutes, unit) of each row of the guide's first table of rounds that gives durations."""
    for block in guide.blocks:
        columns = _columns(block)
        if columns is None:
            continue
        found = [row for position in block.units if (row := _row(guide, guide.units[position], columns))]
        if found:
            yield from found
            return


def _told_in_text(guide: Guide) -> Iterator[tuple[str, tuple[int, int], int]]:
    """(name, minutes, unit) of each round that an item or a sentence gives its duration."""
    for name, span, position in rounds_in(guide):
        minutes = minutes_in(span)
        if minutes and minutes[1] <= _SHORT:
            yield name, minutes, position


def _columns(block: Block) -> tuple[int, int] | None:
    """Which columns name rounds and give lengths."""
    if block.kind != "table" or block.noise:
        return None
    names = [place for place, cell in enumerate(block.header) if _NAMES.search(cell) and not _LENGTHS.search(cell)]
    lengths = [place for place, cell in enumerate(block.header) if _LENGTHS.search(cell)]
    return (names[0], lengths[0]) if names and lengths and names[0] == 0 else None


def _row(guide: Guide, unit: Unit, columns: tuple[int, int]) -> tuple[str, tuple[int, int], int] | None:
    if unit.kind != "row" or len(unit.cells) <= max(columns):
        return None
    name, length = (guide.raw(*unit.cells[column]).strip() for column in columns)
    minutes = minutes_in(length)
    return (name, minutes, unit.position) if name and minutes and minutes[1] <= _SHORT else None


def nearness(index: Index, rounds: Sequence[Round], questions: Sequence[BankQuestion]) -> dict[tuple[str, str], float]:
    """(round's name, question's id) -> how near what the guide says the round covers and the question are.

    Cosines above the round's mean, less half of what another round on the same part of the bank has: a recruiter's
    screen is not asked what the technical screen is for.
    """
    if not rounds or not questions:
        return {}
    texts = [f"{each.name}: {each.citation.quote}" for each in rounds]
    vectors = index.embed([*texts, *(f"{each.title}. {each.prompt}" for each in questions)])
    near = vectors[: len(rounds)] @ vectors[len(rounds) :].T
    near = near - near.mean(axis=1, keepdims=True)
    found: dict[tuple[str, str], float] = {}
    for row, each in enumerate(rounds):
        rivals = [place for place, other in enumerate(rounds) if place != row and other.bank == each.bank]
        own = near[row] - 0.5 * near[rivals].max(axis=0).clip(min=0) if rivals else near[row]
        found.update({(each.name, question.id): float(value) for question, value in zip(questions, own, strict=True)})
    return found


def told_of(each: Round, loops: Sequence[Loop]) -> list[Round]:
    """How long the guides say this round is: the round itself, then each other duration, of its company or of none.

    Two rounds are the same when they ask for the same round of the bank under names that share a telling word.
    """
    found = [each]
    for other in (other for loop in loops for other in loop.rounds):
        told = {(known.low, known.high) for known in found}
        fits = other.company in (None, each.company) and other.bank == each.bank
        if fits and _telling(other.name) & _telling(each.name) and (other.low, other.high) not in told:
            found.append(other)
    return found


def _telling(name: str) -> set[str]:
    return set(re.findall(r"\w{3,}", name.casefold())) - {
        "round",
        "screen",
        "interview",
        "stage",
        "and",
        "the",
        "phone",
    }


def length_text(each: Round) -> str:
    """ "45 minutes" or "45–60 minutes"."""
    return f"{each.low} minutes" if each.low == each.high else f"{each.low}–{each.high} minutes"


def round_json(each: Round) -> dict[str, Any]:
    """A round for `--json`."""
    return {"name": each.name, "bank_round": each.bank, "minutes": [each.low, each.high], "quote": each.citation.quote,
            "guide": each.citation.path, "section": each.citation.section}  # fmt: skip
