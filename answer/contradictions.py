"""What a claim says against its evidence: figures, names, negation, direction, modality and quantity.

A claim is held against the evidence sentences that speak of the same thing (they share most of its content stems). Where
its words follow such a sentence closely, the few that were changed are looked at: a figure for a figure, a word for its
opposite, "may" for "must". A check speaks up only when all of those sentences disagree with the claim, so that one that
agrees clears it. Where a claim tells things in its own words, only absent figures and names are reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from answer.claims import Evidence, Wording
from index.words import stem

ALIGNED = 0.5  # share of the claim's content stems that a sentence must hold to speak of the same thing
CLOSE = 0.12  # sentences this near to the best one count as well
SAME_WORDING = 0.66  # share of the claim's words that follow the sentence's own order: the rest was changed
LONGEST_CHANGE = 3  # words; more than that is another way of telling it
SAME_WORDS = 0.8  # share of stems for a comparison whose sides may be exchanged

_NEGATIONS = frozenset("not no never without none nor neither cannot hardly rarely seldom scarcely".split())
_DIRECTIONS = """
more/less more/fewer higher/lower high/low increase/decrease increase/reduce rise/fall grow/shrink gain/lose above/below
before/after longer/shorter long/short harder/easier hard/easy faster/slower fast/slow larger/smaller large/small
bigger/smaller better/worse best/worst most/least maximum/minimum maximise/minimise strong/weak stronger/weaker
early/late earlier/later include/exclude add/remove raise/lower up/down start/end begin/end first/last first/final
open/close outside/inside within/outside online/offline supervised/unsupervised overfitting/underfitting
allow/prevent allow/forbid accept/reject pass/fail success/failure precede/follow over/under many/few old/new
older/newer cheap/expensive simple/complex simpler/harder internal/external left/right top/bottom senior/junior
overprepare/underprepare overestimate/underestimate possible/impossible likely/unlikely stable/unstable
positive/negative true/false sparse/dense wide/narrow deep/shallow deeper/shallower public/private
help/hurt improve/worsen speed/slow accelerate/slow encourage/discourage forward/backward static/dynamic
enough/insufficient mandatory/optional required/optional necessary/unnecessary same/different common/rare
increase/reduction rise/drop growth/decline significant/little significant/minor major/minor independent/joint
independently/jointly separately/jointly alone/together practical/theoretical check/ignore consider/ignore cover/omit
include/omit require/forbid preferred/required prefer/avoid clear/vague detailed/vague formal/informal
usually/rarely often/rarely often/seldom usually/seldom always/never together/separately heavy/light
"""
_STRENGTHS = {
    "certain": "must always require required requires mandatory need needs necessary certainly definitely will "
    "guarantee guarantees invariably inevitably never",
    "usual": "usually often typically commonly generally frequently mostly normally should tends tend regularly likely",
    "possible": "may might can could sometimes occasionally possibly optional optionally perhaps potentially",
}
_QUANTITIES = {
    "all": "all every each both always entire whole everyone everybody fully completely",
    "most": "most majority mostly many largely",
    "some": "some several few partly partially",
    "none": "none nobody neither zero",
    "only": "only exclusively solely merely",
    "also": "also too additionally",
    "single": "1 single",
    "least": "least minimum",
    "most-bound": "most maximum",
}
_SWAPPERS = frozenset("than before after versus over".split())


def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in _DIRECTIONS.split():
        left, right = (stem(word) for word in pair.split("/"))
        table.setdefault(left, set()).add(right)
        table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


_OPPOSITES = _opposites()
_STRENGTH_OF = {word: name for name, words in _STRENGTHS.items() for word in words.split()}
_QUANTITY_OF = {word: name for name, words in _QUANTITIES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the claim where the sentence has others; either side may be empty."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def aligned(claim: Wording, evidence: Evidence) -> list[Wording]:
    """The evidence sentences that speak of the same thing as the claim, at most three, best first."""
    terms = claim.terms
    if not terms:
        return []
    shares = [(len(terms & sentence.terms) / len(terms), sentence) for sentence in evidence.sentences]
    best = max((share for share, _ in shares), default=0.0)
    near = [pair for pair in shares if pair[0] >= max(ALIGNED, best - CLOSE)]
    return [sentence for _, sentence in sorted(near, key=lambda pair: -pair[0])[:3]]


def contradictions(claim: Wording, evidence: Evidence) -> tuple[str, ...]:
    """Why the evidence speaks against the claim, in words; empty where nothing was found."""
    reasons = [*_figures_absent(claim, evidence), *_names_absent(claim, evidence)]
    beside = [
        found
        for sentence in aligned(claim, evidence)
        if (found := _against(claim, sentence, evidence.names)) is not None
    ]
    if beside and all(beside):
        reasons.extend(beside[0])
    return tuple(dict.fromkeys(reasons))


def changes(claim: Wording, sentence: Wording) -> tuple[Change, ...]:
    """What the claim says otherwise than a sentence it otherwise follows; empty where it goes its own way."""
    return _changes(claim.words, sentence.words)


@lru_cache(maxsize=4096)
def _changes(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[Change, ...]:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    same = [place for block in matcher.get_matching_blocks() for place in range(block.a, block.a + block.size)]
    wording = [place for place, word in enumerate(ours) if not word[0].isdigit()]
    if len(same) < SAME_WORDING * len(ours) and len(set(same) & set(wording)) < max(1.0, SAME_WORDING * len(wording)):
        return ()
    steps = matcher.get_opcodes()
    start = next(place for place, step in enumerate(steps) if step[0] == "equal")
    end = max(place for place, step in enumerate(steps) if step[0] == "equal")
    found = []
    for place, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal":
            continue
        if place < start:  # a sentence may begin earlier, and end later, than the claim: what stands nearest counts
            c = max(c, d - (b - a))
        elif place > end:
            d = min(d, c + (b - a))
        found.append(Change(ours[a:b], theirs[c:d]))
    return tuple(found)


def _figures_absent(claim: Wording, evidence: Evidence) -> Iterator[str]:
    for figure in claim.figures:
        if not any(figure.matches(other) for other in evidence.figures):
            yield f"figure {figure.value:g}{' ' + figure.unit if figure.unit else ''} is not in the evidence"


def _figures_moved(claim: Wording, sentence: Wording) -> Iterator[str]:
    """Figures that other sentences give, put into the words of this one."""
    for figure in claim.figures:
        beside = [other for other in sentence.figures if other.unit == figure.unit]
        here = {*claim.words[max(0, figure.at - 1) : figure.at], *claim.words[figure.at + 1 : figure.at + 2]}
        if (
            beside
            and (figure.unit or here <= set(sentence.words))
            and not any(figure.matches(other) for other in sentence.figures)
        ):
            yield f"evidence gives {beside[0].value:g}, not {figure.value:g}"


def _names_absent(claim: Wording, evidence: Evidence) -> Iterator[str]:
    for name in claim.names:
        if name not in evidence.terms and name[:5] not in evidence.prefixes:
            yield f"name {name} is not in the evidence"


def _against(claim: Wording, sentence: Wording, names: frozenset[str]) -> list[str] | None:
    """What one sentence says against the claim; None where the claim does not follow it closely."""
    same_words = len(claim.terms & sentence.terms) >= SAME_WORDS * len(claim.terms)
    if not same_words and not changes(claim, sentence):
        return None
    changed = changes(claim, sentence)
    if (
        sum(bool(change.ours) for change in changed) == 1
    ):  # all else is the same, so a capital that begins a sentence is no chance
        names = names | {stem(word) for word in sentence.capitals}
    found = [reason for change in changed for reason in _reasons_of(change, claim, names)]
    if changed:
        found.extend(_figures_moved(claim, sentence))
    if same_words:
        found.extend(_reversed_sides(claim, sentence))
    if not found and not claim.terms <= sentence.terms:
        return None  # says something else beside it: neither for nor against
    return found


def _reasons_of(change: Change, claim: Wording, names: frozenset[str]) -> Iterator[str]:
    if max(len(change.ours), len(change.theirs)) > LONGEST_CHANGE:
        return
    yield from _negation_changed(change)
    ours = [word for word in change.ours if word not in change.theirs]
    theirs = [word for word in change.theirs if word not in change.ours]
    if not ours or not theirs:
        return
    if pair := _both(ours, theirs, lambda word: word[0].isdigit()):
        yield f"evidence gives {pair[1]}, not {pair[0]}"
    one_for_one = len(change.ours) == len(change.theirs) == 1 and change.ours[0].isalpha()
    mine = _first(ours, lambda word: word in claim.capitals or one_for_one)
    other = _first(theirs, lambda word: stem(word) in names)
    if mine and other and mine[:4] != other[:4] and abs(len(ours) - len(theirs)) <= 1:
        yield f"evidence names {other}, not {mine}"
    yield from _word_against(ours, theirs)


def _negation_changed(change: Change) -> Iterator[str]:
    ours, theirs = _negations(change.ours), _negations(change.theirs)
    if ours % 2 != theirs % 2:
        yield "the claim denies what the evidence says" if ours > theirs else "the claim drops a negation"


def _word_against(ours: list[str], theirs: list[str]) -> Iterator[str]:
    """Opposites, and words of another strength or quantity."""
    for word in ours:
        against = _OPPOSITES.get(stem(word), frozenset())
        yield from (f"evidence says {other}, the claim {word}" for other in theirs if stem(other) in against)
    for classes in (_STRENGTH_OF, _QUANTITY_OF):
        if (pair := _both(ours, theirs, classes.__contains__)) and classes[pair[0]] != classes[pair[1]]:
            yield f"evidence says {pair[1]}, the claim {pair[0]}"


def _both(ours: list[str], theirs: list[str], holds: Callable[[str], bool]) -> tuple[str, str] | None:
    """The first word of each side for which `holds` is true, where both sides have one."""
    mine, other = _first(ours, holds), _first(theirs, holds)
    return (mine, other) if mine and other else None


def _first(words: list[str], holds: Callable[[str], bool]) -> str:
    return next(filter(holds, words), "")


def _reversed_sides(claim: Wording, sentence: Wording) -> Iterator[str]:
    """ "A is larger than B" against "B is larger than A": the same words on the other sides of the comparison."""
    for word in sorted(_SWAPPERS & set(claim.words) & set(sentence.words)):
        (left, right), (before, after) = _sides(claim, word), _sides(sentence, word)
        straight = len(left & before) + len(right & after)
        if left & after and right & before and len(left & after) + len(right & before) > straight:
            yield f"the sides of “{word}” are exchanged"


def _sides(wording: Wording, word: str) -> tuple[set[str], set[str]]:
    place = wording.words.index(word)
    terms = wording.terms
    left = {stem(token) for token in wording.words[:place]} & terms
    right = {stem(token) for token in wording.words[place + 1 :]} & terms
    return left - right, right - left


def _negations(words: tuple[str, ...]) -> int:
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words)
