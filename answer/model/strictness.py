"""What a model is held to beyond the support checker: it changes one word of a sentence and leaves the rest as it was.

Each check says why it speaks against a claim, or nothing:
- most of the claim's own words must stand in what it cites;
- a figure must count what it counts there, stand in the column it is told of, and be said by the source it is ascribed to;
- what the guides list as a mistake must not be told as advice;
- a name must stand in the cited words themselves where they name another in its place; a name that opens a sentence, or
  is written small, is a name all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from answer.claims import Figure, Wording, gather, sentences_of, take_apart
from answer.lexicon import KNOWN_COMPANIES
from answer.model.directions import denied, overstated, turned, unbounded
from answer.model.evidence import Offered
from index.words import normalise, stem, words

ABSENT = "not in the evidence"
NEW_WORDS = 0.5  # share of a claim's content stems that stand nowhere in what it cites
RETOLD = 0.6  # share of a claim's content stems from which on it tells the cited words again
ALWAYS_CAPITAL = 0.8  # share of a word's places inside sentences where it has a capital
_WORD = re.compile(r"[A-Za-z][\w+#]*")
_INNER = re.compile(rf"(?<=[a-z,;] ){_WORD.pattern}")
_CLAUSE = re.compile(r"[,;]\s|\s(?:while|whereas|but|and)\s")
_SEGMENT = re.compile(r"[;.]\s")
_PLAINLY = (
    (re.compile(r"\bUS\$|\bUSD\s?(?=\d)"), "$"),
    (re.compile(r"\bUSD\b|\bUS dollars\b"), "dollars"),
    (re.compile(r"\bhalf an hour\b", re.I), "30 minutes"),
    (re.compile(r"\bone and a half hours\b|\ban hour and a half\b", re.I), "90 minutes"),
    (re.compile(r"\b(?:an|one|1) hour\b", re.I), "60 minutes"),
    (re.compile(r"\b(?:does not|do not|doesn't|don't) differ\b", re.I), "is the same"),
    (re.compile(r"\bU\.?S\.?(?:A\.?)?(?=[\s,.;)]|$)"), "United States"),
)
_MISTAKES = re.compile(r"\b(?:mistakes?|pitfalls?|red flags?|to avoid|don'ts?)\b", re.I)
_WARNS = re.compile(
    r"\b(?:not|never|no|nobody|nothing|without|avoid\w*|don't|\w+n't|cannot|mistakes?|errors?|pitfalls?|fail\w*|wrong\w*|"
    r"weak\w*|poor\w*|bad|worse|too|instead|rather|only|forget\w*|ignor\w*|omit\w*|miss\w*|lack\w*|hid\w*|risk\w*|"
    r"loses?|lost|hurts?|breaks?|confus\w*|over\w+|under\w+|mis\w+|un\w+|trap|problem\w*|less|harm\w*|dangerous|red flags?)\b",
    re.I,
)
_RATHER = re.compile(r"\b(?:rather than|instead of|as opposed to)\b", re.I)
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s?(?:-|to|and)\s?\$?(\d+(?:\.\d+)?)(?!\w*-)")
_JOINS = ((), ("to",), ("dollar",), ("to", "dollar"))  # between the ends of a range
_YES = re.compile(r"^Yes[,:.]\s+")
_PRONOUN_ONE = re.compile(r"\bones?\b(?=\s*(?:[.,;:!?)]|$|(?:of|that|which|who|is|or|another|after|by)\b))", re.I)


@dataclass(frozen=True, slots=True)
class ProperNames:
    """The words that the corpus writes with a capital wherever they stand, in lower case."""

    words: frozenset[str] = KNOWN_COMPANIES

    @classmethod
    def of(cls, texts: Iterable[str]) -> ProperNames:
        """Read from the texts of all guides."""
        capital: dict[str, int] = {}
        small: dict[str, int] = {}
        for text in texts:
            for word in _INNER.findall(text):
                counted = capital if word[0].isupper() or not word.islower() else small
                counted[word.lower()] = counted.get(word.lower(), 0) + 1
        names = {
            word
            for word, count in capital.items()
            if count >= ALWAYS_CAPITAL * (count + small.get(word, 0)) and count > 1
        }
        return cls(frozenset(names) | KNOWN_COMPANIES)

    def named(self, text: str) -> frozenset[str]:
        """The stems of the names in a text, whatever their case."""
        return frozenset(stem(word) for word in map(str.lower, _WORD.findall(normalise(text))) if word in self.words)


def plainly(text: str) -> str:
    """A text with the same things said in the same words: "half an hour" as "30 minutes"."""
    for pattern, other in _PLAINLY:
        text = pattern.sub(other, text)
    return _PRONOUN_ONE.sub("", _YES.sub("", text))


def in_words_of(told: Sequence[str], text: str) -> str:
    """The claim with "rather than" as "not" where the evidence has no such word: the same is denied."""
    return text if any(_RATHER.search(each) for each in told) else _RATHER.sub("not", text)


def told_by(cited: Sequence[Offered]) -> tuple[str, ...]:
    """What claims are held against: the words of each span, where it stands, the dates of its guide."""
    return tuple(plainly(part) for each in cited for part in (each.text, each.around, *each.dates))


def against(text: str, cited: Sequence[Offered], names: ProperNames) -> Iterator[str]:
    """Why a claim is not what its cited spans say; the spans are those it names."""
    told = gather(told_by(cited))
    for sentence in map(take_apart, sentences_of(text)):
        new = [term for term in sentence.content if term not in told.terms and term[:5] not in told.prefixes]
        if len(new) >= NEW_WORDS * len(sentence.content):
            yield f"{ABSENT}: {', '.join(dict.fromkeys(new[:5]))}"
        yield from _names_against(sentence, cited, names)
        yield from _units_against(sentence, cited)
        yield from _columns_against(sentence, cited)
        yield from _ranges_against(sentence, cited)
        told_sentences = [take_apart(plainly(part)) for each in cited for part in sentences_of(each.text)]
        for check in (turned, denied, unbounded, overstated):
            yield from check(sentence, told_sentences)
    yield from _ascribed_wrongly(text, cited)
    yield from _warned_of(text, cited)


def lists_mistakes(cited: Sequence[Offered]) -> bool:
    """Whether all spans stand under a heading like "Common mistakes"."""
    return all(_MISTAKES.search(each.heading) for each in cited)


def _warned_of(text: str, cited: Sequence[Offered]) -> Iterator[str]:
    """What the guides list as a mistake must not be told as advice."""
    if lists_mistakes(cited) and not _WARNS.search(text):
        yield f"the guides list this under “{cited[0].heading}”"


def _names_against(claim: Wording, cited: Sequence[Offered], names: ProperNames) -> Iterator[str]:
    """Names that no cited span holds, and names of the headings in the place of one that the words themselves name."""
    told = frozenset(term for each in cited for term in _stems(f"{each.text} {each.around}"))
    mine = names.named(claim.text) | frozenset(claim.names)
    yield from (f"name {name} is not in the evidence" for name in sorted(names.named(claim.text) - told))
    said = frozenset(term for each in cited for term in _stems(each.text))
    theirs = frozenset(
        name for each in cited for name in names.named(each.text) | frozenset(take_apart(each.text).names)
    )
    lost = theirs - frozenset(claim.content)
    whose = frozenset(term for each in cited for term in _stems(_whose(each)))
    moved = (mine | frozenset(claim.content)) & told - said - whose
    retold = len(claim.terms & said) >= RETOLD * len(claim.terms)
    if lost and moved & mine and retold:
        yield f"the cited words name {', '.join(sorted(lost)[:2])}, not {', '.join(sorted(moved & mine)[:2])}"


def _units_against(claim: Wording, cited: Sequence[Offered]) -> Iterator[str]:
    """A figure that counts something: where the spans count the same thing, the figure must be one that does."""
    pairs = [(figure, cell) for each in cited for cell in _segments(each) for figure in cell.figures]
    rows = any(each.columns for each in cited)
    for figure in claim.figures:
        counting = [
            other
            for other, cell in pairs
            if other.unit == figure.unit or (rows and not other.unit and figure.unit in cell.words)
        ]
        same = [other for other, _ in pairs if other.value == figure.value]
        own = figure.unit and claim.words[figure.at + 1 : figure.at + 2] == (figure.unit,)
        if own and counting and same and not any(other.value == figure.value for other in counting):
            yield f"evidence counts {counting[0].value:g} {figure.unit}, not {figure.value:g}"


def _segments(each: Offered) -> list[Wording]:
    """The words of a span between full stops and semicolons: sentences, and the cells of a row."""
    return [take_apart(segment) for segment in _SEGMENT.split(each.text)]


def _columns_against(claim: Wording, cited: Sequence[Offered]) -> Iterator[str]:
    """A figure told right beside the name of a column must stand in that column."""
    cells: dict[str, list[Figure]] = {}
    for header, cell in (column for each in cited for column in each.columns):
        cells.setdefault(header, []).extend(take_apart(plainly(cell)).figures)
    for clause in map(take_apart, _CLAUSE.split(claim.text) if cells else ()):
        told = {header: names for header in cells if (names := _names_of(header)) and names <= set(clause.words)}
        for header, names in told.items():
            inside = any(names < others for others in told.values())  # "weeks" in "cost of delay per week"
            wrong = [figure for figure in _told_beside(names, clause) if not _holds(cells[header], figure)]
            if wrong and cells[header] and not inside:
                yield f"{header} is {cells[header][0].value:g}, not {wrong[0].value:g}"


def _ranges_against(claim: Wording, cited: Sequence[Offered]) -> Iterator[str]:
    """A range of which the evidence gives one end must be a range there."""
    known = {ends for each in cited for ends in _RANGE.findall(_digits(each.text))}
    for ends in _RANGE.findall(_digits(claim.text)):
        begun = [other for other in known if set(other) & set(ends)]
        if begun and ends not in known:
            yield f"evidence gives {begun[0][0]} to {begun[0][1]}, not {ends[0]} to {ends[1]}"


def _digits(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})", "", normalise(text))


def _names_of(header: str) -> frozenset[str]:
    return frozenset(take_apart(header).words) - {"dollar", "percent"}


def _holds(figures: Sequence[Figure], figure: Figure) -> bool:
    return any(other.value == figure.value for other in figures)


def _told_beside(names: frozenset[str], clause: Wording) -> list[Figure]:
    """The figure or range nearest to a header's words; none where the words are but its unit ("eight weeks")."""
    places = [place for place, word in enumerate(clause.words) if word in names]
    near = min(clause.figures, key=lambda figure: min(_distance(figure.at, place) for place in places), default=None)
    if near is None or (names == {near.unit} and min(places) > near.at):
        return []
    between = (clause.words[min(near.at, other.at) + 1 : max(near.at, other.at)] for other in clause.figures)
    return [other for other, words in zip(clause.figures, between, strict=True) if words in _JOINS]


def _distance(figure: int, name: int) -> float:
    """In words; of two figures as far away, the one behind the name is meant."""
    return abs(figure - name) - (0.5 if figure > name else 0.0)


def _ascribed_wrongly(text: str, cited: Sequence[Offered]) -> Iterator[str]:
    """ "A says 15, B says 30": each clause that names one source must have its figures from that one."""
    by = {publisher: [each for each in cited if _publisher(each) == publisher] for publisher in map(_publisher, cited)}
    if len(by) < 2:
        return
    for clause in _CLAUSE.split(text):
        named = [publisher for publisher in by if publisher and publisher in normalise(clause).lower()]
        if len(named) != 1:
            continue
        own = gather(told_by(by[named[0]])).figures
        for figure in take_apart(clause).figures:
            if not any(figure.matches(other) for other in own):
                yield f"{named[0]} does not say {figure.value:g}"


def _publisher(each: Offered) -> str:
    return normalise(each.span.guide.info.publisher or "").lower()


def _whose(each: Offered) -> str:
    info = each.span.guide.info
    return " ".join(part for part in (info.publisher, info.company, info.role) if part)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.removesuffix("'s")) for word in words(text)) | frozenset(take_apart(text).content)
