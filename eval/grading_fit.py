"""Fits the weights of `study/weights.py` on the tuning half of the labelled answers: logistic regression, no library.

Run `python -c "from eval.grading_fit import write; write()"` after a change to the measures, then
`python -m eval grading`, which looks at the other half.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import study.weights
from eval.grading_cases import SAID, LabelledAnswer, load_answers
from index.settings import Settings
from study.grading import Grader
from study.judging import doubt_measures, features
from study.phrasing import statements_of

PENALTY = 1 / 0.15  # on the squared weights of standardised measures
FOLDS = 10
WRONG_KINDS, RIGHT_KINDS = ("wrong", "negated"), ("strong", "terse", "typos", "partial")
Array = NDArray[np.float64]


def fit_logistic(values: Array, labels: NDArray[np.bool_], penalty: float) -> tuple[Array, float]:
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


def _out_of_fold(values: Array, labels: NDArray[np.bool_], groups: Sequence[str]) -> Array:
    """For each row the chance that a fit without its question gives it."""
    names = list(dict.fromkeys(groups))
    fold = np.array([names.index(group) % FOLDS for group in groups])
    chance = np.zeros(len(values))
    for each in range(FOLDS):
        weights, constant = fit_logistic(values[fold != each], labels[fold != each], PENALTY)
        chance[fold == each] = 1 / (1 + np.exp(-(values[fold == each] @ weights + constant)))
    return chance


def fit(grader: Grader, answers: Sequence[LabelledAnswer]) -> dict[str, dict[str, float]]:
    """COVERED, CONTRADICTED and WRONG, per unit of each measure."""
    rows, labels, owner = [], [], []
    for place, each in enumerate(answers):
        matches = grader.matches(grader.question(each.question_id), statements_of(each.answer)[0])
        rows += [features(match) for match in matches]
        labels += list(each.verdicts)
        owner += [place] * len(matches)
    names = list(rows[0])
    values = np.array([[row[name] for name in names] for row in rows])
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    standard = (values - mean) / spread
    questions = [answers[place].question_id for place in owner]
    found: dict[str, dict[str, float]] = {}
    chances = []
    for name, wanted in (("COVERED", SAID), ("CONTRADICTED", ("contradicted",))):
        target = np.isin(labels, wanted)
        weights, constant = fit_logistic(standard, target, PENALTY)
        raw = weights / spread
        found[name] = {"": float(constant - raw @ mean)} | dict(zip(names, map(float, raw), strict=True))
        chances.append(_out_of_fold(standard, target, questions))
    found["WRONG"] = _fit_wrong(answers, np.array(owner), np.column_stack(chances))
    return found


def _fit_wrong(answers: Sequence[LabelledAnswer], owner: NDArray[Any], chances: Array) -> dict[str, float]:
    judged = [place for place, each in enumerate(answers) if each.kind in (*WRONG_KINDS, *RIGHT_KINDS)]
    rows = [doubt_measures([(float(a), float(b)) for a, b in chances[owner == place]]) for place in judged]
    names = list(rows[0])
    target = np.array([answers[place].kind in WRONG_KINDS for place in judged])
    weights, constant = fit_logistic(np.array([[row[name] for name in names] for row in rows]), target, 1.0)
    return {"": constant} | dict(zip(names, map(float, weights), strict=True))


def as_source(found: dict[str, dict[str, float]]) -> str:
    """The text of `study/weights.py`."""
    parts = [(study.weights.__doc__ or "").strip(), "from __future__ import annotations"]
    for name, weights in found.items():
        lines = "".join(f"    {json.dumps(key, ensure_ascii=False)}: {round(w, 4)},\n" for key, w in weights.items())
        parts.append(f"{name}: dict[str, float] = {{\n{lines}}}")
    return '"""' + parts[0] + '"""\n\n' + "\n\n".join(parts[1:]) + "\n"


def write(settings: Settings | None = None) -> None:
    """Fit on the tuning half and write `study/weights.py`."""
    grader = Grader.open(settings or Settings())
    answers = [each for each in load_answers() if each.part == "tune"]
    Path(str(study.weights.__file__)).write_text(as_source(fit(grader, answers)), encoding="utf-8")
