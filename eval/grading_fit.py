"""Fits the weights of `study/weights.py` on the tuning part of the labelled answers: logistic regression, no library.

Run `python -c "from eval.grading_fit import write; write()"` after a change to the measures, then
`python -m eval grading`, which looks at the parts that were left out. `python -m eval grading --part tune` grades each
tuning answer with weights that were fitted without its question.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

import study.weights
from eval.grading_cases import LabelledAnswer, load_answers
from index.settings import Settings
from study.grading import Grade, Grader
from study.judging import (
    alone,
    beside_measures,
    chance,
    judged,
    spoken_measures,
    together_measures,
    turned_measures,
    wrong_measures,
)
from study.matching import Match
from study.phrasing import statements_of
from study.weights import Weights

STILL = 1e-6
PENALTY = {
    "spoken": 5.0,
    "turned": 150.0,
    "slant": 1000.0,
    "beside": 1.0,
    "together": 1.0,
    "wrong": 1.0,
}  # on squared weights
MIXED = 3  # one in so many strong answers is mixed with a wrong one
FOLDS = 10
WRONG_KINDS, RIGHT_KINDS = ("wrong", "negated"), ("strong", "terse", "typos", "partial", "mixed")
Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measured:
    """A labelled answer and what grading measures of it."""

    answer: LabelledAnswer
    matches: Sequence[Match]

    @property
    def fold(self) -> int:
        """Which fold its question is in."""
        return crc32(self.answer.question_id.encode()) % FOLDS


def fit_logistic(values: Array, labels: Flags, penalty: float) -> tuple[Array, float]:
    """Weights and constant by Newton's method; the constant is not penalised."""
    rows = np.column_stack([values, np.ones(len(values))])
    ridge = np.diag([penalty] * values.shape[1] + [1e-9])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - labels) + ridge @ weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights[:-1], float(weights[-1])


def fit_measures(rows: Sequence[Mapping[str, float]], labels: Sequence[bool], penalty: float) -> dict[str, float]:
    """Weights per unit of each measure; "" is the constant. Measures are standardised before they are penalised."""
    names = list(rows[0])
    weights, constant = _fit_blocks([(_table(rows), penalty)], labels)
    return {"": constant} | dict(zip(names, map(float, weights), strict=True))


def _table(rows: Sequence[Mapping[str, float]]) -> Array:
    return np.array([list(row.values()) for row in rows], dtype=np.float64)


def _fit_blocks(blocks: Sequence[tuple[Array, float]], labels: Sequence[bool]) -> tuple[Array, float]:
    """Weights per unit of each column, blocks penalised differently, and the constant."""
    values = np.hstack([block for block, _ in blocks])
    mean = values.mean(axis=0)
    spread = np.hstack([block.std(axis=0) * np.sqrt(penalty) for block, penalty in blocks])
    scale = np.where(spread > STILL, spread, np.inf)  # a column that stands still weighs nothing
    weights, constant = fit_logistic((values - mean) / scale, np.array(labels), 1.0)
    raw = weights / scale
    return raw, float(constant - raw @ mean)


def measured(grader: Grader, answers: Iterable[LabelledAnswer]) -> list[Measured]:
    """The answers with their matches."""
    return [
        Measured(each, grader.matches(grader.question(each.question_id), statements_of(each.answer)[0]))
        for each in answers
    ]


def fit(answers: Sequence[Measured]) -> Weights:
    """All weights. What looks at several points is fitted on chances from fits without the question."""
    without = {fold: _fit_alone([each for each in answers if each.fold != fold]) for fold in range(FOLDS)}
    stood = [_Stood.of(each, without[each.fold]) for each in answers]
    beside = _fit_beside(stood)
    together = _fit_together([each.weighed(beside) for each in stood])
    complete = {fold: replace(each, beside=beside, together=together) for fold, each in without.items()}
    told = [(each.answer.kind, judged(each.matches, complete[each.fold]).whole) for each in answers]
    told += [("mixed", _whole(each.weighed(beside), together)) for each in _mixtures(stood)]
    wrong = _fit_wrong(told)
    return replace(_fit_alone(answers), beside=beside, together=together, wrong=wrong)


def _fit_alone(answers: Sequence[Measured]) -> Weights:
    """The weights of what looks at each point alone: addressed, and turned round if it is."""
    pairs = [pair for each in answers for pair in zip(each.matches, each.answer.verdicts, strict=True)]
    said = [(match, verdict) for match, verdict in pairs if verdict != "missed"]
    spoken = fit_measures(
        [spoken_measures(match) for match, _ in pairs],
        [verdict != "missed" for _, verdict in pairs],
        PENALTY["spoken"],
    )
    rows = [turned_measures(match) for match, _ in said]
    apart = np.stack([match.apart for match, _ in said])
    weights, constant = _fit_blocks(
        [(_table(rows), PENALTY["turned"]), (apart, PENALTY["slant"])],
        [verdict == "contradicted" for _, verdict in said],
    )
    names = list(rows[0])
    turned = {"": constant} | dict(zip(names, map(float, weights), strict=False))
    slant = tuple(map(float, weights[len(names) :]))
    return Weights(spoken, turned, {"": 0.0}, {"": 0.0}, {"": 0.0}, slant)


@dataclass(frozen=True, slots=True)
class _Stood:
    """What each point of an answer alone was judged to be, and its label."""

    question: str
    kind: str
    points: tuple[
        tuple[float, float, str], ...
    ]  # log-odds or chance of being spoken of, log-odds of being turned, label

    @classmethod
    def of(cls, answer: Measured, weights: Weights) -> _Stood:
        points = tuple(zip(*alone(answer.matches, weights), answer.answer.verdicts, strict=True))
        return cls(answer.answer.question_id, answer.answer.kind, points)

    def weighed(self, beside: Mapping[str, float]) -> _Stood:
        """The same with the chance, all points considered, that each is spoken of."""
        rows = beside_measures([spoken for spoken, _, _ in self.points])
        points = tuple(
            (chance(beside, row), turned, label) for row, (_, turned, label) in zip(rows, self.points, strict=True)
        )
        return replace(self, points=points)


def _fit_beside(answers: Sequence[_Stood]) -> dict[str, float]:
    rows = [row for each in answers for row in beside_measures([spoken for spoken, _, _ in each.points])]
    labels = [label != "missed" for each in answers for _, _, label in each.points]
    return fit_measures(rows, labels, PENALTY["beside"])


def _fit_together(answers: Sequence[_Stood]) -> dict[str, float]:
    rows, labels = [], []
    for each in [*answers, *_mixtures(answers)]:
        measures = together_measures([said for said, _, _ in each.points], [turned for _, turned, _ in each.points])
        for row, (_, _, label) in zip(measures, each.points, strict=True):
            if label != "missed":
                rows.append(row)
                labels.append(label == "contradicted")
    return fit_measures(rows, labels, PENALTY["together"])


def _mixtures(answers: Sequence[_Stood]) -> Iterator[_Stood]:
    """Answers that are right on some points and wrong on others, made of two answers to one question.

    People are rarely wrong throughout; labelled wrong answers are, and would teach that one error damns all. Of each
    pair one mixture has a single error, and two have every second point wrong.
    """
    wrong = {each.question: each.points for each in answers if each.kind in WRONG_KINDS}
    for place, each in enumerate(answers):
        if each.kind == "strong" and each.question in wrong and place % MIXED == 0:
            pairs = list(zip(each.points, wrong[each.question], strict=True))
            for turned in ({place % len(pairs)}, set(range(0, len(pairs), 2)), set(range(1, len(pairs), 2))):
                points = tuple(pair[at in turned] for at, pair in enumerate(pairs))
                yield _Stood(each.question, "mixed", points)


def _whole(mixture: _Stood, together: Mapping[str, float]) -> dict[str, float]:
    """What `judged` would say of a mixture as a whole."""
    addressed, turned = [said for said, _, _ in mixture.points], [odds for _, odds, _ in mixture.points]
    against = [chance(together, row) for row in together_measures(addressed, turned)]
    pairs = [(said * (1 - wrong), said * wrong) for said, wrong in zip(addressed, against, strict=True)]
    return wrong_measures(pairs, addressed, turned)


def _fit_wrong(answers: Sequence[tuple[str, dict[str, float]]]) -> dict[str, float]:
    told = [(kind, row) for kind, row in answers if kind in (*WRONG_KINDS, *RIGHT_KINDS)]
    return fit_measures([row for _, row in told], [kind in WRONG_KINDS for kind, _ in told], PENALTY["wrong"])


def graded_without(grader: Grader, answers: Sequence[LabelledAnswer]) -> list[tuple[LabelledAnswer, Grade]]:
    """Each answer graded with weights fitted without the questions of its fold."""
    rows = measured(grader, answers)
    found = []
    for fold in range(FOLDS):
        fitted = Grader(grader.index, weights=fit([each for each in rows if each.fold != fold]))
        found += [
            (each.answer, fitted.grade(fitted.question(each.answer.question_id), each.answer.answer))
            for each in rows
            if each.fold == fold
        ]
    return found


def as_source(weights: Weights) -> str:
    """The text of `study/weights.py`."""
    head, _, _ = Path(str(study.weights.__file__)).read_text(encoding="utf-8").partition("_SLANT = ")
    numbers = textwrap.fill(" ".join(f"{number:.3g}" for number in weights.slant), 118)
    parts = []
    for name in ("spoken", "turned", "beside", "together", "wrong"):
        rows = getattr(weights, name).items()
        lines = "".join(f"        {json.dumps(key, ensure_ascii=False)}: {round(w, 4)},\n" for key, w in rows)
        parts.append(f"    {name}={{\n{lines}    }},\n")
    parts.append(f"    slant=tuple(map(float, _SLANT.split())),\n    embedder={json.dumps(weights.embedder)},\n")
    return f'{head}_SLANT = """\n{numbers}\n"""\nSHIPPED = Weights(\n{"".join(parts)})\n'


def write(settings: Settings | None = None) -> None:
    """Fit on the tuning part and write `study/weights.py`."""
    grader = Grader.open(settings or Settings())
    answers = [each for each in load_answers() if each.part == "tune"]
    weights = replace(fit(measured(grader, answers)), embedder=grader.index.manifest.embedder)
    Path(str(study.weights.__file__)).write_text(as_source(weights), encoding="utf-8")
