"""BM25 over rows of terms, kept as three flat arrays that are mapped into memory, not read.

The formula is Lucene's form of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009; Kamphuis et
al., "Which BM25 Do You Mean?", 2020), scores being computed once, when the index is built (Lù, "BM25S", 2024):

    score(term, row) = ln(1 + (N - df + ½) / (df + ½)) · tf / (tf + k1 · (1 - b + b · length / mean length))

A term is a position in `words.json`; its postings are `rows[starts[t]:starts[t + 1]]` with as many `scores`. bm25s
computes the same and is the oracle of the tests; it is not used here because importing it costs 0.3 s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.mapped import give_back, mapped

K1, B = 1.5, 0.75


class LexicalIndex:
    """An open BM25 index of `count` rows."""

    def __init__(self, folder: Path, *, count: int) -> None:
        self.count = count
        self._starts = mapped(folder / "starts.npy")
        self._rows = mapped(folder / "rows.npy")
        self._scores = mapped(folder / "scores.npy")
        self._weights = mapped(folder / "weights.npy")
        self._terms: dict[str, int] = json.loads((folder / "words.json").read_text(encoding="utf-8"))

    def known(self, terms: Iterable[str]) -> list[int]:
        """The distinct terms the index has, in the order of the question."""
        return list(dict.fromkeys(self._terms[term] for term in terms if term in self._terms))

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """The BM25 score of every row, (count,); a term counts once however often the question has it."""
        total = np.zeros(self.count, dtype=np.float32)
        for term in self.known(terms):
            first, last = self._starts[term], self._starts[term + 1]
            total[self._rows[first:last]] += self._scores[first:last]
        return total

    def most(self, terms: Iterable[str]) -> float:
        """The score that no row can exceed for these terms: the sum of their inverse document frequencies."""
        return float(sum(self._weights[term] for term in self.known(terms)))

    def give_back(self) -> None:
        """Holds nothing of what the last searches read of the postings."""
        give_back(self._rows)
        give_back(self._scores)


def build_lexical(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    """Writes the index of `rows`, each the terms of one text, into `folder`, which must exist."""
    terms: dict[str, int] = {}
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    flat = np.fromiter(
        (terms.setdefault(term, len(terms)) for row in rows for term in row), dtype=np.int64, count=int(lengths.sum())
    )
    owners = np.repeat(np.arange(len(rows), dtype=np.int64), lengths)
    pairs, frequencies = np.unique(flat * max(len(rows), 1) + owners, return_counts=True)
    posting_terms, posting_rows = np.divmod(pairs, max(len(rows), 1))
    found_in = np.bincount(posting_terms, minlength=len(terms))
    weights = np.log1p((len(rows) - found_in + 0.5) / (found_in + 0.5))
    mean = lengths.mean() if len(rows) and lengths.any() else 1.0
    damping = K1 * (1 - B + B * lengths[posting_rows] / mean)
    scores = weights[posting_terms] * frequencies / (frequencies + damping)
    np.save(folder / "starts.npy", np.concatenate([[0], np.cumsum(found_in)]).astype(np.int64))
    np.save(folder / "rows.npy", posting_rows.astype(np.int32))
    np.save(folder / "scores.npy", scores.astype(np.float32))
    np.save(folder / "weights.npy", weights.astype(np.float32))
    (folder / "words.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
