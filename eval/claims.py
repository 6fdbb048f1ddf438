"""Labelled claims: how often the support checker is right about them, and the weights that it learns from them.

One JSON object a line: {"id", "kind", "claim", "evidence": [texts], "supported": true, "split": "tune"}. Two other shapes
are read as well: retold sentences of guides ({"sentence", "evidence": [{"quote"}]}, all supported) and RAGTruth's answers
({"response", "context", "spans", "source_id"}), which are cut into sentences; a sentence that shares more than three
characters with a marked span is unsupported, and sources are dealt into two halves.

Weights are fitted by logistic regression (Newton's method with a small penalty): within each file supported and
unsupported claims weigh the same, and claims that a contradiction decides teach nothing. Only the tune half is learnt
from; the bias is then moved to where the mean balanced accuracy of the files' tune halves is highest.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answer.claims import gather, sentences_of, take_apart
from answer.contradictions import contradictions
from answer.support import MEASURED, Measures, MeasuresMeaning, Weights, doubt_of, judge, measure, with_meaning
from eval.errors import BadCase

GOLD = Path(__file__).resolve().parent / "gold"
SHIPPED = (GOLD / "claims.jsonl", GOLD / "retold.jsonl")
HALVES = 7  # seed that deals RAGTruth's sources into halves
EDITED = frozenset("figure name negation direction modality quantifier".split())
SHARED = 3  # characters
PENALTY = 30.0
STRAY = 4  # rows before and after


@dataclass(frozen=True, slots=True)
class Claim:
    """A labelled claim of a file."""

    file: str
    id: str
    kind: str
    claim: str
    evidence: tuple[str, ...]
    supported: bool
    split: str


@dataclass(frozen=True, slots=True)
class Judged:
    """How the checker did on one file and split. `kinds` tells right and all for each kind."""

    file: str
    split: str
    balanced: float | None
    kept: float | None  # of the supported
    caught: float | None  # of the unsupported
    kinds: Mapping[str, tuple[int, int]]


class Remembering:
    """An embedder that embeds no text twice: lines of a batch often share their evidence."""

    def __init__(self, embedder: MeasuresMeaning, *, most: int = 50_000) -> None:
        self._embedder, self._most = embedder, most
        self._known: dict[str, NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the texts, shape (n, dimension)."""
        if len(self._known) > self._most:
            self._known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        return np.array([self._known[text] for text in texts])


def read_claims(files: Sequence[Path]) -> tuple[Claim, ...]:
    """All labelled claims of the files, in order. Raises BadCase with file and line."""
    return tuple(claim for file in files for claim in _claims_of(file))


def _claims_of(file: Path) -> Iterator[Claim]:
    if not file.is_file():
        raise BadCase(f"{file}: no such file; name a .jsonl file of labelled claims.")
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise BadCase(f"{file.name}:{number}: not JSON ({error.msg}); write one object a line.") from error
    sources = sorted({row["source_id"] for row in rows if "source_id" in row})
    random.Random(HALVES).shuffle(sources)
    tuned = frozenset(sources[: len(sources) // 2])
    for number, row in enumerate(rows, start=1):
        try:
            yield from _of_row(row, file.stem, tuned)
        except (KeyError, TypeError) as error:
            raise BadCase(f"{file.name}:{number}: a part is missing or has the wrong shape ({error}).") from error


def _of_row(row: Mapping[str, Any], file: str, tuned: frozenset[Any]) -> Iterator[Claim]:
    if "response" in row:
        yield from _of_response(row, file, "tune" if row["source_id"] in tuned else "report")
        return
    retold = "sentence" in row
    evidence = tuple(each["quote"] if retold else str(each) for each in row["evidence"])
    claim, supported = (row["sentence"], True) if retold else (row["claim"], bool(row["supported"]))
    yield Claim(file, str(row["id"]), row.get("kind", "retold"), claim, evidence, supported, row.get("split", "report"))


def _of_response(row: Mapping[str, Any], file: str, split: str) -> Iterator[Claim]:
    text, at = row["response"], 0
    for number, sentence in enumerate(sentences_of(text)):
        found = text.find(sentence[:40], at)
        at = found if found >= 0 else at
        end = at + len(sentence)
        marked = any(min(end, span["end"]) - max(at, span["start"]) > SHARED for span in row["spans"])
        if take_apart(sentence).content:
            yield Claim(file, f"{row['id']}-{number}", "sentence", sentence, (row["context"],), not marked, split)


def strayed(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The supported claims of a file held against the evidence of those around them, which does not support them."""
    found = []
    for at, claim in enumerate(claims):
        around = [other for other in claims[max(0, at - STRAY) : at + STRAY + 1] if other.file == claim.file]
        texts = tuple(
            text for other in around if not set(other.evidence) & set(claim.evidence) for text in other.evidence
        )
        if claim.supported and texts and claim.kind == "retold":
            found.append(replace(claim, id=f"{claim.id}-elsewhere", kind="elsewhere", evidence=texts, supported=False))
    return tuple(found)


def judge_claims(claims: Sequence[Claim], *, embedder: MeasuresMeaning | None = None) -> tuple[Judged, ...]:
    """Each file and split judged; balanced accuracy is the mean of the shares kept and caught."""
    groups: dict[tuple[str, str], list[tuple[Claim, bool]]] = defaultdict(list)
    for claim in claims:
        verdict = judge(claim.claim, claim.evidence, embedder=embedder)
        groups[claim.file, claim.split].append((claim, verdict.supported == claim.supported))
    return tuple(_judged(file, split, rows) for (file, split), rows in groups.items())


def _judged(file: str, split: str, rows: Sequence[tuple[Claim, bool]]) -> Judged:
    kept, caught = ([right for claim, right in rows if claim.supported is wanted] for wanted in (True, False))
    kinds: dict[str, tuple[int, int]] = {}
    for claim, right in rows:
        good, all_of = kinds.get(claim.kind, (0, 0))
        kinds[claim.kind] = (good + right, all_of + 1)
    shares = [sum(each) / len(each) if each else None for each in (kept, caught)]
    balanced = None if shares[0] is None or shares[1] is None else (shares[0] + shares[1]) / 2
    return Judged(file, split, balanced, shares[0], shares[1], kinds)


def learn_weights(claims: Sequence[Claim], *, embedder: MeasuresMeaning | None = None) -> Weights:
    """The checker's weights, from the tune half of the claims, one measured sentence each."""
    tune = [claim for claim in claims if claim.split == "tune"]
    measured = [(claim, _measured(claim, embedder)) for claim in tune]
    open_ones = [(claim, found) for claim, found in measured if _teaches(claim, found)]
    matrix = np.array([[*(getattr(found, name) for name in MEASURED), 1.0] for _, found in open_ones], dtype=np.float64)
    wrong = np.array([not claim.supported for claim, _ in open_ones])
    scale = matrix.std(axis=0)
    scale[scale == 0] = 1.0
    found = _logistic(matrix / scale, wrong, _balance([claim for claim, _ in open_ones])) / scale
    weights = {name: round(float(weight), 3) for name, weight in zip(MEASURED, found, strict=False)}
    return _best_bias(weights, float(found[-1]), measured)


def _teaches(claim: Claim, found: Measures) -> bool:
    """Minimal edits are for `answer.contradictions`: that their words are at hand says nothing for a claim."""
    return not (found.verbatim or found.contradicted or (claim.kind in EDITED and not claim.supported))


def _measured(claim: Claim, embedder: MeasuresMeaning | None) -> Measures:
    part, evidence = take_apart(claim.claim), gather(claim.evidence)
    found = measure(part, evidence, contradictions(part, evidence))
    return found if embedder is None else with_meaning(found, part, evidence, embedder)


def _balance(claims: Sequence[Claim]) -> NDArray[np.float64]:
    """Each file's supported and unsupported claims weigh the same together; the mean weight is 1."""
    groups = [(claim.file, claim.supported) for claim in claims]
    weights = np.array([1 / groups.count(group) for group in groups])
    return np.asarray(weights * len(claims) / weights.sum())


def _logistic(matrix: NDArray[np.float64], wrong: NDArray[np.bool_], balance: NDArray[np.float64]) -> Any:
    pull = np.diag([PENALTY] * (matrix.shape[1] - 1) + [0.0])
    weights = np.zeros(matrix.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (balance * (chance - wrong)) + pull @ weights
        bend = (matrix * (balance * chance * (1 - chance))[:, None]).T @ matrix + pull
        weights -= np.linalg.solve(bend, slope)
    return weights


def _best_bias(weights: Mapping[str, float], bias: float, measured: Sequence[tuple[Claim, Measures]]) -> Weights:
    def mean_accuracy(chosen: Weights) -> float:
        rows: dict[str, list[tuple[Claim, bool]]] = defaultdict(list)
        for claim, found in measured:
            rows[claim.file].append((claim, (doubt_of(found, chosen) < 0) == claim.supported))
        found_shares = [_judged(file, "tune", each) for file, each in rows.items()]
        return float(np.mean([each.balanced for each in found_shares if each.balanced is not None]))

    tried = [Weights(round(bias - step, 2), weights) for step in np.arange(-1.0, 1.6, 0.05)]
    return max(tried, key=mean_accuracy)
