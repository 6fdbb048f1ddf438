"""The fit finds the weights that made the labels, and weights are written as source that reads back."""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pytest

from eval.grading_fit import as_source, fit_logistic, fit_measures
from study.weights import Weights


def test_the_fit_finds_the_weights_that_made_the_labels() -> None:
    chance = np.random.default_rng(3)
    values = chance.normal(size=(4000, 2))
    labels = chance.random(4000) < 1 / (1 + np.exp(-(2 * values[:, 0] - values[:, 1] + 0.5)))
    weights, constant = fit_logistic(values, labels, 0.1)
    assert np.allclose([*weights, constant], [2, -1, 0.5], atol=0.2)


def test_a_penalty_draws_weights_to_nothing() -> None:
    values = np.array([[-1.0], [1.0], [-1.0], [1.0]])
    labels = np.array([False, True, False, True])
    loose, tight = (fit_logistic(values, labels, penalty)[0][0] for penalty in (0.1, 100.0))
    assert loose > tight > 0


def test_measures_are_weighed_by_their_names() -> None:
    chance = np.random.default_rng(5)
    rows = [{"far": float(far), "near": float(near)} for far, near in chance.normal(size=(3000, 2)) * (1, 50)]
    labels = [bool(chance.random() < 1 / (1 + np.exp(-(row["far"] + 0.04 * row["near"])))) for row in rows]
    found = fit_measures(rows, labels, 1.0)
    assert set(found) == {"", "far", "near"}
    assert np.allclose([found[""], found["far"], found["near"] * 50], [0, 1, 2], atol=0.25)


def test_a_measure_that_stands_still_weighs_nothing() -> None:
    rows = [{"far": far, "still": 1e-9 * far} for far in (-1.0, 1.0, -1.0, 1.0)]
    found = fit_measures(rows, [False, True, False, True], 0.1)
    assert found["far"] > 0
    assert found["still"] == 0


def test_the_source_reads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = Weights(
        {"": 0.5, "residual × wording": -1.25}, {"": 1.0}, {"": 0.5}, {"": 0.0}, {"": 2.0}, (0.25, -0.5), "a model"
    )
    module = ModuleType("read_back")
    monkeypatch.setitem(sys.modules, "read_back", module)
    exec(compile(as_source(weights), "weights", "exec"), module.__dict__)
    read = module.SHIPPED
    assert {name: getattr(read, name) for name in Weights.__slots__} == {
        name: getattr(weights, name) for name in Weights.__slots__
    }
