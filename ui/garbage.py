"""Garbage of many sessions: what is alive is set aside, so that Streamlit's collections pass it over.

Streamlit collects all garbage after every run of the script. That walks everything alive that may be part of a cycle: the
engine (0.3 s each time) and the sessions (50 of them took 60 ms after every run, half of all the time). Frozen objects are
passed over. Those of sessions that left are found when everything is thawed now and then.
"""

from __future__ import annotations

import gc
import threading
from typing import Protocol

FREEZE_EVERY, THAW_EVERY = 8, 400  # runs of the script


class Collector(Protocol):
    """Python's `gc`, as far as it is used here."""

    def freeze(self) -> None: ...
    def unfreeze(self) -> None: ...
    def collect(self) -> int: ...


class Freezer:
    """Counts runs, and freezes or thaws when it is time."""

    def __init__(self, collector: Collector = gc) -> None:
        self._collector = collector
        self._lock = threading.Lock()
        self._runs = 0

    def begin_run(self) -> None:
        """Call it at the beginning of every run. Freezing takes no time, thawing up to half a second."""
        with self._lock:
            self._runs += 1
            if self._runs % THAW_EVERY == 0:
                self.clean()
            elif self._runs % FREEZE_EVERY == 0:
                self._collector.freeze()

    def clean(self) -> None:
        """Collects whatever is garbage, frozen or not, and freezes what is left."""
        self._collector.unfreeze()
        self._collector.collect()
        self._collector.freeze()


FREEZER = Freezer()
