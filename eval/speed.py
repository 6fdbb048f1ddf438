"""How long things take here, warm, one at a time; beside the stock stack's search."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.answers import Question
from answer.assistant import Assistant
from eval.cases import Case
from eval.peers import STACKS, Peer
from eval.statistics import quantile
from index.embedding import load_embedder
from index.settings import Settings
from index.store import Index

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Wall-clock milliseconds over `count` calls."""

    what: str
    median_ms: float
    p95_ms: float
    count: int


def measure(settings: Settings, cases: Sequence[Case], *, most: int = 100) -> tuple[Timing, ...]:
    """Opening, search, and answers over up to `most` questions."""
    questions = [case.asked() for case in cases[:: max(1, len(cases) // most)]][:most]
    started = time.perf_counter()
    assistant = Assistant.open(settings, composer="extractive")
    assistant.ask(questions[0])
    opened = 1000 * (time.perf_counter() - started)
    index: Index = assistant.index
    texts = {info.path: index.guide(info.path).text for info in index.guides()}
    peer = Peer(STACKS[1], texts, load_embedder(settings))
    return (
        Timing("open and first answer", opened, opened, 1),
        timed("search at two grains", lambda asked: index.search(asked.text), questions),
        timed("search and answer", lambda asked: assistant.ask(asked), questions),
        timed(f"{STACKS[1].name}, with our embedder: search", lambda asked: peer.search(asked.text), questions),
    )


def timed(what: str, call: Callable[[Question], object], questions: Sequence[Question]) -> Timing:
    """Each question once, after a few that warm up."""
    for asked in questions[:WARM_UP]:
        call(asked)
    taken = []
    for asked in questions:
        started = time.perf_counter()
        call(asked)
        taken.append(1000 * (time.perf_counter() - started))
    return Timing(what, quantile(taken, 0.5), quantile(taken, 0.95), len(taken))
