"""Text as search reads it: one normalisation, one tokeniser, one stemmer, shared by indexing and by questions.

What is cited is always raw; what is compared goes through here, so that "12 %" with a narrow no-break space, "on‑site"
with a non-breaking hyphen and "30–45" with an en dash meet the plain forms a person types.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but by
    can could did do does doing done down during each else for from further get gets got had has have having he her here
    hers him his how i if in into is it its itself just let lets like may me might more most much must my myself no nor
    not now of off on once only or other our ours out over own please really same shall she should so some such than
    that the their theirs them then there these they this those through to too under until up upon us very was we were
    what when where whether which while who whom whose why will with would you your yours""".split()
)

_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
_QUOTES = {ord(mark): "'" for mark in "‘’‚‛′"} | {ord(mark): '"' for mark in "“”„‟″"}
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]+"
)
_SPELLINGS = str.maketrans(_HYPHENS | _QUOTES | _INVISIBLE)
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*(?:\+\+|#)?|\d+", re.UNICODE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_stemmer = Stemmer.Stemmer("english")
_AMERICAN = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"), ("iser", "izer"))
_OUR = re.compile(r"(?<=[a-z]{3})our(?=$|al|ally|ed|ing|ful|s$|ism|ist|able|ite)")


def normalise(text: str) -> str:
    """NFKC, plain hyphens, quotes and spaces, nothing invisible; case is kept."""
    return _SPACES.sub(" ", _spelled(text)).strip()


def _spelled(text: str) -> str:
    """The same, but for spaces."""
    if text.isascii():  # nothing of it is to be changed
        return text
    plain = text.translate(_SPELLINGS)
    return plain if plain.isascii() else unicodedata.normalize("NFKC", plain).translate(_SPELLINGS)


def visible(text: str) -> str:
    """The text without the characters nobody sees: control, zero-width, direction and tag characters."""
    return UNSEEN.sub("", text)


def words(text: str) -> list[str]:
    """The words and figures of a text, normalised and in lower case: "$200,000 for C++" → ["200000", "for", "c++"]."""
    plain = _spelled(text).casefold()
    return _WORD.findall(_THOUSANDS.sub("", plain) if "," in plain else plain)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word's stem, with British and American spellings brought together ("behavioural" = "behavioral")."""
    word = word.removesuffix("'s")
    for british, american in _AMERICAN:
        if word.endswith(british) and len(word) > len(british) + 3:
            word = word.removesuffix(british) + american
            break
    return str(_stemmer.stemWord(_OUR.sub("or", word)))


def terms(text: str) -> list[str]:
    """The stems of a text without stop words: what lexical search indexes and asks for."""
    return terms_of(words(text))


def terms_of(words: Iterable[str]) -> list[str]:
    """The same of words that are told apart already."""
    return [stem(word) for word in words if word not in STOP_WORDS]
