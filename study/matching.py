"""How a key point compares with the statements of an answer: the measures that grading weighs.

Meaning is the cosine of the embedder's vectors, with the direction of the question's own prompt taken out, so that
repeating the question comes near to nothing. Wording is the share of the point's content stems that a statement holds,
rare ones counting more and those of the prompt less; a stem also counts when it is misspelt, or by a word of near
meaning. Figures, denials, opposites and exchanged sides are looked at in the statement that comes nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from study.phrasing import Phrase, Statement, same_figure, spelled, take_apart
from study.polarity import are_opposite, denials, disorder, exchanged, flipped, turned

PROMPT_WEIGHT = 0.35  # of a stem that the prompt says already
SIZE_HANDICAP = {1: 0.02, 2: 0.0, 3: 0.1}  # taken off when the nearest statement is chosen: a sentence is best
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
    cosine: float  # of the nearest statement
    residual: float  # the same without the prompt's direction
    supporting: float  # residual cosine to the best supporting sentence of the source
    wording: float  # weighted share of the point's stems in the nearest statement
    anywhere: float  # and in the whole answer
    fresh: float  # share of the point's stems that the prompt does not say, in the nearest statement
    echo: float  # cosine of the nearest statement to the prompt
    rival: float  # how much nearer the statement is to another point (0 where this one is its best)
    mistake: float  # cosine to a known mistake minus cosine to the point, at least 0
    figures: float  # share of the point's figures, prompt's and small ones left out, in the answer; 1 where it has none
    has_figures: float
    own_figures: float  # the same share in the nearest statement and its neighbours
    told_figures: float  # how many telling figures the nearest statement gives, at most 2
    other_figures: float  # the point has figures, the nearest statement only others
    formulas: float  # share of the point's formulas in the answer; 1 where it has none
    other_formulas: float
    denial: float  # one of the two denies and the other doesn't
    denies: float  # the statement denies, the point doesn't
    turned: float  # opposites, at most 2
    exchanged: float
    flipped: float  # share of common words that one affirms and the other denies
    disorder: float  # share of common word pairs in the other order
    foreign: float  # share of the statement's stems that neither point nor support knows
    length: float  # content stems of the statement over those of the point, at most 2


class Matcher:
    """Compares the points of one question with answers. Vectors of single words are remembered."""

    def __init__(self, embedder: Embeds, *, rarity: Rarity) -> None:
        self._embedder = embedder
        self._rarity = rarity
        self._word_vectors: dict[str, Vectors] = {}
        self._known = lru_cache(maxsize=512)(self._know)

    def match(self, asked: Asked, statements: Sequence[Statement]) -> list[Match]:
        """One match for each point, in order."""
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
        return [self._match_one(place, points[place], said, everything, (rows, prompt)) for place in range(len(points))]

    def _know(self, asked: Asked) -> _Known:
        return _Known(self._embedder, asked)

    def _match_one(
        self, place: int, point: Phrase, said: list[Phrase], everything: Phrase, asked: tuple[_Rows, Phrase]
    ) -> Match:
        rows, prompt = asked
        weights = {stem: self._rarity(stem) * (PROMPT_WEIGHT if stem in prompt.stems else 1.0) for stem in point.stems}
        fresh = {stem: self._rarity(stem) for stem in point.stems if stem not in prompt.stems}
        found = [self._found(tuple(weights), phrase.stems) for phrase in said]
        wording = np.array([_share(weights, held) for held in found])
        telling = _telling(point, prompt)
        figures = np.array([_figure_share(telling, phrase.figures) if telling else 0.0 for phrase in said])
        best = int(np.argmax(rows.residual[place] + 0.6 * wording + 0.3 * figures - rows.handicap))
        nearest = said[best]
        point_denies, said_denies = denials(point.words) > 0, denials(nearest.words) > 0
        return Match(
            statement=best,
            cosine=float(rows.cosine[place, best]),
            residual=float(rows.residual[place, best]),
            supporting=float(rows.supporting[place, best]),
            wording=float(wording[best]),
            anywhere=_share(weights, self._found(tuple(weights), everything.stems)),
            fresh=_share(fresh, found[best]) if fresh else float(wording[best]),
            echo=float(rows.echo[best]),
            rival=float(max(0.0, rows.residual[:, best].max() - rows.residual[place, best])),
            mistake=float(max(0.0, rows.mistake[best] - rows.cosine[place, best])),
            **_figure_measures(point, nearest, everything, prompt),
            denial=float(point_denies != said_denies),
            denies=float(said_denies and not point_denies),
            turned=min(2, turned(point.words, nearest.words)),
            exchanged=exchanged(point.words, nearest.words),
            flipped=flipped(rows.points[place], rows.said[best]),
            disorder=disorder(point.words, nearest.words),
            foreign=_foreign(nearest, point, rows.support[place]),
            length=min(2.0, len(nearest.stems) / max(1, len(point.stems))),
        )

    def _learn(self, stems: Sequence[str]) -> None:
        new = [stem for stem in dict.fromkeys(stems) if stem not in self._word_vectors]
        if new:
            self._word_vectors.update(zip(new, self._embedder.embed(new), strict=True))

    def _found(self, wanted: tuple[str, ...], held: tuple[str, ...]) -> Mapping[str, float]:
        """For each wanted stem how well the held ones stand for it, 0 to 1."""
        known = set(held)
        rest = [stem for stem in wanted if stem not in known]
        near: dict[str, float] = {stem: 1.0 for stem in wanted if stem in known}
        if not rest or not held:
            return near
        similar = (
            np.stack([self._word_vectors[stem] for stem in rest])
            @ np.stack([self._word_vectors[stem] for stem in held]).T
        )
        for row, stem in enumerate(rest):
            near[stem] = max(_standing(stem, other, float(similar[row, at])) for at, other in enumerate(held))
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
        self.spelled = [spelled(point) for point in asked.points]
        self.support = [frozenset(s for text in texts for s in take_apart(text).stems) for texts in asked.support]


def statement_vectors(embedder: Embeds, statements: Sequence[Statement]) -> Vectors:
    """Unit vectors of the statements, (n, dimension). One that joins two others is their mean, and is not embedded."""
    halves = _halves(statements)
    whole = [place for place in range(len(statements)) if place not in halves]
    embedded = np.asarray(embedder.embed([spelled(statements[place].text) for place in whole]), dtype=np.float64)
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


class _Rows:
    """The cosines of points and statements, (points, statements)."""

    def __init__(self, known: _Known, said: Vectors, statements: Sequence[Statement]) -> None:
        bare = _without(said, known.prompt)
        self.handicap = np.array([SIZE_HANDICAP[statement.size] for statement in statements])
        self.points, self.support = known.spelled, known.support
        self.said = [spelled(statement.text) for statement in statements]
        self.cosine = known.points @ said.T
        self.residual = known.bare_points @ bare.T
        self.echo = said @ known.prompt
        self.mistake = (known.mistakes @ said.T).max(axis=0) if len(known.mistakes) else np.zeros(len(said))
        near = [group @ bare.T for group in known.bare_supports]
        self.supporting = np.stack(
            [group.max(axis=0) if len(group) else self.residual[place] for place, group in enumerate(near)]
        )


NOTHING = Match(-1, *(0.0 for _ in range(len(fields(Match)) - 1)))


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


def _standing(wanted: str, held: str, cosine: float) -> float:
    """How well one stem stands for another: misspelt or cut short 0.9, near in meaning 0.4 to 0.8, opposite 0."""
    if are_opposite(wanted, held):
        return 0.0
    if len(held) >= 3 and _misspelt(wanted, held):
        return 0.9
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


def _foreign(nearest: Phrase, point: Phrase, support: frozenset[str]) -> float:
    known = support | set(point.stems)
    return sum(stem not in known for stem in nearest.stems) / len(nearest.stems) if nearest.stems else 1.0
