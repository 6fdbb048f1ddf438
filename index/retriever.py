"""The hybrid search as a llama-index retriever: passages as nodes, with their facets, spans and scores.

For other llama-index programs over a published index; Footnote itself searches with `index.store`.
"""

from __future__ import annotations

from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.hits import Hit
from index.store import Index


class PassageRetriever(BaseRetriever):
    """Dense and lexical search over passages and units of an open index. `filters` as in `Index.search`."""

    def __init__(self, index: Index, *, limit: int = 10, filters: Any = None) -> None:
        self._index = index
        self._limit = limit
        self._filters = filters
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._index.search(query_bundle.query_str, filters=self._filters, limit=self._limit)
        return [NodeWithScore(node=as_node(hit), score=hit.score) for hit in found.hits]


def as_node(hit: Hit) -> TextNode:
    """A hit's passage as a node: its text, its facets and span as metadata, its guide as source."""
    passage = hit.passage
    place = {"section": " > ".join(passage.section_path), "start": passage.start, "end": passage.end}
    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata={**passage.facets, **place},
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.guide)},
    )
