"""Grades a typed answer to a bank question, key point by key point, by meaning. Deterministic, with no language model.

    grader = Grader.open(settings)
    grade = grader.grade(grader.question("explain-lora"), "LoRA freezes the weights and …")
    grade.level, grade.score, [point.verdict for point in grade.points]

Each verdict stands beside the candidate's own words and the sentence of the source section that says the point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from answer.answers import Citation
from index.passages import BankQuestion, KeyPoint
from study.errors import NoSuchQuestion, UnreadableInput
from study.judging import CREDIT, Level, Verdict, judged, level_of, score_of, verdict_of
from study.matching import Asked, Match, Matcher, Rarity
from study.phrasing import LONGEST_READ, Statement, statements_of, take_apart
from study.sources import Supported, find_support
from study.weights import SHIPPED, Weights

if TYPE_CHECKING:
    from index.settings import Settings
    from index.store import Index

LEAST_STEMS = 3  # content stems; a shorter answer says nothing that can be judged
NOT_ENOUGH = "Not enough to judge: the answer is empty or says next to nothing."
CUT = f"Only the first {LONGEST_READ:,} words were graded."
SELF_RATED = "You rated this answer yourself."
NO_POINTS = "This question has no key points to grade against; compare with its outline and source."


@dataclass(frozen=True, slots=True)
class PointGrade:
    """A key point: its verdict, the candidate's own words `answer[start:end]`, and the source that states it."""

    point: str
    verdict: Verdict
    covered: float  # chance, 0 to 1
    contradicted: float
    words: str = ""
    start: int = 0
    end: int = 0
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """`score` in [0, 1]; `enough` is False where there was nothing to judge."""

    question: str
    level: Level
    score: float
    points: tuple[PointGrade, ...]
    enough: bool = True
    doubt: float = 0.0  # chance that the answer as a whole is wrong
    notes: tuple[str, ...] = ()

    def having(self, *verdicts: Verdict) -> tuple[PointGrade, ...]:
        """The points with one of these verdicts, in order."""
        return tuple(point for point in self.points if point.verdict in verdicts)

    @property
    def to_add(self) -> tuple[PointGrade, ...]:
        """What a stronger answer adds or puts right: contradicted points first, then missed, then partly covered."""
        return self.having("contradicted") + self.having("missed") + self.having("partly")

    def as_json(self) -> dict[str, Any]:
        """The object that `python -m study grade` prints."""
        return {
            "question_id": self.question,
            "level": self.level,
            "score": self.score,
            "enough": self.enough,
            "points": [asdict(point) for point in self.points],
            "to_add": [point.point for point in self.to_add],
            "notes": list(self.notes),
        }


def points_of(question: BankQuestion) -> tuple[KeyPoint, ...]:
    """What an answer is graded by: the key points; without any, the lines of the outline or of the STAR parts."""
    if question.key_points:
        return question.key_points
    lines = question.outline or tuple(f"{part}: {text}" for part, text in question.star)
    return tuple(KeyPoint(line, f"{question.guide}#{question.title}") for line in lines)


class Grader:
    """Grades against the bank of one index. Support and word vectors are remembered."""

    def __init__(self, index: Index, *, rarity: Rarity | None = None, weights: Weights = SHIPPED) -> None:
        self.index = index
        self._weights = weights if weights.embedder in ("", index.manifest.embedder) else replace(weights, slant=())
        self.questions = {question.id: question for question in index.questions()}
        self._matcher = Matcher(index, rarity=rarity or _rarity_of(index))
        self._asked = lru_cache(maxsize=512)(self._prepare)

    @classmethod
    def open(cls, settings: Settings) -> Grader:
        """Raises what `Index.open` raises."""
        from index.store import Index

        return cls(Index.open(settings))

    def question(self, identity: str) -> BankQuestion:
        """The bank question of this id. Raises NoSuchQuestion, which names the nearest ids."""
        if identity in self.questions:
            return self.questions[identity]
        from difflib import get_close_matches

        near = get_close_matches(identity, self.questions, n=3, cutoff=0.4)
        hint = f" Did you mean {', '.join(near)}?" if near else " `python -m study practise` lists the bank."
        raise NoSuchQuestion(f"The bank has no question {identity!r}.{hint}")

    def matches(self, question: BankQuestion, statements: Sequence[Statement]) -> list[Match]:
        """What grading weighs: each point of the question beside the statement that comes nearest to it."""
        asked, _ = self._asked(question.id)
        return self._matcher.match(asked, statements)

    def grade(self, question: BankQuestion, answer: str) -> Grade:
        """The grade of an answer of any length; what is beyond `LONGEST_READ` words is not read, and a note says so."""
        asked, supports = self._asked(question.id) if question.id in self.questions else self._prepare_one(question)
        statements, cut = statements_of(answer)
        notes = (CUT,) if cut else ()
        if not asked.points:
            return Grade(question.id, "weak", 0.0, (), enough=False, notes=(*notes, NO_POINTS))
        if len(take_apart(answer[:2000]).stems) < LEAST_STEMS and not take_apart(answer[:2000]).figures:
            missed = tuple(
                PointGrade(point, "missed", 0.0, 0.0, citation=support.citation)
                for point, support in zip(asked.points, supports, strict=True)
            )
            return Grade(question.id, "weak", 0.0, _numbered(missed), enough=False, notes=(*notes, NOT_ENOUGH))
        matches = self._matcher.match(asked, statements)
        found = judged(matches, self._weights)
        points = [
            _graded(point, pair, statements[match.statement], support.citation)
            for point, pair, match, support in zip(asked.points, found.points, matches, supports, strict=True)
        ]
        score = score_of([point.verdict for point in points], found.doubt)
        return Grade(question.id, level_of(score), score, _numbered(points), doubt=round(found.doubt, 3), notes=notes)

    def rate(self, question: BankQuestion, verdicts: Sequence[Verdict]) -> Grade:
        """The grade of an outline that the candidate rated: one verdict for each key point. Raises UnreadableInput."""
        points = points_of(question)
        if len(verdicts) != len(points) or not set(verdicts) <= set(CREDIT):
            raise UnreadableInput(
                f"“{question.title}” has {len(points)} key points, and {len(verdicts)} verdicts were given: "
                f"name one of {', '.join(CREDIT)} for each, in order."
            )
        _, supports = self._asked(question.id) if question.id in self.questions else self._prepare_one(question)
        rated = (
            PointGrade(each.point, verdict, CREDIT[verdict], 0.0, citation=support.citation)
            for each, verdict, support in zip(points, verdicts, supports, strict=True)
        )
        score = score_of(verdicts, 0.0)
        return Grade(question.id, level_of(score), score, _numbered(rated), notes=(SELF_RATED,))

    def sources(self, question: BankQuestion) -> tuple[Citation | None, ...]:
        """For each key point the passage that states it, numbered from 1; None where its source is gone."""
        _, supports = self._asked(question.id) if question.id in self.questions else self._prepare_one(question)
        cited = enumerate((support.citation for support in supports), 1)
        return tuple(each and replace(each, number=number) for number, each in cited)

    def _prepare(self, identity: str) -> tuple[Asked, tuple[Supported, ...]]:
        return self._prepare_one(self.questions[identity])

    def _prepare_one(self, question: BankQuestion) -> tuple[Asked, tuple[Supported, ...]]:
        points = points_of(question)
        supports = tuple(find_support(self.index, each.point, each.source) for each in points)
        sentences = tuple(support.sentences for support in supports)
        return Asked(question.prompt, tuple(each.point for each in points), sentences, question.mistakes), supports


def _graded(point: str, pair: tuple[float, float], said: Statement, citation: Citation | None) -> PointGrade:
    verdict = verdict_of(*pair)
    covered, contradicted = (round(value, 3) for value in pair)
    if verdict == "missed":
        return PointGrade(point, verdict, covered, contradicted, citation=citation)
    return PointGrade(point, verdict, covered, contradicted, said.text, said.start, said.end, citation)


def _numbered(points: Iterable[PointGrade]) -> tuple[PointGrade, ...]:
    """The points with their citations numbered from 1, in order."""
    return tuple(
        replace(point, citation=replace(point.citation, number=number)) if point.citation else point
        for number, point in enumerate(points, 1)
    )


def _rarity_of(index: Index) -> Rarity:
    from answer.lexicon import Lexicon

    return Lexicon(index.vocabulary(), index.manifest.counts["units"], tuple(index.guides())).rarity
