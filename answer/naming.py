"""Things that only their own name means: another role, a term of employment, a person. Asked for, they must be told.

Ordinary words are paraphrased, names are not: which words of a question are names is told by how they are written, in the
question or in the guides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from answer.evidence import Candidate, stems
from answer.lexicon import Lexicon
from answer.reading import Reading
from index.words import normalise, stem, words

ROLES = re.compile(
    r"\b(?:(?:product|program|project|engineering|account|sales|marketing|operations) managers?|"
    r"(?:data|business|financial|security|quantitative) analysts?|data (?:scientists?|engineers?)|"
    r"(?:software|front-?end|back-?end|full-?stack|mobile|ios|android|devops|site reliability|security|network|hardware|"
    r"firmware|embedded|qa|test|cloud|prompt|research) (?:engineers?|developers?)|"
    r"research scientists?|(?:ux|ui|product|graphic) designers?|solutions? architects?|scrum masters?|"
    r"(?:technical )?writers?|recruiting coordinators?|interns?(?:hips?)?|accountants?|lawyers?|nurses?)\b",
    re.I,
)
# Terms of employment and of selection, with what else they are called. No other word tells them. They are words as they
# stand: "several" has the stem of "severance".
_TERMS = tuple(
    frozenset(group.split())
    for group in (
        "signing joining sign-on", "vacation holiday holidays pto leave", "sick sickness", "parental maternity paternity",
        "visa visas immigration permit permits", "sponsor sponsors sponsored sponsorship", "relocation relocate relocating",
        "gpa grades transcript", "wear dress attire clothes clothing outfit", "reapply reapplying reapplication cooldown",
        "lunch meal meals", "parking", "pension retirement", "severance", "resignation resign resigning", "insurance healthcare",
        "overtime", "probation", "referral referrals referred", "clearance", "polygraph", "commute commuting",
        "cafeteria canteen", "gym", "childcare", "passport", "accent", "age", "gender", "religion",
        "hackerrank", "codility", "coderpad", "codesignal", "hirevue", "karat", "zoom", "skype",
    )
)  # fmt: skip
_PERSON = re.compile(
    r"\bwho (?:is|was|are|were) (?:the|its|their|your) (?:current |former )?(?:ceo|cto|cfo|founders?|co-?founders?|authors?|"
    r"president|chair\w*|head|director|chief|vp|vice|inventor|creator|owner)\b|"
    r"\b(?:first |last |full )?names? of (?:the|my|your) (?:[\w-]+ )?(?:manager|recruiter|interviewers?|author|founder|ceo|head|"
    r"director|lead|boss)\b|"
    r"^who (?:has )?(?:designed|wrote|written|created|founded|invented|authored|compiled|drew|made)\b",
    re.I,
)
_FULL_NAME = r"[A-Z][\w'-]+ (?:[A-Z]\. )?[A-Z][\w'-]+"
_OFFICE = r"(?:CEO|CTO|CFO|founder|co-?founder|president|chair|head|director|chief|VP|author|creator|inventor|owner)"
_NAMED = re.compile(
    rf"{_FULL_NAME},? (?:\(|is |was |the |our |its |a |an |current |former ){{0,3}}{_OFFICE}\b|"
    rf"{_OFFICE}(?: of [\w. ]+?)?,? (?:is |was )?{_FULL_NAME}|"
    rf"\b[Bb]y (?:Dr\.? )?{_FULL_NAME}|\b(?:Dr|Mr|Mrs|Ms|Prof)\.? [A-Z]\w+|{_FULL_NAME}(?:'s|,) [\"“]"
)
_VERSIONED = re.compile(
    r"\b(?!q[1-4]\b|ic\d|l\d)[A-Za-z]{2,}-?\d+(?:\.\d+)*\b(?!-)", re.I
)  # "GPT-5", "H100": levels have their own check
_PHRASES = (
    re.compile(r"\bh-?1-?b\b", re.I),
    re.compile(r"\b401\(?k\b", re.I),
    re.compile(r"\bnotice period\b", re.I),
    re.compile(
        r"\b(?:pass(?:ing)?|cut-?off|qualifying|minimum) (?:score|mark|grade|threshold)s?\b|\bscores? to pass\b", re.I
    ),
    re.compile(
        r"\b(?:acceptance|offer|pass|success|rejection) rate\b|\bpercent\w* of (?:candidates|applicants|people)\b", re.I
    ),
)


_IDENTIFIER = re.compile(
    r"\b[A-Za-z]\w+(?:\.(?!(?:js|py|io|ai|app|co|com|dev|edu|fyi|gov|me|net|org)\b)[A-Za-z]\w+|(?:_\w+)+)\b"
)  # "Promise.all", "Q4_K_M"
_STEP = re.compile(r"\bfrom (?P<first>[A-Za-z]+\d+) to (?P<then>[A-Za-z]+\d+)\b", re.I)


def _joined(text: str) -> str:
    return normalise(text).lower().replace("-", "").replace(" ", "")


def untold(question: str, near: Sequence[str]) -> str:
    """The name, role, term or person that a question asks for and none of the near texts tells, as asked; "" for none."""
    plain = normalise(question)
    return (
        _untold_name(plain, near)
        or _untold_role(plain, near)
        or _untold_term(plain, near)
        or _untold_phrase(plain, near)
    )


def _untold_name(question: str, near: Sequence[str]) -> str:
    told = [_joined(text) for text in near]
    for name in (*_VERSIONED.finditer(question), *_IDENTIFIER.finditer(question)):
        if not any(_joined(name.group()) in text for text in told):
            return name.group()
    step = _STEP.search(question)
    ends = stems(f"{step['first']} {step['then']}") if step else frozenset[str]()
    return step.group() if step and not any(ends <= stems(text) for text in near) else ""


def _untold_role(question: str, near: Sequence[str]) -> str:
    for role in ROLES.finditer(question):
        singular = re.sub(r"(?:s|hips?)$", "", role.group().lower())
        if not any(stems(role.group()) <= stems(text) or singular in text.lower() for text in near):
            return role.group()
    return ""


def _untold_term(question: str, near: Sequence[str]) -> str:
    asked = words(question)
    told = frozenset[str]().union(*(stems(text) for text in near))
    missing = (term for term in _TERMS if not term.isdisjoint(asked) and told.isdisjoint(stems(" ".join(term))))
    return next((word for term in missing for word in asked if word in term), "")


def _untold_phrase(question: str, near: Sequence[str]) -> str:
    for phrase in _PHRASES:
        asked = phrase.search(question)
        if asked and not any(phrase.search(normalise(text)) for text in near):
            return asked.group()
    return "a person's name" if _PERSON.search(question) and not any(_NAMED.search(text) for text in near) else ""


def tells_name(name: str, text: str) -> bool:
    """Whether a text has a name, or words that its letters stand for ("BLS", "Bureau of Labor Statistics")."""
    if name.lower() in text.lower():
        return True
    letters = r"(?:\W+(?:of|and|the|for|in))?\W+".join(f"{letter}[a-z]+" for letter in name)
    return name.isupper() and bool(re.search(rf"\b{letters}", text, re.I))


_WORD = re.compile(r"[^\W_][\w'-]*")
_OPENS = '.!?:;"“(|-–•'  # after one of these a capital says nothing
MOSTLY = 0.75  # of its places inside sentences in which a name is written as one


def names_asked(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> tuple[str, ...]:
    """The stems of the question's words that are names, those of the corpus' own companies and publishers left out."""
    companies = lexicon.companies_in(reading.text)
    shouted = reading.text.isupper()
    found = []
    for place in _WORD.finditer(reading.text):
        word, term = place.group(), stem(place.group().lower())
        if term not in reading.terms or term in lexicon.names:
            continue
        written = bool(place.start()) and word[0].isupper() and not shouted
        if word.lower() in companies or _is_code(word, shouted) or written or _written_as_name(term, candidates):
            found.append(term)
    return tuple(dict.fromkeys(found))


def _is_code(word: str, shouted: bool) -> bool:
    """Whether a word is an abbreviation or mixes letters and digits."""
    letters = any(character.isalpha() for character in word)
    return (len(word) > 1 and word.isupper() and letters and not shouted) or (
        letters and any(character.isdigit() for character in word)
    )


def _written_as_name(term: str, candidates: Sequence[Candidate]) -> bool:
    """Whether the guides write a word with a capital inside their sentences."""
    capital = sum(_casing(c.unit.text)[0][term] for c in candidates if c.unit.kind != "heading")
    small = sum(_casing(c.unit.text)[1][term] for c in candidates if c.unit.kind != "heading")
    return capital > 0 and capital >= MOSTLY * (capital + small)


@lru_cache(maxsize=65536)
def _casing(text: str) -> tuple[Counter[str], Counter[str]]:
    """How often each stem is written as a name inside the sentences of a text, and how often with small letters."""
    capital, small = Counter[str](), Counter[str]()
    for place in _WORD.finditer(text):
        word, before = place.group(), text[: place.start()].rstrip()
        code = _is_code(word, shouted=False)
        if (before and before[-1] not in _OPENS) or code:
            (capital if word[0].isupper() or code else small)[stem(word.lower())] += 1
    return capital, small
