"""The gate: is the thing asked for in the evidence? If not, refuse, say what is missing and what is covered nearby.

A similarity threshold alone does not see a wrong company, a missing figure or an empty section, so those are checked by
themselves; what is left is a calibrated probability (see `answer.weighing`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answer.evidence import Candidate, Evidence, asked_terms, nearest_title, stems, surroundings
from answer.lexicon import Lexicon, told_share
from answer.naming import names_asked, tells_name, untold
from answer.numbering import untold_number
from answer.reading import Reading, asks_how, content_terms
from answer.refusing import asked_phrase
from answer.subjects import set_beside
from answer.weighing import GATE, GateFeatures
from answer.wording import LANGUAGES
from index.values import may_tell
from index.words import stem, words

CLOSE = 1.5  # how far below the best a candidate's score may lie to count as evidence for the gate
AROUND = 40  # candidates in one of which a number must stand that the question names
FAR, MANY = 100, 30  # candidates in which names, and the subject, are sought
SUBJECT_WORDS = 7  # a sentence speaks of what stands among its first words
ALIKE = 0.5  # cosine from which on a unit means nearly what is asked, whatever it is called
A_LITTLE = 0.3  # how nearly a word must mean what another does for that not to be unheard of
TELLING = 0.6  # how rare a word must be, beside one that no unit has, to be named as missing
LONG = 8  # words asked about, from which on a question is long: its words need not all be told
UNSURE = 0.35  # confidence below which a hard question is more often not answered by the guides than answered
NEAREST = "This is the nearest that the guides come. It may not answer your question."
_VALUE_NAMES = {
    "duration": "how long it takes",
    "money": "a sum of money",
    "percent": "a percentage",
    "date": "a date",
    "count": "a number",
    "time of day": "a day or time of day",
    "address": "an address",
    "difficulty": "how hard it is",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer, how sure that is in [0, 1], and if not, what is missing."""

    answers: bool
    confidence: float
    missing: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of an answer that the gate is not sure of."""
        return (NEAREST,) if self.answers and self.confidence < UNSURE else ()


def judge(reading: Reading, evidence: Evidence, lexicon: Lexicon) -> Verdict:
    """Whether the evidence holds what was asked for."""
    if not evidence.candidates:
        return Verdict(False, 0.0, "anything on this")
    missing = missing_outright(reading, evidence, lexicon)
    if missing:
        return Verdict(False, 0.0, missing)
    confidence = GATE.probability(gate_features(reading, evidence, lexicon))
    answers = confidence >= GATE.threshold or _tells_both(reading, evidence)
    return Verdict(answers, confidence, _unheard_of(reading, evidence, lexicon))


def _tells_both(reading: Reading, evidence: Evidence) -> bool:
    """Whether one unit speaks, where it stands, of all things that a question sets beside each other, or rows of one table."""
    sides = [frozenset(content_terms(side)) for side in set_beside(reading.text)]
    numbered = [frozenset(term for term in side if term.isdigit()) for side in sides]
    asked = frozenset[str]().union(*(numbered if all(numbered) else sides))  # "62 vs 63 pay"
    told: dict[tuple[str, int], frozenset[str]] = {}
    for candidate in evidence.candidates[:AROUND]:
        unit = candidate.unit
        together = unit.block if unit.kind == "row" else -1 - unit.position
        key = (candidate.guide.info.path, together)
        told[key] = told.get(key, frozenset()) | stems(_text(candidate))
    return bool(sides) and any(asked <= each for each in told.values())


def missing_outright(reading: Reading, evidence: Evidence, lexicon: Lexicon) -> str:
    """The company, numbered thing or sort of value that was asked for and is in none of the near evidence, or ""."""
    near = _near(evidence)
    return (
        _missing_company(reading, near, lexicon)
        or _missing_number(reading, evidence.candidates[:AROUND])
        or _missing_value(reading, near)
        or _missing_language(reading, near, lexicon)
        or _missing_name(reading, near)
        or _missing_stranger(reading, near, lexicon)
        or _missing_proper_name(reading, near, lexicon)
    )


def _near(evidence: Evidence) -> list[Candidate]:
    return [c for c in evidence.candidates if c.score >= evidence.candidates[0].score - CLOSE][:12]


def _text(candidate: Candidate) -> str:
    return f"{candidate.unit.text} {surroundings(candidate.guide, candidate.unit)}"


def _missing_company(reading: Reading, near: Sequence[Candidate], lexicon: Lexicon) -> str:
    asked = lexicon.companies_in(reading.text) - lexicon.publishers
    if asked & lexicon.companies:
        return ""  # whole guides are about it
    bearing = [c for c in near if reading.value is None or may_tell(c.unit.text, reading.value)]
    told = frozenset[str]().union(*(lexicon.companies_in(_text(candidate)) for candidate in bearing))
    about = {c.guide.info.company.lower() for c in near if c.guide.info.company}
    return "" if not asked or asked & (told | about) else f"{' or '.join(sorted(asked)).title()}"


def _missing_language(reading: Reading, near: Sequence[Candidate], lexicon: Lexicon) -> str:
    """The programming language asked for, where the near guides speak of others; the corpus' own need not be said."""
    if reading.language is None:
        return ""
    guides = {c.guide.info.path: c.guide for c in near}.values()
    told = {word for guide in guides for unit in guide.units for word in words(unit.text) if word in LANGUAGES}
    usual = max(LANGUAGES, key=lambda language: (lexicon.vocabulary.get(language, 0), language))
    return "" if reading.language in (told or {usual}) else reading.language.capitalize()


def _missing_number(reading: Reading, around: Sequence[Candidate]) -> str:
    """A premise may name a wrong figure, which the guides then correct, but not a numbered thing that they don't tell."""
    texts = [f"{_text(c)} {c.guide.info.published} {c.guide.info.updated}" for c in around]
    return untold_number(reading.text, texts, figures=reading.kind != "yes-no")


def _missing_name(reading: Reading, near: Sequence[Candidate]) -> str:
    name = untold(reading.text, [_text(candidate) for candidate in near])
    return asked_phrase(reading.text, name) or name if name.isalpha() and name.islower() else name


def _missing_stranger(reading: Reading, near: Sequence[Candidate], lexicon: Lexicon) -> str:
    """A name that the corpus doesn't hold, where nothing near means nearly what is asked."""
    names = [name for name in reading.strangers if not lexicon.is_company(name)]
    return names[0] if names and max(c.features.dense for c in near) < ALIKE else ""


def _missing_proper_name(reading: Reading, near: Sequence[Candidate], lexicon: Lexicon) -> str:
    """A name that no near guide tells, nor words that its letters stand for ("BLS", "Bureau of Labor Statistics")."""
    names = [
        name for name in reading.proper if not lexicon.is_company(name) and stem(name.lower()) not in lexicon.names
    ]
    if not names:
        return ""
    texts = [guide.text for guide in {c.guide.info.path: c.guide for c in near}.values()]
    return next((name for name in names if not any(tells_name(name, text) for text in texts)), "")


def _missing_value(reading: Reading, near: Sequence[Candidate]) -> str:
    if reading.value is None or any(may_tell(candidate.unit.text, reading.value) for candidate in near):
        return ""
    return f"{_VALUE_NAMES[reading.value]} for this"


def _unheard_of(reading: Reading, evidence: Evidence, lexicon: Lexicon) -> str:
    """The phrase around the question's rarest word that no near candidate has, nor one like it; "" if that is a common one."""
    told = frozenset[str]().union(*(stems(_text(candidate)) for candidate in _near(evidence)))
    unheard = {term for term in reading.terms if term not in told and not _like(evidence.related.get(term, {})) & told}
    missing = [word for word in words(reading.text) if stem(word) in unheard]
    rarest = max(missing, key=lambda word: lexicon.rarity(stem(word)), default="")
    telling = rarest and lexicon.rarity(stem(rarest)) >= TELLING * lexicon.rarity("")
    return asked_phrase(reading.text, rarest) if telling else ""


def _like(related: Mapping[str, float]) -> frozenset[str]:
    return frozenset(term for term, nearness in related.items() if nearness >= A_LITTLE)


def gate_features(reading: Reading, evidence: Evidence, lexicon: Lexicon) -> GateFeatures:
    """What the calibrated part of the gate sees: how near the evidence is, and what of the question it leaves untold."""
    near = evidence.candidates[:5]
    bearing = [c for c in evidence.candidates[:30] if reading.value is None or may_tell(c.unit.text, reading.value)][:5]
    asked = asked_terms(reading, lexicon)
    if reading.kind == "yes-no":  # a premise may name a figure that the guides contradict
        wrong = {term for term in _untold(asked, near) if term[0].isdigit()}
        asked = [term for term in asked if term not in wrong] or asked
    return GateFeatures(
        dense=max(candidate.features.dense for candidate in near),
        covered=max((lexicon.share(asked, stems(_close_text(c)), evidence.related) for c in bearing), default=0.0),
        value_rarest=_rarest(_untold(asked, bearing), lexicon) if reading.value is not None else 0.0,
        alike=max((c.features.dense for c in evidence.candidates if c.features.question), default=0.0),
        length=math.sqrt(min(len(asked), LONG) / LONG),
        apart=_apart(reading, evidence, lexicon),
        subject=(subject := _subject(reading, evidence, lexicon)),
        unexplained=1.0 - subject if asks_how(reading) else 0.0,
    )


def _apart(reading: Reading, evidence: Evidence, lexicon: Lexicon) -> float:
    """How far the question's names stand from what is asked about them: 0 where it names nothing.

    Else what the best unit that tells all its names, or stands under them, leaves untold of the question's other words.
    """
    names = frozenset(names_asked(reading, evidence.candidates, lexicon))
    if not names or reading.kind == "compare":  # what is compared stands apart
        return 0.0
    rest = lexicon.weights(term for term in reading.terms if term not in names)
    about = [c for c in evidence.candidates[:FAR] if names <= stems(_text(c))]
    told = (told_share(rest, stems(_close_text(c)), evidence.related) if rest else 1.0 for c in about)
    return 1.0 - max(told, default=0.0)


def _subject(reading: Reading, evidence: Evidence, lexicon: Lexicon) -> float:
    """How much of the question a unit tells by what it stands under or begins with: more than a mention in passing."""
    return max(
        (
            lexicon.share(reading.terms, stems(_opening(candidate)), evidence.related)
            for candidate in evidence.candidates[:MANY]
            if not candidate.unit.text.rstrip().endswith("?")
        ),
        default=0.0,
    )


def _opening(candidate: Candidate) -> str:
    begins = " ".join(candidate.unit.text.split()[:SUBJECT_WORDS])
    under = nearest_title(candidate.guide, candidate.unit) if candidate.unit.kind == "sentence" else ""
    return f"{begins} {under}"


def _untold(asked: Sequence[str], among: Sequence[Candidate]) -> list[str]:
    told = {term for candidate in among for term in stems(_close_text(candidate))}
    return [term for term in asked if term not in told]


def _rarest(untold: Sequence[str], lexicon: Lexicon) -> float:
    """How rare the rarest untold term is, 1 for one that no unit holds."""
    return max((lexicon.rarity(term) for term in untold), default=0.0) / lexicon.rarity("")


def _close_text(candidate: Candidate) -> str:
    return f"{candidate.unit.text} {nearest_title(candidate.guide, candidate.unit)}"
