"""The study record: one SQLite file, one writer thread, numbered migrations with a backup before each.

Measured on Streamlit with many sessions: read-then-write transactions begun with plain BEGIN lose most of their writes
to "database is locked", and a connection per rerun still loses some. So every write is one BEGIN IMMEDIATE transaction
on one thread, and `write` returns only after the commit is on disk (WAL, synchronous=FULL): what was acknowledged
survives a kill at any moment. Reads go through a second connection and never wait for a writer.

Not covered: what the tables mean. Chats are in `study/chats.py`; other tables live beside the code that uses them.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from study.errors import DamagedRecord, NewerRecord, UnusableRecord
from study.migrations import MIGRATIONS, Migration

BUSY_SECONDS = 30.0
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
T = TypeVar("T")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's errors as the study record's own; a broken constraint stays what it is, a fault of the caller."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.Error, OSError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
            raise DamagedRecord(f"{path} is damaged ({error}): restore a backup beside it, or move it away.") from error
        raise UnusableRecord(
            f"{path} cannot be used ({error}): check that its folder may be written, and the space left on the disk."
        ) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _in_transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        made = work(connection)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return made


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def back_up(path: Path, target: Path) -> None:
    """Copy the record, whole or not at all: written aside, synced, renamed."""
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    source, copy = sqlite3.connect(path), sqlite3.connect(aside)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    aside.replace(target)


def migrate(path: Path, connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Bring the record to the newest number, each step all or nothing. Raises NewerRecord if it is already past it."""
    newest = max((migration.number for migration in migrations), default=0)
    found = _version(connection)
    if found > newest:
        raise NewerRecord(
            f"{path} was written by a newer Footnote (record {found}, this one knows {newest}): update Footnote, "
            "or name another home with FOOTNOTE_HOME."
        )
    for migration in sorted(migrations, key=lambda migration: migration.number):
        if migration.number <= _version(connection):
            continue
        if migration.number > 1:
            back_up(path, path.with_name(f"{path.name}.before-{migration.number}"))
        _in_transaction(connection, lambda inside, step=migration: _apply(inside, step))  # type: ignore[misc]


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    if _version(connection) >= migration.number:  # another process was faster
        return
    for statement in migration.statements:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {migration.number:d}")


def _open_pair(path: Path, migrations: Sequence[Migration]) -> tuple[sqlite3.Connection, sqlite3.Connection]:
    """A connection to write and one to read, checked and migrated; both closed again if anything is wrong."""
    with ExitStack() as on_failure:
        writing = on_failure.enter_context(closing(_connect(path)))
        verdict = writing.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DamagedRecord(f"{path} is damaged ({verdict}): restore a backup beside it, or move it away.")
        migrate(path, writing, migrations)
        reading = on_failure.enter_context(closing(_connect(path)))
        on_failure.pop_all()
    return writing, reading


class Store:
    """An open study record. Thread-safe; several processes may have the same file open."""

    def __init__(self, path: Path, *, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Open or make the file at `path` and migrate it. Raises DamagedRecord, NewerRecord or UnusableRecord."""
        self.path = path
        with _translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writing, self._reading = _open_pair(path, migrations)
        self._read_lock = threading.Lock()
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="study-writer")
        self._open = True

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in one transaction on the writer thread; returns what it returns, after the commit is on disk."""
        try:
            done = self._writer.submit(self._commit, work)
        except RuntimeError as error:
            raise UnusableRecord(f"{self.path} has been closed: open it again.") from error
        return done.result()

    def _commit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with _translated(self.path):
            return _in_transaction(self._writing, work)

    def read(self, query: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        """The rows of a SELECT, as of the last commit."""
        with self._read_lock, _translated(self.path):
            return self._reading.execute(query, parameters).fetchall()

    def close(self) -> None:
        """Finish the writes that were asked for, then close. Closing twice does nothing."""
        if not self._open:
            return
        self._open = False
        self._writer.shutdown(wait=True)
        self._reading.close()
        self._writing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_or_set_aside(path: Path, *, now: datetime) -> tuple[Store, str | None]:
    """Open the record; a damaged file is kept under another name and a new one begun. Gives the store and a notice."""
    try:
        return Store(path), None
    except DamagedRecord as error:
        kept = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
        _set_aside(path, kept)
        return Store(path), f"The study record was damaged and is kept as {kept.name}; a new one was begun. {error}"


def _set_aside(path: Path, kept: Path) -> None:
    with _translated(path):
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.replace(kept.with_name(kept.name + suffix))
