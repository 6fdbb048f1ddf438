"""Bank questions asked for in the chat: found by topic and facets, shown as they stand in the bank.

Only what the guides ask is shown here; model answers stay with practice, after an attempt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from answer.drafting import Draft, Line, Span
from answer.lexicon import Lexicon
from answer.reading import Reading
from index.passages import BankQuestion, Guide
from index.store import Index
from index.words import normalise, stem, words

PROMPT_WORDS = 60
MOST_SHOWN = 3
GENERIC = frozenset(
    stem(word)
    for word in "question questions problem prompt bank practice practise sample interview mock easy medium hard".split()
)


@dataclass(frozen=True, slots=True)
class BankHit:
    """A bank question that fits, with how well."""

    question: BankQuestion
    score: float


def bank_answer(reading: Reading, index: Index, lexicon: Lexicon, *, filters: Mapping[str, str]) -> Draft | None:
    """The bank questions that fit, or None where the question does not ask for one or none fits."""
    if reading.kind != "bank":
        return None
    found = find_questions(reading, index, lexicon, filters=filters)
    if not found:
        return None
    best = found[0].score
    shown = [hit for hit in found[:MOST_SHOWN] if hit.score >= 0.8 * best] if reading.plural else found[:1]
    lines = [line for hit in shown for line in question_lines(hit.question, index.guide(hit.question.guide))]
    return Draft(tuple(lines))


def find_questions(reading: Reading, index: Index, lexicon: Lexicon, *, filters: Mapping[str, str]) -> list[BankHit]:
    """Bank questions by topic, those that break a facet the person named left out, best first."""
    bank = [question for question in index.questions() if _passes(question, reading, filters)]
    asked = [term for term in reading.terms if term not in GENERIC]
    if not bank:
        return []
    if not asked:
        return [BankHit(question, 1.0) for question in bank]
    vectors = index.embed([reading.text, *(f"{question.title}. {question.prompt}"[:600] for question in bank)])
    dense = vectors[1:] @ vectors[0]
    total = sum(lexicon.rarity(term) for term in asked)
    hits = []
    for question, cosine in zip(bank, dense.tolist(), strict=True):
        covered = sum(lexicon.rarity(term) for term in asked if term in _terms(question)) / total
        titled = sum(lexicon.rarity(term) for term in asked if term in _title_terms(question)) / total
        hits.append(BankHit(question, cosine + covered + 0.7 * titled))
    return sorted(hits, key=lambda hit: -hit.score)


def _passes(question: BankQuestion, reading: Reading, filters: Mapping[str, str]) -> bool:
    if reading.difficulty and question.difficulty and question.difficulty.lower() != reading.difficulty.lower():
        return False
    values = {
        "company": question.company,
        "role": question.role,
        "round": question.round,
        "category": question.category,
        "difficulty": question.difficulty,
    }
    return all(
        (values.get(facet) or "").lower() == value.lower() for facet, value in filters.items() if facet in values
    )


def _terms(question: BankQuestion) -> set[str]:
    facets = (question.category, question.round, question.company, question.difficulty)
    text = " ".join(part for part in (question.title, question.prompt, *facets) if part)
    return {stem(word) for word in words(text)}


def _title_terms(question: BankQuestion) -> set[str]:
    return {stem(word) for word in words(f"{question.title} {question.category or ''} {question.company or ''}")}


def question_lines(question: BankQuestion, guide: Guide) -> list[Line]:
    """A bank question as a card: its title and facets, then its prompt, each line with the span it stands in."""
    facets = [question.category, question.difficulty, question.company, question.round]
    facts = " · ".join(part for part in facets if part)
    units = [unit for unit in guide.units if question.start <= unit.start and unit.end <= question.end]
    title_span = Span(guide, units[0].section if units else 0, question.start, _title_end(question, guide))
    lines = [Line(f"{question.title} ({facts})" if facts else question.title, (title_span,))]
    spent = 0
    for unit in units:
        if unit.kind == "heading" or unit.start < title_span.end or guide.blocks[unit.block].noise:
            continue
        spent += len(unit.text.split())
        if spent > PROMPT_WORDS and len(lines) > 1:
            break
        lines.append(Line(normalise(unit.text), (Span(guide, unit.section, unit.start, unit.end),), "item"))
    return lines


def _title_end(question: BankQuestion, guide: Guide) -> int:
    """Where the title's line ends, so that its span holds the title and the facets that stand beside it."""
    at = guide.text.find(question.title, question.start, question.end)
    from_here = at if at >= 0 else question.start
    end = guide.text.find("\n", from_here + len(question.title))
    return question.end if end < 0 else min(end, question.end)
