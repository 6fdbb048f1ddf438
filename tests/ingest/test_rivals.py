"""Eight processes ingest at once while others read: one wins each round, the losers name who holds the lock."""

from __future__ import annotations

import multiprocessing
import re
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest

import index.embedding
import index.store
import ingest.worker
from index.errors import Locked, NoIndex
from index.settings import Settings
from index.store import Index
from ingest.pipeline import synchronise
from tests.index.fakes import WordEmbedder
from tests.ingest.test_pipeline import Reader

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, READERS, GUIDES = 8, 2, 6
HOLDER = re.compile(
    r"Process \d+, since \d\d:\d\d:\d\d UTC, is publishing|Another process is publishing|Process \(unknown\)"
)
PATIENCE = 60.0


class SlowEmbedder(WordEmbedder):
    """Holds the lock long enough for every rival to meet it."""

    def embed(self, texts, *, progress=None):  # type: ignore[no-untyped-def]
        multiprocessing.Event().wait(0.05)
        return super().embed(texts, progress=progress)


def prepared() -> None:
    embedder = SlowEmbedder()
    index.embedding.load_embedder = lambda settings: embedder  # type: ignore[assignment,return-value]
    index.store.load_embedder = lambda settings: embedder  # type: ignore[assignment,return-value]
    index.store.weights_named = lambda settings: embedder.fingerprint
    ingest.worker.Workers = Reader  # type: ignore[assignment,misc]


def rival(number: int, rounds: int, home: Path, start: Barrier, told: Queue[tuple[int, str]]) -> None:
    """Round after round, publish a folder of its own in which every guide bears one mark."""
    prepared()
    for round_ in range(rounds):
        folder = home.parent / f"folder-{number}"
        folder.mkdir(exist_ok=True)
        for at in range(GUIDES):
            (folder / f"{at}.md").write_text(
                f"# Guide {at}\n\n## Mark\n\nThe mark is m{number}x{round_}.\n", encoding="utf-8"
            )
        start.wait(PATIENCE)
        try:
            synchronise(Settings(home=home), [folder], replace=True)
            told.put((round_, "won"))
        except Locked as error:
            told.put((round_, str(error)))
        start.wait(PATIENCE)


def reader(home: Path, stop: Event, told: Queue[tuple[int, str]]) -> None:
    """Read whole generations until told to stop; a torn one holds two marks."""
    prepared()
    while not stop.is_set():
        try:
            now = Index.open(Settings(home=home))
        except NoIndex:
            continue
        marks = {now.guide(info.path).text.rsplit(" ", 1)[-1] for info in now.guides()}
        if len(marks) != 1 or len(now.guides()) != GUIDES:
            told.put((-1, f"torn: {marks}"))
        now.close()


@pytest.mark.parametrize("rounds", [2, pytest.param(50, marks=pytest.mark.slow)])
def test_one_wins_the_others_name_it_and_no_read_is_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    monkeypatch.syspath_prepend(ROOT)  # the processes import this file
    context = multiprocessing.get_context("spawn")
    start, stop, told = context.Barrier(PROCESSES), context.Event(), context.Queue()
    home = tmp_path / "home"
    writers = [context.Process(target=rival, args=(at, rounds, home, start, told)) for at in range(PROCESSES)]
    readers = [context.Process(target=reader, args=(home, stop, told)) for _ in range(READERS)]
    for process in (*writers, *readers):
        process.start()
    said = [told.get(timeout=PATIENCE) for _ in range(PROCESSES * rounds)]
    for process in writers:
        process.join(PATIENCE)
    stop.set()
    for process in readers:
        process.join(PATIENCE)
    assert [process.exitcode for process in (*writers, *readers)] == [0] * (PROCESSES + READERS)
    while not told.empty():
        said.append(told.get())
    assert not [line for _, line in said if line.startswith("torn")]
    assert {round_ for round_, line in said if line == "won"} == set(range(rounds))
    assert all(HOLDER.search(line) for _, line in said if line != "won")
