"""Follow-up questions: from "and at level 64?" and what was asked before to a question that stands alone.

Three ways, tried in order. A fragment ("and for the behavioural round?") takes the place of the phrase of its sort in the
question before. A pronoun ("how long is it?") is replaced by what the question before was about. A question that names
nothing of its own ("who runs the interview? … how should I prepare?") gets that subject added. A question with a subject
of its own is left alone: it starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from answer.answers import Turn
from answer.reading import content_terms
from index.words import STOP_WORDS, normalise, words

_OPENING = re.compile(
    r"^(?:(?:ok|okay|so|and|but|also|then|now|thanks|thank you|great|cool|hm+|well|oh)\b[\s,.!]*)+", re.I
)
_ABOUT = re.compile(r"^(?:what|how) about\b|^(?:the )?same (?:question )?(?:for|about|at|with)\b|^what of\b", re.I)
_QUESTION_WORD = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|will|would|has|have|"
    r"list|name|give|show|tell|explain|describe|compare|define)\b",
    re.I,
)
_PREPOSITION = re.compile(r"^(?:for|at|in|on|with|of|to|during|about|from|if)\b\s*", re.I)
_GENERIC = (
    r"(?:round|stage|screen|one|interview|part|step|question|topic|company|level|guide|assessment|method|plan|phase|"
    r"session|process|loop|week|role|team|system|book|concept|technique|approach)s?"
)
_DETERMINED = re.compile(
    rf"\b(?:that|this|those|these|the same|the said)\s+(?:(?:last|first|second|final)\s+)?{_GENERIC}\b", re.I
)
_POSSESSIVE = re.compile(r"\b(?:its|their)\b", re.I)
_PRONOUN = re.compile(
    r"\b(?:it|(?<!is )(?<!so )that(?= (?:take|last|cover|work|mean|differ|usually|typically|long|hard|happen|pay)\w*\b|\s*[?.!,]*$)|"
    r"(?<=is )that|(?<=does )that|(?<=about )that|(?<=for )that|(?<=in )that|(?<=of )that|this(?=\s*[?.!,]*$)|those|these)\b(?!'s)",
    re.I,
)
_BARE = re.compile(
    r"^(?:why|how|when|who|where|how long|how many|how much|how come|really|what else|anything else|more|any more|"
    r"tell me more|go on|which one|such as|like what|for example|examples?)\W*$",
    re.I,
)

NAMES_ENOUGH = 3  # content words with which a fragment that nothing links to the question before starts anew
_TIME = re.compile(r"\b(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|time)\b", re.I)
_MONEY = re.compile(r"\b(?:base|total|median|average|annual|salary|pay|bonus|equity|cash|compensation|stock)\b", re.I)
_ATTRIBUTE = re.compile(
    r"\b(?:base|total|median|average|annual|salar(?:y|ies)|pay|bonus(?:es)?|equity|cash|compensation|stock|costs?|prices?|size|"
    r"length|duration|difficulty|dates?|deadline|deliverables?|format|focus|goals?|purpose|score|formula|complexity|"
    r"(?:dis)?advantages?|drawbacks?|limitations?|trade-?offs?|mistakes?|examples?|steps?|topics?|questions?|best|next|difference|"
    r"overlap|rest|others?|reason|recommended|minimum|maximum|rule)\b",
    re.I,
)
_ANEW = re.compile(
    r"^(?:what (?:is|are|does)|explain|describe|define|tell me about|compare|list|how (?:do|does|would|should))\b", re.I
)

_ROUND_HEADS = frozenset(
    "round rounds screen assessment interview interviews stage onsite on-site loop phone call exercise take-home".split()
)
_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("level", re.compile(r"\b(?:(?:level|lvl|ic|l)[\s-]?)\d+\b", re.I)),
    ("week", re.compile(r"\bweeks?\s\d+(?:\s?(?:-|to|and)\s?\d+)?\b", re.I)),
    ("difficulty", re.compile(r"\b(?:easy|medium|hard)\b", re.I)),
    ("number", re.compile(r"\b\d+(?:[.,]\d+)*\b")),
)  # fmt: skip
_ASKING = re.compile(
    r"^(?:please )?(?:can you |could you )?(?:tell me (?:about )?|explain |describe |list |name |give me |show me |compare |"
    r"what(?: else)?(?:'s| is| are| was| were)? ?|which |who(?:'s| is| are)? ?|when (?:is|are|does|do|did) |where (?:is|are|does|do) |"
    r"why (?:is|are|does|do) |how (?:long|many|much|often|hard|important|difficult)? ?|is |are |do |does |did |can |should |will )+",
    re.I,
)  # fmt: skip
_CLAUSE = re.compile(r"\b(?:do|does|did|is|are|was|were|should|will|would|can)\b", re.I)
_LINK = re.compile(r"\b(?:in|of|for|at|on|during|about|with|from|into|to)\b\s+", re.I)


def standalone_question(text: str, history: Sequence[Turn], *, is_company: Callable[[str], bool]) -> str:
    """The question as it stands alone. `is_company` says whether a name is a company the corpus or the reader knows."""
    resolved = ""
    for turn in (*history, Turn(text)):
        question = normalise(turn.user)
        resolved = _resolve(question, resolved, is_company) if resolved else question
    return resolved


def subject_of(question: str) -> str:
    """What a question is about, as a phrase: "how long is the recruiter screen at Acme?" → "the recruiter screen at Acme"."""
    plain = question.rstrip(" ?!.")
    phrase = _round_phrase(plain)
    if phrase is not None:
        tail = plain[phrase[1] :]
        at = re.match(r"\s+(?:at|for|with|of|in)\s+[\w' -]+$", tail)
        return plain[phrase[0] : phrase[1]] + (at.group() if at else "")
    rest = _ASKING.sub("", plain, count=1)
    link = _LINK.search(rest)
    if link and content_terms(rest[link.end() :]) and _is_scaffolding(rest[: link.start()]):
        rest = rest[link.end() :]
    return rest.strip(" ,") or plain


def _is_scaffolding(before: str) -> bool:
    """Whether the words before a preposition only ask ("topics come up" in …) and name nothing ("level 63" at …)."""
    return not any(word[0].isdigit() for word in words(before)) and len(content_terms(before)) <= 2


def _resolve(question: str, before: str, is_company: Callable[[str], bool]) -> str:
    opened = _OPENING.sub("", question).strip()
    linked = opened != question or bool(_ABOUT.search(opened))
    fragment = _PREPOSITION.sub("", _ABOUT.sub("", opened).strip()).strip(" ?!.")
    if _BARE.match(opened):
        return f"{opened.rstrip(' ?!.')} {subject_of(before)}?" if len(words(opened)) < 3 else before
    if fragment and (_ABOUT.search(opened) or not _QUESTION_WORD.search(opened)) and len(words(fragment)) <= 8:
        if not linked and _stands_alone(fragment):
            return opened
        asks_other = _asks_other(opened, fragment, before)
        return _other_attribute(fragment, before) if asks_other else _substituted(fragment, before, is_company)
    subject = _subject_for(opened, before, is_company)
    if _DETERMINED.search(opened):
        return _DETERMINED.sub(lambda _: subject, opened, count=1)
    if _PRONOUN.search(opened):
        return _PRONOUN.sub(lambda _: subject, opened, count=1)
    if _POSSESSIVE.search(opened):
        return _POSSESSIVE.sub(lambda _: f"{subject}'s", opened, count=1)
    own = set(content_terms(_TIME.sub(" ", opened))) - set(content_terms(before))
    if _round_phrase(opened) is not None:
        return _at_same_company(opened, before, is_company) if linked else opened
    few = 2
    if _ANEW.search(opened):  # "what is PCA" starts anew, "what is the bonus" doesn't
        few = 1 if not own or _ATTRIBUTE.search(opened) else 0
    if (linked and len(own) <= 3 and few) or (len(own) <= few and not _company_in(opened, is_company)):
        missing = [word for word in words(subject) if word not in STOP_WORDS and word not in words(opened)]
        return f"{opened.rstrip(' ?!.')} ({subject})?" if missing else opened
    return opened


def _asks_other(opened: str, fragment: str, before: str) -> bool:
    """Whether a fragment names another attribute of the same thing ("equity?"), not another thing ("and the onsite?")."""
    if _ABOUT.search(opened) or _PREPOSITION.search(opened):
        return False
    if _round_phrase(fragment) is not None and _round_phrase(before) is not None:
        return False
    return bool(_ATTRIBUTE.search(fragment) or _TIME.search(fragment)) or not _ANEW.search(before)


def _stands_alone(fragment: str) -> bool:
    """Whether a few words without a question word ask by themselves: three things named, or a numbered one and another."""
    unnumbered = [pattern.sub(" ", fragment) for _, pattern in _SORTS if pattern.search(fragment)]
    return len(content_terms(fragment)) >= NAMES_ENOUGH or any(content_terms(rest) for rest in unnumbered[:1])


def _subject_for(question: str, before: str, is_company: Callable[[str], bool]) -> str:
    """The subject of the question before, without its company where the new question names one itself."""
    subject = subject_of(before)
    company = _company_in(subject, is_company)
    if company is None or not _company_in(question, is_company):
        return subject
    return re.sub(rf"\s+(?:at|for|with|of)\s+{re.escape(company)}\b", "", subject)


def _company_in(text: str, is_company: Callable[[str], bool]) -> str | None:
    return next((word for word in re.findall(r"[\w&.+-]+", text) if is_company(word)), None)


def _at_same_company(question: str, before: str, is_company: Callable[[str], bool]) -> str:
    company = _company_in(before, is_company)
    return f"{question.rstrip(' ?!.')} at {company}?" if company and not _company_in(question, is_company) else question


def _substituted(fragment: str, before: str, is_company: Callable[[str], bool]) -> str:
    """`before` with the phrase of the fragment's sort replaced by the fragment, or the fragment put to its end."""
    for _, pattern in _SORTS:
        new, old = pattern.search(fragment), pattern.search(before)
        if new and old and len(words(fragment)) <= len(words(new.group())) + 3:
            return before[: old.start()] + new.group() + before[old.end() :]
    company, old_company = _company_in(fragment, is_company), _company_in(before, is_company)
    if company and len(content_terms(fragment)) <= 2:
        return before.replace(old_company, company, 1) if old_company else f"{before.rstrip(' ?!.')} at {company}?"
    phrase, old_phrase = _round_phrase(fragment), _round_phrase(before)
    if old_phrase and (phrase or len(words(fragment)) <= 4):
        return before[: old_phrase[0]] + fragment + before[old_phrase[1] :]
    subject = subject_of(before)
    if subject and subject in before and subject != before.rstrip(" ?!.") and not _CLAUSE.search(subject):
        whole = re.search(r" of .+$", subject)  # "and the last two?" after "the first week of the plan"
        return before.replace(subject, fragment + (whole.group() if whole and " of " not in fragment else ""), 1)
    return f"{before.rstrip(' ?!.')} {fragment}?"


def _other_attribute(fragment: str, before: str) -> str:
    """ "equity?" after "median bonus for level 62?" asks for the equity for level 62."""
    plain = before.rstrip(" ?!.")
    links = [link for link in _LINK.finditer(plain) if content_terms(plain[link.end() :])]
    for _, pattern in _SORTS:
        new, old = pattern.search(fragment), pattern.search(before)
        if new and old:
            return before[: old.start()] + new.group() + before[old.end() :]
    if links:
        return f"{fragment} {plain[links[0].start() :]}?"
    rest = " ".join(_MONEY.sub(" ", subject_of(before)).split()) if _MONEY.search(fragment) else subject_of(before)
    return f"{fragment} {rest}?"


def _round_phrase(text: str) -> tuple[int, int] | None:
    """The span of the phrase that names a round ("the ML fundamentals round"), or None."""
    found = list(re.finditer(r"[\w/'&-]+", text))
    for position, word in enumerate(found):
        if word.group().lower() not in _ROUND_HEADS:
            continue
        first = position
        while first and found[first - 1].group().lower() not in STOP_WORDS and position - first < 4:
            first -= 1
        if first == position and position + 1 < len(found):
            continue  # "interview" alone in "interview process"
        if first and found[first - 1].group().lower() == "the":
            first -= 1
        return found[first].start(), word.end()
    return None
