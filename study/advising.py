"""A language model as a second reader of practice answers, within bounds that the deterministic grader sets.

What it may do, and no more:
- lift a point from "missed" to "partly", where it quotes the candidate letter by letter, cites the very span that states
  the point, and the grader itself, reading only the quoted words, sees at least half of what "partly" asks (`ALLOWED`);
  at most `MOST_LIFTED` points of an answer, none of an answer that the grader takes for wrong or too short to judge.
  The score is made of the verdicts as always, so it rises by at most half a point's share for each lifted point;
- doubt a point, quoting and citing: that is a note, and no score falls by it;
- ask one follow-up question at what is missing, and give one hint, neither of which tells the answer.
Whatever lacks its quote or its span, or says more, is dropped. Without a model, or when it fails, nothing is different.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from answer.answers import Citation
from answer.errors import ModelUnavailable
from answer.model.consulting import Consultation
from answer.model.inert import inert
from answer.model.prompts import Excerpt, Prompt, follow_up_prompt, hint_prompt, key_points_prompt
from answer.support import judge
from index.passages import BankQuestion
from study.grading import Grade, Grader, PointGrade
from study.judging import PARTLY_FROM, WRONG_ANSWER, judged, level_of, score_of
from study.phrasing import statements_of, take_apart

ALLOWED = PARTLY_FROM / 2  # chance, by the grader, that the quoted words cover the point
MOST_LIFTED = 2
LEAST_WORDS, MOST_WORDS = 2, 60  # of a quote
QUESTION_WORDS, HINT_WORDS = 30, 25
TOLD = 0.7  # share of a point's content words from which a text tells it
_JSON = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class _Remark:
    """One line of the model that names its quote, as a span of the candidate's answer, and its evidence."""

    row: dict[str, Any]
    words: str
    start: int
    evidence: int


class Advisor:
    """Asks the model for one answer at a time. `consult` gives the requests of one answer; None where there is no model."""

    def __init__(self, consult: Callable[[], Consultation | None], grader: Grader) -> None:
        self._consult, self._grader = consult, grader

    def second_reading(self, question: BankQuestion, said: str, grade: Grade) -> Grade:
        """The grade with what a second reading adds to it, and notes that say so."""
        cited = [point.citation for point in grade.points if point.citation is not None]
        if not grade.enough or grade.doubt > WRONG_ANSWER or len(cited) != len(grade.points):
            return grade
        texts, evidence = [point.point for point in grade.points], _excerpts(cited)
        points, lifted, doubted = list(grade.points), 0, []
        for remark in self._remarks(
            lambda delimiter: key_points_prompt(question.prompt, texts, said, evidence, delimiter=delimiter), said
        ):
            place = _whole(remark.row.get("point")) - 1
            if place not in range(len(points)) or remark.evidence != place + 1 or not remark.words:
                continue
            verdict = remark.row.get("verdict")
            if verdict in ("covered", "partly") and lifted < MOST_LIFTED and self._allows(question, place, remark):
                lifted += points[place].verdict == "missed"
                points[place] = _lifted(points[place], remark)
            elif verdict == "wrong" and points[place].verdict != "contradicted":
                doubted.append(
                    f"A model doubts “{' '.join(remark.words.split())}”: compare it with source [{place + 1}]."
                )
        return _regraded(grade, points, lifted, doubted)

    def follow_up(self, question: BankQuestion, said: str, grade: Grade) -> str | None:
        """A question at what is missing, which gives nothing of it away; None where the model asks none that may be put."""
        missing = [point for point in grade.to_add if point.citation is not None]
        if not missing:
            return None
        evidence = _excerpts([point.citation for point in missing if point.citation is not None])
        texts = [point.point for point in missing]
        known = f"{question.title} {question.prompt} {said}"
        for remark in self._remarks(
            lambda delimiter: follow_up_prompt(question.prompt, texts, said, evidence, delimiter=delimiter), said
        ):
            asked = inert(str(remark.row.get("question", "")))
            if remark.words and _may_be_asked(asked, known, texts):
                return asked
        return None

    def hint(self, question: BankQuestion, said: str = "") -> str | None:
        """A hint made of what a source of the question says; None where the model gives none that may be given."""
        points = self._grader.grade(question, said).points
        cited = [(point.point, point.citation) for point in points if point.citation is not None]
        evidence = _excerpts([citation for _, citation in cited])
        if not evidence:
            return None
        for remark in self._remarks(
            lambda delimiter: hint_prompt(question.prompt, said, evidence, delimiter=delimiter), said
        ):
            hint = inert(str(remark.row.get("hint", "")))
            if not 3 <= len(hint.split()) <= HINT_WORDS or remark.evidence not in range(1, len(cited) + 1):
                continue
            point, citation = cited[remark.evidence - 1]
            if judge(hint, [f"{citation.section}: {citation.quote}"]).supported and _share_told(hint, point) < TOLD:
                return hint
        return None

    def _allows(self, question: BankQuestion, place: int, remark: _Remark) -> bool:
        """Whether the grader, reading the quoted words alone, sees enough of the point in them."""
        statements, _ = statements_of(remark.words)
        if not statements:
            return False
        covered, contradicted = judged(self._grader.matches(question, statements)).points[place]
        return covered >= ALLOWED and contradicted <= covered

    def _remarks(self, prompt: Callable[[str], Prompt], said: str) -> Iterator[_Remark]:
        """The model's lines whose quote, if they have one, is the candidate's own."""
        consultation = self._consult()
        if consultation is None:
            return
        try:
            text = consultation.text(prompt(consultation.delimiter()))
        except ModelUnavailable:
            return
        for row in _rows(text):
            quote = str(row.get("quote") or "").strip()
            start = said.find(quote)
            fits = LEAST_WORDS <= len(quote.split()) <= MOST_WORDS
            if not quote or (fits and start >= 0):
                yield _Remark(row, quote, max(0, start), _whole(row.get("evidence")))


def _rows(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a text, one for each point at most."""
    seen: set[int] = set()
    for found in _JSON.findall(text[:20_000]):
        try:
            row = json.loads(found)
        except ValueError:
            continue
        if _whole(row.get("point")) not in seen:
            seen.add(_whole(row.get("point")) or -len(seen) - 1)
            yield row


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _excerpts(citations: Sequence[Citation]) -> list[Excerpt]:
    return [
        Excerpt(number, f"{cited.title}: {cited.section}", cited.quote)
        for number, cited in enumerate(citations, start=1)
    ]


def _lifted(point: PointGrade, remark: _Remark) -> PointGrade:
    """A missed point as partly covered by the words quoted; every other verdict stands as it is."""
    if point.verdict != "missed":
        return point
    end = remark.start + len(remark.words)
    return replace(point, verdict="partly", words=remark.words, start=remark.start, end=end)


def _regraded(grade: Grade, points: Sequence[PointGrade], lifted: int, doubted: Sequence[str]) -> Grade:
    if not lifted and not doubted:
        return grade
    what = "1 point" if lifted == 1 else f"{lifted} points"
    told = (f"A model read your answer too: half of {what} counts for the words it quoted.",) if lifted else ()
    score = score_of([point.verdict for point in points], grade.doubt)
    return replace(
        grade, points=tuple(points), score=score, level=level_of(score), notes=(*grade.notes, *told, *doubted)
    )


def _may_be_asked(asked: str, known: str, missing: Sequence[str]) -> bool:
    """One short question without a figure that nobody said, which tells none of the missing points."""
    short = 3 <= len(asked.split()) <= QUESTION_WORDS and asked.endswith("?") and asked.count("?") == 1
    new_figures = set(take_apart(asked).figures) - set(take_apart(known).figures)
    given = set(take_apart(known).stems)
    new = set(take_apart(asked).stems) - given
    return short and not new_figures and not any(_tells(new, set(take_apart(point).stems) - given) for point in missing)


def _tells(new: set[str], untold: set[str]) -> bool:
    """Whether new words say half of what is still untold, and more than one word of it."""
    return len(new & untold) >= max(2, len(untold) / 2)


def _share_told(text: str, point: str) -> float:
    stems = set(take_apart(point).stems)
    return len(stems & set(take_apart(text).stems)) / len(stems) if stems else 1.0
