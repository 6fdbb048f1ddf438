"""What the command needs around the assistant: reading questions and batches, printing answers for a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from answer.answers import Answer, Composer, Question, Turn, Writing
from answer.assistant import Assistant
from answer.errors import BadQuestions
from index.options import settings_of


def open_assistant(home: Path | None, *, composer: Composer | None = None) -> Assistant:
    """The assistant over a home's index, the configured home by default."""
    return Assistant.open(settings_of(home), composer=composer)


def question_of(text: str, *, history: Path | None, filters: Sequence[str]) -> Question:
    """A question from the command's arguments. Raises BadQuestions naming what is wrong with which of them."""
    turns: tuple[Turn, ...] = ()
    if history is not None:
        try:
            turns = _turns(json.loads(history.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise BadQuestions(
                f'{history}: no conversation ({error}). Give a JSON list of {{"user", "assistant"}}.'
            ) from error
    return Question(text, turns, dict(_facet(pair) for pair in filters))


def _facet(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals or not name or not value:
        raise BadQuestions(f"--filter {pair}: not a facet. Write facet=value, for instance company=Microsoft.")
    return name.strip().lower(), value.strip()


def _turns(rows: Any) -> tuple[Turn, ...]:
    if not isinstance(rows, list):
        raise TypeError("history is not a list")
    if not all(isinstance(row, dict) and isinstance(row.get("user"), str) for row in rows):
        raise TypeError('a turn lacks its "user" text')
    return tuple(Turn(row["user"], str(row.get("assistant") or "")) for row in rows)


def read_batch(lines: Iterable[str], name: str) -> Iterator[tuple[str, Question]]:
    """(id, question) of each line of a JSON Lines file. Raises BadQuestions naming file and line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            filters = {str(facet): str(value) for facet, value in (row.get("filters") or {}).items()}
            question = Question(str(row["question"]), _turns(row.get("history") or []), filters)
            yield str(row.get("id", number)), question
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadQuestions(
                f'{name}, line {number}: no question ({error}). Each line is {{"id", "question", "history"?, "filters"?}}.'
            ) from error


def answer_batch(batch: str, *, home: Path | None, explain: bool, composer: Composer | None = None) -> Iterator[str]:
    """One line of JSON per question of a batch file ("-" is standard input), in order, each as soon as it is known."""
    if batch == "-":
        lines: Iterable[str] = sys.stdin
    else:
        try:
            lines = Path(batch).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BadQuestions(f"{batch}: cannot be read ({error}). Give a JSON Lines file, or - for input.") from error
    questions = read_batch(lines, "standard input" if batch == "-" else batch)
    assistant = open_assistant(home, composer=composer)
    for identity, question in questions:
        yield json.dumps(assistant.ask(question, explain=explain).as_json(id=identity), ensure_ascii=False)


def as_text(answer: Answer, *, explain: bool) -> str:
    """An answer for a terminal: the text, then each source with its quote."""
    parts = [answer.answer]
    if answer.citations:
        parts.append("Sources")
    for citation in answer.citations:
        where = ", ".join(part for part in (citation.title, citation.section) if part)
        page = f", page {citation.page}" if citation.page else ""
        parts.append(f"[{citation.number}] {where}{page} ({citation.path})\n    {' '.join(citation.quote.split())}")
    parts.extend(f"Note: {note}" for note in answer.notes)
    if answer.writing is not None:
        parts.append(_told_by(answer.composer, answer.writing))
    if explain:
        parts.append(json.dumps(answer.explanation, ensure_ascii=False, indent=2))
    return "\n\n".join(parts)


def _told_by(composer: Composer, writing: Writing) -> str:
    """Which model was asked, what it took, and what of it was left out."""
    usage = writing.usage
    cost = "cost unknown" if usage.get("cost") is None else f"${usage['cost']:.4f}"
    asked = "Worded by" if composer == "model" else "Asked, and not used:"
    spent = f"{usage.get('read', 0):,} tokens read, {usage.get('written', 0):,} written, {cost}"
    dropped = [f"Left out: {each.text} ({'; '.join(each.reasons)})" for each in writing.dropped]
    return "\n".join((f"{asked} {writing.called}, {spent}.", *dropped))
