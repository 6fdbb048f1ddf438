"""The embedder as a llama-index embedding model, for other llama-index programs; Footnote itself has `index.embedding`."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from index.embedding import Embedder


class FootnoteEmbedding(BaseEmbedding):
    """Vectors of length 1 from an `Embedder`; the same model for questions and passages."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **values: Any) -> None:
        super().__init__(model_name=embedder.name, **values)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.embed(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)
