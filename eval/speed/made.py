"""Big corpora made from the small one: guides recombined from its sections, vectors near those of its own texts.

Embedding a million texts would take hours, so above the corpus both stacks get vectors that a real one lies near: each
text takes that of a text of the corpus, chosen by the text's digest, with a little seeded noise. They lie in clusters as
real ones do. Times and memory of search are real; whether the right passage is found is not asked of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.errors import NotMeasured
from index.embedding import Embedder, load_embedder
from index.settings import Settings

Vectors = NDArray[np.float32]
SECTIONS = 20  # of a made guide
NOISE = 0.35  # length of what is added to a vector of length 1: cosine 0.94 to the one it came from
SEED = 20261121
COMPANIES = ("Aldebaran", "Betelgeuse", "Capella", "Deneb", "Electra", "Fomalhaut", "Gienah", "Hadar")


@dataclass(frozen=True, slots=True)
class Material:
    """What the corpus' Markdown guides consist of."""

    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]


def material_of(corpus: Path) -> Material:
    """The headings and paragraphs (lists and tables whole) of a folder's Markdown. Raises NotMeasured without any."""
    headings: list[str] = []
    paragraphs: list[str] = []
    for file in sorted(corpus.rglob("*.md")):
        text = re.sub(r"\A---\n.*?\n---\n", "", file.read_text(encoding="utf-8"), flags=re.S)
        for piece in re.split(r"\n\s*\n", text):
            heading = re.fullmatch(r"#{2,4} +(\S.*)", piece.strip())
            if heading:
                headings.append(heading.group(1))
            elif 8 <= len(piece.split()) <= 160 and "```" not in piece and not piece.lstrip().startswith("#"):
                paragraphs.append(piece.strip("\n"))
    if not paragraphs:
        raise NotMeasured(f"{corpus} holds no Markdown paragraphs to make guides of; name a corpus in FOOTNOTE_CORPUS.")
    return Material(tuple(dict.fromkeys(headings)) or ("Section",), tuple(dict.fromkeys(paragraphs)))


def write_guides(material: Material, folder: Path, *, passages: int) -> None:
    """Fills a folder with guides of about so many passages, the same ones every time."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    for number in range(max(1, passages // SECTIONS)):
        company = COMPANIES[number % len(COMPANIES)]
        parts = [f"---\ntitle: Made guide {number}\ncompany: {company}\n---\n\n# Made guide {number}"]
        for section in range(min(SECTIONS, passages)):
            parts.append(f"## {chance.choice(material.headings)} ({number}.{section})")
            parts += chance.choices(material.paragraphs, k=chance.choice((1, 2, 2, 3)))
        (folder / f"made-{number:06}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


class NearCorpus:
    """Stands for the embedder while a big index is built: a text's vector lies near one of the corpus' own."""

    def __init__(self, pool: Vectors, embedder: Embedder) -> None:
        self.pool = pool
        self.name, self.fingerprint = embedder.name, embedder.fingerprint
        self.dimension, self.token_limit = embedder.dimension, embedder.token_limit
        self.count_tokens = embedder.count_tokens

    @classmethod
    def of(cls, settings: Settings) -> NearCorpus:
        """Over the published index of a home."""
        from index.store import Index

        kept = Index.open(settings).kept_vectors()
        pool = np.concatenate([each.dense.vectors(np.arange(each.dense.count)) for each in kept])
        return cls(pool, load_embedder(settings))

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """The vectors of the texts, (n, dimension), rows of length 1."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), 4096):
            some = texts[first : first + 4096]
            digests = [int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) for text in some]
            near = self.pool[[digest % len(self.pool) for digest in digests]]
            vectors[first : first + len(some)] = disturbed(near, np.random.default_rng(digests))
            if progress:
                progress(len(some))
        return vectors


def disturbed(vectors: Vectors, chance: np.random.Generator) -> Vectors:
    """The vectors with noise of length `NOISE` added, brought back to length 1."""
    noise = chance.standard_normal(size=vectors.shape, dtype=np.float32)
    moved = vectors + NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)
