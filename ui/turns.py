"""Who works when many sessions ask at once: a few runs of the page at a time, the others wait for their turn.

All sessions share one interpreter. Fifty threads that compute side by side spend their time handing it to each other:
fifty questions took half a minute; one after the other they take seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AT_ONCE = 4  # one computes while the others wait for the disk or for the encoder
CROWD = 4  # runs that wait
LONGEST_WAIT = 20.0  # seconds; then a run goes ahead, so that one that hangs stops nobody for good


class Turns:
    """Places for runs that compute. A run that waits for somebody else leaves before it does."""

    def __init__(
        self,
        places: int = AT_ONCE,
        *,
        longest_wait: float = LONGEST_WAIT,
        on_crowd: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_crowd` is called whenever `CROWD` runs have come to wait."""
        self._places = threading.Semaphore(places)
        self._longest_wait = longest_wait
        self._on_crowd = on_crowd
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._waiting = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Waits for a place and keeps it until the end, or until `leave`."""
        self._take()
        try:
            yield
        finally:
            self.leave()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Leaves the place of this thread to others meanwhile, and waits for one again; without one it does nothing."""
        held = getattr(self._mine, "held", False)
        self.leave()
        try:
            yield
        finally:
            if held:
                self._take()

    def leave(self) -> None:
        """Gives the place of this thread to another; a thread without one gives nothing."""
        if getattr(self._mine, "held", False):
            self._mine.held = False
            self._places.release()

    def _take(self) -> None:
        self._mine.held = self._places.acquire(blocking=False)
        if self._mine.held:
            return
        if self._count(1) == CROWD:
            self._on_crowd()
        self._mine.held = self._places.acquire(timeout=self._longest_wait)
        self._count(-1)

    def _count(self, more: int) -> int:
        with self._lock:
            self._waiting += more
            return self._waiting
