"""Chats and their turns: kept with every citation, so that an old answer still shows its passages after a restart.

A turn stores the whole answer as its contract's JSON object. What is read back tolerates fields of a newer contract.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from answer.answers import (
    Answer,
    Citation,
    Disagreement,
    Dropped,
    EvidencePassage,
    NearbyTopic,
    Position,
    Turn,
    Writing,
)
from study.errors import NoSuchChat
from study.store import Store

TITLE_LENGTH = 80
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation. Times are UTC."""

    id: str
    title: str
    created: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One question and its answer. `thumb` is True for up, False for down, None when not rated."""

    id: int
    chat: str
    position: int
    asked: datetime
    filters: dict[str, str]
    answer: Answer
    stopped: bool = False
    thumb: bool | None = None
    reason: str = ""

    def as_history(self) -> Turn:
        """What a follow-up question is read against."""
        return Turn(user=self.answer.standalone_question or self.answer.question, assistant=self.answer.answer)


def title_of(question: str) -> str:
    """A chat's first title: its first question on one line, cut at a word."""
    line = " ".join(question.split()) or "New chat"
    if len(line) <= TITLE_LENGTH:
        return line
    return line[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _made_of(kind: type[Made], row: dict[str, Any]) -> Made:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in row.items() if name in known})


def answer_of(text: str) -> Answer:
    """The answer that `json.dumps(answer.as_json())` wrote."""
    row = json.loads(text)
    row["citations"] = tuple(_made_of(Citation, each) for each in row.get("citations", ()))
    row["passages"] = tuple(_made_of(EvidencePassage, each) for each in row.get("passages", ()))
    row["nearest"] = tuple(_made_of(NearbyTopic, each) for each in row.get("nearest", ()))
    row["disagreements"] = tuple(
        Disagreement(
            about=each["about"],
            positions=tuple(Position(side["says"], tuple(side["citations"])) for side in each["positions"]),
        )
        for each in row.get("disagreements", ())
    )
    row["notes"] = tuple(row.get("notes", ()))
    row["writing"] = _writing_of(row.get("writing"))
    return _made_of(Answer, row)


def _writing_of(row: dict[str, Any] | None) -> Writing | None:
    if not row:
        return None
    dropped = tuple(Dropped(each["text"], tuple(each["reasons"])) for each in row.get("dropped", ()))
    return _made_of(Writing, row | {"dropped": dropped, "wordings": tuple(row.get("wordings", ()))})


def _chat_of(row: sqlite3.Row) -> Chat:
    return Chat(row["id"], row["title"], datetime.fromisoformat(row["created"]), datetime.fromisoformat(row["changed"]))


def _turn_of(row: sqlite3.Row) -> ChatTurn:
    return ChatTurn(
        id=row["id"],
        chat=row["chat"],
        position=row["position"],
        asked=datetime.fromisoformat(row["asked"]),
        filters=json.loads(row["filters"]),
        answer=answer_of(row["answer"]),
        stopped=bool(row["stopped"]),
        thumb=None if row["thumb"] is None else bool(row["thumb"]),
        reason=row["reason"],
    )


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


class Chats:
    """The chats of one study record."""

    def __init__(self, store: Store, *, new_id: Callable[[], str] = lambda: secrets.token_hex(8)) -> None:
        self._store = store
        self._new_id = new_id

    def create(self, title: str, *, at: datetime) -> Chat:
        """Begin a chat without turns."""
        chat = Chat(self._new_id(), title_of(title), at, at)
        self._change("INSERT INTO chats VALUES (?, ?, ?, ?)", chat.id, chat.title, _stamp(at), _stamp(at))
        return chat

    def append(
        self, chat: str, answer: Answer, *, filters: dict[str, str], at: datetime, stopped: bool = False
    ) -> ChatTurn:
        """Keep a turn at the end of a chat. Raises NoSuchChat when the chat was deleted meanwhile."""
        content = json.dumps(asdict(replace(answer, passages=(), explanation={})), ensure_ascii=False)
        searchable = f"{answer.question}\n{answer.answer}".casefold()

        def insert(inside: sqlite3.Connection) -> ChatTurn:
            changed = inside.execute("UPDATE chats SET changed = ? WHERE id = ?", (_stamp(at), chat)).rowcount
            if not changed:
                raise NoSuchChat(f"The chat {chat} is gone: begin a new one.")
            row = inside.execute(
                """INSERT INTO turns (chat, position, asked, filters, answer, stopped, searchable)
                   VALUES (?, (SELECT COALESCE(MAX(position) + 1, 0) FROM turns WHERE chat = ?), ?, ?, ?, ?, ?)
                   RETURNING *""",
                (chat, chat, _stamp(at), json.dumps(filters), content, int(stopped), searchable),
            ).fetchone()
            return _turn_of(row)

        return self._store.write(insert)

    def take_back(self, turn: int) -> None:
        """Remove one turn: its question is about to be asked in other words."""
        self._change("DELETE FROM turns WHERE id = ?", turn)

    def rate(self, turn: int, thumb: bool | None, reason: str = "") -> None:
        """Keep a thumb and its reason; None takes the rating back."""
        value = None if thumb is None else int(thumb)
        self._change("UPDATE turns SET thumb = ?, reason = ? WHERE id = ?", value, reason.strip(), turn)

    def rename(self, chat: str, title: str) -> None:
        """Give a chat another title; an empty one changes nothing."""
        if title.strip():
            self._change("UPDATE chats SET title = ? WHERE id = ?", title_of(title), chat)

    def delete(self, chat: str) -> None:
        """Delete a chat with its turns."""
        self._change("DELETE FROM chats WHERE id = ?", chat)

    def _change(self, statement: str, *parameters: object) -> None:
        def change(inside: sqlite3.Connection) -> None:
            inside.execute(statement, parameters)

        self._store.write(change)

    def find(self, chat: str) -> Chat | None:
        """The chat of this id."""
        rows = self._store.read("SELECT * FROM chats WHERE id = ?", (chat,))
        return _chat_of(rows[0]) if rows else None

    def recent(self, limit: int = 30) -> list[Chat]:
        """The chats, last changed first."""
        return self.search("", limit=limit)

    def search(self, text: str, limit: int = 30) -> list[Chat]:
        """The chats whose title, questions or answers hold every word of `text`, last changed first."""
        wanted = text.casefold().split()
        clause = " AND ".join(
            """(instr(folded(chats.title), ?) > 0
                OR EXISTS (SELECT 1 FROM turns WHERE chat = chats.id AND instr(searchable, ?) > 0))"""
            for _ in wanted
        )
        query = f"SELECT * FROM chats WHERE {clause or 'TRUE'} ORDER BY changed DESC, id LIMIT ?"
        return [_chat_of(row) for row in self._store.read(query, (*(w for w in wanted for _ in range(2)), limit))]

    def turns(self, chat: str) -> list[ChatTurn]:
        """A chat's turns, first to last."""
        return [
            _turn_of(row) for row in self._store.read("SELECT * FROM turns WHERE chat = ? ORDER BY position", (chat,))
        ]

    def rated_down(self) -> list[ChatTurn]:
        """The turns marked wrong, newest first: candidates for benchmark cases."""
        return [_turn_of(row) for row in self._store.read("SELECT * FROM turns WHERE thumb = 0 ORDER BY asked DESC")]


def as_markdown(chat: Chat, turns: Sequence[ChatTurn]) -> str:
    """The chat as a Markdown document: each answer with its sources, quoted and placed."""
    parts = [f"# {chat.title}", f"Asked {chat.created:%Y-%m-%d}, answered by Footnote from its guides."]
    for turn in turns:
        parts += [f"## {' '.join(turn.answer.question.split())}", turn.answer.answer or "*No answer.*"]
        for disagreement in turn.answer.disagreements:
            parts += [f"**The guides disagree: {disagreement.about}**"]
            parts += [
                "\n".join(
                    f"- {side.says} {''.join(f'[{number}]' for number in side.citations)}"
                    for side in disagreement.positions
                )
            ]
        if turn.answer.composer == "model" and turn.answer.writing:
            parts += [f"*In the words of {turn.answer.writing.called}, each sentence held against its sources.*"]
        if turn.answer.citations:
            parts += ["### Sources", "\n".join(_source_line(citation) for citation in turn.answer.citations)]
    return "\n\n".join(parts) + "\n"


def _source_line(citation: Citation) -> str:
    place = [citation.section, f"page {citation.page}" if citation.page else "", citation.path]
    publisher = f"{citation.publisher}: " if citation.publisher else ""
    date = f" ({citation.updated})" if citation.updated else ""
    quote = " ".join(citation.quote.split())
    return f"{citation.number}. {publisher}{citation.title}{date}, {', '.join(filter(None, place))}: “{quote}”"
