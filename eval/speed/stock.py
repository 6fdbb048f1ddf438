"""The stock stack as its documentation shows it: llama-index, HuggingFaceEmbedding with the same weights, FAISS, BM25.

Every option is the library's default, but for passages of 256 tokens with an overlap of 32 (the model reads no more) and
the 40 best of each search, as many as ours looks at. It finds passages and writes no answer, which flatters it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from eval.speed.clock import Clock, Seconds
from index.models import PACKAGED, local_folder

TOKENS, OVERLAP, BEST = 256, 32, 40


def model_folder() -> str:
    """Where the weights lie that both stacks embed with."""
    return str(local_folder(PACKAGED))


def import_all() -> None:
    """Imports what the stack is made of, so that opening can be timed without it."""
    warnings.simplefilter("ignore")
    for name in (
        "faiss",
        "llama_index.core",
        "llama_index.embeddings.huggingface",
        "llama_index.retrievers.bm25",
        "llama_index.vector_stores.faiss",
    ):
        import_module(name)


def embedding_model() -> Any:
    """llama-index's sentence-transformers model, on the CPU."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(model_name=model_folder(), device="cpu")


def build(folder: Path, home: Path, *, vectors: Any = None) -> tuple[Seconds, int]:
    """Reads, splits, embeds, indexes and persists a folder of guides: seconds by stage, and how many passages.

    `vectors(texts)` stands for the model where embedding so many texts would take hours.
    """
    warnings.simplefilter("ignore")
    clock = Clock()
    import faiss
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.schema import MetadataMode
    from llama_index.retrievers.bm25 import BM25Retriever
    from llama_index.vector_stores.faiss import FaissVectorStore

    model = embedding_model()
    clock.lap("load")
    guides = _read(folder)
    clock.lap("read")
    found = SentenceSplitter(chunk_size=TOKENS, chunk_overlap=OVERLAP).get_nodes_from_documents(guides)
    clock.lap("split")
    texts = [each.get_content(metadata_mode=MetadataMode.EMBED) for each in found]
    embedded = model.get_text_embedding_batch(texts) if vectors is None else vectors(texts).tolist()
    for each, vector in zip(found, embedded, strict=True):
        each.embedding = vector
    clock.lap("embed")
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(len(found[0].embedding or ())))
    context = StorageContext.from_defaults(vector_store=store)
    index = VectorStoreIndex(found, storage_context=context, embed_model=model)
    for each in guides:
        index.docstore.set_document_hash(each.id_, each.hash)
    context.persist(persist_dir=str(home))
    for each in found:
        each.embedding = None  # the store has it
    BM25Retriever.from_defaults(nodes=found, similarity_top_k=BEST).persist(str(home / "bm25"))
    clock.lap("index")
    return clock.seconds, len(found)


def reingest(folder: Path, home: Path) -> tuple[Seconds, int]:
    """Loads the index, reads all guides and compares their digests with those it keeps: the least a refresh must do.

    Returns seconds, and how many guides the comparison knows. A changed one cannot be taken in: FAISS's store has no
    deletion, so `refresh_ref_docs` fails.
    """
    warnings.simplefilter("ignore")
    clock = Clock()
    known = _loaded(home).docstore.get_all_document_hashes()
    same = sum(each.hash in known for each in _read(folder))
    clock.lap("total")
    return clock.seconds, same


def _read(folder: Path) -> Any:
    from llama_index.core import SimpleDirectoryReader

    return SimpleDirectoryReader(
        str(folder), recursive=True, required_exts=[".md", ".yaml"], filename_as_id=True
    ).load_data()


class Stock:
    """An open stock index, searched by meaning and by words, fused by reciprocal rank."""

    def __init__(self, home: Path) -> None:
        warnings.simplefilter("ignore")
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
        from llama_index.retrievers.bm25 import BM25Retriever

        retrievers = [
            _loaded(home).as_retriever(similarity_top_k=BEST),
            BM25Retriever.from_persist_dir(str(home / "bm25")),
        ]
        self._fused = QueryFusionRetriever(
            retrievers,
            llm=MockLLM(),
            num_queries=1,
            similarity_top_k=BEST,
            mode=FUSION_MODES.RECIPROCAL_RANK,
            use_async=False,
        )

    def search(self, question: str) -> Sequence[Any]:
        """The best passages with their scores."""
        return self._fused.retrieve(question)


def _loaded(home: Path) -> Any:
    from llama_index.core import StorageContext, load_index_from_storage
    from llama_index.vector_stores.faiss import FaissVectorStore

    store = FaissVectorStore.from_persist_dir(str(home))
    context = StorageContext.from_defaults(vector_store=store, persist_dir=str(home))
    return load_index_from_storage(context, embed_model=embedding_model())
