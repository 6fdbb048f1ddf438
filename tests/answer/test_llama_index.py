"""Our parts work as llama-index's own: an embedding, a retriever and a query engine."""

from __future__ import annotations

import numpy as np
from llama_index.core.schema import QueryBundle

from answer.assistant import Assistant
from answer.query_engine import CitedQueryEngine
from index.embedding import load_embedder
from index.llama_embedding import FootnoteEmbedding
from index.retriever import PassageRetriever
from index.settings import Settings


def test_the_query_engine_answers_with_its_quotes_as_source_nodes(assistant: Assistant) -> None:
    response = CitedQueryEngine(assistant=assistant).query("how long is the hive round?")
    assert "75 minutes" in str(response)
    assert any("75 minutes" in source.node.get_content() for source in response.source_nodes)
    assert response.metadata is not None and response.metadata["grounded"]


def test_the_retriever_returns_passages_with_their_facets_and_keeps_to_its_filters(assistant: Assistant) -> None:
    found = PassageRetriever(assistant.index, filters={"company": "Quill Labs"}).retrieve(QueryBundle("hive round"))
    assert found[0].node.metadata["company"] == "Quill Labs"
    assert found[0].node.ref_doc_id == "guides/quill.md"
    assert {hit.node.metadata["company"] for hit in found} == {"Quill Labs"}


def test_the_embedding_is_the_embedders(apiary: Settings) -> None:
    embedder = load_embedder(apiary)
    assert np.allclose(FootnoteEmbedding(embedder).get_text_embedding("bees"), embedder.embed(["bees"])[0], atol=1e-6)
