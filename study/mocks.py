"""Mock interviews in the study record: kept after every move, so that a killed process loses nothing that was answered."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from study.errors import NoSuchMock
from study.mock import Exchange, Mock, Stage
from study.store import Store


def mock_of(row: dict[str, Any]) -> Mock:
    """The mock that `asdict` wrote."""
    stages = tuple(Stage(**{**stage, "questions": tuple(stage["questions"])}) for stage in row["stages"])
    exchanges = tuple(Exchange(**exchange) for exchange in row["exchanges"])
    return Mock(**{**row, "stages": stages, "exchanges": exchanges, "pending": tuple(row["pending"])})


class Mocks:
    """The mock interviews of one study record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, mock: Mock, *, before: Mock | None = None) -> Mock:
        """Write the mock as it is now, in the place of `before`.

        Raises NoSuchMock where it went on in another window meanwhile: what was answered there stands.
        """
        state = json.dumps(asdict(mock), ensure_ascii=False)

        def change(inside: sqlite3.Connection) -> None:
            row = inside.execute("SELECT state FROM mocks WHERE id = ?", (mock.id,)).fetchone()
            if before is not None and (row is None or mock_of(json.loads(row["state"])) != before):
                raise NoSuchMock("This mock interview went on in another window: reload to go on from there.")
            inside.execute(
                "INSERT INTO mocks VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
                (mock.id, mock.started, state),
            )

        self._store.write(change)
        return mock

    def find(self, identity: str) -> Mock:
        """Raises NoSuchMock."""
        rows = self._store.read("SELECT state FROM mocks WHERE id = ?", (identity,))
        if not rows:
            raise NoSuchMock(f"There is no mock interview {identity!r}: `python -m study mock list` shows them.")
        return mock_of(json.loads(rows[0]["state"]))

    def all(self) -> list[Mock]:
        """Newest first."""
        rows = self._store.read("SELECT state FROM mocks ORDER BY started DESC, id")
        return [mock_of(json.loads(row["state"])) for row in rows]

    def unfinished(self) -> Mock | None:
        """The newest one that can go on."""
        return next((mock for mock in self.all() if mock.finished is None), None)
