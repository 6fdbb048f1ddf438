"""A model's words without anything that could load, link or run: markup becomes the words inside it.

The pages draw answers inertly by themselves (`ui/components/safe_text.py`); this is for everyone else who reads one.
"""

from __future__ import annotations

import re

from index.words import visible

_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_RAW = re.compile(r"<(script|style|iframe|object|svg|math)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*(?:>|$)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s[^()]*)?\)|\[[^\[\]]*\])?")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s[^()]*)?\)|\[[A-Za-z][^\[\]]*\])"
)
_REFERENCE = re.compile(r"^\s*\[[^\]\n]+\]:\s*\S+.*$", re.MULTILINE)
_ADDRESS = re.compile(
    r"\b(?:https?|ftp|javascript|data|file|vbscript|mailto):(?://)?[^\s<>\[\]]*|\bwww\.[^\s<>\[\]]+", re.IGNORECASE
)
_EMPHASIS = re.compile(r"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])|~~")
_CODE = re.compile(r"(`[^`\n]*`)")


def inert(text: str) -> str:
    """The text on one line with images, links, HTML and emphasis reduced to their words; code between backticks stays."""
    plain = _RAW.sub(" ", _COMMENT.sub(" ", visible(text.replace("\n", " "))))
    parts = [part if part.startswith("`") else _words(part) for part in _CODE.split(plain)]
    return " ".join("".join(parts).split())


def addresses_in(text: str) -> tuple[str, ...]:
    """The web and other addresses that a text writes out."""
    return tuple(address.rstrip(".,;:!?)'\"") for address in _ADDRESS.findall(text))


def _words(text: str) -> str:
    plain = _REFERENCE.sub("", text)
    before = ""
    while plain != before:  # what is left of one piece of markup may be another
        before = plain
        plain = _TAG.sub(" ", _LINK.sub(r"\1", _IMAGE.sub(r"\1", plain)))
    return _EMPHASIS.sub("", plain)
