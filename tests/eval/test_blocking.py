"""Damaged sentences are blocked and true ones kept, counted over the shipped corpus and sentences retold by hand."""

from __future__ import annotations

from functools import cache

import pytest

from answer.model.strictness import ProperNames
from eval.blocking import LEAST, RETOLD, Blocked, Told, blocked, corpus_sentences, damaged, retold
from index.passages import Guide
from index.settings import CHECKOUT
from ingest.reading import read_guide

CORPUS = CHECKOUT / "corpus"


@cache
def guide_at(path: str) -> Guide:
    kind = "note" if path.startswith("notes/") else "guide"
    return read_guide(CORPUS / path, path=path, kind=kind, token_counter=None)


@pytest.fixture(scope="module")
def told() -> list[Told]:
    guides = [guide_at(f"guides/{file.name}") for file in sorted((CORPUS / "guides").glob("*.md"))]
    return [*retold(guide_at), *corpus_sentences(guides, most=400)]


@pytest.fixture(scope="module")
def names() -> ProperNames:
    return ProperNames.of(file.read_text(encoding="utf-8") for file in sorted(CORPUS.rglob("*.md")))


@pytest.fixture(scope="module")
def found(told: list[Told], names: ProperNames) -> dict[str, Blocked]:
    return {row.kind: row for row in blocked(told, names)}


def test_more_than_a_hundred_sentences_were_retold_by_hand() -> None:
    assert len(RETOLD.read_text(encoding="utf-8").splitlines()) >= 100


@pytest.mark.parametrize("kind", LEAST)
def test_damage_is_blocked(found: dict[str, Blocked], kind: str) -> None:
    assert found[kind].tried >= 60
    assert found[kind].share >= LEAST[kind] - 0.02, found[kind].wrong  # fewer sentences than `python -m eval blocked`


def test_another_source_is_blocked(found: dict[str, Blocked]) -> None:
    assert found["source"].share >= 0.99


def test_true_sentences_are_shown(found: dict[str, Blocked]) -> None:
    assert found["true: corpus"].share <= 0.01, found["true: corpus"].wrong
    assert found["true: retold"].share <= 0.05, found["true: retold"].wrong


def test_the_same_sentence_is_always_damaged_the_same_way(told: list[Told], names: ProperNames) -> None:
    assert [list(damaged(each, names)) for each in told[:40]] == [list(damaged(each, names)) for each in told[:40]]
    assert all(written != each.written for each in told[:40] for _, written in damaged(each, names))
