"""What the child processes of the crash and concurrency tests run. Every guide of a corpus carries the corpus's stamp."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

from index.errors import CannotPublish, Locked
from index.generation import publish
from index.passages import Guide
from index.settings import Settings
from index.store import Index
from tests.index.fakes import WordEmbedder, make_guide

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["faiss", "index.generation", "tests.index.fakes", "tests.index.publishers"])


def stamped_corpus(stamp: int, *, guides: int = 6) -> list[Guide]:
    """Guides that all say `stamp`, one of which comes and goes with its parity."""
    found = [
        make_guide(f"guides/{number}.md", {f"Round {number}": [f"Stamp {stamp} of guide {number}.", "Same as ever."]})
        for number in range(guides)
    ]
    return found[: guides - stamp % 2]


def stamp_of(index: Index) -> int:
    """The stamp of an index, checked passage by passage and unit by unit; fails where two are mixed."""
    guides = [index.guide(info.path) for info in index.guides()]
    stamps = {int(guide.text.split("Stamp ")[1].split()[0]) for guide in guides}
    assert len(stamps) == 1, f"mixed: {stamps}"
    (stamp,) = stamps
    expected = stamped_corpus(stamp)
    assert guides == expected
    found = index.search(f"Stamp {stamp} of guide", limit=1000, unit_limit=1000)
    assert sorted(hit.passage.id for hit in found.hits) == sorted(p.id for guide in expected for p in guide.passages)
    assert {hit.unit.text for hit in found.units} == {unit.text for guide in expected for unit in guide.units}
    best = index.embed([found.hits[0].passage.search_text])[0] @ index.embed([f"Stamp {stamp} of guide"])[0]
    assert abs(best - found.hits[0].dense) < 1e-5, "a vector belongs to another text"
    return stamp


def publish_when_told(home: Path, stamps: Connection) -> None:
    """Publishes each stamp it receives and answers when that is done, until it is killed."""
    settings, embedder = Settings(home=home), WordEmbedder()
    while True:
        corpus = stamped_corpus(stamps.recv())
        stamps.send("ready")
        publish(settings, corpus, embedder)
        stamps.send("done")


def publish_with_little_room(home: Path, stamp: int, largest_file: int, answer: Connection) -> None:
    """Publishes while no file may grow beyond `largest_file` bytes; answers with the message, or an empty one."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))
    try:
        publish(Settings(home=home), stamped_corpus(stamp), WordEmbedder())
        answer.send("")
    except CannotPublish as error:
        answer.send(str(error))


def publish_rounds(home: Path, first: int, rounds: int, answer: Connection) -> None:
    """Publishes `rounds` stamps, waiting whenever another process holds the lock; answers how often it had to."""
    settings, embedder, waited = Settings(home=home), WordEmbedder(), 0
    for stamp in range(first, first + rounds):
        while True:
            try:
                publish(settings, stamped_corpus(stamp), embedder)
                break
            except Locked:
                waited += 1
                time.sleep(0.002)
    answer.send(waited)


def read_rounds(home: Path, rounds: int, answer: Connection) -> None:
    """Opens and checks the index again and again; answers with the stamps that were seen, or what was wrong."""
    settings, seen = Settings(home=home), set()
    try:
        for _ in range(rounds):
            index = Index.open(settings, embedder=WordEmbedder())
            assert not index.notices, index.notices
            seen.add(stamp_of(index))
        answer.send(seen)
    except AssertionError as error:
        answer.send(str(error))
