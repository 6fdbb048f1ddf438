"""Practice questions that stand in a guide and that no passage of the library answers.

A question counts as answered when a section, its own entry left out, holds most of what its title asks for, each word
weighed by how rare it is; or when its entry comes with advice. Entries of bank files say what supports them themselves.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from index.passages import BankQuestion, Guide
from index.words import terms
from ingest.check_guides import line_of
from ingest.finding import Finding, Library

TOLD = 0.7  # of the weight of a title's words, in one section
NAMED = 4  # questions that a finding names


@dataclass(frozen=True, slots=True)
class Told:
    """The stems of one section's own words, without those of practice questions."""

    words: frozenset[str]


def check_answers(library: Library) -> Iterator[Finding]:
    """One finding for each guide that asks what nobody answers."""
    told = [section for guide in library.guides.values() for section in _sections(guide)]
    counts = Counter(word for section in told for word in section.words)
    holders: dict[str, list[frozenset[str]]] = defaultdict(list)
    for section in told:
        for word in section.words:
            holders[word].append(section.words)
    for guide in library.guides.values():
        asked = [question for question in guide.questions if not question.key_points and not question.hints]
        open_ = [question for question in asked if not _answered(question, holders, counts, len(told))]
        if open_ and guide.info.format != "bank":
            yield _told(guide, open_, len(guide.questions))


def _sections(guide: Guide) -> Iterator[Told]:
    asked = [(question.start, question.end) for question in guide.questions]
    said: dict[int, set[str]] = defaultdict(set)
    for unit in guide.units:
        noise = guide.blocks[unit.block].noise
        if noise is None and not any(start <= unit.start < end for start, end in asked):
            said[unit.section].update(terms(unit.text))
    return (Told(frozenset(words)) for words in said.values())


def _answered(
    question: BankQuestion, holders: dict[str, list[frozenset[str]]], counts: Counter[str], sections: int
) -> bool:
    wanted = set(terms(question.title)) or set(terms(question.prompt))
    weights = {word: math.log(1 + sections / (counts[word] or 1)) for word in wanted}
    needed = TOLD * sum(weights.values())
    rarest = sorted((word for word in wanted if counts[word]), key=lambda word: counts[word])[:3]
    near = {id(words): words for word in rarest for words in holders[word]}
    return any(sum(weights[word] for word in wanted & words) >= needed for words in near.values())


def _told(guide: Guide, asked: list[BankQuestion], of: int) -> Finding:
    named = "; ".join(f"“{question.title[:80]}”" for question in asked[:NAMED])
    more = "; …" if len(asked) > NAMED else ""
    return Finding(
        "warning",
        "unanswered",
        f"{guide.info.path}, {line_of(guide, asked[0].start)}",
        f"{len(asked)} of {of} practice questions have no passage that answers them: {named}{more}",
        "Who practises them finds nothing to learn from.",
        "Add a guide or note that answers them, or leave them as practice without an answer.",
    )
