"""One answer fetched by a thread of its own with its own event loop, so that a limit or a stop ends it at once.

An attempt is repeated after 429, 5xx or a broken connection, with pauses that double, as long as none of its text was
passed on; what the endpoint asks for in Retry-After is honoured where it is within the time there is.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from answer.errors import ModelUnavailable
from answer.model.address import Address
from answer.model.client import Piece, foreign_errors
from answer.model.faults import CUT, ENDINGS, NO_WORD, NOTHING, TOO_SLOW, fault_of, unavailable

GRACE = 1.0  # seconds for what may follow the last word: the count of tokens


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may take. Times in seconds."""

    first_token: float = 20.0  # until the first word, and between words
    total: float = 60.0  # with all attempts
    bytes: int = 2_000_000
    attempts: int = 3
    pause: float = 0.5  # before the second attempt, twice as long before each next
    at_once: int = 4  # answers fetched at the same time
    answer_tokens: int = 1024


@dataclass(frozen=True, slots=True)
class End:
    """The last thing that a fetching thread says."""

    error: ModelUnavailable | None = None


@dataclass(slots=True)
class _Course:
    """How far one answer has come."""

    text: str = ""
    finish: str = ""
    begun: bool = False


class Fetching:
    """A thread that fetches one answer and hands its pieces over. It starts when the first piece is asked for."""

    def __init__(
        self,
        attempt: Callable[[], AsyncGenerator[Piece]],
        address: Address,
        key: str | None,
        limits: Limits,
        seconds: float,
    ) -> None:
        self._attempt, self._address, self._key, self._limits = attempt, address, key, limits
        self._seconds = seconds
        self._last_moment = time.monotonic() + seconds + GRACE  # should the thread itself be held up
        self._events: queue.SimpleQueue[Piece | End] = queue.SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None

    def next(self, seconds: float) -> Piece | End | None:
        """The next piece, or None where none came in these seconds. Raises ModelUnavailable for what went wrong."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._work, args=(self._loop,), name="model-answer", daemon=True).start()
        try:
            event = self._events.get(timeout=seconds)
        except queue.Empty:
            event = None
        if isinstance(event, End) and event.error is not None:
            raise event.error
        if event is None and time.monotonic() > self._last_moment:
            raise unavailable(self._address, TOO_SLOW)
        return event

    def close(self) -> None:
        """End it wherever it stands; harmless before it has begun and once it has ended."""
        if self._loop is None:
            return
        try:
            self._loop.call_soon_threadsafe(_cancel_all, self._loop)
        except RuntimeError:
            return  # the loop is closed: it has ended

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        end = End(unavailable(self._address, CUT))  # whatever it is that ends the thread
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(self._attempts(loop.time))
            end = End()
        except ModelUnavailable as error:
            end = End(error)
        except asyncio.CancelledError:
            end = End()
        finally:
            self._events.put(end)

    async def _attempts(self, now: Callable[[], float]) -> None:
        limits = self._limits
        until = now() + self._seconds
        for attempt in range(1, limits.attempts + 1):
            course = _Course()
            try:
                await self._fetch(course, until, now)
            except ModelUnavailable:
                raise
            except foreign_errors() as error:
                fault = fault_of(error, self._key)
                wait = limits.pause * 2 ** (attempt - 1) if fault.wait is None else fault.wait
                worth = fault.again and not course.begun and attempt < limits.attempts
                if not worth or now() + wait >= until:
                    raise unavailable(self._address, fault) from None
                await asyncio.sleep(wait)
            else:
                return

    async def _fetch(self, course: _Course, until: float, now: Callable[[], float]) -> None:
        """One attempt. Raises ModelUnavailable for what is no whole answer, and what the libraries raise."""
        try:
            await self._pump(course, until, now)
        except TimeoutError:
            if not course.finish:
                late = now() >= until
                raise unavailable(self._address, TOO_SLOW if late else NO_WORD) from None
        if course.finish in ENDINGS:
            raise unavailable(self._address, ENDINGS[course.finish])
        if not course.finish:
            raise unavailable(self._address, CUT if course.begun else NOTHING)
        if not course.text.strip():
            raise unavailable(self._address, NOTHING)

    async def _pump(self, course: _Course, until: float, now: Callable[[], float]) -> None:
        """Hand the pieces over as they come, each within its time."""
        patience = self._limits.first_token
        pieces = self._attempt()
        async with asyncio.timeout_at(min(until, now() + patience)) as limit, aclosing(pieces):
            async for piece in pieces:
                course.finish = piece.finish or course.finish
                course.begun = course.begun or bool(piece.text)
                course.text = course.text if course.text.strip() else piece.text
                if course.finish:
                    limit.reschedule(min(until, now() + GRACE))
                elif piece.text or piece.thinks:
                    limit.reschedule(min(until, now() + patience))
                self._events.put(piece)


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
