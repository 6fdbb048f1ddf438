"""A claim and its evidence as the support checker compares them: sentences, content stems, figures with units, names.

Deterministic and cached per text, because the same evidence is held against every sentence of an answer. Nothing here
decides; `answer.contradictions` and `answer.support` do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.words import STOP_WORDS, normalise, stem

# Words that introduce or qualify a claim without being part of it.
_FRAME = frozenset("according based guide guides passage passages provided given text context note notes".split())
CONTENT_FREE = STOP_WORDS | _FRAME
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"hundred": "100", "half": "0.5"}
_TENS = {word: 10 * ten for ten, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)}
_NUMBERS |= {word: str(number) for word, number in _TENS.items()}
_UNITS = {
    "minute": "minute minutes min mins",
    "hour": "hour hours hr hrs h",
    "day": "day days",
    "week": "week weeks wk wks",
    "month": "month months",
    "year": "year years yr yrs",
    "second": "second seconds sec secs",
    "millisecond": "ms millisecond milliseconds",
    "percent": "% percent",
    "dollar": "$ usd dollar dollars",
    "degree": "° degree degrees",
    "euro": "€ euro euros eur",
    "pound": "£ pound pounds",
    "milligram": "mg milligram milligrams",
    "kilogram": "kg kilogram kilograms",
    "kilometre": "km kilometre kilometres kilometer kilometers",
}
_UNIT_OF = {word: unit for unit, forms in _UNITS.items() for word in forms.split()}
# Words that tell a number without being a figure: what a claim counts may be told in them.
_COUNTED = {
    word: float(number)
    for number, forms in {
        1: "once single first a an", 2: "twice double both pair couple second halved doubled", 3: "triple third thirds",
        4: "quarter fourth", 5: "fifth fifths", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth tenths",
        12: "dozen",
    }.items()
    for word in forms.split()
}  # fmt: skip
_SCALES = {"k": 1_000, "thousand": 1_000, "million": 1_000_000, "m": 1_000_000, "billion": 10**9, "bn": 10**9}

_TOKEN = re.compile(r"[^\W\d_]+\d+[^\W_]*|\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[%$°€£]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SCALED = re.compile(rf"(\d+(?:\.\d+)?)\s?({'|'.join(_SCALES)})\b", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_COMPOUND = re.compile(rf"\b(twenty|{'|'.join(_TENS)})-({'|'.join(list(_NUMBERS)[1:10])})\b", re.IGNORECASE)
DAY_DIGITS = 8  # 2026-11-21 is read as 20261121
_OBLIGED = re.compile(r"\b(?:ha[sd]|have) to\b", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-z)])(?=[A-Z][a-z])|(?<=\d)(?=[A-Za-z])|(?<=[a-z]\.)(?=[A-Z])")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?:[\"')\]]*)\s+(?=[A-Z0-9\"'(\[])")
_LIST_MARK = re.compile(r"^\s*(?:[-*•◦]|\(?\d{1,2}[.)])\s+")
_MARKER = re.compile(r"\s*\[\d+\]|\(?\b[Pp]assages? \d+(?:(?:,| and) (?:[Pp]assage )?\d+)*\b[:)]?")
_INNER_NAME = re.compile(r"(?<=[\w,;:)] )[A-Z][\w+#]*|\b[A-Z]{2,}\w*\b|\b[A-Z]+\d\w*\b|\b[A-Za-z]+[a-z][A-Z]\w*\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the unit it counts; "" where the text gives none that is known."""

    value: float
    unit: str
    at: int = 0  # its place among the words

    def matches(self, other: Figure) -> bool:
        """Same number, and units that do not contradict each other."""
        return self.value == other.value and (self.unit == other.unit or not self.unit or not other.unit)


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence taken apart. `words` are lower case in order; `content` their stems without stop words."""

    text: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    figures: tuple[Figure, ...]
    names: tuple[str, ...]
    capitals: frozenset[str]  # words with a capital anywhere, the first word too, in lower case

    @property
    def terms(self) -> frozenset[str]:
        """The distinct content stems."""
        return frozenset(self.content)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All evidence texts together, and sentence by sentence."""

    sentences: tuple[Wording, ...]
    terms: frozenset[str]
    prefixes: frozenset[str]  # the first five letters of its longer words, for spellings a stemmer keeps apart
    pairs: frozenset[tuple[str, str]]
    triples: frozenset[tuple[str, str, str]]
    figures: tuple[Figure, ...]
    counted: frozenset[float]  # numbers told in other words: "twice", "a third", "the second"
    names: frozenset[str]  # stems of words with a capital that do not only begin a sentence
    windows: tuple[frozenset[str], ...]  # terms of each sentence with the one after it


def sentences_of(text: str) -> list[str]:
    """The sentences, list items and rows of a text, without citation markers and list marks."""
    plain = _MARKER.sub("", text)
    parts = (part for line in plain.splitlines() for part in _SENTENCE_END.split(_LIST_MARK.sub("", line)))
    return [part.strip() for part in parts if re.search(r"\w", part)]


@lru_cache(maxsize=8192)
def take_apart(sentence: str) -> Wording:
    """Words, content stems, figures and names of one sentence."""
    plain = normalise(sentence)
    tokens = [token.lower() for token in _TOKEN.findall(_GLUED.sub(" ", _in_full(plain)))]
    tokens = [_UNIT_OF.get(token, _NUMBERS.get(token, token)) for token in tokens]
    content = tuple(_content_of(tokens))
    names = tuple(dict.fromkeys(part for name in _INNER_NAME.findall(plain) for part in _name_parts(name)))
    capitals = frozenset(word.lower() for word in _TOKEN.findall(_GLUED.sub(" ", plain)) if word[0].isupper())
    return Wording(plain, tuple(tokens), content, tuple(_figures_of(tokens)), names, capitals - CONTENT_FREE)


@lru_cache(maxsize=512)
def gather(texts: tuple[str, ...]) -> Evidence:
    """Evidence texts made ready for comparison."""
    parts = tuple(take_apart(sentence) for text in texts for sentence in sentences_of(text))
    content = [part.content for part in parts]
    following = [*content[1:], ()][: len(content)]
    return Evidence(
        sentences=parts,
        terms=frozenset(term for terms in content for term in terms),
        prefixes=frozenset(word[:5] for part in parts for word in part.words if len(word) >= 5),
        pairs=frozenset(pair for terms in content for pair in pairwise(terms)),
        triples=frozenset(three for terms in content for three in zip(terms, terms[1:], terms[2:], strict=False)),
        figures=tuple(figure for part in parts for figure in part.figures),
        counted=frozenset(_COUNTED[word] for part in parts for word in part.words if word in _COUNTED),
        names=frozenset(name for part in parts for name in part.names),
        windows=tuple(frozenset((*here, *after)) for here, after in zip(content, following, strict=True)),
    )


def _in_full(text: str) -> str:
    """Figures written out: "200k" and "200,000" are both "200000", "forty-five" is "45", a day is one figure; "has to" is "must"."""
    plain = _OBLIGED.sub("must", text)
    plain = _COMPOUND.sub(_sum_of, _DAY.sub(r"\1\2\3", _THOUSANDS.sub("", plain)))
    return _SCALED.sub(lambda match: f"{float(match.group(1)) * _SCALES[match.group(2).lower()]:.10g}", plain)


def _sum_of(compound: re.Match[str]) -> str:
    return str(sum(int(_NUMBERS[part.lower()]) for part in compound.groups()))


def _content_of(tokens: list[str]) -> list[str]:
    return [stem(token) for token in tokens if token not in CONTENT_FREE and token[0].isalnum()]


def _name_parts(name: str) -> list[str]:
    """The stems of a name as the words of a sentence are cut: "GhostPilot" gives two."""
    tokens = [token.lower() for token in _TOKEN.findall(_GLUED.sub(" ", name))]
    tokens = [_UNIT_OF.get(token, _NUMBERS.get(token, token)) for token in tokens]
    return [part for part in _content_of(tokens) if len(part) > 1 and not part.isdigit() and part not in _UNITS]


def _figures_of(tokens: list[str]) -> list[Figure]:
    """Every number with its unit; in "30 to 45 minutes" both ends count minutes."""
    found: list[Figure] = []
    unit = ""
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if not token[0].isdigit():
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        unit = _unit_at(tokens, place, after, unit)
        found.append(Figure(float(token), unit, place))
    return found[::-1]


def _unit_at(tokens: list[str], place: int, after: str, later: str) -> str:
    """The unit of the number at `place`; `later` is that of the next number, which a range shares."""
    if place and tokens[place - 1] == "dollar":
        return "dollar"
    if after in _UNITS and not (after == "dollar" and later == "dollar"):
        return after
    if len(tokens[place]) == DAY_DIGITS:  # a day that stands before a figure shares no unit with it
        return ""
    next_is_range = after in ("to", "or", "and", "dollar") or (after and after[0].isdigit())
    return later if next_is_range else ""
