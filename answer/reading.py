"""Reading the question: the kind of question, the sort of value asked for, named things, what is no part of it.

Nothing here searches; the words come corrected from `answer.spelling`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from answer.spelling import correct_spelling, expand_abbreviations, with_both_forms
from answer.wording import (
    ACROSS,
    APOSTROPHE_S,
    BANK,
    CALENDAR,
    COMPARE,
    CUES,
    DIFFICULTY,
    EXPLAIN,
    FIELD,
    LANGUAGES,
    LIST,
    MEANING,
    OF_ONESELF,
    ORDERS,
    PLEASANTRIES,
    POLITE,
    PREMISES,
    STORY,
    VALUES,
    YES_NO,
)
from index.values import NUMBER_WORDS, ValueKind
from index.words import STOP_WORDS, normalise, stem, words

QuestionKind = Literal["fact", "list", "compare", "explain", "bank", "yes-no"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one standalone question."""

    text: str  # as searched: corrected and expanded
    kind: QuestionKind
    value: ValueKind | None
    terms: tuple[str, ...]  # stems of the content words, in order, without cue words such as "how long"
    figures: tuple[str, ...]  # numbers in the question, as written: levels, weeks, percentages
    across: bool = False  # whether what several guides say is asked for
    plural: bool = False  # whether several things are asked for ("some questions")
    difficulty: str | None = None
    corrections: tuple[tuple[str, str], ...] = ()
    strangers: tuple[str, ...] = ()  # names that neither the corpus nor the language knows
    proper: tuple[str, ...] = ()  # words written as names are that the corpus does not know
    language: str | None = None  # the programming language in which a concept is to be explained


_ASKS = re.compile(r"\b(?:what|which|how|when|where|why|who|should|is|are|do|does|can|tell|explain|give|list)\b", re.I)
_AS_NAME = re.compile(
    r"\b(?:does|do|is|with|uses?|used|using|know|of|in|to|on|about|versus|by|install|learn|for)\s+(?P<name>[A-Za-z]{4,})"
    r"(?=\W*$|[?,;!]|\s+(?:use|uses|work|works|run|runs|support|supports|need|cost|do|versus|and|or|in|on|at|for|during)\b)",
    re.I,
)
_NO_SUM = re.compile(
    r"(?:why|should|could|can|when (?:do|does|is|are|will)|(?:please )?(?:design|build|implement)|"
    r"how (?:do|does|did|would|should|can|could|to))\b",
    re.I,
)  # "how do I negotiate pay"
_HOW_MUCH = re.compile(r"\bhow (?:much|many|high|large|big)\b", re.I)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_CAPITAL_INSIDE = re.compile(
    r"(?<=[a-z0-9,;(/-] |[a-z][(/])[A-Z][\w']*|(?<![\w.])[a-z]+[A-Z]\w*"
)  # also "createPortal"
_COMPOUND = re.compile(r"(?<![\w-])(?:[a-z]+-[a-z]{4,}|[a-z]\d{1,2})(?![\w-])")
_CUES = frozenset(stem(word) for word in CUES)


def without_orders(text: str) -> str:
    """A question without orders about form, persona, sources or secrets; the text itself if nothing else is left."""
    rest = ORDERS.sub(" ", text)
    if rest == text:
        return text
    rest = " ".join(re.sub(r"^[\s,.;:!]*(?:and|then|also)?\b|\b(?:and|then|also)[\s,.;:!]*$", " ", rest).split()).strip(
        " ,;:."
    )
    rest = re.sub(r"\s*[.;,!]*\s*(?:and|then)?\s*$", "", rest)
    return rest if content_terms(rest) else text


def without_asker(text: str) -> str:
    """A question without what a person says of themselves ("I'm a nurse, how …"), if a question is left."""
    rest = " ".join(OF_ONESELF.sub(" ", text).split()).strip(" ,;")
    return rest if rest != text and content_terms(rest) and _ASKS.search(rest) else text


def value_asked(text: str) -> ValueKind | None:
    """The sort of value a question asks for, or None; none where a word for a value is to be explained."""
    plain = POLITE.sub("", text)
    if MEANING.search(plain):
        return None
    asked = next((kind for kind, cue in VALUES if cue.search(text)), None)
    return None if asked == "money" and _NO_SUM.match(plain) and not _HOW_MUCH.search(plain) else asked


def kind_of(text: str, value: ValueKind | None) -> QuestionKind:
    """The kind of question, from its wording. A question that asks for a value is about that value."""
    text = POLITE.sub("", text)
    if COMPARE.search(text):
        return "compare"
    if BANK.search(text) and value is None:
        return "bank"
    asks_figure = value in ("duration", "percent", "date", "difficulty", "count") or (
        value == "money" and not LIST.search(text)
    )
    if YES_NO.search(text):
        return "yes-no"
    if asks_figure:
        return "fact"
    if LIST.search(text):
        return "list"
    return "explain" if EXPLAIN.search(text) else "fact"


def read_question(text: str, *, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]) -> Reading:
    """Read one standalone question. `vocabulary` maps the corpus' lower-case words to how many units hold them."""
    plain = without_orders(without_asker(APOSTROPHE_S.sub(r"\1 is", normalise(text))))
    expanded = with_both_forms(expand_abbreviations(plain, vocabulary), vocabulary)
    corrected, corrections = correct_spelling(expanded, vocabulary, is_word)
    corrected = STORY.sub(lambda story: f"a behavioural story about {story['about'].strip()}", corrected)
    value = value_asked(corrected)
    kind = kind_of(corrected, value)
    premise = premise_of(corrected) if kind == "yes-no" and value is None else None
    about, language = _without_field(corrected) if kind == "explain" else (corrected, None)
    if premise is not None:
        value, about = premise
    terms = content_terms(about)
    found = words(about)
    difficulty = DIFFICULTY.search(corrected)
    return Reading(
        text=corrected,
        kind=kind,
        value=value,
        terms=terms if any(term.isalpha() for term in terms) else (),
        figures=tuple(word for word in found if word[0].isdigit() or word in NUMBER_WORDS),
        across=bool(ACROSS.search(corrected)),
        plural=bool(re.search(r"\b(?:questions|problems|exercises|prompts|some)\b", corrected, re.I)),
        difficulty=difficulty.group(1).capitalize() if difficulty else None,
        corrections=corrections,
        strangers=_strangers(corrected, vocabulary, is_word),
        proper=_proper_names(corrected, vocabulary),
        language=language,
    )


def _strangers(text: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]) -> tuple[str, ...]:
    """Words used as names are, alone and without an article, that neither the corpus nor the language knows."""
    found = (place["name"] for place in _AS_NAME.finditer(text))
    return tuple(
        name
        for name in found
        if not any(
            form in vocabulary or form in STOP_WORDS or is_word(form)
            for form in (name.lower(), name.lower().removesuffix("s"))
        )
    )


def _proper_names(text: str, vocabulary: Mapping[str, int]) -> tuple[str, ...]:
    """Words with a capital inside a sentence that the corpus does not know; none where capitals mean nothing."""
    found = [place.group() for place in _WORD.finditer(text)]
    if sum(word[0].isupper() for word in found) > len(found) / 2:
        return ()
    inside = (place.group().removesuffix("'s") for place in _CAPITAL_INSIDE.finditer(text))
    return tuple(
        name
        for name in dict.fromkeys(inside)
        if len(name) > 1
        and name.isalpha()
        and not {name.lower(), name.lower().removesuffix("s")} & (vocabulary.keys() | STOP_WORDS | CALENDAR)
    )


def premise_of(text: str) -> tuple[ValueKind, str] | None:
    """The sort of value that a yes-no question takes for given, and the question without it; None where there is none.

    "is the onsite 3 hours?" is about how long the onsite is: what guides tell answers it, whatever the figure.
    """
    for kind, pattern in PREMISES:
        found = pattern.search(text)
        rest = f"{text[: found.start('value')]}{text[found.end('value') :]}" if found else ""
        if content_terms(rest):
            return kind, rest
    return None


def _without_field(text: str) -> tuple[str, str | None]:
    """A question without the field that its concept belongs to, and that field where it is a programming language."""
    field = FIELD.search(text)
    if field is None or not content_terms(text[: field.start()]):
        return text, None
    name = field["field"].lower()
    return text[: field.start()], name if name in LANGUAGES else None


def content_terms(text: str) -> tuple[str, ...]:
    """The stems that say what a text is about, each once, in order; cue words only where there is nothing else.

    Inside a compound ("take-home", "t-test", "L1") a cue word or a letter is a part of a name.
    """
    found = [word for word in words(text) if word not in STOP_WORDS]
    parts = {part for compound in _COMPOUND.findall(text.casefold()) for part in re.findall(r"[^\W\d_]+", compound)}
    telling = [
        stem(word) for word in found if word in parts or (stem(word) not in _CUES and (len(word) > 1 or word.isdigit()))
    ]
    stems = [stem(word) for word in found if word not in PLEASANTRIES]
    return tuple(dict.fromkeys(telling or (stems if len(stems) > 1 else ())))


def is_cue(word: str) -> bool:
    """Whether a word only says what sort of answer is wanted."""
    return stem(word.lower()) in _CUES


def asks_how(reading: Reading) -> bool:
    """Whether an explanation of a thing is asked for, not the reason for something that is taken as given."""
    return reading.kind == "explain" and not re.match(r"(?:so |and |but )?why\b", reading.text, re.I)
