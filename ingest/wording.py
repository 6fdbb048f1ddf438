"""How words look: normalised for reading and search, and the plain tests that structure recovery is built from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": None, "\u2043": "-", "\ufe63": "-", "\uff0d": "-"})
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ufe00-\ufe0f\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
WORD = re.compile(r"[^\W_]+(?:['’.&+#/-][^\W_]+|[+#]+)*")
SMALL = frozenset(
    "a an and as at but by for from in into is nor of off on onto or over per so than that the to up via vs with your "
    "you who we what it its be are do does not no if when".split()
)
ENDS = re.compile(r"""[.!?…。！？]["'”’»)\]]*$""")
INNER_END = re.compile(r"""[a-z0-9)%”"'][.!?…]["'”’)]*\s+["'“‘(]?[A-Z0-9]""")
# Every repetition is bounded: a mark that is never closed must not be looked for to the end of a text a thousand times.
EMPHASIS = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3}|~~)(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)")
CODE = re.compile(r"(?<!`)(`{1,9})(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
IMAGE = re.compile(r"!\[([^\]]{0,500})\](?:\((?:data:[^)\s]*+|[^)]{0,2000})\)|\[[^\]]{0,200}\])")
LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,800})\]\((?:[^()\s]|\([^()]{0,200}\)){0,2000}(?:\s{1,9}\"[^\"]{0,500}\")?\)"
)
REFERENCE = re.compile(r"\[([^\[\]]{1,500})\]\[[^\]]{0,200}\]")
AUTOLINK = re.compile(r"<(https?://[^>\s]{1,2000}|[^@>\s]{1,100}@[^>\s]{1,200})>")
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,40}(?:\s[^<>]{0,4000})?/?>|<!--.{0,4000}?-->", re.DOTALL)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~$])")
MATH = re.compile(r"(\$\$?)(.{1,2000}?)\1", re.DOTALL)

MOST_TAGS = 12  # words of a line of tags
LEAST_FUSED = 12  # characters of words that ran together, and the most of one of them
SHORTEST_PIECE = 4
LONGEST_WORD = 60  # characters; what stands farther from a join is no part of its words


def normalise(raw: str) -> str:
    """Spaces and hyphens as a keyboard has them, nothing invisible, one space where there were many."""
    visible = INVISIBLE.sub("", raw.translate(HYPHENS))
    return SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def plain(raw: str, *, marked: bool = False) -> str:
    """What a reader sees of `raw`: with `marked`, Markdown's and HTML's marks are taken off first."""
    return normalise(without_marks(raw) if marked else raw)


def without_marks(raw: str) -> str:
    """Markdown and inline HTML reduced to their words. Code and formulas keep every character."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group(2) if match.group(0).startswith("`") else match.group(0))
        return f"\ue000{len(kept) - 1}\ue001"

    shown = CODE.sub(keep, raw.replace("\ue000", "").replace("\ue001", ""))
    shown = MATH.sub(keep, shown)
    shown = IMAGE.sub(r"\1", shown)
    shown = AUTOLINK.sub(r"\1", TAG.sub(" ", REFERENCE.sub(r"\1", LINK.sub(r"\1", shown))))
    for _ in range(3):
        shown = EMPHASIS.sub(r"\2", shown)
    shown = ENTITY.sub(_entity, ESCAPE.sub(r"\1", shown))
    return re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match.group(1))], shown)


def _entity(match: re.Match[str]) -> str:
    from html import unescape

    return unescape(match.group(0))


def word_list(text: str) -> list[str]:
    """The words of `text`, in order, as they are written."""
    return WORD.findall(text)


def capitals(words: Iterable[str]) -> float:
    """The share of significant words that open with a capital or a digit; the first word is not counted."""
    significant = [word for word in list(words)[1:] if word.lower() not in SMALL]
    return sum(not word[0].islower() for word in significant) / len(significant) if significant else 1.0


def is_title_case(text: str) -> bool:
    """Whether the significant words are capitalised, as a headline's are."""
    return capitals(word_list(text)) >= 0.6


def is_sentence(text: str) -> bool:
    """Whether `text` closes, or goes on, like a sentence: full stop, question mark, or more than a line of words."""
    return bool(ENDS.search(text) or INNER_END.search(text)) or len(text.split()) > 18


def is_question(text: str) -> bool:
    """Whether `text` closes with a question mark."""
    return bool(re.search(r"\?[\"'”’)\]]*$", text))


def is_quoted(text: str) -> bool:
    """Whether `text` opens with a quotation mark."""
    return text[:1] in "\"“”'‘«„"


def fused(text: str, vocabulary: frozenset[str]) -> int:
    """How many joints there are between words that ran together in lower case ("rosesoil"), each known elsewhere."""
    found = 0
    for word in WORD.findall(text.lower()):
        if LEAST_FUSED <= len(word) <= LONGEST_WORD and word.isalpha():
            found += max(0, _pieces(word, vocabulary) - 1)
    return found


def ran_together(words: str, vocabulary: frozenset[str]) -> bool:
    """Whether a short line is a row of links or tags whose spaces were lost."""
    if len(words.split()) > MOST_TAGS:
        return False
    inside = fused(words, vocabulary)
    edges = len(re.findall(r"[a-z](?=[A-Z][a-z])", words))
    return inside >= 2 or inside + edges >= 3


def _pieces(word: str, vocabulary: frozenset[str]) -> int:
    """Into how many known words a word falls, none of them short and none the whole; 0 where it falls into none."""
    best = [1] + [0] * len(word)
    for end in range(SHORTEST_PIECE, len(word) + 1):
        for start in range(max(0, end - LEAST_FUSED), end - SHORTEST_PIECE + 1):
            if best[start] and word[start:end] in vocabulary and end - start < len(word):
                best[end] = max(best[end], best[start] + 1)
    return best[-1] - 1


def joins(text: str, vocabulary: frozenset[str]) -> list[int]:
    """Where words ran together ("HR ScreenOnsite"): offsets between two words that both stand alone elsewhere."""
    found = []
    for match in re.finditer(r"(?<=[a-z)])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=\d)|(?<=\d)(?=[A-Z][a-z])", text):
        left = re.search(r"[A-Za-z]+$", text[max(0, match.start() - LONGEST_WORD) : match.start()])
        right = re.match(r"[A-Za-z]+|\d+", text[match.start() : match.start() + LONGEST_WORD])
        left_word = re.split(r"(?<=[a-z])(?=[A-Z])", left.group(0))[-1].lower() if left else ""
        right_word = re.split(r"(?<=[a-z])(?=[A-Z])", right.group(0))[0].lower() if right else ""
        known = not left_word or left_word in vocabulary
        if known and (right_word in vocabulary or right_word.isdigit()):
            found.append(match.start())
    return found
