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

import answer.retelling as retelling
from answer.claims import Evidence, Wording
from answer.opposites import NEGATIONS, QUANTITY_OF, STRENGTH_OF, opposites_of, root
from index.words import stem

ALIGNED = 0.5  # share of the claim's content stems that a sentence must hold to speak of the same thing
CLOSE = 0.12  # sentences this near to the best one count as well
SAME_WORDING = 0.66  # share of the claim's words that follow the sentence's own order: the rest was changed
LONGEST_CHANGE = 3  # words; more than that is another way of telling it
SAME_WORDS = 0.8  # share of stems for a comparison whose sides may be exchanged

_VALUES = frozenset(("no", "none"))  # in a table's row they are what a cell holds
_SWAPPERS = frozenset("than before after versus over".split())


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
    reasons += _told_otherwise(claim, evidence)
    return tuple(dict.fromkeys(reasons))


def _told_otherwise(claim: Wording, evidence: Evidence) -> list[str]:
    """What the sentences that speak of the same thing say against the claim, unless one of them agrees with it.

    One that follows the claim closely speaks for itself; a retelling counts only where no sentence stays silent.
    """
    closely: list[str] = []
    freely: list[str] = []
    silent = False
    for sentence in aligned(claim, evidence):
        found = _against(claim, sentence, evidence.names)
        retold = retelling.against(claim, sentence)
        if found is not None and not found and not retold:
            return []
        closely = closely or found or []
        freely = freely or retold
        silent = silent or not (found or retold)
    return closely or ([] if silent else freely)


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
        told = not figure.unit and figure.value in evidence.counted
        if not told and not any(figure.matches(other) for other in evidence.figures):
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
    values = _VALUES if "|" in sentence.text else frozenset()
    found += [reason for change in changed for reason in _negation_changed(change, values)]
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


def _negation_changed(change: Change, values: frozenset[str]) -> Iterator[str]:
    if max(len(change.ours), len(change.theirs)) > LONGEST_CHANGE:
        return
    ours, theirs = (_negations(words, values) for words in (change.ours, change.theirs))
    if ours % 2 != theirs % 2:
        yield "the claim denies what the evidence says" if ours > theirs else "the claim drops a negation"


def _word_against(ours: list[str], theirs: list[str]) -> Iterator[str]:
    """Opposites, and words of another strength or quantity."""
    for word in ours:
        against = opposites_of(word)
        yield from (f"evidence says {other}, the claim {word}" for other in theirs if root(other) in against)
    for classes in (STRENGTH_OF, QUANTITY_OF):
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


def _negations(words: tuple[str, ...], values: frozenset[str]) -> int:
    return sum((word in NEGATIONS and word not in values) or word.endswith("n't") for word in words)
