"""Killed, out of room or failing at any moment of publishing: what is served is all old or all new."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import numpy as np
import pytest

import index.generation
from index.errors import CannotPublish
from index.generation import publish
from index.settings import Settings
from index.store import Index
from tests.index.fakes import WordEmbedder
from tests.index.publishers import (
    processes,
    publish_rounds,
    publish_when_told,
    publish_with_little_room,
    read_rounds,
    stamp_of,
    stamped_corpus,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(home=tmp_path)
    publish(found, stamped_corpus(0), WordEmbedder())
    return found


def served(settings: Settings) -> int:
    opened = Index.open(settings, embedder=WordEmbedder())
    assert not opened.notices, opened.notices
    return stamp_of(opened)


def publish_and_kill(settings: Settings, stamp: int, *, after: float) -> float:
    """Publishes in a child process, killed after so many seconds or when it is done; returns how long it lived."""
    here, there = processes.Pipe()
    child = processes.Process(target=publish_when_told, args=(settings.home, there), daemon=True)
    child.start()
    here.send(stamp)
    assert here.recv() == "ready"
    started = time.perf_counter()
    here.poll(after)
    lived = time.perf_counter() - started
    child.kill()
    child.join()
    return lived


def kill_at_random_moments(settings: Settings, kills: int) -> None:
    chance, outcomes = random.Random(kills), {"old": 0, "new": 0}
    lasts = sorted(publish_and_kill(settings, stamp, after=60) for stamp in (1, 2, 3))[1]
    stamp = served(settings)
    for _ in range(kills):
        publish_and_kill(settings, stamp + 1, after=chance.uniform(0, 1.3 * lasts))
        now = served(settings)
        assert now in (stamp, stamp + 1), f"{now} is served after a kill between {stamp} and {stamp + 1}"
        outcomes["new" if now == stamp + 1 else "old"] += 1
        stamp = now
    assert min(outcomes.values()) >= kills // 20, outcomes


def test_killed_at_any_of_forty_moments_all_is_old_or_all_is_new(settings: Settings) -> None:
    kill_at_random_moments(settings, kills=40)


@pytest.mark.slow
def test_killed_at_any_of_a_thousand_moments_all_is_old_or_all_is_new(settings: Settings) -> None:
    kill_at_random_moments(settings, kills=1000)


def test_a_full_disk_is_a_clear_message_and_the_old_index_is_served(settings: Settings) -> None:
    sizes = sorted({path.stat().st_size for path in settings.index_dir.rglob("*") if path.is_file()})
    failed = 0
    for largest in [0, *(size - 1 for size in sizes)]:
        here, there = processes.Pipe()
        child = processes.Process(target=publish_with_little_room, args=(settings.home, 2, largest, there))
        child.start()
        message = here.recv()
        child.join()
        assert "still served" in message and "\n" not in message
        assert served(settings) == 0
        failed += 1
    assert failed > 5
    publish(settings, stamped_corpus(2), WordEmbedder())
    assert served(settings) == 2


STEPS = [(os, "fsync"), (Path, "rename"), (Path, "replace"), (Path, "write_text"), (Path, "mkdir"), (np, "save")]


def test_an_error_at_any_step_leaves_the_old_index_or_the_whole_new_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp, points = 0, 0
    for owner, name in STEPS:
        fails_at, finished = 0, False
        while not finished:
            calls = 0
            original = getattr(owner, name)

            def failing(
                *arguments: object, original: object = original, at: int = fails_at, **options: object
            ) -> object:
                nonlocal calls
                calls += 1
                if calls == at + 1:
                    raise OSError(28, "No space left on device")
                return original(*arguments, **options)  # type: ignore[operator]

            with monkeypatch.context() as patch:
                patch.setattr(owner, name, failing)
                try:
                    publish(settings, stamped_corpus(stamp + 1), WordEmbedder())
                    finished = calls <= fails_at
                except CannotPublish as error:
                    assert "No space left on device" in str(error)
            now = served(settings)
            assert now in (stamp, stamp + 1)
            stamp, fails_at, points = now, fails_at + 1, points + 1
    assert points > 50


def test_everything_is_on_disk_before_it_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order a power cut needs: files, then folders, then the rename, then its folder, then the pointer."""
    order: list[str] = []
    synced = index.generation._sync
    renamed, replaced = Path.rename, Path.replace

    def note(kind: str, path: Path) -> None:
        order.append(f"{kind} {path.relative_to(settings.index_dir).as_posix()}")

    def noting_rename(path: Path, target: Path) -> Path:
        note("rename", path)
        return renamed(path, target)

    def noting_replace(path: Path, target: Path) -> Path:
        note("replace", path)
        return replaced(path, target)

    def noting_sync(path: Path) -> None:
        note("sync", path)
        synced(path)

    monkeypatch.setattr(index.generation, "_sync", noting_sync)
    monkeypatch.setattr(Path, "rename", noting_rename)
    monkeypatch.setattr(Path, "replace", noting_replace)
    publish(settings, stamped_corpus(1), WordEmbedder())
    at = order.index("rename .new-2")
    files = {f"sync .new-2/{name}" for name in Index.open(settings, embedder=WordEmbedder()).manifest.files}
    folders = {
        "sync .new-2",
        "sync .new-2/rows",
        "sync .new-2/bm25",
        "sync .new-2/bm25/units",
        "sync .new-2/bm25/passages",
    }
    assert files | folders | {"sync .new-2/manifest.json"} == set(order[:at])
    assert order[at + 1 :] == ["sync .", "sync CURRENT.new", "replace CURRENT.new", "sync ."]


def publish_and_read_at_once(settings: Settings, *, publishers: int, rounds: int, readers: int, reads: int) -> None:
    pipes = [processes.Pipe() for _ in range(publishers + readers)]
    children = [
        processes.Process(target=publish_rounds, args=(settings.home, 1 + at * rounds, rounds, pipes[at][1]))
        for at in range(publishers)
    ]
    children += [
        processes.Process(target=read_rounds, args=(settings.home, reads, pipe[1])) for pipe in pipes[publishers:]
    ]
    for child in children:
        child.start()
    answers = [here.recv() for here, _ in pipes]
    for child in children:
        child.join()
        assert child.exitcode == 0
    published = set(range(1 + publishers * rounds))
    for seen in answers[publishers:]:
        assert isinstance(seen, set), seen
        assert seen <= published
    assert served(settings) in {(at + 1) * rounds for at in range(publishers)}


def test_several_publishers_and_readers_at_once_never_mix_generations(settings: Settings) -> None:
    publish_and_read_at_once(settings, publishers=3, rounds=8, readers=3, reads=25)


@pytest.mark.slow
def test_eight_publishers_fifty_rounds_ten_thousand_reads(settings: Settings) -> None:
    publish_and_read_at_once(settings, publishers=8, rounds=50, readers=4, reads=2500)
