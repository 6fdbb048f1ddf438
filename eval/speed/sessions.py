"""The app under many sessions: real websocket clients on loopback that open the page, ask at once, and leave."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.errors import NotMeasured
from eval.speed.corpus import Bench, fresh_home
from eval.speed.figures import NO_AIM, Aim, Figure, Part, Spread
from eval.speed.wire import Dropped, Session, connected
from eval.statistics import quantile
from index.settings import CHECKOUT, environment_of

START = 60.0  # seconds that the app may take to start
SETTLED = 3.0  # seconds until what is loaded beside is loaded: after the first answer, and after all have come
TURNS = 3  # questions that each session asks
AT_THE_DOOR = 20  # sessions that open the page at the same time
Got = TypeVar("Got")
AIMS = {50: Aim(most=1), 100: Aim(most=3)}  # seconds at the 95th percentile
EARLY = 100  # leaves after which memory is first looked at
GROWTH = Aim(most=15)  # percent


@dataclass(frozen=True, slots=True)
class App:
    """The served app: where it listens, and its process."""

    port: int
    process: int

    def resident_mb(self) -> float:
        """Megabytes that the app holds."""
        import psutil

        return float(psutil.Process(self.process).memory_info().rss) / 1e6


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds from each question to its whole answer, and how many sessions were dropped."""

    waits: tuple[float, ...]
    dropped: int


def measure_sessions(bench: Bench, counts: Sequence[int], leaves: int) -> Part:
    """Each number of sessions at an app of its own, then so many connects and leaves."""
    figures: list[Figure] = []
    for count in counts:
        with served(bench, f"sessions-{count}") as app:
            asked = asyncio.run(ask_at_once(app.port, bench.questions, count))
        figures += session_figures(count, asked)
    if leaves > EARLY:
        with served(bench, "leaves") as app:
            figures += leave_figures(app, leaves)
    when = f"{SETTLED:g} s after the last of them came"
    return Part("sessions", tuple(figures), (f"Each session asks {TURNS} questions, all at the same moment, {when}.",))


def session_figures(count: int, asked: Asked) -> list[Figure]:
    """Rows for one number of sessions."""
    if not asked.waits:
        raise NotMeasured(f"None of {count} sessions got an answer.")
    name = f"{count} session{'s' * (count > 1)} asking at once"
    return [
        Figure("sessions", f"{name}, median", "s", Spread.of([quantile(asked.waits, 0.5)])),
        Figure(
            "sessions",
            f"{name}, 95th percentile",
            "s",
            Spread.of([quantile(asked.waits, 0.95)]),
            None,
            AIMS.get(count, NO_AIM),
        ),
        Figure("sessions", f"{name}, dropped", "", Spread.of([float(asked.dropped)]), None, Aim(most=0)),
    ]


def leave_figures(app: App, leaves: int) -> list[Figure]:
    """What the app holds after the first leaves and after all of them."""
    asyncio.run(come_and_go(app.port, EARLY))
    early = app.resident_mb()
    asyncio.run(come_and_go(app.port, leaves - EARLY))
    late = app.resident_mb()
    return [
        Figure("sessions", f"resident memory after {EARLY} connects and leaves", "MB", Spread.of([early])),
        Figure("sessions", f"resident memory after {leaves:,}", "MB", Spread.of([late])),
        Figure("sessions", "growth between them", "%", Spread.of([100 * (late / early - 1)]), None, GROWTH),
    ]


async def ask_at_once(port: int, questions: Sequence[str], count: int) -> Asked:
    """Opens so many sessions; then all ask at the same moment, and again when all are answered."""
    door = asyncio.Semaphore(AT_THE_DOOR)
    waits: list[float] = []
    async with AsyncExitStack() as open_sessions:

        async def enter() -> Session:
            async with door:
                session = await open_sessions.enter_async_context(connected(port))
                await session.open_page()
                return session

        sessions, dropped = await _all([enter() for _ in range(count)])
        await asyncio.sleep(SETTLED)
        for turn in range(TURNS):
            asks = [
                session.ask(questions[(number + turn * count) % len(questions)])
                for number, session in enumerate(sessions)
            ]
            drawn, lost = await _all(asks)
            waits += [each.whole for each in drawn]
            dropped += lost
    return Asked(tuple(waits), dropped)


async def _all(calls: Sequence[Awaitable[Got]]) -> tuple[list[Got], int]:
    """What the calls gave, and how many were dropped."""
    given = await asyncio.gather(*calls, return_exceptions=True)
    for each in given:
        if isinstance(each, BaseException) and not isinstance(each, Dropped):
            raise each
    got = [each for each in given if not isinstance(each, BaseException)]
    return got, len(given) - len(got)


async def come_and_go(port: int, count: int) -> None:
    """So many sessions open the page and leave, several at a time. Raises Dropped where one is not served."""
    door = asyncio.Semaphore(AT_THE_DOOR)

    async def visit() -> None:
        async with door, connected(port) as session:
            await session.open_page()

    await asyncio.gather(*(visit() for _ in range(count)))


@contextmanager
def served(bench: Bench, name: str) -> Iterator[App]:
    """The app over the index of a home, with a study record of its own, warm; stopped at the end."""
    home = fresh_home(bench.home, bench.work / name)
    (home / "index").symlink_to(bench.settings.index_dir.resolve())
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.headless",
        "true",
        "--server.port",
        str(port),
    ]
    with (home / "app.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=environment_of(home), stdout=log, stderr=log)
        try:
            _wait_until_healthy(port, process, home / "app.log")
            asyncio.run(_first_answer(port, bench.questions[0]))
            time.sleep(SETTLED)
            yield App(port, process.pid)
        finally:
            process.terminate()
            process.wait()


async def _first_answer(port: int, question: str) -> None:
    async with connected(port) as session:
        await session.open_page()
        await session.ask(question)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    raise NotMeasured(f"The app does not start: {' '.join(last) or 'it said nothing'}")
