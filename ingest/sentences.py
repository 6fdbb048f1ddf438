"""Raw span → sentences, by rule: closing marks, then white space, then something that can open a sentence."""

from __future__ import annotations

import re

from ingest.outline import Span

BOUNDARY = re.compile(r"""(?P<close>(?<![.!?…])[.!?…]++["'”’»)\]*_]*+|[。！？])(?P<gap>\s+|(?<=[。！？]))(?=\S)""")
ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf al approx ca resp incl excl esp dept est fig figs eq eqs sec ch no nos vol pp p ed eds mr mrs ms "
    "dr prof sr jr st inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri min max avg "
    "u.s u.k a.m p.m ph.d b.sc m.sc w.r.t a.k.a viz op".split()
)
NUMBERED = frozenset("no nos sec ch vol pp p dept est".split())  # short for something only before its figure
NEVER_LAST = frozenset(
    "e.g i.e vs cf approx ca incl excl esp fig figs eq eqs mr mrs ms dr prof w.r.t a.k.a viz".split()
)
OPENS = re.compile(r"""["'“‘«(\[*_`$]*[A-Z0-9\u00c0-\u024f\u0391-\u03a9\u0410-\u042f\u2e80-\uffdf\\]""")
LONGEST_WORD = 60  # characters of a word that may be an abbreviation


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]`, trimmed, in order; together they hold every word of it."""
    spans, left = [], start
    for match in BOUNDARY.finditer(text, start, end):
        if match.start("gap") >= end or not _ends_here(text, left, match):
            continue
        spans.append((left, match.end("close")))
        left = match.end("gap")
    spans.append((left, end))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))[0] < trimmed[1]]


def _ends_here(text: str, left: int, match: re.Match[str]) -> bool:
    close, after = match.group("close"), text[match.end("gap") : match.end("gap") + 12]
    if not OPENS.match(after):
        return bool(re.match(r"[^\w\s]", after)) and close[0] in "!?" and after[0] not in "—–-,;:)]"
    if _inside_brackets(text, left, match.start()) and not close.rstrip("*_").endswith((")", "]")):
        return False
    if close[0] != "." or close.startswith(".."):
        return True
    before = re.search(r"[\w.&]+$", text[max(left, match.start() - LONGEST_WORD) : match.start()])
    word = before.group(0).lower() if before else ""
    if word in NEVER_LAST or (
        len(word) == 1 and word.isalpha() and word not in "i" and text[match.start() - 1].isupper()
    ):
        return False
    if word.isdigit() and len(word) <= 3 and match.start() - len(word) == left:
        return False  # the number of a list item
    if word in NUMBERED:
        return not after[:1].isdigit()
    if word in ABBREVIATIONS:
        return word in {
            "etc",
            "al",
            "a.m",
            "p.m",
            "u.s",
            "u.k",
            "ph.d",
            "inc",
            "ltd",
            "co",
            "corp",
            "min",
            "max",
            "ed",
        } and bool(re.match(r"[A-Z]", after))
    return True


def _inside_brackets(text: str, left: int, at: int) -> bool:
    """Whether position `at` stands within an unclosed round bracket that opened in this sentence, not far back."""
    depth = 0
    for character in text[max(left, at - 300) : at]:
        depth += (character == "(") - (character == ")" and depth > 0)
    return depth > 0


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    return left, max(left, start + len(words.rstrip()))
