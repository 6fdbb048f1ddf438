"""Markdown with front matter. The extracted text is the file's own, front matter and marks included."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ingest.grouping import group
from ingest.lines import scan
from ingest.metadata import iso_date
from ingest.outline import Outline, Part
from ingest.readers.text import decode
from ingest.yaml_text import load_yaml

FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
FIELDS = ("title", "publisher", "author", "source", "published", "updated", "company", "role", "topic", "aliases")
DATES = ("published", "updated")


def read_markdown(content: bytes, path: str) -> Outline:
    """The outline of a Markdown file. Front matter is kept addressable, as noise."""
    text, warnings = decode(content, path)
    stated: dict[str, str] = {}
    front = FRONT.match(text)
    parts: list[Part] = []
    body = text
    if front:
        loaded = load_yaml(front.group("yaml"), path)
        stated = stated_fields(loaded if isinstance(loaded, dict) else {})
        parts.append(Part("paragraph", 0, front.end(), (front.start("yaml"), front.end("yaml")), noise="front matter"))
        body = re.sub(r"[^\n]", " ", text[: front.end()]) + text[front.end() :]
    parts.extend(group(body, scan(body), marked=True))
    marked = any(part.kind == "heading" for part in parts)
    return Outline(text, "markdown", tuple(parts), stated, warnings, marked=marked)


def stated_fields(loaded: dict[Any, Any]) -> dict[str, str]:
    """The metadata of a YAML mapping, dates as ISO days; lists joined by commas."""
    found = {}
    for key in FIELDS:
        value = loaded.get(key)
        if value is None or isinstance(value, dict):
            continue
        words = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
        if key in DATES:
            words = value.isoformat()[:10] if isinstance(value, date) else iso_date(words) or ""
        if words.strip():
            found[key] = " ".join(words.split())[:300]
    return found
