"""What a refusal says: what is missing, and what the guides do cover nearby."""

from __future__ import annotations

import itertools
import re

from answer.answers import NearbyTopic
from answer.evidence import Candidate, Evidence
from answer.reading import is_cue
from index.words import STOP_WORDS, words

LOOKED_AT, SHOWN = 20, 3  # units whose topics are near, and topics that are named
NEAR_MEANING, NEAR_WORDS = 0.35, 0.5  # cosine, or share of the question told: from either on a topic is near
LONGEST = 4  # words of a phrase that is named as missing
_PLACE = re.compile(r"[^\W_]+(?:[\'+#./@-]+[^\W_]+)*[+#]*")
_DOER = frozenset(
    "i you we they he she it one to can could should would will must may might not candidates people interviewers n't".split()
)
_COMMON_VERBS = frozenset(
    "use uses used run runs cost costs pay pays paid start starts help helps cover covers".split()
)
_TO_DO = re.compile(
    r"\b(?P<word>how|what|when|where|which \w+|who) (?:do|should|can|could|must|will|would) (?:i|you|we|one) (?P<doing>[a-z].*)$",
    re.I,
)


def nearby(evidence: Evidence) -> tuple[NearbyTopic, ...]:
    """The sections that the best units stand in, each name once."""
    return tuple(_by_name(evidence).values())


def refusal_text(missing: str, evidence: Evidence) -> str:
    """One or two sentences; claims nothing about the world."""
    what = f" I found nothing on {missing}." if missing else ""
    near = "; ".join(_by_name(evidence))
    return f"The guides don't answer this.{what}" + (f" Nearby, they cover: {near}." if near else "")


def asked_phrase(question: str, word: str) -> str:
    """The phrase of a question around one of its words, as it was typed: "relocation" → '"relocation bonus"'.

    A verb is never named alone: "how do I reschedule" → "how to reschedule"; "" where nothing can be made of it.
    """
    places = list(_PLACE.finditer(question))
    at = next(
        (i for i, place in enumerate(places) if word.lower() in (place.group().lower(), *words(place.group()))), None
    )
    if at is None:
        return ""
    if at and places[at - 1].group().lower() in _DOER:
        to_do = _TO_DO.search(question.rstrip(" ?!."))
        if to_do and len(to_do["doing"].split()) <= LONGEST:
            return f"{to_do['word'].lower()} to {to_do['doing']}"
        return ""
    first, last = at, at
    while first and last - first < LONGEST - 1 and _belongs(question, places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and last - first < LONGEST - 1 and _belongs(question, places[last], places[last + 1]):
        last += 1
    return f'"{question[places[first].start() : places[last].end()]}"'


def _belongs(question: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Whether two neighbouring words are of one phrase: nothing but a space between them, both of them about something."""
    telling = all(
        place.group().lower() not in STOP_WORDS | _COMMON_VERBS and not is_cue(place.group())
        for place in (before, after)
    )
    return telling and question[before.end() : after.start()] == " "


def _is_near(candidate: Candidate) -> bool:
    return candidate.features.dense >= NEAR_MEANING or candidate.features.covered_around >= NEAR_WORDS


def _by_name(evidence: Evidence) -> dict[str, NearbyTopic]:
    """Topics by what they are called: a note by its title, for its sections are named alike in all ("Definition")."""
    found: dict[str, NearbyTopic] = {}
    for candidate in filter(_is_near, evidence.candidates[:LOOKED_AT]):
        info, path = candidate.guide.info, candidate.guide.sections[candidate.unit.section].path
        if path:
            name = info.title if info.kind == "note" else path[-1].rstrip(" .:;")
            found.setdefault(name, NearbyTopic(info.title, " > ".join(path)))
    return dict(itertools.islice(found.items(), SHOWN))
