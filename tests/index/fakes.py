"""Stand-ins that a person can work out by hand, and small guides made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from index.passages import Block, Guide, GuideInfo, Passage, Section, Unit, passage_id, revision_of
from index.words import words


class WordEmbedder:
    """Each word is a fixed random direction; a text is the sum of its words, brought to length 1."""

    def __init__(self, *, fingerprint: str = "f" * 64, dimension: int = 64) -> None:
        self.name = "words"
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.token_limit = 64
        self.embedded: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(words(text)) + 2

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        self.embedded += texts
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            total = sum(
                (self._direction(word, self.dimension) for word in words(text) or [""]), np.zeros(self.dimension)
            )
            rows[row] = total / np.linalg.norm(total)
            if progress:
                progress(1)
        return rows

    @staticmethod
    @lru_cache(4096)
    def _direction(word: str, dimension: int) -> NDArray[np.float64]:
        seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
        return np.random.default_rng(seed).standard_normal(dimension)


def make_guide(path: str, sections: dict[str, Sequence[str]], **facets: str) -> Guide:
    """A guide of one level: under each heading one passage, whose units are the given sentences."""
    text, spans = "", []
    found: list[Section] = []
    blocks: list[Block] = []
    units: list[Unit] = []
    passages: list[Passage] = []
    for position, (heading, sentences) in enumerate(sections.items(), 1):
        start = len(text)
        text += f"{heading}\n"
        units.append(Unit(len(units), len(blocks), position, "heading", start, len(text) - 1, heading))
        blocks.append(Block(len(blocks), position, "heading", start, len(text) - 1, (len(units) - 1,)))
        body, own = len(text), []
        for sentence in sentences:
            own.append(len(units))
            units.append(
                Unit(len(units), len(blocks), position, "sentence", len(text), len(text) + len(sentence), sentence)
            )
            text += f"{sentence} "
        blocks.append(Block(len(blocks), position, "paragraph", body, len(text), tuple(own)))
        raw = text[body:]
        labels = {"guide": path, "kind": "guide", **facets}
        passages.append(
            Passage(
                id=passage_id(path, (heading,), raw),
                guide=path,
                section=position,
                section_path=(heading,),
                start=body,
                end=len(text),
                text=raw.strip(),
                context=heading,
                units=tuple(own),
                facets=labels,
            )
        )
        spans.append((heading, start))
        text += "\n"
    ends = [start for _, start in spans[1:]] + [len(text)]
    found.append(Section(0, None, 0, path, (), 0, len(text)))
    found += [
        Section(position, 0, 1, heading, (heading,), start, end)
        for position, ((heading, start), end) in enumerate(zip(spans, ends, strict=True), 1)
    ]
    info = GuideInfo(path=path, revision=revision_of(text.encode()), format="text", kind="guide", title=path, **facets)
    return Guide(info, text, tuple(found), tuple(blocks), tuple(units), tuple(passages))
