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

_PRACTICE = Migration(
    2,
    "attempts, cards, reviews, mistakes, mock interviews and the plan",
    (
        """CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            question TEXT NOT NULL,
            at TEXT NOT NULL,  -- ISO 8601, UTC, as all times here
            answer TEXT NOT NULL,
            level TEXT NOT NULL,
            score REAL NOT NULL,
            grade TEXT NOT NULL,  -- JSON object, what `python -m study grade` prints
            seconds INTEGER,
            mock TEXT  -- the mock interview it was given in
        ) STRICT""",
        "CREATE INDEX attempts_by_question ON attempts (question, at)",
        """CREATE TABLE cards (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,  -- question or note
            topic TEXT NOT NULL,
            front TEXT NOT NULL,
            back TEXT NOT NULL,
            guide TEXT NOT NULL,  -- path, and the span it is pinned to
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            digest TEXT NOT NULL,  -- of front and back
            status TEXT NOT NULL,  -- active, changed or withdrawn
            state TEXT NOT NULL,  -- JSON object of the scheduler
            due TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX cards_by_due ON cards (due)",
        """CREATE TABLE reviews (
            id INTEGER PRIMARY KEY,
            card TEXT NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            rating INTEGER NOT NULL,  -- 1 again, 2 hard, 3 good, 4 easy
            before TEXT NOT NULL,  -- JSON object: status and state of the card before
            first INTEGER NOT NULL  -- 1 where the card was new
        ) STRICT""",
        """CREATE TABLE mistakes (
            id INTEGER PRIMARY KEY,
            question TEXT NOT NULL,
            at TEXT NOT NULL,
            points TEXT NOT NULL,  -- JSON list of the points missed or contradicted
            redo TEXT NOT NULL,  -- ISO 8601 day
            done INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        "CREATE TABLE mocks (id TEXT PRIMARY KEY, started TEXT NOT NULL, state TEXT NOT NULL) STRICT",
        "CREATE TABLE plans (id INTEGER PRIMARY KEY CHECK (id = 1), changed TEXT NOT NULL, state TEXT NOT NULL) STRICT",
    ),
)

_PINS = Migration(
    3,
    "what hangs on the words of a guide, for whoever is about to change one",
    (
        """CREATE VIEW pins AS  -- kind, name, guide and span; the quote where the record holds it
            SELECT 'citation' AS kind,
                json_extract(turns.answer, '$.question') AS name,
                json_extract(cited.value, '$.path') AS guide,
                json_extract(cited.value, '$.start') AS start,
                json_extract(cited.value, '$.end') AS "end",
                json_extract(cited.value, '$.quote') AS quote
            FROM turns, json_each(turns.answer, '$.citations') AS cited
            UNION ALL
            SELECT 'card', front, guide, start, "end", NULL FROM cards WHERE status <> 'withdrawn'""",
    ),
)

MIGRATIONS: tuple[Migration, ...] = (_CHATS, _PRACTICE, _PINS)
