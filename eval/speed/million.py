"""Search alone over millions of rows: vectors, words and scores of both grains, without the guides behind them.

Guides for a million passages would take longer to read than everything else here together. So the two grains are built as
a generation's are, from vectors near the corpus' own and the words of its units, one unit a passage; the texts of what is
found are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.speed.clock import Clock, each_ms, private_mb, resident_mb
from eval.speed.made import SEED, NearCorpus, disturbed
from index.settings import Settings

BLOCK = 50_000
FACETS = 8  # a filter takes one row in so many


def build(folder: Path, corpus_home: Path, rows: int) -> dict[str, Any]:
    """Writes the vectors and words of one grain of so many rows."""
    from index.dense import build_dense
    from index.grains import grains_of
    from index.lexical import build_lexical
    from index.store import Index
    from index.words import terms

    settings = Settings(home=corpus_home)
    chance = np.random.default_rng(SEED)
    clock = Clock()
    index = Index.open(settings)
    known = [terms(unit.text) for unit in grains_of([index.guide(info.path) for info in index.guides()]).units]
    pool = NearCorpus.of(settings).pool
    (folder / "bm25").mkdir(parents=True)
    build_lexical(folder / "bm25", [known[at] for at in chance.integers(0, len(known), rows)])
    clock.lap("words")
    vectors = np.empty((rows, pool.shape[1]), dtype=np.float32)
    for first in range(0, rows, BLOCK):
        some = vectors[first : first + BLOCK]
        some[:] = disturbed(pool[chance.integers(0, len(pool), len(some))], chance)
    clock.lap("make vectors")
    build_dense(folder / "vectors.faiss", vectors)
    clock.lap("vectors")
    return {"seconds": clock.seconds}


def search(folder: Path, corpus_home: Path, rows: int, questions: Sequence[str]) -> dict[str, Any]:
    """Milliseconds of each question (embedding left out), plain and filtered; recall of the vectors; memory."""
    from index.dense import DenseIndex
    from index.embedding import load_embedder
    from index.lexical import LexicalIndex
    from index.search import REACH, Asked, Grain, Searcher
    from index.weights import DEFAULT_WEIGHTS
    from index.words import terms

    embedder = load_embedder(Settings(home=corpus_home))
    asked = [Asked(embedder.embed([question]), (tuple(terms(question)),)) for question in questions]
    before = private_mb()
    clock = Clock()
    dense = DenseIndex(folder / "vectors.faiss", count=rows, dimension=embedder.dimension)
    grain = Grain(dense, LexicalIndex(folder / "bm25", count=rows))
    searcher = Searcher(passages=grain, units=grain, passage_of_unit=np.arange(rows, dtype=np.int32))
    clock.lap("open")
    allowed = np.arange(rows) % FACETS == 0

    def find(one: Asked, *, filtered: bool = False) -> object:
        return searcher.find(one, DEFAULT_WEIGHTS, allowed=allowed if filtered else None, limit=40, unit_limit=120)

    find(asked[0])
    plain = each_ms(find, asked)
    filtered = each_ms(lambda one: find(one, filtered=True), asked)
    held, mapped = private_mb() - before, resident_mb()
    shares = []
    for one in asked:
        best = np.argsort(-dense.scores(one.vectors), kind="stable")[:10]
        nearby = dense.nearby
        compared = best if nearby is None else nearby.candidates(one.vectors, REACH * 40, None)
        shares.append(len(np.intersect1d(best, compared)) / 10)
    return {
        "seconds": clock.seconds,
        "search_ms": plain,
        "filtered_ms": filtered,
        "recall": sum(shares) / len(shares),
        "private_mb": held,
        "resident_mb": mapped,
    }
