"""Seconds by stage, and the memory a process holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Seconds = dict[str, float]
Asked = TypeVar("Asked")


class Clock:
    """Counts from when it is made; each `lap` ends a stage."""

    def __init__(self) -> None:
        self.seconds: Seconds = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Ends a stage."""
        now = time.perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now


def each_ms(call: Callable[[Asked], object], asked: Iterable[Asked]) -> list[float]:
    """Milliseconds of each call."""
    taken = []
    for one in asked:
        started = time.perf_counter()
        call(one)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def interleaved(calls: Sequence[Callable[[], object]], *, repeats: int) -> list[list[float]]:
    """Seconds of every call, each repeated in turn (A B A B …), so that a busy moment falls on all alike."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(repeats):
        for call, spent in zip(calls, taken, strict=True):
            started = time.perf_counter()
            call()
            spent.append(time.perf_counter() - started)
    return taken


def resident_mb() -> float:
    """Megabytes of memory that this process holds, files mapped into it included."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def private_mb() -> float:
    """Megabytes of it that are no part of a file: what is mapped of files the system may drop and read again."""
    import psutil

    held = psutil.Process().memory_info()
    return float(held.rss - getattr(held, "shared", 0)) / 1e6
