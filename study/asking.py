"""What the command line needs to grade: answers from files, lines of a batch, and a grade as text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import FootnoteError
from study.errors import UnreadableInput
from study.grading import Grade, Grader
from study.judging import CREDIT, Verdict

SIGNS = {"covered": "✓", "partly": "~", "missed": "–", "contradicted": "✗"}


def text_of(source: str) -> str:
    """The text of a file, or of standard input for "-". Raises UnreadableInput."""
    try:
        return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{source} cannot be read as UTF-8 text ({error}): name a text file, or -.") from error


def verdict_named(name: str) -> Verdict:
    """The verdict of this name. Raises UnreadableInput."""
    found = next((verdict for verdict in CREDIT if verdict == name), None)
    if found is None:
        raise UnreadableInput(f"{name!r} is no verdict: name one of {', '.join(CREDIT)}.")
    return found


def grade_batch(grader: Grader, source: str) -> Iterator[str]:
    """One JSON line for each line {"id", "question_id", "answer"}; a line that cannot be graded gives {"id", "error"}."""
    for number, line in enumerate(text_of(source).splitlines(), 1):
        if line.strip():
            yield json.dumps(_graded(grader, line, number), ensure_ascii=False)


def _graded(grader: Grader, line: str, number: int) -> dict[str, Any]:
    identity: object = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise UnreadableInput('not a JSON object {"id", "question_id", "answer"}')
        identity = row.get("id")
        question, answer = row.get("question_id"), row.get("answer")
        if not isinstance(question, str) or not isinstance(answer, str):
            raise UnreadableInput("question_id and answer must be texts")
        return {"id": identity, **grader.grade(grader.question(question), answer).as_json()}
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"line {number} is not JSON: {error}"}
    except FootnoteError as error:
        return {"id": identity, "error": f"line {number}: {error}"}


def as_text(grade: Grade) -> str:
    """The grade for a terminal."""
    lines = [f"{grade.level} ({grade.score:.0%})", *grade.notes, ""]
    for point in grade.points:
        lines.append(f"{SIGNS[point.verdict]} {point.verdict}: {point.point}")
        if point.words:
            lines.append(f"    you said: {' '.join(point.words.split())}")
        if point.citation:
            cited = point.citation
            lines.append(f"    [{cited.number}] {cited.title}, {cited.section}: {' '.join(cited.quote.split())}")
    return "\n".join(lines)
