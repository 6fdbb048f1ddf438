"""Long work beside the pages: one run at a time, its progress and its outcome for whoever asks.

The chat goes on answering from the generation before until a new one stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from index.errors import FootnoteError
from index.settings import Settings
from ingest.pipeline import Progress

_LOG = logging.getLogger("footnote")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Standing(Generic[Made]):
    """Where the work stands. `problem` is one line for the person; `made` is what the run made."""

    state: Literal["idle", "running", "done", "failed"]
    stage: str = ""
    share: float = 0.0  # of the stage, 0 to 1
    made: Made | None = None
    problem: str = ""


class Background(Generic[Made]):
    """Runs `work` on a thread of its own; a run asked for meanwhile follows."""

    def __init__(self, settings: Settings, work: Callable[[Settings, Progress], Made]) -> None:
        self._settings = settings
        self._work = work
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._last: Future[Made] | None = None
        self._told = ("", 0.0)

    def start(self) -> None:
        """Ask for a run."""
        self._told = ("", 0.0)
        self._last = self._worker.submit(self._work, self._settings, self._tell)

    def _tell(self, stage: str, done: int, total: int) -> None:
        self._told = (stage, done / total if total else 0.0)

    def standing(self) -> Standing[Made]:
        """Where the last run asked for stands."""
        if self._last is None:
            return Standing("idle")
        if not self._last.done():
            return Standing("running", *self._told)
        error = self._last.exception()
        if error is None:
            return Standing("done", made=self._last.result())
        if not isinstance(error, FootnoteError):
            _LOG.error("Work in the background failed", exc_info=error)
        known = str(error) if isinstance(error, FootnoteError) else "That failed: the terminal says why."
        return Standing("failed", problem=known)

    def forget(self) -> None:
        """Be done with the last run's outcome."""
        if self._last is not None and self._last.done():
            self._last = None
