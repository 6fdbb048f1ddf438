"""Is this wording said in that answer? Lenient in spelling, exact in figures.

Case, dashes, spaces, markers and Markdown do not count, nor does "min" for "minutes" or "200k" for "200,000"; a figure
matches only as a whole figure ("60" is not said by "160"), and a range only as a range.
"""

from __future__ import annotations

import re

from index.words import normalise

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|[%+≥≤#@]")
_SAME = {"minutes": "min", "minute": "min", "mins": "min", "hours": "hour", "hrs": "hour", "weeks": "week"}
_SAME |= {"percent": "%", "behavioural": "behavioral", "résumé": "resume"}
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly")
_NUMBER = "\x00"


def tokens_of(text: str) -> list[str]:
    """Comparable tokens: lower case, ranges marked, thousands joined, camel case split."""
    plain = re.sub(r"\[\d+\]", " ", text)
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", normalise(plain)).lower()
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    plain = re.sub(r"(?<=\d)\s*(?:-|to)\s*\$?(?=\d)", " zzrange ", plain)
    plain = re.sub(r"(\d)\s?k\b", r"\g<1>000", plain)
    return [_SAME.get(token, token) for token in _TOKEN.findall(plain)]


def says(answer: list[str], form: str) -> bool:
    """Whether the tokens of an answer hold those of `form`, in order and together."""
    wanted = "".join(_marked(token) for token in tokens_of(form))
    if not wanted:
        return False
    joined, starts, ends = "", set(), set()
    for token in answer:
        starts.add(len(joined))
        joined += _marked(token)
        ends.add(len(joined))
    place = joined.find(wanted)
    while place >= 0:
        end = place + len(wanted)
        if place in starts and (end in ends or _inflected(joined, end, ends, wanted)):
            return True
        place = joined.find(wanted, place + 1)
    return False


def says_any(answer: list[str], forms: tuple[str, ...]) -> bool:
    """Whether any of the accepted wordings is said."""
    return any(says(answer, form) for form in forms)


def _marked(token: str) -> str:
    return f"{_NUMBER}{token}{_NUMBER}" if token[0].isdigit() else token


def _inflected(joined: str, end: int, ends: set[int], wanted: str) -> bool:
    """ "Coding round" is said by "coding rounds"."""
    return len(wanted) >= 4 and any(joined.startswith(part, end) and end + len(part) in ends for part in _ENDINGS)
