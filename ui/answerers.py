"""Processes that answer beside the app's own, started only when many sessions ask at once.

The app's one interpreter has to draw all pages. While several runs wait for their turn, `python -m answer --batch -`, one
process for each core but the app's, takes the answering off it. They end when nobody has asked for a while, and with the
app, however that ends: the pipe they read from closes.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from queue import Empty, SimpleQueue
from typing import IO

from answer.answers import Answer, Question
from index.errors import FootnoteError
from index.settings import CHECKOUT, environment_of, settings_now
from study.chats import answer_of

_LOG = logging.getLogger("footnote")
MOST = 3  # processes, however many cores there are: each holds some 200 MB of its own
IDLE = 300.0  # seconds without a question after which they end
PATIENCE = 1.0  # seconds until one who waits for a free one looks whether there is any


class Gone(Exception):
    """The process ended before it answered."""


class Answerer:
    """One process over the index of this home: a question is a line of JSON to it, its answer a line back."""

    def __init__(self) -> None:
        words = ("-m", "answer", "--batch", "-", "--composer", "extractive")
        self._process = subprocess.Popen(
            (sys.executable, *words),
            cwd=CHECKOUT,
            env=environment_of(settings_now().home.resolve()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it cannot answer the app answers itself, and says what is wrong
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl+C is the app's to hear
        )

    def ask(self, question: Question) -> Answer:
        """Its answer. Raises Gone."""
        asked = {"question": question.text, "filters": question.filters, "history": [*map(asdict, question.history)]}
        try:
            into, out = self._pipes()
            into.write(json.dumps(asked) + "\n")
            into.flush()
            line = out.readline()
        except OSError as error:
            raise Gone from error
        if not line.endswith("\n"):
            raise Gone
        return answer_of(line)

    def close(self) -> None:
        """Lets it end, and waits until it has."""
        into, out = self._pipes()
        with suppress(OSError):  # it may be gone already
            into.close()
        self._process.wait()
        out.close()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None and self._process.stdout is not None
        return self._process.stdin, self._process.stdout


class Answerers:
    """Those that are there now. Without any, every question is for the app itself."""

    def __init__(self, count: int, first: Callable[[], Sequence[Question]], *, idle: float = IDLE) -> None:
        """So many processes at most, each of which answers first questions before it is given one that counts."""
        self._count, self._first, self._idle = count, first, idle
        self._lock = threading.Lock()
        self._free: SimpleQueue[Answerer] = SimpleQueue()
        self._called = False
        self._there = 0
        self._last_asked = 0.0

    @property
    def there(self) -> int:
        """How many can be asked."""
        return self._there

    def call(self) -> None:
        """Have them start beside the app's work, unless they are there or on their way."""
        with self._lock:
            called, self._called = self._called, True
        if not called and self._count > 0:
            threading.Thread(target=self._live, name="answerers", daemon=True).start()

    def ask(self, question: Question) -> Answer | None:
        """The answer of the next that is free; None where none is there, or where it cannot answer."""
        self._last_asked = time.monotonic()
        while self._there:
            try:
                one = self._free.get(timeout=PATIENCE)
            except Empty:
                continue
            try:
                answer = one.ask(question)
            except Gone:
                self._dismiss(one)
                return None
            self._free.put(one)
            return answer
        return None

    def _live(self) -> None:
        """From the start to the end of all of them."""
        starting = [threading.Thread(target=self._begin, daemon=True) for _ in range(self._count)]
        for each in starting:
            each.start()
        for each in starting:
            each.join()
        self._last_asked = time.monotonic()
        while self._there and (left := self._last_asked + self._idle - time.monotonic()) > 0:
            time.sleep(left)
        gone: list[Answerer] = []
        while len(gone) < self._there:  # one may still answer, and come to an end by itself
            with suppress(Empty):
                gone.append(self._free.get(timeout=PATIENCE))
        with self._lock:
            self._there, self._called = 0, False
        for one in gone:
            one.close()

    def _begin(self) -> None:
        """One that is there as soon as it is warm."""
        one = Answerer()
        try:
            for question in self._first():
                one.ask(question)
        except (Gone, FootnoteError):
            _LOG.info("A process beside the app cannot answer; the app answers by itself.")
            one.close()
            return
        with self._lock:
            self._there += 1
        self._free.put(one)

    def _dismiss(self, one: Answerer) -> None:
        with self._lock:
            self._there -= 1
        one.close()
