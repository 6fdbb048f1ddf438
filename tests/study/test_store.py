"""The study record keeps what it acknowledged: through kills, many writers, migrations, damage."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from study.errors import DamagedRecord, NewerRecord, UnusableRecord
from study.migrations import MIGRATIONS, Migration
from study.store import Store, open_or_set_aside

ROOT = Path(__file__).resolve().parents[2]
TALLY = (Migration(1, "a tally", ("CREATE TABLE tally (value INTEGER NOT NULL) STRICT",)),)
WITH_NOTES = (*TALLY, Migration(2, "notes", ("ALTER TABLE tally ADD COLUMN note TEXT NOT NULL DEFAULT ''",)))
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def add(store: Store, value: int) -> None:
    store.write(lambda inside: inside.execute("INSERT INTO tally (value) VALUES (?)", (value,)).rowcount)


def values(store: Store) -> list[int]:
    return [row["value"] for row in store.read("SELECT value FROM tally ORDER BY rowid")]


def test_the_shipped_migrations_count_up_from_one_without_gaps() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    with Store(tmp_path / "home" / "study.db", migrations=TALLY) as store:
        add(store, 7)
    with Store(tmp_path / "home" / "study.db", migrations=TALLY) as store:
        assert values(store) == [7]


def test_a_failed_write_leaves_nothing_behind_and_the_next_one_works(tmp_path: Path) -> None:
    def half(inside: sqlite3.Connection) -> None:
        inside.execute("INSERT INTO tally (value) VALUES (1)")
        raise ValueError("thought better of it")

    with Store(tmp_path / "study.db", migrations=TALLY) as store:
        with pytest.raises(ValueError, match="thought better"):
            store.write(half)
        add(store, 2)
        assert values(store) == [2]


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "study.db", migrations=TALLY)
    store.close()
    store.close()
    with pytest.raises(UnusableRecord, match="closed"):
        add(store, 1)


def test_fifty_threads_in_two_stores_lose_no_read_then_write(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    with Store(path, migrations=TALLY) as one, Store(path, migrations=TALLY) as other:
        add(one, 0)

        def raise_it(inside: sqlite3.Connection) -> None:
            value = inside.execute("SELECT value FROM tally").fetchone()[0]
            inside.execute("UPDATE tally SET value = ?", (value + 1,))

        def many(store: Store) -> None:
            for _ in range(4):
                store.write(raise_it)

        threads = [threading.Thread(target=many, args=(store,)) for store in (one, other) for _ in range(25)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert values(one) == [200]


WRITER = """
import sys
from pathlib import Path
from study.migrations import Migration
from study.store import Store
tally = (Migration(1, "a tally", ("CREATE TABLE tally (value INTEGER NOT NULL) STRICT",)),)
with Store(Path(sys.argv[1]), migrations=tally) as store:
    start = int(sys.argv[2])
    for value in range(start, start + 100000):
        store.write(lambda inside: inside.execute("INSERT INTO tally (value) VALUES (?)", (value,)).rowcount)
        sys.stdout.write(f"{value}\\n")
        sys.stdout.flush()
"""


def kill_while_writing(path: Path, kills: int) -> None:
    draw, acknowledged = random.Random(7), []
    for _ in range(kills):
        start = (acknowledged[-1] + 1000) if acknowledged else 0
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(start)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        acknowledged.append(int(writer.stdout.readline()))
        time.sleep(draw.uniform(0, 0.05))
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        writer.stdout.close()
        writer.wait()
        with Store(path, migrations=TALLY) as store:
            assert store.read("PRAGMA integrity_check")[0][0] == "ok"
            assert set(acknowledged) <= set(values(store))


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    kill_while_writing(tmp_path / "study.db", kills=6)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_three_hundred_kills(tmp_path: Path) -> None:
    kill_while_writing(tmp_path / "study.db", kills=300)


def test_a_migration_keeps_the_rows_and_a_backup_of_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    with Store(path, migrations=TALLY) as store:
        add(store, 5)
    with Store(path, migrations=WITH_NOTES) as store:
        assert [tuple(row) for row in store.read("SELECT value, note FROM tally")] == [(5, "")]
    with Store(tmp_path / "study.db.before-2", migrations=TALLY) as backup:
        assert values(backup) == [5]


def test_a_migration_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    with Store(path, migrations=TALLY) as store:
        add(store, 5)
    broken = (
        *TALLY,
        Migration(2, "broken", ("ALTER TABLE tally ADD COLUMN note TEXT", "ALTER TABLE nowhere RENAME TO x")),
    )
    with pytest.raises(UnusableRecord):
        Store(path, migrations=broken)
    with Store(path, migrations=TALLY) as store:
        assert values(store) == [5]
        assert len(store.read("PRAGMA table_info(tally)")) == 1


def test_a_newer_record_is_refused_with_the_cure_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    with Store(path, migrations=WITH_NOTES) as store:
        add(store, 5)
    before = path.read_bytes()
    with pytest.raises(NewerRecord, match=r"record 2, this one knows 1.*FOOTNOTE_HOME"):
        open_then = Store(path, migrations=TALLY)
        open_then.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["not a database", "a page overwritten"])
def test_a_damaged_record_is_named_kept_and_a_new_one_begun(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "study.db"
    with Store(path) as store:
        store.write(lambda inside: inside.execute("INSERT INTO chats VALUES ('a', 'x', 'y', 'z')").rowcount)
    content = bytearray(path.read_bytes())
    content[: len(content)] = b"chat, chat, chat" * 64 if damage == "not a database" else content
    if damage == "a page overwritten":
        content[4096:12288] = random.Random(1).randbytes(8192)
    path.write_bytes(content)
    with pytest.raises(DamagedRecord, match=r"study\.db is damaged"):
        Store(path)
    store, notice = open_or_set_aside(path, now=NOW)
    with store:
        assert notice is not None and "study.db.damaged-20261121-093000" in notice
        assert store.read("SELECT * FROM chats") == []
    assert (tmp_path / "study.db.damaged-20261121-093000").read_bytes() == bytes(content)


def test_a_sound_record_gives_no_notice(tmp_path: Path) -> None:
    store, notice = open_or_set_aside(tmp_path / "study.db", now=NOW)
    store.close()
    assert notice is None


def test_a_home_that_is_a_file_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(UnusableRecord) as caught:
        Store(tmp_path / "home" / "study.db")
    assert "\n" not in str(caught.value)
