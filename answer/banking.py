"""Bank questions in the chat: one asked for ("a medium question about chess") is shown as it stands in its guide; one
asked as it stands is answered from the sections its key points name.

Model answers are not shown here: they stay with practice, after an attempt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answer.drafting import Draft, Line, Span, in_context, shown, span_of
from answer.evidence import Evidence, stems
from answer.lexicon import Lexicon
from answer.pointing import asks_where_to_read
from answer.reading import Reading, content_terms
from answer.wording import SOLUTION
from index.errors import StoreError
from index.passages import BankQuestion, Guide, KeyPoint, Unit
from index.store import Index
from index.words import normalise, stem, terms

PROMPT_WORDS = 60
MOST_SHOWN = 3
SAME_QUESTION = 0.75  # how much of the asked and of the bank question must be shared to be the same
NEARLY_THE_SAME = 0.9  # the same where a figure or a concept is asked for, which guides and notes tell, or a question
ASKED_FOR = 0.4  # how much of what is asked for a question must tell, or guides that pose others may have it
TITLE_NAMED = 0.75  # how much of a title must be said for its question to be meant
POINT_TOLD = 0.75  # how much of a key point's words one sentence must tell before a second is added
GENERIC = frozenset(
    stem(word)
    for word in "question questions problem prompt bank practice practise sample interview mock easy medium hard categori solution "
    "category difficulty round model give show ask get find pick suggest another random".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A bank question with the stems it is found by."""

    question: BankQuestion
    title: frozenset[str]
    prompt: frozenset[str]
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bank:
    """All bank questions of an index, read once."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, index: Index) -> Bank:
        """The bank of an index."""
        return cls(tuple(_entry(question) for question in index.questions()))

    def asked_for(
        self, reading: Reading, evidence: Evidence, lexicon: Lexicon, filters: Mapping[str, str], shown: str = ""
    ) -> list[BankQuestion]:
        """The questions that fit what a person asks for, best first; those that break a facet are left out.

        Of those whose title stands in `shown`, what was answered before, none comes again while others fit as well.
        """
        fitting = [entry for entry in self.entries if _passes(entry.question, reading, filters)]
        fitting = [entry for entry in fitting if entry.question.title not in shown] or fitting
        asked = [term for term in reading.terms if term not in GENERIC]
        near = _nearness(fitting, evidence)
        scores = {
            entry.question.id: 2.0 * lexicon.share(asked, entry.told)
            + lexicon.share(asked, entry.title)
            + near.get(entry.question.id, 0.0)
            for entry in fitting
        }
        ranked = sorted(fitting, key=lambda entry: -scores[entry.question.id])
        best = scores[ranked[0].question.id] if ranked else 0.0
        most = MOST_SHOWN if reading.plural else 1
        return [
            entry.question
            for entry in ranked[:most]
            if scores[entry.question.id] >= 0.8 * best
            and lexicon.share(asked, entry.told, evidence.related) >= (ASKED_FOR if asked else 0.0)
        ]

    def has_no_solution(self, reading: Reading, evidence: Evidence, lexicon: Lexicon) -> bool:
        """Whether the bank question that is meant comes with neither key points nor hints."""
        found = self.asked_for(reading, evidence, lexicon, {})
        return bool(found) and not found[0].key_points and not found[0].hints

    def poses(self, reading: Reading) -> bool:
        """Whether the question names a bank question that has key points by its title."""
        asked = frozenset(content_terms(reading.text))
        titles = (entry.title for entry in self.entries if entry.question.key_points)
        return any(len(asked & title) >= TITLE_NAMED * len(title) for title in titles if len(title) > 1)

    def asked_as_it_stands(self, reading: Reading) -> BankQuestion | None:
        """The question with key points whose title or prompt this is, word for word or nearly."""
        asked = frozenset(content_terms(reading.text))
        plain = reading.value is None and reading.kind not in ("bank", "explain") and not asks_for_solution(reading)
        loosely = plain and len(asked) > 2 and not asks_where_to_read(reading.text)  # two words name a concept
        best, score = None, SAME_QUESTION if loosely else NEARLY_THE_SAME
        for entry in self.entries:
            if not entry.question.key_points:
                continue
            alike = max(_alike(asked, entry.title), _alike(asked, entry.prompt))
            if alike >= score:
                best, score = entry.question, alike
        return best


def _entry(question: BankQuestion) -> Entry:
    facets = (question.category, question.round, question.company, question.difficulty)
    known = " ".join(part for part in facets if part)
    return Entry(
        question,
        frozenset(content_terms(question.title)),
        frozenset(content_terms(question.prompt)),
        frozenset(stems(f"{question.title} {question.prompt} {known}")),
    )


def _alike(asked: frozenset[str], told: frozenset[str]) -> float:
    return 2 * len(asked & told) / (len(asked) + len(told)) if asked and told else 0.0


def _nearness(entries: Iterable[Entry], evidence: Evidence) -> dict[str, float]:
    """The best cosine of a unit inside each entry's span."""
    found: dict[str, float] = {}
    for candidate in evidence.candidates:
        for entry in entries:
            question = entry.question
            inside = (
                question.guide == candidate.guide.info.path and question.start <= candidate.unit.start < question.end
            )
            if inside:
                found[question.id] = max(found.get(question.id, 0.0), candidate.features.dense)
    return found


def _passes(question: BankQuestion, reading: Reading, filters: Mapping[str, str]) -> bool:
    if reading.difficulty and (question.difficulty or "").lower() != reading.difficulty.lower():
        return False
    return all(
        str(getattr(question, facet) or "").lower() == value.lower()
        for facet, value in filters.items()
        if facet in ("company", "role", "round", "category", "difficulty")
    )


def asks_for_solution(reading: Reading) -> bool:
    """Whether a bank question's solution is asked for, which practice shows and the guides mostly leave empty."""
    return bool(SOLUTION.search(reading.text))


def shown_questions(questions: Sequence[BankQuestion], index: Index) -> Draft:
    """Bank questions as cards."""
    return Draft(tuple(line for question in questions for line in _card(question, index.guide(question.guide))))


def _card(question: BankQuestion, guide: Guide) -> list[Line]:
    """Title and facets, then the prompt, each line with the span it stands in."""
    facts = " · ".join(
        part for part in (question.category, question.difficulty, question.company, question.round) if part
    )
    units = [unit for unit in guide.units if question.start <= unit.start and unit.end <= question.end]
    title = Span(guide, units[0].section if units else 0, question.start, _title_end(question, guide))
    lines = [Line(f"{question.title.rstrip('.')} ({facts})" if facts else question.title, (title,))]
    spent = 0
    for unit in units:
        if unit.kind == "heading" or unit.start < title.end or guide.blocks[unit.block].noise:
            continue
        spent += len(unit.text.split())
        if spent > PROMPT_WORDS and len(lines) > 1:
            break
        lines.append(Line(normalise(unit.text), (span_of(guide, unit),), "item"))
    return lines


def _title_end(question: BankQuestion, guide: Guide) -> int:
    """Where the line of the facets ends, so that the title's span holds both; else where the title's own line ends."""
    at = guide.text.find(question.title, question.start, question.end)
    end = guide.text.find("\n", (at if at >= 0 else question.start) + len(question.title))
    if end < 0 or end > question.end:
        return question.end
    following = guide.text[end : question.end].lstrip()
    if question.difficulty and following.startswith(question.difficulty):
        start = question.end - len(following)
        line_end = guide.text.find("\n", start)
        return question.end if line_end < 0 else min(line_end, question.end)
    return end


def answered_by_key_points(question: BankQuestion, index: Index) -> Draft | None:
    """The sentences that say the key points, note by note in the order of the points; None where none is found."""
    lines: list[Line] = []
    said: set[tuple[str, int, int]] = set()
    for point in question.key_points:
        for guide, unit in _telling(point, index):
            span = span_of(guide, unit)
            if span.key not in said:
                lines.append(Line(in_context(guide, unit), (span,), "item"))
            said.add(span.key)
    return Draft(tuple(lines)) if lines else None


def _telling(point: KeyPoint, index: Index) -> list[tuple[Guide, Unit]]:
    """The one or two units of the point's section that tell it best."""
    path, _, heading = point.source.partition("#")
    try:
        guide = index.guide(path)
    except StoreError:
        return []
    section = next(
        (s for s in guide.sections if normalise(s.heading).lower() == normalise(heading).lower()), guide.sections[0]
    )
    units = [u for u in guide.units if u.kind != "heading" and section.start <= u.start < section.end]
    asked = set(terms(point.point))
    if not units or not asked:
        return []
    best = max(units, key=lambda unit: _told(asked, unit))
    rest = asked - set(terms(best.text))
    if 1 - len(rest) / len(asked) >= POINT_TOLD:
        return [(guide, best)]
    second = max(units, key=lambda unit: len(rest & set(terms(unit.text))) - 0.02 * len(shown(unit).split()))
    added = [(guide, second)] if len(rest & set(terms(second.text))) >= 2 else []
    return [(guide, best), *added]


def _told(asked: set[str], unit: Unit) -> float:
    own = set(terms(unit.text))
    return len(asked & own) / len(asked) - 0.004 * len(own)
