"""Vectors and their nearest neighbours: the only file that imports faiss."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndex

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]


@cache
def one_thread_a_product() -> None:
    """Lets each matrix product of this process use one thread.

    A question's products are small; on a busy machine BLAS threads that wait for each other made an answer take 150 ms
    instead of 25, and many sessions are served side by side by threads of their own.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")


class DenseIndex:
    """An open FAISS index of L2-normalised vectors, compared by inner product."""

    def __init__(self, path: Path, *, count: int, dimension: int) -> None:
        import faiss

        one_thread_a_product()
        try:
            self._index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise DamagedIndex(f"{path} cannot be read by faiss. Run `python -m ingest` to build it anew.") from error
        if (self._index.ntotal, self._index.d) != (count, dimension):
            found = f"{self._index.ntotal} vectors of {self._index.d}"
            raise DamagedIndex(
                f"{path} holds {found}, the manifest says {count} of {dimension}. Run `python -m ingest` to mend it."
            )
        self.count, self.dimension = count, dimension
        self._vectors = _flat(self._index)

    def scores(self, queries: Vectors) -> Vectors:
        """The inner product of every row with its best query, (count,), exact. `queries` is (m, dimension)."""
        products = self._vectors @ queries.T
        return np.asarray(products.max(axis=1), dtype=np.float32)

    def vectors(self, rows: Rows) -> Vectors:
        """The stored vectors of these rows, (len(rows), dimension)."""
        return np.asarray(self._vectors[rows], dtype=np.float32)


def build_dense(path: Path, vectors: Vectors) -> None:
    """Writes an exact index of the vectors, (n, dimension)."""
    import faiss

    if not np.isfinite(vectors).all():
        raise ValueError("A vector holds NaN or infinity; nothing was written.")
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # how faiss reports a full disk
        raise OSError(f"faiss cannot write {path.name}") from error


def _flat(index: Any) -> Vectors:
    """A view of a flat index's vectors, not a copy; it lives as long as the index."""
    import faiss

    flat: Any = faiss.downcast_index(index)
    values = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d)
    return np.asarray(values).reshape(flat.ntotal, flat.d)


class GrowingIndex:
    """Vectors under ids that are never used twice, searched by cosine among the ids that are allowed.

    FAISS's own map reuses what a deletion frees, so a vector could come back under another's name; here an id is a
    number that only ever grows.
    """

    def __init__(self, dimension: int) -> None:
        import faiss

        self.dimension = dimension
        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    @property
    def count(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    def add(self, ids: Rows, vectors: Vectors) -> None:
        """Add vectors, (n, dimension), under new ids, (n,). They are scaled to length 1; NaN and infinity are refused."""
        if vectors.shape != (len(ids), self.dimension) or not np.isfinite(vectors).all():
            raise ValueError(f"Wanted {len(ids)} finite vectors of {self.dimension}, found {vectors.shape}.")
        self._index.add_with_ids(unit_length(vectors), np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Rows) -> None:
        """Take these ids out; those that are not there are passed over."""
        self._index.remove_ids(np.asarray(ids, dtype=np.int64))

    def search(self, query: Vectors, allowed: Rows, limit: int) -> list[tuple[int, float]]:
        """(id, cosine) of the nearest allowed vectors to a query of (dimension,), best first; ties by id."""
        import faiss

        if not len(allowed) or not self.count:
            return []
        search: Any = faiss.SearchParameters  # its stubs know no selector
        chosen = faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64))
        wanted = min(limit, len(allowed))
        found = self._index.search(unit_length(query.reshape(1, -1)), wanted, params=search(sel=chosen))
        pairs = [(int(row), float(score)) for score, row in zip(found[0][0], found[1][0], strict=True) if row >= 0]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def unit_length(vectors: Vectors) -> Vectors:
    """The vectors scaled to length 1; a zero vector stays."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)
