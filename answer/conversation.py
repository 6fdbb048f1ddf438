"""Follow-up questions: from "and at level 64?" and what was asked before to a question that stands alone.

The ways are tried in order (`_WAYS`): what only asks again, or for another form, is the question before. A place in a list
("the second one") is the thing that stands there. A fragment ("and for the behavioural round?") takes the place of the
phrase of its sort in the question before. A pronoun ("how long is it?") is replaced by what the question before was about.
A question that names nothing of its own ("how should I prepare?") gets that subject added. A question with a subject of its
own is left alone: it starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.answers import Turn
from answer.reading import content_terms
from answer.replacing import company_in, in_its_place
from answer.subjects import ATTRIBUTE, round_phrase, set_beside, subject_of, which_phrase
from answer.wording import BANK, DIFFICULTY, YES_NO
from index.words import STOP_WORDS, normalise, words

_OPENING = re.compile(
    r"^(?:(?:ok|okay|so|and|but|also|then|now|thanks|thank you|great|cool|nice|right|sure|hm+|well|oh|no|nope|sorry|actually|"
    r"i meant?|next(?: up)?(?= ?[:,])|moving on(?: to)?|switch(?:ing)? to|"
    r"(?:let'?s|let us) (?:talk|go|move|discuss|do)(?: on)?(?: about| to)?)\b[\s,.!:]*)+",
    re.I,
)
_OTHER_TOPIC = re.compile(
    r"^(?:a |on a |one )?(?:different|new|another|other|unrelated) (?:topic|question|subject|note)\W+", re.I
)
_ABOUT = re.compile(r"^(?:what|how) about\b|^(?:the )?same (?:question )?(?:for|about|at|with)\b|^what of\b", re.I)
_QUESTION_WORD = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|will|would|has|have|"
    r"list|name|give|show|tell|explain|describe|compare|define)\b|"
    r"^(?:design|build|implement|prepare|quiz|teach|walk|help|summari[sz]e|sketch|write|derive|prove)(?= )",
    re.I,
)
_PREPOSITION = re.compile(r"^(?:according to|for|at|in|on|with|of|to|during|about|from|as|under)\b\s*", re.I)
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
    r"(?<=is )that|(?<=does )that|(?<=about )that|(?<=for )that|(?<=in )that|(?<=of )that|this(?=\s*[?.!,]*$)|"
    r"that(?= (?:in|with|using)\b)|(?<!of )(?<!tell )(?<!ask )(?<!give )(?<!show )them|those|these)\b(?!'s)",
    re.I,
)
_AGAIN = re.compile(
    r"^(?:please )?(?:(?:make it |a bit |much |can you (?:make it |be )?)*(?:shorter|briefer|simpler|longer)|"
    r"(?:a )?(?:more|bit more|few more) (?:details?|detail|info(?:rmation)?)|(?:and )?in (?:more )?(?:detail|other words|practice)|"
    r"in (?:very )?(?:simple|plain|simpler|easy|other|layman'?s) (?:words|terms|english|language)|"
    r"(?:please )?(?:explain|say|tell me|repeat) (?:it|that|this) (?:again|once more|simpler|more simply|differently|in .*)|again|"
    r"repeat|elaborate|continue|go on|more|any more|tell me more|say more|really|are you sure|is that (?:so|right|true|correct)|"
    r"how come|where does it say (?:so|that)|(?:what is |give me )?(?:the |your )?sources?|what (?:do you mean|was that))"
    r"(?: please)?\W*$",
    re.I,
)
_ANOTHER = re.compile(
    r"^(?:(?:give|show|ask) me |can i (?:have|get) |i want )?(?:an?other(?: one| question)?|one more|the next one|next(?: one)?|"
    r"a (?:bit )?(?:(?:much )?(?P<hard>harder|tougher)|(?P<easy>easier|simpler)) (?:one|question)|(?:an )?easier one|"
    r"an? (?P<level>easy|medium|hard) one|something (?P<harder>harder)|something (?P<easier>easier))(?: please)?\W*$",
    re.I,
)
_BARE = re.compile(
    r"^(?:why(?: not| is that| so)?|how|when|who|where|how long|how many|how much|what else|anything else|which one|such as|"
    r"like what|for example|(?:any |some )?examples?)\W*$",
    re.I,
)
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_PLACED = re.compile(
    rf"\b(?:the (?P<place>{'|'.join(_PLACES)}|last|former|latter)(?: (?P<what>[a-z]+))?|(?:number|no\.?|#) ?(?P<number>\d))(?=\W|$)",
    re.I,
)
_SAID_AFTER = re.compile(r"\bthe other(?: one)?\b(?P<rest>.*?),\s*(?P<name>[^,?]+?)\s*(?=\?|$)", re.I)
_ONE_OF = re.compile(
    r"^which(?: one)?(?: of (?:them|these|those|the two|both))?"
    r"(?= (?:is|are|one|has|does|do|should|would|will|can|give|gives|takes?|needs?|works?|scales?|"
    r"converges|trains|learns|performs|generali[sz]es|wins|costs|runs|pays|lasts|matters|handles|uses)\b)",
    re.I,
)
_WHICH_ONE = re.compile(r"^(?:what|which) ones?\b", re.I)
_AGAINST = re.compile(
    r"^(?:(?:what(?:'s| is| are) )?(?:the )?differences? (?:to|from|with)|(?:as )?(?:compared|opposed) (?:to|with)|"
    r"versus|vs\.?|in (?:comparison|contrast) (?:to|with))\s+(?P<other>.+?)\W*$",
    re.I,
)
_IF = re.compile(r"^(?:and )?(?:if|when|unless|without|after|before)\b", re.I)
_HOW_TO = re.compile(r"^how (?:to|(?:do|should|can|could|would) (?:i|you|we|one)) ", re.I)
_THEY = re.compile(r"\b(?:they|each(?: of them)?)\b", re.I)
_SEVERAL = re.compile(r"^(?:the |\w+ )*?\w+s\b(?<!ss)(?<!is)(?<!us)", re.I)
_PLACE_MEANT = re.compile(r"(?<!is )(?<!are )\bthere(?=\W*$)", re.I)

NAMES_ENOUGH = 3  # content words with which a fragment that nothing links to the question before starts anew
FRAGMENT = 8  # words
_TIME = re.compile(r"\b(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|time)\b", re.I)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_PLACES)}|last|final|next|main|exact|typical)\b", re.I)
_ANEW = re.compile(
    r"^(?:what (?:is|are|does)|explain|describe|define|tell me about|compare|list|how (?:do|does|would|should)|"
    r"design|build|quiz me|derive|prove)\b",
    re.I,
)
_MARKUP = re.compile(r"\[\d+\]|[*_`\\]+")
_HEAD = re.compile(r"[:;.(–]|, | - ")
HEAD_WORDS = 8


@dataclass(frozen=True, slots=True)
class _FollowUp:
    """A question that may hang on the one before: `opened` is without its "and", `fragment` without preposition too."""

    opened: str
    fragment: str
    linked: bool
    before: str
    about: str  # what is spoken of, where the question before only pointed at it
    told: tuple[str, ...]  # what the answer before listed
    is_company: Callable[[str], bool]

    @classmethod
    def of(cls, asked: str, before: str, about: str, answer: str, is_company: Callable[[str], bool]) -> _FollowUp:
        opened = _OPENING.sub("", asked).strip()
        linked = opened != asked or bool(_ABOUT.search(opened))
        fragment = _PREPOSITION.sub("", _ABOUT.sub("", opened).strip()).strip(" ?!.")
        return cls(opened, fragment, linked, before, about, _listed(answer), is_company)

    @property
    def is_fragment(self) -> bool:
        """Whether it is a mere phrase, not a question."""
        asks = _QUESTION_WORD.search(self.opened) and not _ABOUT.search(self.opened)
        return bool(self.fragment) and not asks and len(words(self.fragment)) <= FRAGMENT

    @property
    def subject(self) -> str:
        """The subject of the question before, without its company where the new question names one itself."""
        subject = self.about or subject_of(self.before)
        company = company_in(subject, self.is_company)
        if company is None or not company_in(self.opened, self.is_company):
            return subject
        return re.sub(rf"\s+(?:at|for|with|of)\s+{re.escape(company)}\b", "", subject)


def standalone_question(text: str, history: Sequence[Turn], *, is_company: Callable[[str], bool]) -> str:
    """The question as it stands alone. `is_company` says whether a name is a company the corpus or the reader knows."""
    resolved, about, answer = "", "", ""
    last = ""
    for turn in (*history, Turn(text)):
        last = question = normalise(turn.user)
        if resolved:
            last, about = _resolved(_FollowUp.of(question, resolved, about, answer, is_company))
        resolved, answer = last or resolved, turn.assistant  # "thanks" leaves what is spoken of as it is
    return last or normalise(text)


def _resolved(asked: _FollowUp) -> tuple[str, str]:
    """The question as it stands alone, and what is spoken of, where it isn't the question's own subject."""
    for way in _WAYS:
        found = way(asked)
        if found is not None:
            return found, asked.subject if way in _OF_THE_SAME else ""
    return asked.opened, ""


def _other_topic(asked: _FollowUp) -> str | None:
    rest = _OTHER_TOPIC.sub("", asked.opened)
    return rest if rest != asked.opened or not rest else None


def _asked_again(asked: _FollowUp) -> str | None:
    """The question before, where only a form, more of it or its ground is asked for."""
    return asked.before if _AGAIN.match(asked.opened) else None


def _another(asked: _FollowUp) -> str | None:
    """Another question of the bank, perhaps of another difficulty."""
    found = _ANOTHER.match(asked.opened)
    if not found or not (BANK.search(asked.before) or DIFFICULTY.search(asked.before)):
        return None
    harder = found["hard"] or found["harder"]
    level = "hard" if harder else found["level"] or ("easy" if "eas" in asked.opened or found["easy"] else "")
    if not level:
        return asked.before
    changed = DIFFICULTY.sub(level, asked.before, count=1)
    return changed if changed != asked.before else f"{asked.before.rstrip(' ?!.')} ({level})"


def _bare(asked: _FollowUp) -> str | None:
    if not _BARE.match(asked.opened):
        return None
    word = asked.opened.rstrip(" ?!.")
    if re.match(r"why|how$|when$|where$", word, re.I) and YES_NO.match(asked.before):
        return f"{word.split()[0]} {asked.before}"
    if "example" in word.lower() or word.lower() in ("such as", "like what"):
        return f"examples of {asked.subject}?"
    if len(words(word)) > 2:
        return asked.before
    is_ = " is" if word.lower() in ("how long", "how much", "when", "where", "who") else ""
    return f"{word}{is_} {asked.subject}?"


def _placed(asked: _FollowUp) -> str | None:
    """ "the second one": of the things that were compared, else of what the answer listed."""
    other = _SAID_AFTER.search(asked.opened)
    if other:  # "how long does the other one live, the queen?"
        return f"{asked.opened[: other.start()]}{other['name']}{other['rest']}?"
    found = _PLACED.search(asked.opened)
    if found is None or (found["what"] or "one") not in ("one", *_named_in(asked.before)):
        return None
    things = set_beside(asked.before) or asked.told
    place = (found["place"] or _PLACES[int(found["number"] or 0) - 1]).lower()
    at = (
        {"former": 0, "latter": 1, "last": len(things) - 1}.get(place, 8)
        if place not in _PLACES
        else _PLACES.index(place)
    )
    if not 0 <= at < len(things):
        return None
    named = asked.opened[: found.start()] + things[at] + asked.opened[found.end() :]
    return named if _QUESTION_WORD.search(asked.opened) else f"tell me about {things[at]}"


def _named_in(question: str) -> set[str]:
    """The words of a question, plural ones in the singular too."""
    found = set(words(question))
    return found | {word.removesuffix("s") for word in found}


def _one_of(asked: _FollowUp) -> str | None:
    """ "which one …": of the two that were compared, else of the sort that was asked for."""
    things = set_beside(asked.before)
    if things and _ONE_OF.match(asked.opened):
        return f"{_WHICH_ONE.sub('which', asked.opened).rstrip(' ?!.')}, {' or '.join(things)}?"
    sort = which_phrase(asked.before)
    return _WHICH_ONE.sub(f"which {sort}", asked.opened) if sort and _WHICH_ONE.match(asked.opened) else None


def _against(asked: _FollowUp) -> str | None:
    """ "and compared to a wasp?" is a comparison with what was asked about."""
    other = _AGAINST.match(asked.opened)
    return f"what is the difference between {asked.subject} and {other['other']}?" if other else None


def _condition(asked: _FollowUp) -> str | None:
    """ "and if it rains?": the question before under a condition."""
    short = len(words(asked.opened)) <= FRAGMENT
    return f"{asked.before.rstrip(' ?!.')} {asked.opened}" if short and _IF.match(asked.opened) else None


def _done_too(asked: _FollowUp) -> str | None:
    """ "and fix it": another thing to do with the same."""
    doing = _HOW_TO.match(asked.before)
    if not doing or not asked.is_fragment or not _PRONOUN.search(asked.fragment):
        return None
    return f"{doing.group()}{_PRONOUN.sub(lambda _: asked.subject, asked.fragment, count=1)}?"


def _fragment(asked: _FollowUp) -> str | None:
    if not asked.is_fragment:
        return None
    if not asked.linked and _stands_alone(asked.fragment):
        return asked.opened
    if _POSSESSIVE.match(asked.fragment):  # "what about its drawbacks"
        return f"{_POSSESSIVE.sub('', asked.fragment).strip()} of {asked.subject}?"
    if re.search(r"\bor\b", asked.fragment):
        return f"{asked.subject}: {asked.fragment}?"
    about = bool(_ABOUT.search(asked.opened))
    preposition = _PREPOSITION.match(_ABOUT.sub("", asked.opened).strip())
    return in_its_place(
        asked.fragment,
        preposition.group().strip().lower() if preposition else "",
        asked.before,
        is_company=asked.is_company,
        another_thing=about or preposition is not None,
    )


def _stands_alone(fragment: str) -> bool:
    """Whether a few words without a question word ask by themselves: three things named, or a numbered one and another."""
    terms = content_terms(_TIME.sub(" ", ATTRIBUTE.sub(" ", fragment))) and content_terms(fragment)
    numbered = any(term[0].isdigit() for term in terms)
    return len(terms) >= NAMES_ENOUGH or (
        numbered and any(len(term) > 2 and term not in ("level", "week") for term in terms)
    )


def _pronoun(asked: _FollowUp) -> str | None:
    """What points back is replaced by the subject of the question before."""
    subject = asked.subject
    if _DETERMINED.search(asked.opened):
        return _DETERMINED.sub(lambda _: subject, asked.opened, count=1)
    if _PRONOUN.search(asked.opened):
        return _PRONOUN.sub(lambda _: subject, asked.opened, count=1)
    if _POSSESSIVE.search(asked.opened):
        return _POSSESSIVE.sub(lambda _: f"{subject}'s", asked.opened, count=1)
    if _THEY.search(asked.opened) and _SEVERAL.match(subject.split(" at ")[0]):
        return _THEY.sub(lambda _: subject, asked.opened, count=1)
    if _PLACE_MEANT.search(asked.opened):
        return _PLACE_MEANT.sub(lambda _: f"in {subject}", asked.opened, count=1)
    return None


def _with_subject(asked: _FollowUp) -> str | None:
    """The subject of the question before added, where the question names next to nothing of its own."""
    own = set(content_terms(_ORDINAL.sub(" ", _TIME.sub(" ", asked.opened)))) - set(content_terms(asked.before))
    company = company_in(asked.before, asked.is_company)
    names_company = company_in(asked.opened, asked.is_company) is not None
    if round_phrase(asked.opened) is not None:
        same = asked.linked and company and not names_company
        return f"{asked.opened.rstrip(' ?!.')} at {company}?" if same else None
    few = 2
    if _ANEW.search(asked.opened):  # "what is PCA" starts anew, "what is the bonus" doesn't
        few = 1 if not own or ATTRIBUTE.search(asked.opened) else 0
    if (asked.linked and len(own) <= 3 and few) or (len(own) <= few and not names_company):
        subject = asked.subject
        missing = [word for word in words(subject) if word not in STOP_WORDS and word not in words(asked.opened)]
        return f"{asked.opened.rstrip(' ?!.')} ({subject})?" if missing else None
    return None


def _listed(answer: str) -> tuple[str, ...]:
    """What the items or rows of an answer in Markdown begin with, without markers."""
    lines = [line.strip() for line in answer.splitlines()]
    items = [line[2:] for line in lines if line.startswith("- ")]
    rows = [line.strip("| ").split("|")[0] for line in lines if line.startswith("|")][2:]
    heads = (_HEAD.split(_MARKUP.sub("", line).strip(), maxsplit=1)[0].strip() for line in items or rows)
    return tuple(" ".join(head.split()[:HEAD_WORDS]) for head in heads)


_WAYS = (
    _other_topic, _asked_again, _another, _bare, _placed, _one_of, _against, _condition, _done_too, _fragment, _pronoun,
    _with_subject,
)  # fmt: skip
_OF_THE_SAME = (_bare, _done_too, _pronoun, _with_subject)
