"""From a question to ranked evidence: one search at two grains, then every unit weighed by what it shares with the question.

The features are few, each in [0, 1] or nearly so, and their weights are learnt on labelled questions
(`python -m eval learn`); `answer/weighing.py` holds the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from answer.lexicon import Lexicon, Related, figures_in, told_share
from answer.pointing import asks_where_to_read, only_points
from answer.reading import Reading
from answer.shorthand import WHOLE_WORDS
from answer.weighing import UNIT_WEIGHTS, Features
from answer.wording import NAMES_OF_VALUES, SAME_MATTER
from index.hits import Found, Hit, UnitHit
from index.passages import Guide, Unit
from index.reranking import Reranker
from index.store import Index
from index.values import has_value
from index.words import stem, words

UNRELATED, SAME = 0.5, 0.85  # cosines of two words: below, nothing in common; from there on, nearly the same
RERANKED, RERANKER_WEIGHT = 30, 6.0  # how many units a reranker reads, and what its best gains over its worst
ALMOST = 0.9  # what a word of the same meaning counts beside the word itself


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may answer, with what speaks for it."""

    guide: Guide
    unit: Unit
    passage: str  # its passage's id
    features: Features
    score: float

    @property
    def key(self) -> tuple[str, int]:
        """Which unit this is: its guide's path and its position there."""
        return self.guide.info.path, self.unit.position

    @property
    def heading(self) -> str:
        """The heading it stands under, "" at the top of a guide."""
        section = self.guide.sections[self.unit.section]
        return section.heading if section.level else ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passages in rank order, and units in rank order."""

    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    search_ms: float
    related: Related


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as units are weighed by it."""

    reading: Reading
    lexicon: Lexicon
    related: Related
    all_terms: Mapping[str, float]  # stems with what each counts
    terms: Mapping[str, float]  # those that a unit should tell itself
    figures: frozenset[str]

    @classmethod
    def of(cls, reading: Reading, lexicon: Lexicon, related: Related) -> Asked:
        """What is the same for every unit, worked out once."""
        all_terms, terms = lexicon.weights(reading.terms), lexicon.weights(asked_terms(reading, lexicon))
        return cls(reading, lexicon, related, all_terms, terms, frozenset(reading.figures))


def gather(
    index: Index, reading: Reading, lexicon: Lexicon, *, filters: Mapping[str, str], reranker: Reranker | None = None
) -> Evidence:
    """Search and weigh. Filters limit everything to passages with these facets; a reranker reads the best units again."""
    asked = Asked.of(reading, lexicon, related_terms(index, reading))
    found: Found = index.search(reading.text, filters=dict(filters) or None, limit=40, unit_limit=160)
    passage_score = {hit.passage.id: hit for hit in found.hits}
    best = max((hit.score for hit in found.hits), default=1.0) or 1.0
    candidates = [
        _candidate(index.guide(hit.guide), hit, passage_score.get(hit.passage), best, asked)
        for hit in found.units
        if _may_tell_it(index.guide(hit.guide), hit.unit, reading)
    ]
    candidates.sort(key=lambda candidate: (-candidate.score, candidate.key))
    if reranker is not None:
        candidates = _reranked(candidates, reading.text, reranker)
    return Evidence(_ranked(found.hits, candidates), tuple(candidates), sum(found.timings_ms.values()), asked.related)


def _reranked(candidates: Sequence[Candidate], question: str, reranker: Reranker) -> list[Candidate]:
    """The best units with what the reranker says added, best first; the others as they were."""
    best, rest = candidates[:RERANKED], candidates[RERANKED:]
    read = reranker.scores(question, [f"{nearest_title(c.guide, c.unit)}: {c.unit.text}" for c in best])
    again = [replace(c, score=c.score + RERANKER_WEIGHT * float(score)) for c, score in zip(best, read, strict=True)]
    return [*sorted(again, key=lambda candidate: (-candidate.score, candidate.key)), *rest]


def _may_tell_it(guide: Guide, unit: Unit, reading: Reading) -> bool:
    """Not the bank, which only asks, unless it is asked for; not a mere link, unless a list or reading is asked for."""
    if guide.info.kind == "question":
        return reading.kind == "bank"
    return reading.kind == "list" or not only_points(guide, unit) or asks_where_to_read(reading.text)


def _ranked(hits: Iterable[Hit], candidates: Iterable[Candidate]) -> tuple[Hit, ...]:
    """Passages by their best unit's weight and their own score together."""
    best: dict[str, float] = {}
    for candidate in candidates:
        best.setdefault(candidate.passage, candidate.score)
    floor = min(best.values(), default=0.0)
    return tuple(sorted(hits, key=lambda hit: -(hit.score + best.get(hit.passage.id, floor))))


def _candidate(guide: Guide, hit: UnitHit, passage: Hit | None, best: float, asked: Asked) -> Candidate:
    features = features_of(guide, hit, passage.score / best if passage else 0.0, asked)
    return Candidate(guide, hit.unit, hit.passage, features, UNIT_WEIGHTS.score(features))


def features_of(guide: Guide, hit: UnitHit, passage: float, asked: Asked) -> Features:
    """What speaks for one unit."""
    reading, related, figures = asked.reading, asked.related, asked.figures
    context = surroundings(guide, hit.unit)
    own, around = stems(hit.unit.text), stems(context)
    own_figures = figures_in(hit.unit.text) | figures_in(context) if figures else frozenset()
    bears = reading.value is not None and has_value(hit.unit.text, reading.value)
    return Features(
        dense=hit.dense,
        lexical=min(hit.lexical / 12.0, 1.5),
        covered=told_share(asked.terms, own, related),
        covered_around=told_share(asked.all_terms, own | around, related),
        passage=passage,
        value=float(bears),
        no_value=float(reading.value is not None and not bears),
        figures=len(figures & own_figures) / len(figures) if figures else 0.0,
        no_figures=float(bool(figures) and not figures & own_figures),
        company=_company_fit(guide, hit.unit, reading, asked.lexicon),
        heading=float(hit.unit.kind == "heading"),
        row=float(hit.unit.kind == "row"),
        short=float(len(hit.unit.text.split()) < 4),
        titled=told_share(asked.terms, stems(nearest_title(guide, hit.unit)), related),
        first=float(_is_first(guide, hit.unit)),
        question=float(hit.unit.text.rstrip().endswith("?")),
    )


def asked_terms(reading: Reading, lexicon: Lexicon) -> list[str]:
    """The stems a unit should tell: not the names of companies and publishers, which its guide tells, nor "price" for a sum."""
    wanted = NAMES_OF_VALUES if reading.value is not None else frozenset[str]()
    return [term for term in reading.terms if term not in lexicon.names | wanted] or list(reading.terms)


def related_terms(index: Index, reading: Reading) -> Related:
    """For each stem asked about the stems of the corpus that mean nearly the same, with how nearly in (0, 1)."""
    asked = dict.fromkeys(word for word in words(reading.text) if word.isalpha() and stem(word) in reading.terms)
    near = index.related(list(asked))
    found = {
        stem(word): {stem(other): nearness for other, cosine in others.items() if (nearness := _nearness(cosine)) > 0}
        for word, others in zip(asked, near, strict=True)
    }
    for term, matter in SAME_MATTER.items():
        if term in found:
            found[term] = {**found[term], **dict.fromkeys(matter, ALMOST)}
    return found


def _nearness(cosine: float) -> float:
    """How nearly two words mean the same: nothing at the cosine of any two words of a field, less than the word itself."""
    return ALMOST * min(max((cosine - UNRELATED) / (SAME - UNRELATED), 0.0), 1.0)


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text, of a short form those of the whole word ("prep")."""
    found = (stem(word) for word in words(text))
    return frozenset(WHOLE_WORDS.get(term, term) for term in found)


def nearest_title(guide: Guide, unit: Unit) -> str:
    """The nearest headings of a unit, and the label or sentence that introduces it."""
    section, block = guide.sections[unit.section], guide.blocks[unit.block]
    lead = guide.units[block.lead].text if block.lead is not None else ""
    return " ".join((*section.path[-2:], lead, unit.label or ""))


def _is_first(guide: Guide, unit: Unit) -> bool:
    """Whether a unit opens its section or, in a FAQ, its answer."""
    before = guide.units[unit.position - 1] if unit.position else None
    return before is None or before.section != unit.section or before.kind == "heading" or before.label != unit.label


def _company_fit(guide: Guide, unit: Unit, reading: Reading, lexicon: Lexicon) -> float:
    """1 where the question's company is the guide's or the unit's, −1 where it is another's, 0 where none is asked."""
    asked = lexicon.companies_in(reading.text)
    if not asked:
        return 0.0
    about = {guide.info.company.lower()} if guide.info.company else set()
    if asked & (about | lexicon.companies_in(unit.text)):
        return 1.0
    return -1.0 if about else 0.0


def surroundings(guide: Guide, unit: Unit) -> str:
    """What a reader knows on arriving at a unit: guide, headings, the sentence that introduces its list."""
    section, block = guide.sections[unit.section], guide.blocks[unit.block]
    info = guide.info
    lead = guide.units[block.lead].text if block.lead is not None else ""
    parent = guide.units[unit.parent].text if unit.parent is not None else ""
    known = (info.title, info.aliases, info.publisher, info.company, info.role, *section.path, lead, parent, unit.label)
    return " ".join(part for part in known if part)
