"""Cards: every bank question and every note's key fact, pinned to a span of its guide and scheduled by FSRS.

`synchronise` holds the cards against the index of today: a card whose text changed is marked and due at once, one whose
text went is withdrawn and comes back with its memory when the text does.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from index.passages import BankQuestion, Guide
from study.errors import NoSuchCard
from study.grading import points_of
from study.scheduling import Memory, new_memory, read_memory, readiness, review
from study.store import Store

if TYPE_CHECKING:
    from index.store import Index

DAILY_CAP = 40  # cards a day
NEW_CAP = 10  # of them never seen before


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card asks and answers, and the span it is pinned to."""

    id: str
    kind: str
    topic: str
    front: str
    back: str
    guide: str
    start: int
    end: int

    @property
    def digest(self) -> str:
        """Of front and back: changes whenever the card does."""
        return blake2b(f"{self.front}\x1f{self.back}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the record. `status` is active, changed (its text is new since the last review) or withdrawn."""

    text: CardText
    status: str
    memory: Memory


@dataclass(frozen=True, slots=True)
class Synchronised:
    """How many cards came, changed, went and came back."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    restored: int = 0


def cards_of(index: Index) -> Iterator[CardText]:
    """The cards that the corpus of today gives. A note stands under the category of the questions that cite it most."""
    cited: dict[str, Counter[str]] = {}
    for question in index.questions():
        yield _card_of_question(question)
        for point in question.key_points:
            cited.setdefault(point.source.partition("#")[0], Counter())[question.category or "General"] += 1
    for info in index.guides():
        if info.kind == "note" and (card := _card_of_note(index.guide(info.path))):
            citing = cited.get(info.path)
            yield replace(card, topic=citing.most_common(1)[0][0]) if citing else card


def _card_of_question(question: BankQuestion) -> CardText:
    back = "\n".join(f"- {point.point}" for point in points_of(question)) or question.title
    topic = question.category or "General"
    place = (question.guide, question.start, question.end)
    return CardText(f"question:{question.id}", "question", topic, question.prompt, back, *place)


def _card_of_note(note: Guide) -> CardText | None:
    """The first sentence of a note's first section that holds one: its key fact."""
    sentences = [unit for unit in note.units if unit.kind == "sentence" and note.blocks[unit.block].noise is None]
    first = next((unit for unit in sentences if note.sections[unit.section].level > 1), next(iter(sentences), None))
    if first is None:
        return None
    front = f"{note.info.title}: what is its key fact?"
    topic = note.info.topic or "General"
    return CardText(f"note:{note.info.path}", "note", topic, front, first.text, note.info.path, first.start, first.end)


class Cards:
    """The cards of one study record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def synchronise(self, index: Index, *, now: datetime) -> Synchronised:
        """Hold the cards against the corpus of today, in one transaction."""
        today = {card.id: card for card in cards_of(index)}

        def change(inside: sqlite3.Connection) -> Synchronised:
            known = {row["id"]: row for row in inside.execute("SELECT id, digest, status FROM cards")}
            counts = dict.fromkeys(("added", "changed", "withdrawn", "restored"), 0)
            for number, card in enumerate(today.values()):
                outcome = _bring(inside, card, known.get(card.id), new_memory(number + 1, now=now))
                if outcome:
                    counts[outcome] += 1
            for gone in known.keys() - today.keys():
                if known[gone]["status"] != "withdrawn":
                    inside.execute("UPDATE cards SET status = 'withdrawn' WHERE id = ?", (gone,))
                    counts["withdrawn"] += 1
            return Synchronised(**counts)

        return self._store.write(change)

    def all(self, *, topic: str | None = None) -> list[Card]:
        """The cards that are not withdrawn, in order of id."""
        rows = self._store.read("SELECT * FROM cards WHERE status <> 'withdrawn' ORDER BY id")
        return [_card_of(row) for row in rows if topic is None or row["topic"] == topic]

    def find(self, identity: str) -> Card:
        """Raises NoSuchCard."""
        rows = self._store.read("SELECT * FROM cards WHERE id = ? AND status <> 'withdrawn'", (identity,))
        if not rows:
            raise NoSuchCard(f"There is no card {identity!r} any more: `python -m study due` lists the cards due.")
        return _card_of(rows[0])

    def due(self, *, now: datetime, cap: int = DAILY_CAP, new_cap: int = NEW_CAP) -> list[Card]:
        """What to review now: seen cards first, longest due first, then new ones; what was reviewed today counts."""
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
        done, new_done = self._store.read(
            "SELECT COUNT(*), COALESCE(SUM(first), 0) FROM reviews WHERE at >= ?", (midnight,)
        )[0]
        query = "SELECT * FROM cards WHERE status <> 'withdrawn' AND due <= ? ORDER BY due, id"
        waiting = [_card_of(row) for row in self._store.read(query, (_stamp(now),))]
        seen = [card for card in waiting if not card.memory.is_new]
        new = [card for card in waiting if card.memory.is_new][: max(0, new_cap - new_done)]
        return [*seen, *new][: max(0, cap - done)]

    def review(self, identity: str, rating: int, *, now: datetime, interview: date | None = None) -> Card:
        """Keep a review and re-date the card. Raises NoSuchCard."""
        self.find(identity)

        def change(inside: sqlite3.Connection) -> Card:
            row = inside.execute("SELECT * FROM cards WHERE id = ?", (identity,)).fetchone()
            card = _card_of(row)
            after = review(card.memory, rating, now=now, interview=interview)
            before = json.dumps({"status": card.status, "state": card.memory.state})
            inside.execute(
                "INSERT INTO reviews (card, at, rating, before, first) VALUES (?, ?, ?, ?, ?)",
                (identity, _stamp(now), rating, before, int(card.memory.is_new)),
            )
            _keep_memory(inside, identity, "active", after)
            return Card(card.text, "active", after)

        return self._store.write(change)

    def undo(self) -> str | None:
        """Take the last review back, exactly; gives the card's id, None where there is nothing to undo."""

        def change(inside: sqlite3.Connection) -> str | None:
            row = inside.execute("SELECT * FROM reviews ORDER BY id DESC LIMIT 1").fetchone()
            if row is None:
                return None
            before = json.loads(row["before"])
            _keep_memory(inside, row["card"], before["status"], read_memory(before["state"]))
            inside.execute("DELETE FROM reviews WHERE id = ?", (row["id"],))
            return str(row["card"])

        return self._store.write(change)

    def readiness(self, *, on: date) -> dict[str, float]:
        """Topic -> mean chance of recall on that day."""
        memories: dict[str, list[Memory]] = {}
        for card in self.all():
            memories.setdefault(card.text.topic, []).append(card.memory)
        return {topic: readiness(each, on=on) for topic, each in sorted(memories.items())}


def _bring(inside: sqlite3.Connection, card: CardText, known: Any, memory: Memory) -> str | None:
    place = (card.topic, card.front, card.back, card.guide, card.start, card.end, card.digest)
    if known is None:
        values = (card.id, card.kind, *place, "active", memory.state, _stamp(memory.due))
        inside.execute(f"INSERT INTO cards VALUES ({', '.join('?' * 12)})", values)
        return "added"
    columns = 'topic = ?, front = ?, back = ?, guide = ?, start = ?, "end" = ?, digest = ?'
    inside.execute(f"UPDATE cards SET {columns} WHERE id = ?", (*place, card.id))
    if known["digest"] != card.digest:
        inside.execute("UPDATE cards SET status = 'changed', due = ? WHERE id = ?", (_stamp(memory.due), card.id))
        return "changed"
    if known["status"] == "withdrawn":
        inside.execute("UPDATE cards SET status = 'active' WHERE id = ?", (card.id,))
        return "restored"
    return None


def _keep_memory(inside: sqlite3.Connection, identity: str, status: str, memory: Memory) -> None:
    values = (status, memory.state, _stamp(memory.due), identity)
    inside.execute("UPDATE cards SET status = ?, state = ?, due = ? WHERE id = ?", values)


def _card_of(row: sqlite3.Row) -> Card:
    names = ("id", "kind", "topic", "front", "back", "guide", "start", "end")
    return Card(CardText(*(row[name] for name in names)), row["status"], read_memory(row["state"]))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
