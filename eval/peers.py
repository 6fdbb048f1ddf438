"""The stock llama-index stack over the same guides and cases, so that our figures stand beside something.

    llama-index defaults   1,024-token chunks, dense search
    llama-index hybrid     256-token chunks, MiniLM and BM25, reciprocal rank fusion

Both answer with the best-scoring sentences of their six best chunks up to 120 words, and refuse below the score that lets
90 % of the answerable questions of the tuning split through. Their sentences carry exact spans, as ours do.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answer.answers import Answer, Citation, EvidencePassage, Question
from eval.cases import Case
from eval.running import Engine, footnote, rows_of
from eval.scoring import Summary, summarise
from eval.statistics import quantile
from index.embedding import Embedder, load_embedder
from index.settings import Settings

BEST_CHUNKS, LONGEST_ANSWER, LET_THROUGH = 6, 120, 0.9
FUSION = 60  # the constant of reciprocal rank fusion (Cormack et al. 2009)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of a guide, as llama-index cut it."""

    guide: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stack:
    """What a peer is made of."""

    name: str
    tokens: int
    overlap: int
    lexical: bool


STACKS = (Stack("llama-index defaults", 1024, 200, False), Stack("llama-index hybrid", 256, 32, True))


class Peer:
    """One stock stack over the texts of the guides."""

    def __init__(self, stack: Stack, texts: Mapping[str, str], embedder: Embedder) -> None:
        self.stack = stack
        self.threshold = -1.0
        self._embedder = embedder
        self._texts = texts
        self._known: dict[str, NDArray[np.float32]] = {}
        self.chunks = cut(texts, stack)
        self._vectors = embedder.embed([chunk.text for chunk in self.chunks])

    @cached_property
    def _bm25(self) -> Any:
        """llama-index's own BM25 retriever over the same chunks."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from llama_index.core.schema import BaseNode, TextNode
            from llama_index.retrievers.bm25 import BM25Retriever

            nodes: list[BaseNode] = [
                TextNode(text=chunk.text, id_=str(place)) for place, chunk in enumerate(self.chunks)
            ]
            return BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(40, len(nodes)))

    def search(self, question: str) -> tuple[list[int], float]:
        """Chunk numbers, best first, and the cosine of the nearest one."""
        cosines = self._vectors @ self._embedder.embed([question])[0]
        dense = [int(place) for place in np.argsort(-cosines, kind="stable")[:40]]
        if not self.stack.lexical:
            return dense, float(cosines[dense[0]])
        lexical = [int(found.node.node_id) for found in self._bm25.retrieve(question)]
        return fused(dense, lexical), float(cosines[dense[0]])

    def ask(self, question: Question) -> Answer:
        """The best sentences of the best chunks, or a refusal below the threshold."""
        asked = " ".join([*(turn.user for turn in question.history), question.text])
        order, nearest = self.search(asked)
        passages = tuple(self._passage(place, rank) for rank, place in enumerate(order[:20]))
        explained = {"gate": {"confidence": max(0.0, nearest)}}
        if nearest < self.threshold:
            text = "The guides do not answer this."
            return Answer(question.text, asked, True, text, passages=passages, explanation=explained)
        chosen = self._best_sentences(asked, [self.chunks[place] for place in order[:BEST_CHUNKS]])
        citations = tuple(self._citation(number, span) for number, span in enumerate(chosen, start=1))
        lines = [f"- {' '.join(cited.quote.split()).strip('|')} [{cited.number}]" for cited in citations]
        return Answer(
            question.text, asked, False, "\n".join(lines), citations=citations, passages=passages, explanation=explained
        )

    def calibrate(self, cases: Sequence[Case]) -> None:
        """Set the threshold that lets nine in ten answerable questions of the tuning split through."""
        scores = [self.search(case.question)[1] for case in cases if case.answerable and case.split == "tune"]
        self.threshold = quantile(scores, 1 - LET_THROUGH)

    def _best_sentences(self, question: str, chunks: Sequence[Chunk]) -> list[tuple[str, int, int]]:
        spans = list(dict.fromkeys(span for chunk in chunks for span in sentence_spans(chunk)))
        texts = [self._texts[guide][start:end] for guide, start, end in spans]
        if not texts:
            return []
        scores = self._vectors_of(texts) @ self._embedder.embed([question])[0]
        chosen: list[tuple[str, int, int]] = []
        words = 0
        for place in np.argsort(-scores, kind="stable"):
            length = len(texts[place].split())
            if words + length > LONGEST_ANSWER and chosen:
                break
            chosen.append(spans[place])
            words += length
        return chosen

    def _vectors_of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embedded once each: the same sentences come up for many questions."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._embedder.embed(new), strict=True) if new else ())
        return np.stack([self._known[text] for text in texts])

    def _passage(self, place: int, rank: int) -> EvidencePassage:
        chunk = self.chunks[place]
        return EvidencePassage(chunk.guide, "", chunk.start, chunk.end, chunk.text, 1.0 / (rank + 1))

    def _citation(self, number: int, span: tuple[str, int, int]) -> Citation:
        guide, start, end = span
        quote = self._texts[guide][start:end]
        return Citation(number, guide.rsplit("/", 1)[-1], guide, "", None, None, "", None, start, end, quote, "")


def cut(texts: Mapping[str, str], stack: Stack) -> list[Chunk]:
    """The chunks of llama-index's own sentence splitter, with their places in the guides."""
    from llama_index.core import Document
    from llama_index.core.node_parser import SentenceSplitter

    splitter = SentenceSplitter(chunk_size=stack.tokens, chunk_overlap=stack.overlap)
    chunks = []
    for guide, text in sorted(texts.items()):
        for found in splitter.get_nodes_from_documents([Document(text=text)]):
            start, end = found.start_char_idx, found.end_char_idx  # type: ignore[attr-defined]
            if start is not None and end is not None:
                chunks.append(Chunk(guide, start, end, text[start:end]))
    return chunks


def fused(*rankings: Sequence[int]) -> list[int]:
    """Reciprocal rank fusion of rankings, equal weights."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, place in enumerate(ranking, start=1):
            scores[place] = scores.get(place, 0.0) + 1 / (FUSION + rank)
    return sorted(scores, key=lambda place: (-scores[place], place))


def sentence_spans(chunk: Chunk) -> list[tuple[str, int, int]]:
    """Sentences and lines of a chunk as spans of its guide."""
    spans = []
    for match in re.finditer(r"[^\n]+?(?:[.!?](?=\s)|(?=\n)|$)", chunk.text):
        text = match.group()
        lead = len(text) - len(text.lstrip())
        if len(text.split()) > 1:
            spans.append(
                (chunk.guide, chunk.start + match.start() + lead, chunk.start + match.start() + len(text.rstrip()))
            )
    return spans


def against_peers(
    cases: Sequence[Case], settings: Settings, *, tell: Callable[[str], None] | None = None
) -> dict[str, tuple[Summary, ...]]:
    """Every engine's figures over the same cases, on this machine, in this run."""
    ours = footnote(settings)
    embedder = load_embedder(settings)
    found = {ours.name: summarise(list(rows_of(cases, ours)))}
    for stack in STACKS:
        if tell is not None:
            tell(f"{stack.name} …")
        peer = Peer(stack, ours.texts, embedder)
        peer.calibrate(cases)
        found[stack.name] = summarise(list(rows_of(cases, Engine(stack.name, peer.ask, ours.texts, ours.corpus))))
    return found
