"""Questions and their answers in a text: "Q: …" / "A: …" lines, and "Question? Answer …" in one paragraph.

Each question becomes a heading, and its answer a paragraph under it. An answer whose question is lost stays alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.outline import Part, Span
from ingest.sentences import sentence_spans
from ingest.wording import is_question

ASKS = re.compile(r"(?:\*\*|__)?(?:Q(?:uestion)?\s?\d{0,3}\s?[:.)]|❓)(?:\*\*|__)?\s*", re.I)
ANSWERS = re.compile(r"(?:\*\*|__)?(?:A(?:nswer)?\s?\d{0,3}\s?[:.)])(?:\*\*|__)?\s*(?=\S)", re.I)


def split_questions(parts: list[Part], text: str) -> list[Part]:
    """The same parts with every question-and-answer line made a heading and its answer."""
    found: list[Part] = []
    inline = {at for at, part in enumerate(parts) if _inline(part, text)}
    for at, part in enumerate(parts):
        words = text[slice(*part.body)] if part.kind in ("paragraph", "heading") else ""
        if part.kind in ("paragraph", "heading") and (asks := ASKS.match(words)) and _colon(words):
            found.extend(_marked_pair(part, asks.end(), text))
        elif part.kind == "paragraph" and (answers := ANSWERS.match(words)) and found and found[-1].role == "question":
            found.append(replace(part, body=(part.body[0] + answers.end(), part.body[1])))
        elif at in inline and (at - 1 in inline or at + 1 in inline or _under_faq(parts, at, text)):
            found.extend(_pair(part, _inline(part, text) or part.body))
        else:
            found.append(part)
    return found


def _colon(words: str) -> bool:
    return len(words) > 4


def _marked_pair(part: Part, offset: int, text: str) -> list[Part]:
    """ "Q: …? A: …" on one line gives both; "Q: …" alone the heading."""
    start, end = part.body
    start += offset
    answer = re.search(r"\s(?:\*\*)?A(?:nswer)?:(?:\*\*)?\s+", text[start:end])
    if answer is None:
        return [replace(part, kind="heading", body=(start, end), role="question", level=0)]
    return _pair(replace(part, body=(start, end)), (start, start + answer.start()), start + answer.end())


def _pair(part: Part, question: Span, answer: int | None = None) -> list[Part]:
    heading = replace(
        part, kind="heading", start=part.start, end=question[1], body=question, role="question", level=0, lines=1
    )
    start = question[1] if answer is None else answer
    return [heading, replace(part, start=start, body=(start, part.body[1]))]


def _inline(part: Part, text: str) -> Span | None:
    """The question that a paragraph opens with, when the rest of the paragraph could answer it."""
    if part.kind != "paragraph":
        return None
    spans = sentence_spans(text, *part.body)
    if len(spans) < 2:
        return None
    question = text[slice(*spans[0])]
    if not is_question(question) or not 3 <= len(question.split()) <= 30 or is_question(text[slice(*spans[1])]):
        return None
    return spans[0]


def _under_faq(parts: list[Part], at: int, text: str) -> bool:
    for part in reversed(parts[:at]):
        if part.kind == "heading":
            return bool(
                re.search(r"\bFAQs?\b|frequently asked|questions and answers|Q\s?&\s?A", text[slice(*part.body)], re.I)
            )
    return False
