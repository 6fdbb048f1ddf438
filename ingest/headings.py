"""Headings without marks: which single lines of a text are headings, told from their look and their neighbours.

A line that opens something (a paragraph, a list, a table) and is no sentence itself is a heading; in a run of such
lines the document's own habit (title case or not, blank lines or not) tells headings from descriptions and menus.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.lines import is_byline
from ingest.outline import Part
from ingest.wording import ENDS, is_question, is_quoted, is_sentence, is_title_case, joins, ran_together, word_list

MOST_WORDS = 16
MOST_DESCRIBING = 12  # words of a heading that goes on in lower case, where the document has no habit of such
STATED = re.compile(
    r"(?:author|by|written by|published|updated|last updated|date|source|url|topics?|tags?|keywords|"
    r"reading time|company|role)\s*:|by\s+[A-Z][^|]*\||"
    r"(?:posted in|filed under|categor(?:y|ies))\s*:|(?:written|posted|reviewed|edited) by\s+(?:the\s+)?[A-Z]|"
    r"(?:last\s+)?(?:updated|published)\s+(?:on\s+)?[\w.]+\s+\d",
    re.I,
)
READING_TIME = re.compile(r"\d{1,4}[-–\s]{0,3}(?:\d{1,4} )?min(?:ute)?s? read(?!\w*ing)", re.I)
TIMED = re.compile(r"\((?:[^()]*\d[^()]*|[^()]{3,40})\)$")
KEYED = re.compile(r"[^\W\d_][\w '’()/&+-]{0,40}: \S[^\n]*")
CODE_LIKE = re.compile(r"\w_\w|[\[\]{}=]|\s[+*]\s")
VALUE = re.compile(r"[~≈<>≤≥$€£]?\s*\d[\d,.]*\s*(?:[-–—+%xk]|to|\s|\d|[a-zA-Z]+){0,8}$", re.I)
PROMPT = re.compile(
    r"(?:\d+[.)]\s+)?(?:design|implement|explain|describe|tell|walk|compare|write|given|how|what|why|"
    r"when|where|which|who|"
    r"build|discuss|define|derive|estimate|do|does|is|are|can|could|should|would|will|have|if|you|"
    r"your|name|list|give|prove|show)\b",
    re.I,
)


def find_headings(parts: list[Part], text: str) -> list[Part]:
    """The same parts with those single-line paragraphs turned into headings (level 0) that are headings."""
    numbered = [_numbered_heading(parts, at, text) for at in range(len(parts))]
    vocabulary = frozenset(word.lower() for word in word_list(text))
    prompts = _prompt_headings(numbered, text)
    asked = frozenset(prompts)
    found = list(numbered)
    labels = _labels_of_figures(numbered, text) | _pairs(numbered, text)
    wordy = _has_wordy_headings(numbered, text, vocabulary)
    at = 0
    while at < len(parts):
        run = at
        while (
            run < len(parts) and run not in labels and run not in asked and _is_fragment(found[run], text, vocabulary)
        ):
            run += 1
        for chosen in _choose(found, at, run, text, wordy=wordy or run in asked):
            found[chosen] = as_heading(found[chosen])
        at = max(run, at + 1)
    for at in prompts:
        found[at] = replace(as_heading(found[at]), role="question")
    return found


def as_heading(part: Part, level: int = 0) -> Part:
    """A paragraph, taken as a heading."""
    return replace(part, kind="heading", level=level, entries=())


def own_words(part: Part, text: str) -> str:
    """The words of a heading or paragraph as they stand."""
    return text[slice(*part.body)].strip()


def _labels_of_figures(parts: list[Part], text: str) -> frozenset[int]:
    """Which lines only say what the figure right above them counts ("29+", "Questions", "3", "Rounds"), twice and more."""

    def is_figure(at: int) -> bool:
        return (
            0 <= at < len(parts) and parts[at].kind == "paragraph" and bool(VALUE.fullmatch(own_words(parts[at], text)))
        )

    def follows(at: int) -> bool:
        return (
            parts[at].kind == "paragraph" and not text[parts[at - 1].end : parts[at].start].strip(" ").count("\n") > 1
        )

    pairs = [at for at in range(1, len(parts)) if is_figure(at - 1) and not is_figure(at) and follows(at)]
    return frozenset(at for at in pairs if at - 2 in pairs or at + 2 in pairs)


def _pairs(parts: list[Part], text: str) -> frozenset[int]:
    """Lines that name something and say it ("Base: 34,000"), two at least one after the other: pairs, no headings."""
    keyed = [part.kind == "paragraph" and bool(KEYED.fullmatch(own_words(part, text))) for part in parts]
    around = zip([False, *keyed], keyed, [*keyed[1:], False], strict=False)
    return frozenset(at for at, (before, here, after) in enumerate(around) if here and (before or after))


def _is_fragment(part: Part, text: str, vocabulary: frozenset[str]) -> bool:
    """Whether a part is a single short line that could be a heading."""
    if part.kind != "paragraph" or part.lines != 1 or part.noise or part.role:
        return False
    words = own_words(part, text)
    if READING_TIME.match(words):
        return False
    if len(words.split()) > MOST_WORDS or len(words) > 110 or words[:1].islower() or is_quoted(words):
        return False
    if is_question(words) and len(words.split()) <= MOST_WORDS:
        return True
    if words.endswith((",", ";", ":")) or STATED.match(words) or is_byline(words) or VALUE.fullmatch(words):
        return False
    if ran_together(words, vocabulary) or (CODE_LIKE.search(words) and not is_title_case(words)):
        return False
    return not is_sentence(words) and len(joins(words, vocabulary)) < 2 and bool(re.search(r"[^\W\d_]{2}", words))


def _has_wordy_headings(parts: list[Part], text: str, vocabulary: frozenset[str]) -> bool:
    """Whether long lines in sentence case stand alone between paragraphs, at least twice: this document's headings."""
    alone = 0
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        prose = all(other.kind == "paragraph" and is_sentence(own_words(other, text)) for other in (before, after))
        alone += prose and _is_fragment(part, text, vocabulary) and _describes(own_words(part, text))
    return alone >= 2


def _choose(parts: list[Part], first: int, end: int, text: str, *, wordy: bool) -> list[int]:
    """Which of the fragments `first` to `end` are headings, given what follows the run."""
    if first == end:
        return []
    after = parts[end] if end < len(parts) else None
    run = list(range(first, end))
    words = {at: own_words(parts[at], text) for at in run}
    if after is None:
        run = run[:-1]  # a last line opens nothing
    opens = after is not None and after.kind != "heading"
    if len(run) == 1:
        if len(words[run[0]].split()) > MOST_DESCRIBING and _describes(words[run[0]]) and not wordy:
            return []
        return run if opens or first == 0 or is_title_case(words[run[0]]) else []
    chosen = [at for at in run if _stands_out(words[at], run)]
    if opens and run and run[-1] not in chosen and (wordy or not _describes(words[run[-1]])):
        chosen.append(run[-1])
    return chosen


def _stands_out(words: str, run: list[int]) -> bool:
    """Whether a fragment of a run of fragments looks like a headline among them."""
    if _describes(words):
        return False
    if TIMED.search(words) or is_question(words) or len(run) <= 3:
        return True
    return is_title_case(words) and len(words.split()) >= 2


def _describes(words: str) -> bool:
    """Whether a fragment enumerates or goes on in lower case, as a description does."""
    lower_case = not is_title_case(words)
    return (
        lower_case
        and (words.count(",") >= 1 or len(words.split()) >= 4)
        and not is_question(words)
        and not TIMED.search(words)
    )


def _numbered_heading(parts: list[Part], at: int, text: str) -> Part:
    """A lone numbered line that opens other content ("1) Basics", then a list) is a heading, not a list of one."""
    part = parts[at]
    if part.kind != "list" or len(part.entries) != 1 or part.entries[0].ordinal is None or part.entries[0].label:
        return part
    entry, after = part.entries[0], parts[at + 1] if at + 1 < len(parts) else None
    words = text[entry.start : entry.end]
    opens = after is not None and after.kind in ("paragraph", "list", "table", "code", "formula")
    if not opens or "\n" in words or len(words.split()) > MOST_WORDS or (ENDS.search(words) and not is_question(words)):
        return part
    return Part(
        "heading", part.start, part.end, (entry.start, entry.end), page=part.page, size=part.size, bold=part.bold
    )


def _prompt_headings(parts: list[Part], text: str) -> list[int]:
    """Single lines that ask something, each followed by a longer paragraph that answers, at least three times."""
    found = []
    for at, part in enumerate(parts[:-1]):
        after = parts[at + 1]
        if part.kind != "paragraph" or after.kind != "paragraph" or part.lines > 2:
            continue
        asks, answers = own_words(part, text), own_words(after, text)
        count = len(asks.split())
        if (
            count <= 36
            and PROMPT.match(asks)
            and len(answers) > 1.3 * len(asks)
            and is_sentence(answers)
            and count >= 3
        ):
            found.append(at)
    alternating = [at for at in found if at + 2 in found or at - 2 in found]
    questions = [at for at in found if is_question(own_words(parts[at], text)) and at - 1 not in alternating]
    return (
        sorted({*alternating, *questions})
        if len(found) >= 2
        else [at for at in questions if len(own_words(parts[at], text).split()) <= 24]
    )
