"""llama-index's vector store interface over FAISS, with what the stock one lacks: metadata filters and deletion.

For other llama-index programs; Footnote itself searches with `index.store`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryResult,
)

from index.dense import GrowingIndex
from index.filters import matcher


class FootnoteVectorStore(BasePydanticVectorStore):
    """Nodes with their vectors in memory, searched exactly by cosine.

    All operators and nestings of llama-index's `MetadataFilters` limit what is searched, before the nearest are taken,
    so a filtered query returns as many as there are. A node added again under its id replaces the old one.
    """

    stores_text: bool = True
    is_embedding_query: bool = True
    dimension: int

    _index: GrowingIndex = PrivateAttr()
    _nodes: dict[int, BaseNode] = PrivateAttr(default_factory=dict)
    _rows: dict[str, int] = PrivateAttr(default_factory=dict)
    _next: int = PrivateAttr(default=0)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self._index = GrowingIndex(self.dimension)

    @property
    def client(self) -> GrowingIndex:
        """The index of vectors."""
        return self._index

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:
        """Add nodes with embeddings of `dimension`. → their ids. A node without an embedding is refused."""
        vectors = np.array([node.get_embedding() for node in nodes], dtype=np.float32).reshape(len(nodes), -1)
        latest = {node.node_id: position for position, node in enumerate(nodes)}
        self._remove([self._rows[identity] for identity in latest if identity in self._rows])
        kept = sorted(latest.values())
        rows = np.arange(self._next, self._next + len(kept), dtype=np.int64)
        self._index.add(rows, vectors[kept] if kept else np.zeros((0, self.dimension), dtype=np.float32))
        self._next += len(kept)
        for row, position in zip(rows.tolist(), kept, strict=True):
            self._nodes[row] = nodes[position]
            self._rows[nodes[position].node_id] = row
        return [node.node_id for node in nodes]

    def delete(self, ref_doc_id: str, **_: Any) -> None:
        """Delete every node that came from this document."""
        self._remove([row for row, node in self._nodes.items() if node.ref_doc_id == ref_doc_id])

    def delete_nodes(self, node_ids: list[str] | None = None, filters: MetadataFilters | None = None, **_: Any) -> None:
        """Delete the nodes of these ids that pass the filters; with neither, nothing."""
        if node_ids is not None or filters is not None:
            self._remove(self._allowed(filters, node_ids))

    def clear(self) -> None:
        """Delete everything."""
        self._remove(list(self._nodes))

    def get_nodes(self, node_ids: list[str] | None = None, filters: MetadataFilters | None = None) -> list[BaseNode]:
        """The nodes of these ids that pass the filters, in the order they were added."""
        return [self._nodes[row] for row in self._allowed(filters, node_ids)]

    def query(self, query: VectorStoreQuery, **_: Any) -> VectorStoreQueryResult:
        """The nearest nodes among those that pass the query's filters, ids and documents; similarities are cosines."""
        if query.query_embedding is None:
            raise ValueError("The query has no embedding: embed it with the model that embedded the nodes.")
        allowed = self._allowed(query.filters, query.node_ids)
        if query.doc_ids is not None:
            wanted = set(query.doc_ids)
            allowed = [row for row in allowed if self._nodes[row].ref_doc_id in wanted]
        vector = np.array(query.query_embedding, dtype=np.float32)
        found = self._index.search(vector, np.array(allowed, dtype=np.int64), query.similarity_top_k)
        nodes = [self._nodes[row] for row, _ in found]
        return VectorStoreQueryResult(nodes, [score for _, score in found], [node.node_id for node in nodes])

    def _allowed(self, filters: MetadataFilters | None, node_ids: Sequence[str] | None) -> list[int]:
        passes = matcher(filters)
        wanted = None if node_ids is None else set(node_ids)
        return [
            row
            for row, node in self._nodes.items()
            if (wanted is None or node.node_id in wanted) and passes(node.metadata)
        ]

    def _remove(self, rows: Sequence[int]) -> None:
        if rows:
            self._index.remove(np.array(rows, dtype=np.int64))
        for row in rows:
            node = self._nodes.pop(row)
            if self._rows.get(node.node_id) == row:
                del self._rows[node.node_id]
