"""Measuring processes answer in plain values, and a failing one is one line that says which and why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.errors import NotMeasured
from eval.speed.clock import Clock, each_ms, interleaved
from eval.speed.encoding import flops_of, token_batches
from eval.speed.processes import seconds_of, task
from index.models import find_card
from index.settings import Settings


def test_a_process_is_timed_from_start_to_end() -> None:
    seconds, said = seconds_of(["-c", "import time; time.sleep(0.2); print('done')"])
    assert 0.2 < seconds < 20 and said == "done\n"


def test_a_process_that_fails_is_named_with_its_last_line() -> None:
    with pytest.raises(NotMeasured, match="failed with 1: There is no index"):
        task("ours-search", home=Path("/nowhere/at/all"), questions=["what?"])
    with pytest.raises(NotMeasured, match="failed with 2"):
        task("no-such-task")


def test_calls_are_repeated_in_turn() -> None:
    order: list[str] = []
    taken = interleaved((lambda: order.append("a"), lambda: order.append("b")), repeats=3)
    assert "".join(order) == "ababab"
    assert [len(times) for times in taken] == [3, 3]
    assert len(each_ms(order.append, "xy")) == 2 and order[-2:] == ["x", "y"]
    clock = Clock()
    clock.lap("first")
    assert list(clock.seconds) == ["first"]


def test_the_bare_loop_gets_the_batches_that_the_embedder_makes(home: Path) -> None:
    card = find_card(Settings(home=home))
    assert card is not None
    prepared = token_batches(card, ["one two three", "one", "a longer text of quite a few words"])
    assert sum(len(batch["input_ids"]) for batch in prepared) == 3
    assert all(np.array_equal(batch["attention_mask"], (batch["input_ids"] != card.pad)) for batch in prepared)


def test_the_work_of_the_encoder_is_that_of_its_matrix_products(home: Path) -> None:
    card = find_card(Settings(home=home))
    assert card is not None
    layers, width, inner, tokens = 6, 384, 1536, 100
    by_hand = 2 * tokens * layers * (4 * width**2 + 2 * width * inner) + layers * 2 * 2 * tokens**2 * width
    assert flops_of(card.folder / "model.onnx", 1, tokens) == pytest.approx(by_hand, rel=0.01)
    assert flops_of(card.folder / "model.onnx", 3, tokens) == pytest.approx(3 * by_hand, rel=0.01)
