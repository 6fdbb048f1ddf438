"""Reading in a process of its own, with a limit on time and memory, so that no file can stop or fill the rest."""

from __future__ import annotations

import logging
import multiprocessing
import resource
import warnings
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from index.passages import Guide
from ingest.errors import IngestError, TooMuch, Unreadable
from ingest.folders import Found, sidecar_of
from ingest.reading import kind_of, read_bytes, understand
from ingest.sidecar import load_sidecar

SECONDS = 30.0
MEMORY = 1 << 30  # bytes
START_SECONDS = 60.0
READY = "ready"
SPENT = 0.25  # of the memory limit, held after an answer: the next file gets a fresh process


class Workers:
    """One worker process that reads file after file; it is replaced when a file makes it fail."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False

    def __enter__(self) -> Workers:
        self._spawn()  # it gets ready while the caller does
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, file: Found) -> Guide:
        """The guide of a file, without passages. Raises IngestError whatever the file does to the worker."""
        pipe = self._start()
        pipe.send((str(file.file), file.path))
        try:
            if not pipe.poll(self._seconds):
                self._stop()
                raise TooMuch(
                    f"{file.path} took longer than {self._seconds:g} seconds to read: split it or simplify it"
                )
            answer, spent = pipe.recv()
        except (EOFError, ConnectionResetError) as error:
            self._stop()
            raise TooMuch(
                f"{file.path} made its reader stop, most likely out of memory: split it or simplify it"
            ) from error
        if spent:
            self._stop()
        if isinstance(answer, Guide):
            return answer
        kind, message = answer
        raise (TooMuch if kind == "TooMuch" else Unreadable)(message)

    def _spawn(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, self._memory), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def _start(self) -> Connection:
        """The pipe to a process that is ready."""
        if self._pipe is None:
            self._spawn()
        assert self._pipe is not None
        if not self._ready:
            if not self._pipe.poll(START_SECONDS):
                self._stop()
                raise TooMuch("the reading process does not start: free memory and try again")
            self._ready = self._pipe.recv() == READY
        return self._pipe

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def serve(pipe: Connection, memory: int) -> None:
    """In the worker: answer each (file, path) with its guide, or with the kind and message of what went wrong.

    Every file may use `memory` bytes beyond what is held when its turn comes. With each answer goes whether this
    process is spent: memory that a file filled is seldom given back, and must not be missing for the next one.
    """
    warnings.simplefilter("ignore")  # what a library remarks about a file is not for the terminal
    logging.disable()
    start = _held()
    pipe.send(READY)
    while True:
        try:
            file, path = pipe.recv()
        except EOFError:
            return
        _allow(_held() + memory)
        answer = _answer(file, path)
        _allow(resource.RLIM_INFINITY)  # to send what was read takes memory too
        pipe.send((answer, _held() - start > memory * SPENT))


def _allow(memory: int) -> None:
    """Bound the address space of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))


def _held() -> int:
    """Bytes of address space that this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _answer(file: str, path: str) -> Guide | tuple[str, str]:
    try:
        source = Path(file)
        return understand(read_bytes(source), path=path, kind=kind_of(path), overrides=load_sidecar(sidecar_of(source)))
    except IngestError as error:
        return type(error).__name__, str(error)
    except MemoryError:
        return "TooMuch", f"{path} needs more than the memory a file may use: split it or simplify it"
    except RecursionError:
        return "TooMuch", f"{path} nests too deeply: simplify it"
