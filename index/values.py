"""Values in text: durations, sums of money, percentages, dates and counts, read into comparable numbers.

A question asks for a sort of value ("how long …" a duration); an answer must hold one; guides disagree when they give
different ones. Figures may be digits or words, single or a range ("30 to 45 minutes", "four–eight weeks", "$150k+").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.words import normalise

ValueKind = Literal["duration", "money", "percent", "date", "time of day", "address", "difficulty", "count"]

_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
NUMBER_WORDS: dict[str, float] = {word: float(number) for number, word in enumerate(_UP_TO_TWENTY)} | {
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
    "hundred": 100.0,
}
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_MINUTES = {"ms": 1 / 60000, "s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0, "w": 10080.0, "mo": 43800.0, "y": 525600.0}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_NUMBER = rf"(?:\d+(?:[.,]\d+)*|\b(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})\b)"
_SCALED = rf"{_NUMBER}(?:\s?(?:k|thousand|million|bn|billion|m)\b)?"
_RANGE = rf"(?P<low>{_SCALED})\+?(?:\s?(?:-|to|or|and)\s?[$€£]?(?P<high>{_SCALED}))?\+?"
_UNIT = r"(?P<unit>ms|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|months?|years?|yrs?)"
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"

_FEW = r"\b(?:a few|a couple of|several|half an?) (?P<unit>minutes|hours?|days|weeks|months|years)\b"
_DAY = rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})\b"
_PERIOD = rf"\b(?:{_MONTH} \d{{4}}|q[1-4] 20\d\d|fy ?(?:20)?\d\d|(?:19|20)\d\d)\b"

_CURRENCY = r"usd|eur|gbp|chf|cad|aud|nzd|sgd|hkd|inr|jpy|cny|sek|nok|dkk|pln|czk|brl|zar"  # ISO 4217

_TIME_OF_DAY = (
    r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b|\b(?:mornings?|afternoons?|evenings?|noon|weekends?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)
_LEVEL = r"(?:easy|medium|hard|easier|harder|difficult|tough|challenging)"
_DIFFICULTY = rf"\b{_LEVEL}(?:(?:-| )to(?:-| ){_LEVEL}|(?:/|-| or ){_LEVEL})?\b"

_PATTERNS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    ("money", re.compile(rf"[$€£]\s?{_RANGE}", re.I)),
    ("money", re.compile(rf"\b{_RANGE}\s?(?:{_CURRENCY}|dollars?|euros?|pounds)\b", re.I)),
    ("money", re.compile(rf"\b(?:{_CURRENCY})\s?{_RANGE}", re.I)),
    ("percent", re.compile(rf"{_RANGE}\s?(?:%|percent\b|per cent\b|percentage points?\b)", re.I)),
    ("duration", re.compile(rf"\b{_RANGE}[\s-]?(?:timed |full |short |more )?{_UNIT}\b", re.I)),
    ("duration", re.compile(_FEW, re.I)),
    ("duration", re.compile(rf"\b(?P<unit>seconds|minutes|hours)\)?: {_RANGE}(?![\w%])", re.I)),
    ("date", re.compile(_DAY, re.I)),
    ("date", re.compile(_PERIOD, re.I)),
    ("time of day", re.compile(_TIME_OF_DAY, re.I)),
    ("address", re.compile(r"\b[\w.+-]+@[\w-]+\.\w+|https?://\S+|\(\d{3}\) ?\d{3}-\d{4}")),
    ("difficulty", re.compile(_DIFFICULTY, re.I)),
    ("count", re.compile(rf"(?<![\w.$€£]){_RANGE}(?![\w%])", re.I)),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `low` and `high` are equal unless it is a range. Durations are in minutes, percentages in percent."""

    kind: ValueKind
    low: float
    high: float
    shown: str


def _number(text: str) -> float:
    match = re.match(rf"({_NUMBER})\s?([a-z]+)?", text.strip(), re.I)
    if match is None:
        return 0.0
    figure, scale = match.group(1).lower(), (match.group(2) or "").lower()
    return (NUMBER_WORDS[figure] if figure in NUMBER_WORDS else _decimal(figure)) * _SCALE.get(scale, 1.0)


def _decimal(figure: str) -> float:
    """A figure of digits; of one with several points, such as a section's number, the first two parts."""
    whole, *parts = re.sub(r",(?=\d{3})", "", figure).replace(",", ".").split(".")
    return float(f"{whole}.{parts[0]}") if parts else float(whole)


def _unit_minutes(unit: str) -> float:
    unit = unit.lower()
    if unit == "ms" or unit.startswith("millis"):
        return _MINUTES["ms"]
    return _MINUTES["mo" if unit.startswith("mo") else unit[0]]


def _value(kind: ValueKind, match: re.Match[str]) -> Value:
    groups, shown = match.groupdict(), match.group()
    if "low" not in groups and "unit" not in groups:
        return Value(kind, 0.0, 0.0, shown.lower())
    low_text, high_text = groups.get("low"), groups.get("high")
    unit = _unit_minutes(groups["unit"]) if groups.get("unit") else 1.0
    if low_text is None:  # "a few weeks"
        return Value(kind, 3 * unit, 3 * unit, shown)
    low, high = _number(low_text), _number(high_text or low_text)
    scale = re.search(r"(k|thousand|million|bn|billion|m)$", high_text.lower()) if high_text else None
    if scale and low < high / 100:  # "150-225k"
        low *= _SCALE[scale.group(1)]
    return Value(kind, min(low, high) * unit, max(low, high) * unit, shown)


@lru_cache(maxsize=16384)
def values_in(text: str) -> tuple[Value, ...]:
    """Every value of a text in reading order; what is one thing is not counted as another ("$200" is no count)."""
    plain = normalise(text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Value]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), _value(kind, match)))
    return tuple(value for _, value in sorted(found, key=lambda pair: pair[0]))


_MONEY_HEADER = re.compile(r"\b(?:usd|eur|gbp|salary|pay|bonus|equity|cash|compensation|price|cost|base)\b|[$€£]", re.I)


def values_of_kind(text: str, kind: ValueKind) -> tuple[Value, ...]:
    """The values of one kind. A bare figure of a thousand or more counts as money where the words around it say so."""
    found = values_in(text)
    if kind == "money" and _MONEY_HEADER.search(text):
        return tuple(value for value in found if value.kind == "money" or (value.kind == "count" and value.low >= 1000))
    if kind == "count":
        return tuple(value for value in found if value.kind in ("count", "percent"))
    return tuple(value for value in found if value.kind == kind)


def may_tell(text: str, kind: ValueKind) -> bool:
    """Whether the text gives a value that can answer a question for this kind: a pay cut may be told in percent."""
    return has_value(text, kind) or (kind == "money" and has_value(text, "percent"))


def has_value(text: str, kind: ValueKind) -> bool:
    """Whether the text gives any value of this kind."""
    return bool(values_of_kind(text, kind))
