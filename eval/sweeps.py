"""Settings of search and index against the evidence they find: every combination of the named values, one row each.

Weights are only another way to add up what the published index gives. Another passage size or embedding model needs
another index: the published guides are split anew and published in a temporary home, which begins as a copy, so that
whatever has not changed keeps its vectors.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import eval.metrics as metrics
from answer.answers import EvidencePassage
from eval.cases import Case
from eval.errors import EvalError
from eval.places import Gold, gold_of
from index.embedding import load_embedder
from index.generation import publish
from index.hits import Found
from index.passages import Guide
from index.settings import Settings
from index.store import Index
from index.weights import DEFAULT_WEIGHTS, Weights
from ingest.splitting import split_guide


@dataclass(frozen=True, slots=True)
class Swept:
    """One combination: evidence recall in 1,000 words on both splits, and the mean reciprocal rank."""

    settings: tuple[tuple[str, float | str], ...]
    recall_tune: float | None
    recall_report: float | None
    mrr: float | None


def parse_grid(given: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """ "unit_dense=0.5,1" → {"unit_dense": (0.5, 1.0)}. Raises EvalError for other names and values."""
    known = [field.name for field in fields(Weights)]
    grid: dict[str, tuple[float, ...]] = {}
    for part in given:
        name, _, values = part.partition("=")
        try:
            grid[name] = tuple(float(value) for value in values.split(","))
        except ValueError as error:
            raise EvalError(f"--set {part}: wanted NAME=NUMBER,NUMBER,… with a name of {', '.join(known)}.") from error
        if name not in known:
            raise EvalError(f"--set {part}: {name!r} is none of {', '.join(known)}.")
    return grid


def sweep_weights(cases: Sequence[Case], settings: Settings, grid: Mapping[str, tuple[float, ...]]) -> list[Swept]:
    """Search with every combination of weights; questions without history, because none is rewritten here."""
    return _over(Index.open(settings), cases, grid, ())


def sweep_built(
    cases: Sequence[Case],
    settings: Settings,
    grid: Mapping[str, tuple[float, ...]],
    *,
    sizes: Sequence[int] = (),
    models: Sequence[str] = (),
) -> list[Swept]:
    """The same for every passage size (tokens at most) and embedding model, each in an index of its own.

    Models are named as in the settings: the packaged default, a sentence-transformers name or a folder. Raises EvalError
    for a size beyond what the model reads.
    """
    guides = _guides_of(Index.open(settings))
    found = []
    for model, size in product(models or (settings.embedder,), sizes or (0,)):
        with _rebuilt(guides, settings.model_copy(update={"embedder": model}), size) as (index, tokens):
            found += _over(index, cases, grid, (("model", Path(model).name), ("passage tokens", tokens)))
    return found


@contextmanager
def _rebuilt(guides: Sequence[Guide], settings: Settings, size: int) -> Iterator[tuple[Index, int]]:
    """The guides in passages of at most `size` tokens (0: as many as the model reads), published in a temporary home."""
    with TemporaryDirectory(prefix="footnote-sweep-") as folder:
        home = Path(folder)
        for part in (settings.index_dir, settings.models_dir):
            if part.is_dir():
                shutil.copytree(part, home / part.name)
        moved = settings.model_copy(update={"home": home})
        embedder = load_embedder(moved)
        if size > embedder.token_limit:
            raise EvalError(f"--size {size}: {settings.embedder} reads {embedder.token_limit} tokens; name fewer.")
        tokens = size or embedder.token_limit
        publish(moved, [split_guide(guide, embedder.count_tokens, tokens) for guide in guides], embedder)
        yield Index.open(moved), tokens


def _over(
    index: Index,
    cases: Sequence[Case],
    grid: Mapping[str, tuple[float, ...]],
    built: tuple[tuple[str, float | str], ...],
) -> list[Swept]:
    texts = {info.path: index.guide(info.path).text for info in index.guides()}
    asked = [(case, gold_of(case, texts)) for case in cases if case.answerable and not case.history]
    found = []
    for values in product(*grid.values()):
        chosen = dict(zip(grid, values, strict=True))
        found.append(_swept(index, asked, replace(DEFAULT_WEIGHTS, **chosen), (*built, *chosen.items())))
    return found


def _guides_of(index: Index) -> list[Guide]:
    return [index.guide(info.path) for info in index.guides()]


def _swept(
    index: Index,
    asked: Sequence[tuple[Case, tuple[Gold, ...]]],
    weights: Weights,
    chosen: tuple[tuple[str, float | str], ...],
) -> Swept:
    recalls: dict[str, list[float]] = {"tune": [], "report": []}
    ranks: list[float] = []
    for case, gold in asked:
        hits = passages_of(index.search(case.question, filters=dict(case.filters) or None, weights=weights))
        recalls[case.split].append(metrics.evidence_recall(gold, hits) or 0.0)
        ranks.append(metrics.reciprocal_rank(gold, hits) or 0.0)
    return Swept(chosen, _mean(recalls["tune"]), _mean(recalls["report"]), _mean(ranks))


def passages_of(found: Found) -> tuple[EvidencePassage, ...]:
    """Hits as the metrics read evidence."""
    return tuple(
        EvidencePassage(
            hit.passage.guide,
            " > ".join(hit.passage.section_path),
            hit.passage.start,
            hit.passage.end,
            hit.passage.text,
            hit.score,
        )
        for hit in found.hits
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
