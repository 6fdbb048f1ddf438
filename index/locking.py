"""One publisher at a time: a lock that dies with its process and says who holds it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.errors import Locked


@contextmanager
def writer_lock(index_dir: Path) -> Iterator[None]:
    """Holds `LOCK` in the index folder. Raises Locked, at once, with the holder's process id and since when."""
    index_dir.mkdir(parents=True, exist_ok=True)
    path = index_dir / "LOCK"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Locked(f"{_holder(path)} is publishing into {index_dir.parent}. Wait for it, or end it.") from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _holder(path: Path) -> str:
    """Who holds the lock: the file has the process id, its time of change says since when."""
    try:
        pid = path.read_text(encoding="ascii").strip()
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError):
        return "Another process"
    return f"Process {pid or '(unknown)'}, since {since:%H:%M:%S} UTC,"
