"""The whole study record as one JSON object: export, import, delete everything."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from study.errors import CannotImport
from study.migrations import MIGRATIONS
from study.store import Store

KIND = "footnote study record"
# Referred-to tables first, so that rows go in in an order their references allow.
TABLES = ("chats", "turns", "attempts", "cards", "reviews", "mistakes", "mocks", "plans")


def export_record(store: Store, *, now: datetime) -> dict[str, Any]:
    """Every row of every table."""
    tables = {table: [dict(row) for row in store.read(f"SELECT * FROM {table}")] for table in TABLES}
    return {
        "kind": KIND,
        "version": max(migration.number for migration in MIGRATIONS),
        "exported": now.astimezone(UTC).isoformat(),
        "tables": tables,
    }


def import_record(store: Store, text: str) -> dict[str, int]:
    """Put an export in the place of what the record holds, all or nothing; gives rows per table. Raises CannotImport."""
    tables = _tables_of(text)

    def change(inside: sqlite3.Connection) -> dict[str, int]:
        _clear(inside)
        for table in TABLES:
            columns = {row["name"] for row in inside.execute(f"PRAGMA table_info({table})")}
            for row in tables.get(table, []):
                _insert(inside, table, {name: value for name, value in row.items() if name in columns})
        return {table: len(tables.get(table, [])) for table in TABLES}

    try:
        return store.write(change)
    except (sqlite3.IntegrityError, AttributeError, TypeError) as error:
        raise CannotImport(f"The export's rows do not fit ({error}): nothing was changed; export it again.") from error


def delete_everything(store: Store) -> None:
    """Empty every table: chats, attempts, cards, reviews, mocks and plan."""
    store.write(_clear)


def _clear(inside: sqlite3.Connection) -> None:
    for table in reversed(TABLES):
        inside.execute(f"DELETE FROM {table}")


def _insert(inside: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    inside.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def _tables_of(text: str) -> dict[str, list[dict[str, Any]]]:
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise CannotImport(f"This is not JSON ({error}): choose a file that the export wrote.") from error
    if not isinstance(row, dict) or row.get("kind") != KIND or not isinstance(row.get("tables"), dict):
        raise CannotImport("This is no export of a study record: choose a file that the export wrote.")
    newest = max(migration.number for migration in MIGRATIONS)
    if not isinstance(row.get("version"), int) or row["version"] > newest:
        raise CannotImport(f"A newer Footnote wrote this export (record {row.get('version')}): update Footnote first.")
    tables: dict[str, list[dict[str, Any]]] = row["tables"]
    return tables
