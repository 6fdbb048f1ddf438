"""Vectors and their nearest neighbours, exact as long as that is quick, then scanned in short codes and scored exactly.

Of the product, the only file that imports faiss.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndex
from index.mapped import give_back, mapped

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]
EXACT_UP_TO = 50_000  # vectors; comparing more with every question takes longer than 5 ms
SAMPLE = 16_384  # vectors that the codes are learnt from
COMPARED = 4_000  # allowed rows that are all compared rather than scanned for
SPARE = 1.5  # times as many rows are scanned for as would be needed if a filter took every so-manieth


@cache
def one_thread_a_product() -> None:
    """Lets each matrix product of this process use one thread.

    A question's products are small; on a busy machine BLAS threads that wait for each other made an answer take 150 ms
    instead of 25, and many sessions are served side by side by threads of their own.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")


class DenseIndex:
    """An open index of L2-normalised vectors, compared by inner product.

    Up to `EXACT_UP_TO` vectors it is FAISS's flat index and every row is compared. A bigger one keeps the vectors in a
    file that is mapped into memory, and an approximate index says which rows are worth comparing (`nearby`).
    """

    def __init__(self, path: Path, *, count: int, dimension: int) -> None:
        one_thread_a_product()
        self.count, self.dimension = count, dimension
        self.nearby: NearbyIndex | None = None
        rows = path.with_suffix(".npy")
        if rows.exists():
            self._vectors = mapped(rows)
            self._check(rows, self._vectors.shape)
            self.nearby = NearbyIndex(read_faiss(path), path)
        else:
            self._index = read_faiss(path)
            self._check(path, (self._index.ntotal, self._index.d))
            self._vectors = _flat(self._index)

    def _check(self, path: Path, found: tuple[int, ...]) -> None:
        if found != (self.count, self.dimension):
            raise DamagedIndex(
                f"{path} holds {found[0]} vectors of {found[-1]}, the manifest says {self.count} of {self.dimension}. "
                "Run `python -m ingest` to mend it."
            )

    def scores(self, queries: Vectors, rows: Rows | None = None) -> Vectors:
        """The inner product of every row, or of these, with its best query, exact. `queries` is (m, dimension)."""
        vectors = self._vectors if rows is None else self._vectors[rows]
        return np.asarray((vectors @ queries.T).max(axis=1), dtype=np.float32)

    def vectors(self, rows: Rows) -> Vectors:
        """The stored vectors of these rows, (len(rows), dimension)."""
        return np.asarray(self._vectors[rows], dtype=np.float32)

    def give_back(self) -> None:
        """Holds nothing of what the last searches read of the file, where vectors are mapped."""
        give_back(self._vectors)


def build_dense(path: Path, vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> None:
    """Writes an index of the vectors, (n, dimension)."""
    import faiss

    if not np.isfinite(vectors).all():
        raise ValueError("A vector holds NaN or infinity; nothing was written.")
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    if len(vectors) > exact_up_to:
        index = build_nearby(vectors)
        np.save(path.with_suffix(".npy"), vectors)
    else:
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # how faiss reports a full disk
        raise OSError(f"faiss cannot write {path.name}") from error


def read_faiss(path: Path) -> Any:
    """An index file. Raises DamagedIndex where faiss cannot read it."""
    import faiss

    try:
        return faiss.read_index(str(path))
    except RuntimeError as error:
        raise DamagedIndex(f"{path} cannot be read by faiss. Run `python -m ingest` to build it anew.") from error


def _flat(index: Any) -> Vectors:
    """A view of a flat index's vectors, not a copy; it lives as long as the index."""
    import faiss

    flat: Any = faiss.downcast_index(index)
    values = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d)
    return np.asarray(values).reshape(flat.ntotal, flat.d)


class NearbyIndex:
    """Approximate search: which rows of an index that is too big to compare whole are worth comparing at all.

    Every vector is kept in two bits a number (product quantisation, two numbers a code of four bits) and compared with
    FAISS's fast scan, whose tables fit into registers (André et al. 2015): a million vectors take some 10 ms and 96 MB.
    The scan is of all rows, so that it finds as well where vectors lie in no clusters.
    """

    def __init__(self, index: Any, path: Path) -> None:
        self._index = index
        if not hasattr(index, "pq"):
            raise DamagedIndex(f"{path} is no approximate index. Run `python -m ingest` to build it anew.")

    def candidates(self, queries: Vectors, most: int, allowed: NDArray[np.bool_] | None) -> Rows:
        """The rows that may be among the nearest to any of the queries, (m, dimension), in rising order.

        The scan knows no filter: it is asked for so many more that enough of them are allowed.
        """
        if allowed is None:
            return self._scanned(queries, most)
        there = np.flatnonzero(allowed)
        if len(there) <= COMPARED:
            return np.asarray(there, dtype=np.int64)
        wanted = int(SPARE * most * len(allowed) / len(there))
        while True:
            rows = self._scanned(queries, wanted)
            rows = rows[allowed[rows]]
            if len(rows) >= most or wanted >= len(allowed):
                return rows
            wanted *= 8

    def _scanned(self, queries: Vectors, most: int) -> Rows:
        _, found = self._index.search(np.ascontiguousarray(queries), min(most, int(self._index.ntotal)))
        rows = np.unique(found)
        return np.asarray(rows[rows >= 0], dtype=np.int64)


def build_nearby(vectors: Vectors) -> Any:
    """An approximate FAISS index of vectors of length 1, (n, dimension)."""
    import faiss

    count, dimension = vectors.shape
    pairs = dimension // 2 if dimension % 2 == 0 else dimension
    index = faiss.IndexPQFastScan(dimension, pairs, 4, faiss.METRIC_INNER_PRODUCT)
    sample = np.random.default_rng(0).choice(count, size=min(count, SAMPLE), replace=False)
    index.pq.cp.niter, index.pq.cp.min_points_per_centroid = 10, 1
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # many tiny clusterings: threads that wait for each other made 1 s of it 20
    index.train(np.ascontiguousarray(vectors[np.sort(sample)]))
    faiss.omp_set_num_threads(threads)
    index.add(vectors)
    return index


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
