"""The fit finds the weights that made the labels, and weights are written as source that reads back."""

from __future__ import annotations

import numpy as np

from eval.grading_fit import as_source, fit_logistic


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


def test_the_source_reads_back() -> None:
    found = {"COVERED": {"": 0.5, "residual × wording": -1.25}}
    space: dict[str, object] = {}
    exec(compile(as_source(found), "weights", "exec"), space)
    assert space["COVERED"] == found["COVERED"]
