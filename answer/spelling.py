"""A question in the words the guides use: abbreviations written out, typing errors corrected, names as they are written.

The vocabulary of the corpus comes in as an argument, so that a word the guides use is never "corrected".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from answer.shorthand import ABBREVIATIONS, ASKING, LONG_FORMS, OF_QUESTIONS, OPERATORS
from index.values import NUMBER_WORDS
from index.words import STOP_WORDS, words

_PLURAL = re.compile(r"e?s$")
_DOER = re.compile(r"ers?$")  # "raiser": of one who raises guides tell that he raises
_SIDE_BY_SIDE = re.compile(r"(?<![\w-])([A-Za-z]+) (?=([A-Za-z]+)(?![\w-]))")
SHORTEST_HALF, LONGER_HALF = 3, 4  # letters; of a stop word such as "over"
_NAMES_CONCEPT = re.compile(
    r"^(?:what (?:is|does)|define|explain|derive)\b(?!.*\b(?:interview|role|round|job|pay)\b)|\b(?:versus|vs)\b", re.I
)


def expand_abbreviations(text: str, vocabulary: Mapping[str, int]) -> str:
    """Write out chat abbreviations ("msft", "oa"), unless written in a way the corpus itself uses ("MS" stays)."""

    def written_out(match: re.Match[str]) -> str:
        word = match.group()
        full = ABBREVIATIONS.get(word.lower())
        known = vocabulary.get(word.lower(), 0)
        meant = word.lower() in LONG_FORMS and _NAMES_CONCEPT.search(text)  # "what is MLE", not "the MLE loop"
        if full is None or (word.isupper() and len(word) > 1 and known >= 3) or (meant and known):
            return word
        return full

    text = re.sub(r"\b(to|i|you|we|should|can) prep\b", r"\1 prepare", text, flags=re.I)
    return re.sub(r"(?<![\w/'])(?:b/w|w/o?|q's|[A-Za-z]+\d*[A-Za-z]?)(?![\w/'])", written_out, text)


def with_both_forms(text: str, vocabulary: Mapping[str, int]) -> str:
    """Initials written out where the corpus knows only the words ("DI"), added where it knows only them; signs named."""

    def written_out(match: re.Match[str]) -> str:
        short = match.group()
        full = LONG_FORMS.get(short.lower(), "")
        only_words = full and short.lower() not in vocabulary and all(word in vocabulary for word in words(full))
        return full if only_words else short

    text = re.sub(r"(?<![\w/])[A-Za-z]\w{1,3}(?![\w/'])", written_out, text)
    text = _SIDE_BY_SIDE.sub(lambda pair: _written_together(pair, vocabulary), text)
    plain = " ".join(words(text))
    for short, full in LONG_FORMS.items():
        long = words(full)
        if " ".join(long) in plain and short in vocabulary and not all(word in vocabulary for word in long):
            text = f"{text.rstrip(' ?')} ({short})"
    return re.sub(
        r"(?<!\S)[\"'`(]?([=!<>&|?.+*:%-]{1,3})[\"'`)]?(?=[\s?,.]|$)",
        lambda sign: f"{sign.group()} ({OPERATORS[sign.group(1)]})" if sign.group(1) in OPERATORS else sign.group(),
        text,
    )


def _written_together(pair: re.Match[str], vocabulary: Mapping[str, int]) -> str:
    """A word and its space, or without it where the corpus writes it so: "Flash Attention" → "FlashAttention"."""
    first, second = pair.groups()
    together = vocabulary.get(f"{first}{second}".lower(), 0)
    short = len(first) < (LONGER_HALF if first.lower() in STOP_WORDS else SHORTEST_HALF) or len(second) < SHORTEST_HALF
    if short or second.lower() in STOP_WORDS or together < 2:  # once may be a slip
        return pair.group()
    rarer = min(vocabulary.get(first.lower(), 0), vocabulary.get(second.lower(), 0))
    return first if rarer <= together else pair.group()


def _asking_word(word: str) -> str:
    """The word of questions that a small-lettered one is by one slip ("waht"), or ""."""
    if not word.islower() or word in STOP_WORDS or word in ABBREVIATIONS:
        return ""
    return next((asking for asking in ASKING if DamerauLevenshtein.distance(word, asking, score_cutoff=1) <= 1), "")


def correct_spelling(
    text: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Correct words that neither the corpus nor the language knows to the nearest corpus word. → (text, changes).

    `is_word` says whether a lower-case word is known to the language. One edit is allowed in words of five letters or
    more, two from eight on; the first letter must agree. Ties go to the word that more units use.
    """
    changes: list[tuple[str, str]] = []

    def corrected(match: re.Match[str]) -> str:
        word = match.group()
        lower = word.lower()
        asking = _asking_word(word) if len(lower) in (3, 4) and lower not in vocabulary and not is_word(lower) else ""
        if asking:
            return asking
        if len(lower) < 5 or lower in vocabulary or lower in STOP_WORDS | OF_QUESTIONS or is_word(lower):
            return word
        if _PLURAL.sub("", lower) in NUMBER_WORDS:
            return word
        bases = [base for base in (_DOER.sub("", lower), _DOER.sub("e", lower)) if base != lower]
        if any(base in vocabulary or is_word(base) for base in bases):
            told = (form for base in bases for form in (base, f"{base}s", f"{base}ing", f"{base[:-1]}ing"))
            return next((form for form in told if form in vocabulary), word)
        limit = 1 if len(lower) < 8 else 2
        candidates = [known for known in vocabulary if known[:1] == lower[:1] and abs(len(known) - len(lower)) <= limit]
        found = process.extract(
            lower, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=8, processor=None
        )
        if not found:
            return word
        best = min(found, key=lambda hit: (hit[1], -vocabulary[hit[0]], hit[0]))[0]
        changes.append((word, best))
        return best

    return re.sub(r"(?<![\w@./-])[^\W\d_]+(?![\w@/])", corrected, text), tuple(changes)
