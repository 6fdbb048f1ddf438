"""Inline Markdown as runs that lose no character: what is a mark, what is text, and how the text is styled.

`runs_of` cuts a span into neighbouring pieces whose texts, put together, are the span itself. So a page can hide the
marks and set the rest in bold or as code while every character keeps its offset: a highlight stays exact.

Not covered: reference links and HTML, which stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from index.words import UNSEEN

Style = Literal["text", "mark", "strong", "emphasis", "code", "formula", "number", "key"]
STYLES: tuple[Style, ...] = get_args(Style)

_INLINE = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<ticks>(?<!`)`+(?!`))(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | (?P<display>\$\$.+?\$\$)
    | (?P<formula>\$(?=[^\s$])(?:\\.|[^$\\])*?(?<=[^\s\\])\$(?!\d))
    | (?P<image>!\[(?P<alt>[^\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\))
    | (?P<link>\[(?P<shown>[^\[\]]+)\]\([^()\s]*(?:\s+"[^"]*")?\))
    | <(?P<address>https?://[^\s<>]+)>
    | (?P<stars>\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=stars)
    | (?<![\w*])(?P<star>[*_])(?=[^\s*_])(?P<emphasis>[^*_]+?)(?<=\S)(?P=star)(?![\w*])
    | (?P<waves>~~)(?P<struck>.+?)~~
    """,
    re.VERBOSE | re.DOTALL,
)
_INNER: tuple[tuple[str, Style | None], ...] = (
    ("escaped", None),
    ("code", "code"),
    ("alt", None),
    ("shown", None),
    ("address", None),
    ("strong", "strong"),
    ("emphasis", "emphasis"),
    ("struck", None),
)
_NESTS = {"shown", "strong", "emphasis", "struck"}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style. `cell` is the column of a table cell they belong to; `cited` runs are the quote."""

    text: str
    style: Style = "text"
    cited: bool = False
    cell: int | None = None


def runs_of(text: str, style: Style = "text", *, markdown: bool = True) -> Iterator[Run]:
    """The runs of a span, in order; their texts joined are `text`. Invisible characters count as marks."""
    if not markdown:
        yield from _visible(text, style)
        return
    done = 0
    for match in _INLINE.finditer(text):
        yield from _visible(text[done : match.start()], style)
        yield from _runs_of_match(match, style)
        done = match.end()
    yield from _visible(text[done:], style)


def _runs_of_match(match: re.Match[str], style: Style) -> Iterator[Run]:
    if match["display"] or match["formula"]:
        yield Run(match.group(), "formula")
        return
    name, inner = next((name, inner) for name, inner in _INNER if match[name] is not None)
    start, end = match.span(name)
    yield Run(match.string[match.start() : start], "mark")
    yield from runs_of(match[name], inner or style, markdown=name in _NESTS)
    if end < match.end():
        yield Run(match.string[end : match.end()], "mark")


def _visible(text: str, style: Style) -> Iterator[Run]:
    done = 0
    for match in UNSEEN.finditer(text):
        if match.start() > done:
            yield Run(text[done : match.start()], style)
        yield Run(match.group(), "mark")
        done = match.end()
    if done < len(text):
        yield Run(text[done:], style)
