"""Plain text: pages pasted or scraped, with no marks for headings. The extracted text is the file's own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ingest.errors import Unreadable
from ingest.grouping import group
from ingest.lines import Line, scan
from ingest.outline import Outline

CODE = re.compile(
    r"(?:def|class|import|from|return|for|if|elif|else|while|try|with|print|pip|git|\$|>>>)\b.*[:()=.]|"
    r"[\w.\[\]\"', ]+ ?[-+*/]?= ?\S|[\w.]+\(.*\)$|[{}]|\$ \w"
)
MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive (perhaps a Word file)",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}


def read_text(content: bytes, path: str) -> Outline:
    """The outline of a text file: its lines grouped, headings still to be found."""
    text, warnings = decode(content, path)
    return Outline(text, "text", tuple(group(text, _without_comments(scan(text)), marked=False)), warnings=warnings)


def _without_comments(lines: list[Line]) -> list[Line]:
    """The same lines; one that begins with "#" right beside a line of code is a comment, no heading."""
    around = [None, *lines, None]
    return [
        replace(line, kind="words", body=line.start, level=0)
        if line.kind == "heading" and any(other and CODE.match(other.text) for other in (before, after))
        else line
        for before, line, after in zip(around, lines, around[2:], strict=False)
    ]


def decode(content: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """The characters of a text file, and a warning where its encoding had to be guessed.

    UTF-8 (with or without a byte order mark) and UTF-16 with one are certain, UTF-16 without one as good as certain;
    Windows-1252 is a guess.
    """
    for magic, what in MAGIC.items():
        if content.startswith(magic):
            raise Unreadable(f"{path} is {what} under a text file's name: rename it to what it is, or export its text")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(content, "utf-16", path), ()
    if wide := _wide_encoding(content):
        return _strict(content, wide, path), ()
    try:
        text = content.decode("utf-8-sig")
        warnings: tuple[str, ...] = ()
    except UnicodeDecodeError as error:
        text, warnings = _guess(content, path, error)
    if _is_binary(text):
        raise Unreadable(f"{path} is binary, not text: export its text, or give the file its true name")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text and "\n" not in text else text, warnings


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16's byte order where no mark says it: every other byte of a text in Latin letters is zero."""
    head = content[: 2 * (min(len(content), 20_000) // 2)]
    first, second = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if min(first, second) > 0.01 * half or max(first, second) < 0.5 * half or not half:
        return None
    return "utf-16-le" if second > first else "utf-16-be"


def _strict(content: bytes, encoding: str, path: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is damaged at byte {error.start} ({encoding}): save it again as UTF-8") from error


def _guess(content: bytes, path: str, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    text = content.decode("cp1252", errors="replace")
    strange = sum(
        unicodedata.category(character) in ("Cc", "Co", "Cn") or character == "\ufffd"
        for character in text
        if character not in "\n\r\t\x0c"
    )
    letters = sum((character.isalpha() and character.isascii()) or character in " \n" for character in text)
    if strange > 0.001 * len(text) or letters < 0.7 * len(text):
        raise Unreadable(f"{path} is not UTF-8 (byte {error.start}): save it again as UTF-8") from error
    return text, (f"not UTF-8 (byte {error.start}); read as Windows-1252. Save it as UTF-8 to be sure.",)


def _is_binary(text: str) -> bool:
    control = sum(
        unicodedata.category(character) == "Cc" and character not in "\n\r\t\x0c" for character in text[:20_000]
    )
    return control > 0.01 * len(text[:20_000])
