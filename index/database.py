"""The SQLite file of a generation: whole guides, and the rows of both searched grains.

    guides      GuideInfo, the extracted text, warnings, and the digest that tells whether a guide changed
    sections, blocks, units, questions      of a guide, in order
    passages    row = position of its vector; searched = the unit behind each vector of the second grain
    facet_sets  each distinct set of facets once, so that a filter is judged once for all passages that share it
    vocabulary  word -> number of searched units that contain it

Written once by a publisher, then only read: it is opened immutable, so that a reader needs no lock and writes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any

from index.errors import DamagedIndex
from index.grains import Grains
from index.passages import BankQuestion, Block, Guide, GuideInfo, Passage, Section, Unit
from index.records import Record

INFO, SECTION, BLOCK, UNIT = Record(GuideInfo), Record(Section), Record(Block), Record(Unit)
PASSAGE, QUESTION = Record(Passage), Record(BankQuestion)
PARTS: dict[str, Record[Any]] = {"sections": SECTION, "blocks": BLOCK, "units": UNIT, "questions": QUESTION}
MOST_PARAMETERS = 30_000  # SQLite allows 32,766 in one statement


def digest_of_guide(guide: Guide) -> bytes:
    """Changes whenever anything about the guide does."""
    return blake2b(repr(guide).encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Content:
    """What a generation is made of: the guides and their digests by path, both grains, the vocabulary of the units.

    `vocabulary` is word in lower case -> number of searched units that contain it; `unit_terms` has what lexical search
    indexes of each unit.
    """

    guides: Sequence[Guide]
    grains: Grains
    digests: Mapping[str, bytes]
    vocabulary: Mapping[str, int]
    unit_terms: Sequence[Sequence[str]]


def write_database(path: Path, content: Content) -> list[int]:
    """Writes a new database and returns the position of every passage's facets among the distinct sets of facets.

    Not durable by itself: the publisher syncs the file.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        _write_guides(connection, content.guides, content.digests)
        _write_grains(connection, content.grains)
        _write_vocabulary(connection, content.vocabulary)
        facets = _write_facets(connection, content.grains)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return facets


def _create(
    connection: sqlite3.Connection, name: str, record: Record[Any], *, before: Sequence[str], after: Sequence[str] = ()
) -> str:
    """Creates a table of a record's columns and a few more, and returns the statement that fills it."""
    columns = [*before, *(f'"{column}"' for column in record.names), *after]
    connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    return f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})"


def _write_guides(connection: sqlite3.Connection, guides: Sequence[Guide], digests: Mapping[str, bytes]) -> None:
    rows = (
        (at, *INFO.to_row(guide.info), guide.text, json.dumps(guide.warnings), digests[guide.info.path])
        for at, guide in enumerate(guides)
    )
    more = ("whole_text", "warnings", "digest BLOB")
    insert = _create(connection, "guides", INFO, before=("at INTEGER PRIMARY KEY",), after=more)
    connection.executemany(insert, rows)
    connection.execute("CREATE UNIQUE INDEX guide_path ON guides (path)")
    for name, record in PARTS.items():
        insert = _create(connection, name, record, before=("guide_at INTEGER", "part_at INTEGER"))
        parts = (
            (at, part_at, *record.to_row(part))
            for at, guide in enumerate(guides)
            for part_at, part in enumerate(getattr(guide, name))
        )
        connection.executemany(insert, parts)
        connection.execute(f"CREATE INDEX {name}_of_guide ON {name} (guide_at, part_at)")


def _write_grains(connection: sqlite3.Connection, grains: Grains) -> None:
    insert = _create(connection, "passages", PASSAGE, before=("row INTEGER PRIMARY KEY", "guide_at INTEGER"))
    rows = (
        (row, guide_at, *PASSAGE.to_row(passage))
        for row, (guide_at, passage) in enumerate(zip(grains.guide_of, grains.passages, strict=True))
    )
    connection.executemany(insert, rows)
    connection.execute("CREATE INDEX passage_id ON passages (id)")
    connection.execute("CREATE INDEX passage_of_guide ON passages (guide_at)")
    connection.execute(
        "CREATE TABLE searched (row INTEGER PRIMARY KEY, guide_at INTEGER, part_at INTEGER, passage_row INTEGER)"
    )
    searched = ((row, each.guide, each.unit.position, each.passage) for row, each in enumerate(grains.units))
    connection.executemany("INSERT INTO searched VALUES (?, ?, ?, ?)", searched)


def _write_vocabulary(connection: sqlite3.Connection, vocabulary: Mapping[str, int]) -> None:
    connection.execute("CREATE TABLE vocabulary (word TEXT PRIMARY KEY, units INTEGER) WITHOUT ROWID")
    connection.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted(vocabulary.items()))


def _write_facets(connection: sqlite3.Connection, grains: Grains) -> list[int]:
    sets: dict[str, int] = {}
    found = [
        sets.setdefault(json.dumps(passage.facets, ensure_ascii=False, sort_keys=True), len(sets))
        for passage in grains.passages
    ]
    connection.execute("CREATE TABLE facet_sets (at INTEGER PRIMARY KEY, facets)")
    connection.executemany("INSERT INTO facet_sets VALUES (?, ?)", ((at, facets) for facets, at in sets.items()))
    return found


class Database:
    """An open database. Threads share its one connection, one statement at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        # Immutable: SQLite takes no lock and looks for no journal, so a read-only disk is fine.
        address = f"file:{str(path.resolve()).replace('%', '%25').replace('?', '%3f').replace('#', '%23')}"
        self._connection = sqlite3.connect(f"{address}?immutable=1&mode=ro", uri=True, check_same_thread=False)
        self.rows("SELECT count(*) FROM guides")  # opens the file now, before a later publisher may remove its name

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query. Raises DamagedIndex where SQLite cannot read the file."""
        try:
            with self._lock:
                return self._connection.execute(statement, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedIndex(f"{self._path}: {error}. Run `python -m ingest` to build it anew.") from error

    def infos(self) -> list[GuideInfo]:
        """All guides, in the order of their paths."""
        return list(INFO.of_rows(self.rows(f"SELECT {INFO.columns} FROM guides ORDER BY at")))

    def digests(self) -> dict[str, bytes]:
        """Path -> digest of the guide."""
        return dict(self.rows("SELECT path, digest FROM guides"))

    def guide(self, path: str) -> Guide | None:
        """A whole guide, equal to the one that was published; None where there is none of this path."""
        found = self.rows(f"SELECT at, whole_text, warnings, {INFO.columns} FROM guides WHERE path = ?", (path,))
        if not found:
            return None
        at, text, warnings, *info = found[0]
        parts = {name: tuple(record.of_rows(self._parts(name, record, at))) for name, record in PARTS.items()}
        select = f"SELECT {PASSAGE.columns} FROM passages WHERE guide_at = ? ORDER BY row"
        passages = tuple(PASSAGE.of_rows(self.rows(select, (at,))))
        return Guide(INFO.of_row(info), text, passages=passages, warnings=tuple(json.loads(warnings)), **parts)

    def _parts(self, name: str, record: Record[Any], guide_at: int) -> list[Any]:
        select = f"SELECT {record.columns} FROM {name} WHERE guide_at = ? ORDER BY part_at"
        return self.rows(select, (guide_at,))

    def questions(self) -> list[BankQuestion]:
        """Every bank question, in the order of guides and, within one, of the text."""
        select = f"SELECT {QUESTION.columns} FROM questions ORDER BY guide_at, part_at"
        return list(QUESTION.of_rows(self.rows(select)))

    def passage(self, identity: str) -> Passage | None:
        """The passage of this id."""
        found = self.rows(f"SELECT {PASSAGE.columns} FROM passages WHERE id = ? ORDER BY row LIMIT 1", (identity,))
        return PASSAGE.of_row(found[0]) if found else None

    def passages(self, rows: Iterable[int]) -> dict[int, Passage]:
        """Row -> passage, for the rows asked for."""
        select = f"SELECT row, {PASSAGE.columns} FROM passages WHERE row IN "
        return {row: PASSAGE.of_row(cells) for row, *cells in self._many(select, rows)}

    def units(self, rows: Iterable[int]) -> dict[int, tuple[str, str, Unit]]:
        """Row of the second grain -> guide's path, id of the passage, unit."""
        columns = ", ".join(f'units."{name}"' for name in UNIT.names)
        select = (
            f"SELECT searched.row, guides.path, passages.id, {columns} FROM searched "
            "JOIN units USING (guide_at, part_at) JOIN guides ON guides.at = searched.guide_at "
            "JOIN passages ON passages.row = searched.passage_row WHERE searched.row IN "
        )
        return {row: (path, passage, UNIT.of_row(cells)) for row, path, passage, *cells in self._many(select, rows)}

    def facet_sets(self) -> list[dict[str, str]]:
        """The distinct sets of facets that passages have, in the order of their positions."""
        return [json.loads(facets) for (facets,) in self.rows("SELECT facets FROM facet_sets ORDER BY at")]

    def vocabulary(self) -> dict[str, int]:
        """Word -> number of searched units that contain it."""
        return dict(self.rows("SELECT word, units FROM vocabulary"))

    def _many(self, select: str, rows: Iterable[int]) -> list[Any]:
        wanted, found = list(rows), []
        for first in range(0, len(wanted), MOST_PARAMETERS):
            some = wanted[first : first + MOST_PARAMETERS]
            found += self.rows(f"{select} ({', '.join('?' * len(some))})", some)
        return found
