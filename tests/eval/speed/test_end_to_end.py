"""Every part of the measuring, small: a corpus of two guides, sixty made passages, two sessions of the app."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.speed.corpus import Bench, measure_corpus
from eval.speed.processes import task
from eval.speed.sessions import measure_sessions
from eval.speed.sizes import measure_million, measure_size
from eval.speed.table import speed_table
from index.settings import Settings
from ingest.pipeline import synchronise
from tests.eval.fakes import TEXTS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Bench:
    """A home whose index holds two small guides, and the stock stack's index of them."""
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(models)
    for path, text in TEXTS.items():
        file = home / "corpus" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    settings = Settings(home=home, corpus=home / "corpus")
    synchronise(settings, [home / "corpus"])
    task("stock-build", folder=settings.corpus, home=home / "stock")
    questions = ("how long is the harbour tour", "what does a sleeper cost on the night train")
    return Bench(settings, home / "stock", tmp_path_factory.mktemp("work"), questions, 1)


def test_the_corpus_is_measured_beside_the_stock_stack(bench: Bench) -> None:
    part = measure_corpus(bench)
    figures = {figure.what: figure for figure in part.figures}
    assert figures["cold answer, process start to end"].stock is not None
    assert figures["one line edited: texts embedded"].ours.median == 2  # its passage and its sentence
    assert figures["unchanged re-ingest"].ours.median < figures["one line edited, re-ingest"].ours.median
    assert "cold answer" in speed_table([part])


def test_made_passages_are_built_once_and_searched_by_both(bench: Bench) -> None:
    for _ in range(2):
        part = measure_size(bench, 60)
        figures = {figure.what: figure for figure in part.figures}
        assert figures["warm hybrid search, median"].stock is not None
        assert figures["recall@10 of passages"].ours.median == figures["recall@10 of units"].ours.median == 1
    assert "3 guides" in part.notes[0]


def test_search_alone_finds_the_true_nearest(bench: Bench) -> None:
    figures = {figure.what: figure for figure in measure_million(bench, 2000).figures}
    assert figures["recall@10 of vectors"].ours.median == 1


def test_sessions_are_answered_and_leave(bench: Bench) -> None:
    part = measure_sessions(bench, (2,), 101)
    figures = {figure.what: figure.ours.median for figure in part.figures}
    assert figures["2 sessions asking at once, dropped"] == 0
    assert 0 < figures["2 sessions asking at once, median"] < 60
    assert figures["resident memory after 101"] > 100
