"""The vector store equals a brute-force search over a dictionary after any order of adds, edits and deletes."""

from __future__ import annotations

import random

import numpy as np
import pytest
from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
)
from llama_index.core.vector_stores.utils import build_metadata_filter_fn

from index.vectors import FootnoteVectorStore

DIMENSION = 8


def node_of(identity: str, guide: str, chance: np.random.Generator, **metadata: object) -> TextNode:
    return TextNode(
        id_=identity,
        text=f"text of {identity}",
        embedding=chance.normal(size=DIMENSION).tolist(),
        metadata=metadata,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=guide)},
    )


def nearest(nodes: dict[str, TextNode], query: list[float], limit: int) -> list[str]:
    wanted = np.array(query) / np.linalg.norm(query)
    cosine = {
        identity: float(np.array(node.embedding) @ wanted / np.linalg.norm(node.embedding))
        for identity, node in nodes.items()
    }
    return sorted(cosine, key=lambda identity: -cosine[identity])[:limit]


@pytest.mark.parametrize("seed", range(3))
def test_search_equals_brute_force_after_any_order_of_changes(seed: int) -> None:
    chance, dice = np.random.default_rng(seed), random.Random(seed)
    store, oracle = FootnoteVectorStore(dimension=DIMENSION), dict[str, TextNode]()
    for _ in range(150):
        move = dice.random()
        if move < 0.6 or not oracle:
            node = node_of(f"n{dice.randrange(40)}", f"g{dice.randrange(6)}", chance)
            store.add([node])
            oracle[node.node_id] = node
        elif move < 0.8:
            gone = dice.choice(sorted(oracle))
            store.delete_nodes([gone])
            del oracle[gone]
        else:
            guide = f"g{dice.randrange(6)}"
            store.delete(guide)
            oracle = {identity: node for identity, node in oracle.items() if node.ref_doc_id != guide}
        query = chance.normal(size=DIMENSION).tolist()
        found = store.query(VectorStoreQuery(query_embedding=query, similarity_top_k=5))
        assert found.ids == nearest(oracle, query, 5)
    assert {node.node_id for node in store.get_nodes()} == set(oracle)


METADATA = [
    {"company": "Quill", "level": 3, "topics": ["bees", "wax"], "title": "Senior Keeper"},
    {"company": "Zorbex", "level": 5, "topics": ["soil"], "title": "keeper"},
    {"company": "Quill", "level": 7, "topics": [], "title": "Gardener"},
]
VALUES: dict[FilterOperator, tuple[str, object]] = {
    FilterOperator.EQ: ("company", "Quill"),
    FilterOperator.NE: ("company", "Quill"),
    FilterOperator.GT: ("level", 3),
    FilterOperator.GTE: ("level", 5),
    FilterOperator.LT: ("level", 5),
    FilterOperator.LTE: ("level", 5),
    FilterOperator.IN: ("company", ["Zorbex", "Other"]),
    FilterOperator.NIN: ("company", ["Zorbex"]),
    FilterOperator.ANY: ("topics", ["wax", "soil"]),
    FilterOperator.ALL: ("topics", ["bees", "wax"]),
    FilterOperator.CONTAINS: ("topics", "soil"),
    FilterOperator.TEXT_MATCH: ("title", "Keeper"),
    FilterOperator.TEXT_MATCH_INSENSITIVE: ("title", "KEEPER"),
    FilterOperator.IS_EMPTY: ("topics", None),
}


def store_with_metadata() -> FootnoteVectorStore:
    chance, store = np.random.default_rng(7), FootnoteVectorStore(dimension=DIMENSION)
    store.add([node_of(f"n{at}", "g", chance, **metadata) for at, metadata in enumerate(METADATA)])
    return store


@pytest.mark.parametrize("operator", VALUES, ids=lambda operator: operator.name)
def test_a_filter_means_what_it_means_in_llama_index(operator: FilterOperator) -> None:
    key, value = VALUES[operator]
    filters = MetadataFilters(filters=[MetadataFilter(key=key, value=value, operator=operator)])
    store = store_with_metadata()
    oracle = build_metadata_filter_fn(lambda identity: METADATA[int(identity[1])], filters)
    found = store.query(VectorStoreQuery(query_embedding=[1.0] * DIMENSION, similarity_top_k=9, filters=filters))
    assert set(found.ids or ()) == {f"n{at}" for at in range(3) if oracle(f"n{at}")}


def test_filters_nest() -> None:
    inner = MetadataFilters(
        filters=[MetadataFilter(key="level", value=7), MetadataFilter(key="company", value="Zorbex")],
        condition=FilterCondition.OR,
    )
    outer = MetadataFilters(filters=[inner], condition=FilterCondition.NOT)
    assert [node.node_id for node in store_with_metadata().get_nodes(filters=outer)] == ["n0"]


def test_a_vector_of_nan_or_of_another_length_is_refused() -> None:
    store = FootnoteVectorStore(dimension=DIMENSION)
    for embedding in ([float("nan")] * DIMENSION, [1.0] * (DIMENSION + 1)):
        with pytest.raises(ValueError, match="finite vectors of 8"):
            store.add([TextNode(text="x", embedding=embedding)])
    assert store.client.count == 0
