"""How a key point compares with the statements of an answer: the measures that grading weighs.

Meaning is the cosine of the embedder's vectors, with the direction of the question's own prompt taken out, so that
repeating the question comes near to nothing. Wording is the share of the point's content stems that a statement holds,
rare ones counting more and those of the prompt less; a stem also counts when it is misspelt, or by a word of near
meaning. Figures, denials, opposites and exchanged sides are looked at in the statement that comes nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.words import STOP_WORDS, stem
from study.bearing import Bearing, bearing_of
from study.opposites import are_opposite
from study.phrasing import Phrase, Statement, same_figure, spelled, take_apart

REPEATS = 0.9  # share of a statement's stems from which it only repeats the prompt
PROMPT_WEIGHT = 0.35  # of a stem that the prompt says already
SIZE_HANDICAP = {1: 0.02, 2: 0.0, 3: 0.3}  # taken off when the nearest statement is chosen: a sentence is best
NEAR_MEANING = 0.55  # cosine of two single words from which one counts for the other, in part
Vectors = NDArray[Any]
Rarity = Callable[[str], float]


class Embeds(Protocol):
    """What grading needs of an index or an embedder."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, (n, dimension)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is held against: the prompt, the points, for each the sentences that support it, and mistakes."""

    prompt: str
    points: tuple[str, ...]
    support: tuple[tuple[str, ...], ...]
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A key point beside the statement that comes nearest to it; all measures in [0, 1] unless said otherwise."""

    statement: int  # its place among the statements, -1 where there is none
    cosine: float = 0.0  # of the nearest statement
    residual: float = 0.0  # the same without the prompt's direction
    supporting: float = 0.0  # residual cosine to the best supporting sentence of the source
    wording: float = 0.0  # weighted share of the point's stems in the nearest statement
    anywhere: float = 0.0  # and in the whole answer
    fresh: float = 0.0  # share of the point's stems that the prompt does not say, in the nearest statement
    echo: float = 0.0  # cosine of the nearest statement to the prompt
    rival: float = 0.0  # how much nearer the statement is to another point (0 where this one is its best)
    mistake: float = 0.0  # cosine to a known mistake minus cosine to the point, at least 0
    figures: float = (
        0.0  # share of the point's figures, prompt's and small ones left out, in the answer; 1 where it has none
    )
    has_figures: float = 0.0
    own_figures: float = 0.0  # the same share in the nearest statement and its neighbours
    told_figures: float = 0.0  # how many telling figures the nearest statement gives, at most 2
    other_figures: float = 0.0  # the point has figures, the nearest statement only others
    foreign_figures: float = 0.0  # of the nearest statement: neither point, source nor prompt has them; at most 2
    formulas: float = 0.0  # share of the point's formulas in the answer; 1 where it has none
    other_formulas: float = 0.0
    precision: float = 0.0  # share of the statement's stems that the point has
    foreign: float = 0.0  # share of the statement's stems that neither point nor support knows
    length: float = 0.0  # content stems of the statement over those of the point, at most 2
    bearing: Bearing = field(default_factory=Bearing)
    apart: Vectors = field(default_factory=lambda: np.zeros(0), compare=False, repr=False)  # statement minus point


def _repeats(said: Phrase, prompt: Phrase) -> bool:
    """Whether a statement has hardly a word and no figure that the prompt has not."""
    told = sum(stem in prompt.stems for stem in said.stems)
    return bool(said.stems) and told >= REPEATS * len(said.stems) and set(said.figures) <= set(prompt.figures)


class Matcher:
    """Compares the points of one question with answers. Vectors of single words are remembered."""

    def __init__(self, embedder: Embeds, *, rarity: Rarity) -> None:
        self._embedder = embedder
        self._rarity = rarity
        self._word_vectors: dict[str, Vectors] = {}
        self._known = lru_cache(maxsize=512)(self._know)

    def match(self, asked: Asked, statements: Sequence[Statement]) -> list[Match]:
        """One match for each point, in order. What only repeats the prompt is said of no point."""
        prompt = take_apart(asked.prompt)
        own = [place for place, statement in enumerate(statements) if not _repeats(take_apart(statement.text), prompt)]
        found = self._matched(asked, [statements[place] for place in own])
        return [match if match.statement < 0 else replace(match, statement=own[match.statement]) for match in found]

    def _matched(self, asked: Asked, statements: Sequence[Statement]) -> list[Match]:
        if not statements:
            return [NOTHING for _ in asked.points]
        rows = _Rows(self._known(asked), statement_vectors(self._embedder, statements), statements)
        said = [take_apart(statement.text) for statement in statements]
        points = [take_apart(point) for point in asked.points]
        self._learn([stem for phrase in (*said, *points) for stem in phrase.stems])
        prompt = take_apart(asked.prompt)
        everything = Phrase(
            tuple(word for phrase in said for word in phrase.words),
            tuple(dict.fromkeys(stem for phrase in said for stem in phrase.stems)),
            tuple(dict.fromkeys(figure for phrase in said for figure in phrase.figures)),
        )
        read = _Read(asked, statements, said, everything, prompt, rows)
        return [self._match_one(place, point, read) for place, point in enumerate(points)]

    def _know(self, asked: Asked) -> _Known:
        return _Known(self._embedder, asked)

    def _match_one(self, place: int, point: Phrase, read: _Read) -> Match:
        asked, rows, prompt, said = read.asked, read.rows, read.prompt, read.said
        weights = {stem: self._rarity(stem) * (PROMPT_WEIGHT if stem in prompt.stems else 1.0) for stem in point.stems}
        fresh = {stem: self._rarity(stem) for stem in point.stems if stem not in prompt.stems}
        initials = _initials(point.words)
        found = [self._found(tuple(weights), phrase.stems, initials) for phrase in said]
        wording = np.array([_share(weights, held) for held in found])
        telling = _telling(point, prompt)
        figures = np.array([_figure_share(telling, phrase.figures) if telling else 0.0 for phrase in said])
        best = int(np.argmax(rows.residual[place] + 0.6 * wording + 0.3 * figures - rows.handicap))
        nearest = said[best]
        return Match(
            statement=best,
            cosine=float(rows.cosine[place, best]),
            residual=float(rows.residual[place, best]),
            supporting=float(rows.supporting[place, best]),
            wording=float(wording[best]),
            anywhere=_share(weights, self._found(tuple(weights), read.everything.stems, initials)),
            fresh=_share(fresh, found[best]) if fresh else float(wording[best]),
            echo=float(rows.echo[best]),
            rival=float(max(0.0, rows.residual[:, best].max() - rows.residual[place, best])),
            mistake=float(max(0.0, rows.mistake[best] - rows.cosine[place, best])),
            **_figure_measures(point, nearest, read.everything, prompt),
            foreign_figures=_foreign_figures(point, nearest, (asked.prompt, *asked.support[place])),
            precision=_common(nearest, point),
            apart=rows.apart(place, best),
            foreign=_foreign(nearest, point, rows.support[place]),
            length=min(2.0, len(nearest.stems) / max(1, len(point.stems))),
            bearing=bearing_of(asked.points[place], read.statements[best].text, asked.support[place], asked.prompt),
        )

    def _learn(self, stems: Sequence[str]) -> None:
        new = [stem for stem in dict.fromkeys(stems) if stem not in self._word_vectors]
        if new:
            self._word_vectors.update(zip(new, self._embedder.embed(new), strict=True))

    def _found(
        self, wanted: tuple[str, ...], held: tuple[str, ...], initials: Mapping[str, frozenset[str]]
    ) -> Mapping[str, float]:
        """For each wanted stem how well the held ones stand for it, 0 to 1; `initials` stand for several."""
        known = set(held).union(*(initials[each] for each in held if each in initials))
        rest = [each for each in wanted if each not in known]
        near: dict[str, float] = {each: 1.0 for each in wanted if each in known}
        if not rest or not held:
            return near
        similar = (
            np.stack([self._word_vectors[each] for each in rest])
            @ np.stack([self._word_vectors[each] for each in held]).T
        )
        for row, each in enumerate(rest):
            near[each] = max(_standing(each, other, float(similar[row, at])) for at, other in enumerate(held))
        return near


class _Known:
    """The vectors of what is asked, made once a question: rows of length 1, the prompt's direction taken out of `bare_…`."""

    def __init__(self, embedder: Embeds, asked: Asked) -> None:
        support = [sentence for sentences in asked.support for sentence in sentences]
        texts = [asked.prompt, *asked.points, *support, *asked.mistakes]
        vectors = np.asarray(embedder.embed([spelled(text) for text in texts]), dtype=np.float64)
        self.prompt = vectors[0]
        self.points, rest = np.split(vectors[1:], [len(asked.points)])
        supports, self.mistakes = np.split(rest, [len(support)])
        self.bare_points, bare_supports = _without(self.points, self.prompt), _without(supports, self.prompt)
        ends = np.cumsum([len(sentences) for sentences in asked.support])
        self.bare_supports = np.split(bare_supports, ends[:-1]) if len(ends) else []
        self.support = [frozenset(s for text in texts for s in take_apart(text).stems) for texts in asked.support]


def statement_vectors(embedder: Embeds, statements: Sequence[Statement]) -> Vectors:
    """Unit vectors of the statements, (n, dimension). One that joins two others is their mean, and is not embedded."""
    halves = _halves(statements)
    whole = [place for place in range(len(statements)) if place not in halves]
    whole.sort(key=lambda place: len(statements[place].text))
    half = (len(whole) + 1) // 2  # short and long ones apart, since a batch costs what its longest text costs
    batches = [[spelled(statements[place].text) for place in part] for part in (whole[:half], whole[half:]) if part]
    embedded = np.vstack([np.asarray(embedder.embed(batch), dtype=np.float64) for batch in batches])
    vectors = np.zeros((len(statements), embedded.shape[1]))
    vectors[whole] = embedded
    for place, parts in halves.items():
        vectors[place] = sum(vectors[part] * len(statements[part].text) for part in parts)
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def _halves(statements: Sequence[Statement]) -> dict[int, tuple[int, int]]:
    """For each statement that joins two neighbours of one size their places: two sentences, or two clauses of one."""
    beginning: dict[tuple[int, int], int] = {}
    ending: dict[tuple[int, int], int] = {}
    for place, each in sorted(enumerate(statements), key=lambda pair: pair[1].start - pair[1].end):
        beginning[each.start, each.size] = ending[each.end, each.size] = place  # the shortest stays
    found = {}
    for place, each in enumerate(statements):
        size = 2 if each.size == 3 else 1
        first, last = beginning.get((each.start, size)), ending.get((each.end, size))
        if each.size != 2 and first is not None and last is not None and place not in (first, last):
            found[place] = (first, last)
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A question and an answer to it, taken apart."""

    asked: Asked
    statements: Sequence[Statement]
    said: list[Phrase]
    everything: Phrase
    prompt: Phrase
    rows: _Rows


class _Rows:
    """The cosines of points and statements, (points, statements)."""

    def __init__(self, known: _Known, said: Vectors, statements: Sequence[Statement]) -> None:
        bare = _without(said, known.prompt)
        self.handicap = np.array([SIZE_HANDICAP[statement.size] for statement in statements])
        self.support = known.support
        self._points, self._said = known.points, said
        self.cosine = known.points @ said.T
        self.residual = known.bare_points @ bare.T
        self.echo = said @ known.prompt
        self.mistake = (known.mistakes @ said.T).max(axis=0) if len(known.mistakes) else np.zeros(len(said))
        near = [group @ bare.T for group in known.bare_supports]
        self.supporting = np.stack(
            [group.max(axis=0) if len(group) else self.residual[place] for place, group in enumerate(near)]
        )

    def apart(self, point: int, statement: int) -> Vectors:
        """The vector from a point to a statement."""
        return np.asarray(self._said[statement] - self._points[point])


NOTHING = Match(-1)


def _without(vectors: Vectors, direction: Vectors) -> Vectors:
    """Unit vectors with one direction taken out."""
    bare = vectors - 0.8 * np.outer(vectors @ direction, direction)
    return np.asarray(bare / np.maximum(np.linalg.norm(bare, axis=1, keepdims=True), 1e-9))


@lru_cache(maxsize=65536)
def _misspelt(wanted: str, held: str) -> bool:
    from rapidfuzz.distance import DamerauLevenshtein

    longer = max(len(wanted), len(held))
    if longer < 5 or abs(len(wanted) - len(held)) > 2:
        return len(wanted) >= 4 and (held.startswith(wanted) or (len(held) >= 4 and wanted.startswith(held)))
    return DamerauLevenshtein.distance(wanted, held, score_cutoff=2) <= (1 if longer < 9 else 2)


@lru_cache(maxsize=4096)
def _initials(words: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Two to four neighbouring words by their first letters: "kl" for those of "Kullback" and "Leibler"."""
    telling = [word for word in words if word not in STOP_WORDS and word[0].isalpha()]
    spans = (telling[at : at + size] for size in (2, 3, 4) for at in range(len(telling) - size + 1))
    return {"".join(word[0] for word in span): frozenset(map(stem, span)) for span in spans}


@lru_cache(maxsize=65536)
def _shortened(wanted: str, held: str) -> bool:
    """Whether one stem is written short for another: its beginning ("perm"), or its consonants ("cfg", "pred")."""
    if not 3 <= len(held) < len(wanted) or len(wanted) < 6:
        return False
    letters = iter(wanted)
    skeleton = held[0] == wanted[0] and not set(held[1:]) & set("aeiou") and all(each in letters for each in held)
    return wanted.startswith(held) or skeleton


def _standing(wanted: str, held: str, cosine: float) -> float:
    """How well one stem stands for another: misspelt 0.9, short for it 0.8, near in meaning 0.4 to 0.8, opposite 0."""
    if are_opposite(wanted, held):
        return 0.0
    if len(held) >= 3 and _misspelt(wanted, held):
        return 0.9
    if _shortened(wanted, held):
        return 0.8
    return 0.0 if cosine < NEAR_MEANING else min(0.8, 0.4 + 1.5 * (cosine - NEAR_MEANING))


def _share(weights: Mapping[str, float], held: Mapping[str, float]) -> float:
    total = sum(weights.values())
    return sum(weight * held.get(stem, 0.0) for stem, weight in weights.items()) / total if total else 0.0


def _figure_measures(point: Phrase, nearest: Phrase, everything: Phrase, prompt: Phrase) -> dict[str, float]:
    """What figures and formulas say: those that the prompt gives, and 0, 1 and 2, tell nothing."""
    given = [*prompt.figures, 0.0, 1.0, 2.0]
    telling = _telling(point, prompt)
    others = [figure for figure in nearest.figures if not _among(figure, [*given, *point.figures])]
    own_formula = bool(set(point.formulas) & set(nearest.formulas))
    return {
        "figures": _figure_share(telling, everything.figures),
        "has_figures": float(bool(telling)),
        "own_figures": _figure_share(telling, nearest.figures),
        "told_figures": min(2.0, len(telling) * _figure_share(telling, nearest.figures)),
        "other_figures": float(bool(telling and others) and not _figure_share(telling, nearest.figures)),
        "formulas": _formula_share(point.formulas, everything.formulas),
        "other_formulas": float(bool(point.formulas and nearest.formulas) and not own_formula),
    }


def _foreign_figures(point: Phrase, nearest: Phrase, others: Sequence[str]) -> float:
    known = [*point.figures, *(figure for text in others for figure in take_apart(text).figures), 0.0, 1.0, 2.0]
    return min(2.0, sum(not _among(figure, known) for figure in nearest.figures))


def _telling(point: Phrase, prompt: Phrase) -> list[float]:
    return [figure for figure in point.figures if not _among(figure, [*prompt.figures, 0.0, 1.0, 2.0])]


def _among(figure: float, others: Sequence[float]) -> bool:
    return any(same_figure(figure, other) if other > 2 else figure == other for other in others)


def _figure_share(wanted: Sequence[float], told: Sequence[float]) -> float:
    if not wanted:
        return 1.0
    return sum(any(same_figure(figure, other) for other in told) for figure in wanted) / len(wanted)


def _formula_share(wanted: Sequence[str], told: Sequence[str]) -> float:
    return sum(formula in told for formula in wanted) / len(wanted) if wanted else 1.0


def _common(nearest: Phrase, point: Phrase) -> float:
    return len({*nearest.stems} & {*point.stems}) / len(nearest.stems) if nearest.stems else 0.0


def _foreign(nearest: Phrase, point: Phrase, support: frozenset[str]) -> float:
    known = support | set(point.stems)
    return sum(stem not in known for stem in nearest.stems) / len(nearest.stems) if nearest.stems else 1.0
