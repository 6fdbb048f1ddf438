"""Reading and splitting as llama-index parts: a `BaseReader` and a `TransformComponent`, run by an `IngestionPipeline`.

The one place where guides are mapped to llama-index's documents. A document's text is a guide's extracted text; the
guide itself travels in its metadata under "guide", and leaves the splitter with its passages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import BaseNode, Document, TextNode, TransformComponent

from index.passages import Guide
from ingest.folders import Found
from ingest.splitting import split_guides

Read = Callable[[Found], Guide]


class GuideReader(BaseReader):
    """Files → documents, each with its guide, structure recovered. A file that cannot be read raises `IngestError`."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def load_data(self, files: Sequence[Found]) -> list[Document]:
        """One document per file, in order."""
        return [as_document(self._read(file)) for file in files]


class PassageSplitter(TransformComponent):
    """Documents → the same documents, their guides with passages within the token limit."""

    count_tokens: Callable[[str], int] | None = None
    token_limit: int = 256

    def __call__(self, nodes: Sequence[BaseNode], **_: Any) -> Sequence[BaseNode]:
        """Split every document's guide."""
        guides = [node.metadata["guide"] for node in nodes]
        return [as_document(guide) for guide in split_guides(guides, self.count_tokens, self.token_limit)]


class PassageNodes(TransformComponent):
    """Documents with passages → one text node per passage, for use in any llama-index pipeline."""

    def __call__(self, nodes: Sequence[BaseNode], **_: Any) -> Sequence[BaseNode]:
        """The passages of every document's guide, with their facets as metadata."""
        return [
            TextNode(
                id_=passage.id,
                text=passage.search_text,
                metadata={**passage.facets, "start": passage.start, "end": passage.end},
            )
            for node in nodes
            for passage in node.metadata["guide"].passages
        ]


def as_document(guide: Guide) -> Document:
    """A guide as a llama-index document, known by its path."""
    return Document(id_=guide.info.path, text=guide.text, metadata={"guide": guide})


def split_all(guides: Sequence[Guide], count_tokens: Callable[[str], int] | None, token_limit: int) -> list[Guide]:
    """The guides with their passages, run through an `IngestionPipeline`."""
    splitter = PassageSplitter(count_tokens=count_tokens, token_limit=token_limit)
    pipeline = IngestionPipeline(transformations=[splitter], disable_cache=True)
    return [node.metadata["guide"] for node in pipeline.run(documents=[as_document(guide) for guide in guides])]
