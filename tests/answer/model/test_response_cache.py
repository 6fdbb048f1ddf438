"""Kept answers: by model and prompt, whole ones only, within bounds, and a damaged one is none."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from answer.model.address import Address
from answer.model.response_cache import LONGEST, Kept, ResponseCache

MODEL = Address("openai", "scripted", "http://127.0.0.1:1/v1")


def test_an_answer_is_found_by_model_and_prompt_alone(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path / "answers")
    assert cache.find(MODEL, "1-a") is None and not (tmp_path / "answers").exists()
    cache.keep(MODEL, "1-a", text="Forty minutes [1].", model="scripted-1")
    assert cache.find(MODEL, "1-a") == Kept("Forty minutes [1].", "scripted-1")
    others = [replace(MODEL, name="x"), replace(MODEL, url="http://127.0.0.1:2/v1"), replace(MODEL, provider="ollama")]
    assert [cache.find(other, "1-a") for other in others] == [None] * 3 and cache.find(MODEL, "1-b") is None


def test_the_ones_not_used_for_longest_go_first(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path, most=3)
    for number in range(4):
        cache.keep(MODEL, str(number), text="Yes.", model="m")
        file = cache._file(MODEL, str(number))
        if file.exists():
            os.utime(file, (number + 1, number + 1))
        cache.find(MODEL, "0")  # used, so it stays
    assert [cache.find(MODEL, str(number)) is not None for number in range(4)] == [True, False, True, True]
    cache.clear()
    assert cache.count() == 0


def test_bytes_are_bounded_too(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path, most_bytes=1000)
    for number in range(10):
        cache.keep(MODEL, str(number), text="x" * 300, model="m")
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 1000 and cache.count() == 3


def test_what_is_empty_huge_or_damaged_is_no_answer(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    for prompt, text in (("a", " \n"), ("b", "x" * (LONGEST + 1)), ("c", "\ud800")):
        cache.keep(MODEL, prompt, text=text, model="m")
    assert list(tmp_path.iterdir()) == []
    for damage in (b"", b"{", b"[]", b'{"text": 1, "model": "m"}', b'{"text": "", "model": "m"}', b"\xff"):
        cache._file(MODEL, "d").write_bytes(damage)
        assert cache.find(MODEL, "d") is None


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file in the way")
    cache = ResponseCache(tmp_path / "answers")
    cache.keep(MODEL, "a", text="Yes.", model="m")
    assert cache.find(MODEL, "a") is None
