"""The study record's migrations: one numbered list. A change to the tables is a new entry at its end, never an edit.

Each runs in one transaction together with its number (`PRAGMA user_version`), after a backup of the file as it was.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migration:
    """The statements that lead from number - 1 to `number`."""

    number: int
    name: str
    statements: tuple[str, ...]


_CHATS = Migration(
    1,
    "chats and their turns",
    (
        """CREATE TABLE chats (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            created TEXT NOT NULL,  -- ISO 8601, UTC
            changed TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE turns (
            id INTEGER PRIMARY KEY,
            chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,  -- from 0 within the chat
            asked TEXT NOT NULL,
            filters TEXT NOT NULL,  -- JSON object
            answer TEXT NOT NULL,  -- JSON object, the answer's contract: question, citations, disagreements and all
            stopped INTEGER NOT NULL DEFAULT 0,
            thumb INTEGER,  -- 1 up, 0 down, NULL not rated
            reason TEXT NOT NULL DEFAULT '',
            searchable TEXT NOT NULL,  -- question and answer, case-folded
            UNIQUE (chat, position)
        ) STRICT""",
        "CREATE INDEX chats_by_change ON chats (changed)",
    ),
)

MIGRATIONS: tuple[Migration, ...] = (_CHATS,)
