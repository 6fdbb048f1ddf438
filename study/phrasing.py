"""A candidate's answer and a key point as grading reads them: statements, content stems, figures; formulas as words.

A statement is a span of the answer: a sentence, a clause of one, or two neighbouring sentences. Spans are exact, so that
feedback can quote the candidate's own words. Nothing here judges.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from index.words import STOP_WORDS, normalise, stem

LONGEST_READ = 4000  # words of an answer that are graded; nobody says more to one question
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma".split()
_SYMBOLS = {chr(0x3B1 + place): f" {name} " for place, name in enumerate(_GREEK)} | {
    "σ": " sigma ", "τ": " tau ", "φ": " phi ", "χ": " chi ", "ψ": " psi ", "ω": " omega ", "√": " sqrt ",
    "∑": " sum ", "Σ": " sum ", "∂": " gradient ", "∞": " infinity ", "≤": " at most ", "≥": " at least ",
    "<": " less than ", ">": " greater than ", "≈": " about ", "→": ", ", "⇒": ", ", "×": " times ", "·": " times ",
    "²": "^2 ", "ᵀ": "^T ", "=": " equals ", "−": "-", "≠": " not equals ", "↑": " up ", "↓": " down ", "÷": " divided by ",
}  # fmt: skip
_LATEX = re.compile(r"\\([A-Za-z]+)")
_SILENT = frozenset(
    "frac left right mathrm text hat bar tilde quad big cdot times sqrt lfloor rfloor le ge top".split()
)
_MARKS = re.compile(r"[${}\\_^|*`]+")
_NUMBER_WORDS = dict(
    zip(
        "three four five six seven eight nine ten eleven twelve twenty fifty".split(),
        (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 50),
        strict=True,
    )
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_FIGURE = re.compile(
    r"(?<![\w.])(\d{1,3}(?: \d{3})+(?!\d)|\d[\d,]*(?:\.\d+)?|\.\d+)"
    r"(?:\s*(%|percent\b|thousand\b|million\b|billion\b|bn\b|[kKmMB]\b))?",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\bo\([^()]*(?:\([^()]*\)[^()]*)*\)|(?<![\w/])[a-z]\w? ?/ ?[a-z]\w?(?![\w/])")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:\.\d+)?")
_SENTENCE = re.compile(r"[^.!?;\n]*(?:[.!?;](?!\s|$)[^.!?;\n]*)*(?:[.!?;]+|\n|$)")
_CLAUSE_CUT = re.compile(
    r"[,:→–—]\s+|\s+[–—-]\s+|\s+(?=(?:and|but|while|whereas|because|since|so|which|rather than|instead of|then|if)\b)"
)
_MORE_STOPS = frozenset("use used using make makes made one ones many also need needs e g i.e eg ie etc".split())


@dataclass(frozen=True, slots=True)
class Statement:
    """A span of the answer and its text; `size` is 1 for a clause, 2 for a sentence, 3 for two neighbours."""

    start: int
    end: int
    text: str
    size: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text taken apart: words in order, distinct content stems in order, figures as values (60 % is 0.6), formulas as "k/i"."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    figures: tuple[float, ...]
    formulas: tuple[str, ...] = ()


def spelled(text: str) -> str:
    """The text with LaTeX and mathematical signs as words, for comparison only."""
    for sign, words in _SYMBOLS.items():
        text = text.replace(sign, words)
    text = _LATEX.sub(lambda found: " " if found[1] in _SILENT else f" {found[1]} ", text)
    return normalise(_MARKS.sub(" ", text))


@lru_cache(maxsize=16384)
def take_apart(text: str) -> Phrase:
    """Words, content stems and figures of a text."""
    plain = spelled(text)
    words = tuple(_WORD.findall(plain.casefold()))
    stems = (stem(word) for word in words if not word[0].isdigit() and word not in STOP_WORDS | _MORE_STOPS)
    return Phrase(words, tuple(dict.fromkeys(stems)), tuple(dict.fromkeys(_figures(plain))), _formulas(text))


def _figures(plain: str) -> list[float]:
    found = []
    for number, scale in _FIGURE.findall(plain):
        value = float(re.sub(r"[, ]", "", number))
        lower = scale.casefold()
        found.append(value / 100 if lower in ("%", "percent") else value * _SCALES.get(lower, 1.0))
    found += [float(_NUMBER_WORDS[word]) for word in plain.casefold().split() if word in _NUMBER_WORDS]
    return found


def _formulas(text: str) -> tuple[str, ...]:
    """Costs and ratios in one spelling: "O(n² d)" is "o(n2d)", "$k/i$" is "k/i"."""
    plain = normalise(text.replace("$", "").replace("\\log", "log").replace("·", "").replace("×", "")).casefold()
    plain = re.sub(r"[\^*_{}\\]", "", plain)
    found = (each[0] for each in _FORMULA.finditer(plain))
    return tuple(dict.fromkeys(re.sub(r"\s", "", each) for each in found if not re.search(r"[a-z]{4}", each)))


def same_figure(left: float, right: float) -> bool:
    """Whether two figures tell the same value: one may be rounded, and a share be told with or without %."""
    return left == right or any(_rounded_alike(left * scale, right) for scale in (1, 100, 0.01))


def _rounded_alike(left: float, right: float) -> bool:
    if not left or not right:
        return left == right
    steps = (10.0 ** (math.floor(math.log10(abs(value))) + 1 - _digits(value)) for value in (left, right))
    return abs(left - right) <= 0.505 * max(steps)


def _digits(value: float) -> int:
    """How many digits a figure tells: 63.4 three, 0.048 two; at least two, and of a large round one at least three."""
    told = f"{abs(value):.12g}".replace(".", "").strip("0")
    return max(2, len(told), min(3, len(str(int(abs(value))))))


def statements_of(answer: str) -> tuple[list[Statement], bool]:
    """The statements of an answer, in order, and whether it was cut at `LONGEST_READ` words."""
    words = list(re.finditer(r"\S+", answer))
    cut = len(words) > LONGEST_READ
    text = answer[: words[LONGEST_READ].start()] if cut else answer
    sentences = [span for found in _SENTENCE.finditer(text) if (span := _trimmed(text, *found.span()))]
    spans: dict[tuple[int, int], int] = {}
    for start, end in sentences:
        spans.setdefault((start, end), 2)
        for clause in _clauses(text, start, end):
            spans.setdefault(clause, 1)
    for (start, _), (_, end) in itertools.pairwise(sentences):
        spans.setdefault((start, end), 3)
    return [Statement(start, end, text[start:end], size) for (start, end), size in sorted(spans.items())], cut


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space and list marks around it; None where no word is left."""
    inside = text[start:end]
    start += len(inside) - len(re.sub(r"^(?:\s|[-*•]\s|\d{1,2}[.)]\s)+", "", inside))
    end -= len(inside) - len(inside.rstrip())
    return (start, end) if re.search(r"\w", text[start:end]) else None


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a sentence, and neighbours joined in pairs, where there are at least two."""
    cuts = [start, *(start + found.end() for found in _CLAUSE_CUT.finditer(text[start:end])), end]
    spans = [span for left, right in itertools.pairwise(cuts) if (span := _trimmed(text, left, right))]
    if len(spans) < 2:
        return []
    joined = [(left[0], right[1]) for left, right in itertools.pairwise(spans)]
    return [span for span in (*spans, *joined) if len(text[span[0] : span[1]].split()) >= 2]
