"""The open index: a verified generation, read-only, with search at both grains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bank import one_entry_each
from index.database import Database
from index.dense import DenseIndex
from index.embedding import Embedder, load_embedder
from index.errors import DamagedIndex, NoIndex, OtherEmbedder, UnknownGuide
from index.filters import matcher
from index.hits import Found, Hit, UnitHit
from index.lexical import LexicalIndex
from index.manifest import (
    CURE,
    Manifest,
    Pointer,
    current_number,
    generation_dir,
    generations,
    pointer_of,
    verify,
)
from index.mapped import mapped
from index.models import weights_named
from index.passages import BankQuestion, Guide, GuideInfo, Passage
from index.related import RelatedWords
from index.reuse import KEY_BYTES, Kept
from index.search import Asked, Grain, Scored, Searcher
from index.settings import Settings
from index.weights import DEFAULT_WEIGHTS, Weights
from index.words import terms

TRIES = 20  # how often a publisher may move on while a reader opens
GUIDES_CACHED = 512
PASSAGES, UNITS = 40, 120  # that a search finds where nothing else is said


class Index:
    """One generation of the index. It stays whole and usable while later ones are published."""

    def __init__(self, folder: Path, manifest: Manifest, settings: Settings) -> None:
        self.folder = folder
        self.manifest = manifest
        self.number = manifest.number
        self.notices: tuple[str, ...] = ()
        self._settings = settings
        self._embedder: Embedder | None = None
        self._lock = Lock()
        self._database = Database(folder / "passages.db")
        self._cached_guide = lru_cache(GUIDES_CACHED)(self._read_guide)
        passages, units = manifest.counts["passages"], manifest.counts["searched units"]
        self._searcher = Searcher(
            passages=self._grain("passages", "vectors.faiss", passages),
            units=self._grain("units", "units.faiss", units),
            passage_of_unit=_array(folder / "rows" / "passage_of_unit.npy", (units,)),
        )
        self._facets_of_passage = _array(folder / "rows" / "facets_of_passage.npy", (passages,))

    @classmethod
    def open(cls, settings: Settings, *, embedder: Embedder | None = None) -> Index:
        """The published generation, verified; the one before where it is damaged, which `notices` then say.

        Raises NoIndex, DamagedIndex, or OtherEmbedder where it was built with another model than the settings name.
        """
        index = cls.open_any(settings)
        index._accept(embedder)
        return index

    @classmethod
    def open_any(cls, settings: Settings) -> Index:
        """The published generation whatever embedder it was built with: to read, not to search."""
        notices: list[str] = []
        refused: set[int] = set()
        for _ in range(TRIES):
            pointed = current_number(settings.index_dir)
            number = _served(settings.index_dir, pointed, refused)
            if number is None:
                break
            try:
                index = cls._open_number(settings, number)
            except DamagedIndex as error:
                if current_number(settings.index_dir) == pointed:  # else: published and pruned under our feet
                    refused.add(number)
                    notices.append(_set_aside(settings.index_dir, number, error))
                continue
            index.notices = tuple(notices)
            return index
        if notices:
            raise DamagedIndex(notices[-1])
        raise NoIndex(f"There is no index in {settings.home} yet. Run `python -m ingest --home {settings.home}`.")

    @classmethod
    def _open_number(cls, settings: Settings, number: int) -> Index:
        folder = generation_dir(settings.index_dir, number)
        manifest = verify(folder)
        try:
            return cls(folder, manifest, settings)
        except (OSError, ValueError, KeyError) as error:
            raise DamagedIndex(f"{folder} cannot be opened: {error}. {CURE}") from error

    def _accept(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
        wanted = embedder.fingerprint if embedder else weights_named(self._settings)
        name = embedder.name if embedder else self._settings.embedder
        if (wanted or self._loaded_embedder().fingerprint) != self.manifest.fingerprint:
            raise OtherEmbedder(
                f"The index in {self._settings.home} was built with the embedding model {self.manifest.embedder}, the "
                f"settings name {name}. Run `python -m ingest` to build it anew, or set FOOTNOTE_EMBEDDER back."
            )

    def _grain(self, name: str, vectors: str, count: int) -> Grain:
        dense = DenseIndex(self.folder / vectors, count=count, dimension=self.manifest.dimension)
        return Grain(dense, LexicalIndex(self.folder / "bm25" / name, count=count))

    def _loaded_embedder(self) -> Embedder:
        with self._lock:
            if self._embedder is None:
                self._embedder = load_embedder(self._settings)
            return self._embedder

    def close(self) -> None:
        """Closes the files; only for an index that nobody reads any more."""
        self._database.close()

    def guides(self) -> list[GuideInfo]:
        """All guides, in the order of their paths."""
        return self._database.infos()

    def guide(self, path: str) -> Guide:
        """A whole guide, equal to the one that was published. Raises UnknownGuide. The last ones read are kept."""
        return self._cached_guide(path)

    def _read_guide(self, path: str) -> Guide:
        guide = self._database.guide(path)
        if guide is None:
            raise UnknownGuide(f"The index holds no guide {path}. `python -m index info` lists the guides there are.")
        return guide

    def digests(self) -> dict[str, bytes]:
        """Path -> a digest that changes whenever anything about the guide does."""
        return self._database.digests()

    def questions(self) -> list[BankQuestion]:
        """The whole bank, those found in guides included; what several guides ask is one entry."""
        return list(self._bank)

    @cached_property
    def _bank(self) -> tuple[BankQuestion, ...]:
        return tuple(one_entry_each(self._database.questions()))

    def passage(self, identity: str) -> Passage | None:
        """The passage of this id, or None where its text no longer stands."""
        return self._database.passage(identity)

    def vocabulary(self) -> dict[str, int]:
        """Word in lower case, not stemmed -> number of searched units that contain it."""
        return self._database.vocabulary()

    @cached_property
    def related_words(self) -> RelatedWords:
        """The index' own words by meaning."""
        return RelatedWords.open(self.folder)

    def related(self, words: Sequence[str]) -> list[dict[str, float]]:
        """For each word the index' words that mean nearly the same, with their cosines, nearest first."""
        return self.related_words.near_words(words, self.embed)

    def is_word(self, word: str) -> bool:
        """Whether the embedder's tokenizer knows a lower-case word whole, as it does a language's common words."""
        embedder = self._loaded_embedder()
        return embedder.count_tokens(word) <= embedder.count_tokens("a")

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The texts' vectors, (n, dimension), rows of length 1."""
        return self._loaded_embedder().embed(texts)

    def kept_vectors(self) -> list[Kept]:
        """The vectors and content keys of both grains, for the next generation to use again."""
        pairs = ((self._searcher.passages, "passage_keys.npy"), (self._searcher.units, "unit_keys.npy"))
        return [
            Kept(grain.dense, _array(self.folder / "rows" / name, (grain.dense.count, KEY_BYTES)))
            for grain, name in pairs
        ]

    def search(
        self,
        query: str,
        *,
        also: Sequence[str] = (),
        filters: Any = None,
        limit: int = PASSAGES,
        unit_limit: int = UNITS,
        weights: Weights = DEFAULT_WEIGHTS,
    ) -> Found:
        """The best passages and units for a question and its other wordings `also`; a row counts by its best wording.

        `filters` is a mapping of facet to value or llama-index's MetadataFilters; what does not pass is not searched.
        """
        started = time.perf_counter()
        wordings = list(dict.fromkeys([query, *also]))
        asked = Asked(self.embed(wordings), tuple(tuple(terms(wording)) for wording in wordings))
        embedded = time.perf_counter()
        allowed = self._allowed(filters)
        found, units = self._searcher.find(asked, weights, allowed=allowed, limit=limit, unit_limit=unit_limit)
        scored = time.perf_counter()
        hits, unit_hits = self._hits(found), self._unit_hits(units)
        read = time.perf_counter()
        timings = {"embed": embedded - started, "score": scored - embedded, "read": read - scored}
        return Found(hits, unit_hits, {stage: 1000 * seconds for stage, seconds in timings.items()})

    def _hits(self, found: Scored) -> tuple[Hit, ...]:
        passages = self._database.passages(found.rows.tolist())
        scores = zip(
            found.rows.tolist(), found.score.tolist(), found.dense.tolist(), found.lexical.tolist(), strict=True
        )
        return tuple(Hit(passages[row], score, dense, lexical) for row, score, dense, lexical in scores)

    def _unit_hits(self, found: Scored) -> tuple[UnitHit, ...]:
        units = self._database.units(found.rows.tolist())
        scores = zip(
            found.rows.tolist(), found.score.tolist(), found.dense.tolist(), found.lexical.tolist(), strict=True
        )
        return tuple(UnitHit(*units[row], score, dense, lexical) for row, score, dense, lexical in scores)

    @cached_property
    def _facet_sets(self) -> list[dict[str, str]]:
        return self._database.facet_sets()

    def _allowed(self, filters: Any) -> NDArray[np.bool_] | None:
        """Which passages pass the filters: each distinct set of facets is judged once."""
        if not filters:
            return None
        passes = matcher(filters)
        judged = np.fromiter(map(passes, self._facet_sets), dtype=np.bool_, count=len(self._facet_sets))
        return np.asarray(judged[self._facets_of_passage])


class IndexReader:
    """Gives the newest published index, opened once: a new generation is picked up at the next call."""

    def __init__(self, settings: Settings, *, embedder: Embedder | None = None) -> None:
        self._settings = settings
        self._embedder = embedder
        self._lock = Lock()
        self._index: Index | None = None
        self._pointer: Pointer | None = None

    def current(self) -> Index:
        """The published index. Costs a look at one file's date when nothing changed. Raises as `Index.open` does."""
        pointer = pointer_of(self._settings.index_dir)
        with self._lock:
            if self._index is None or pointer != self._pointer:
                if self._embedder is None and self._index is not None:
                    self._embedder = self._index._embedder
                self._index = Index.open(self._settings, embedder=self._embedder)
                self._pointer = pointer
            return self._index


def _array(path: Path, shape: tuple[int, ...]) -> NDArray[Any]:
    """An array mapped into memory. Raises DamagedIndex where its shape is not the manifest's."""
    array = mapped(path)
    if array.shape != shape:
        raise DamagedIndex(f"{path} has shape {array.shape}, the manifest says {shape}. {CURE}")
    return array


def _served(index_dir: Path, pointed: int | None, refused: set[int]) -> int | None:
    """The generation to serve: the one CURRENT names, else the newest before it, else the newest there is."""
    there = [number for number in generations(index_dir) if number not in refused]
    if pointed in there or not there:
        return pointed if there else None
    earlier = [number for number in there if pointed is None or number < pointed]
    return (earlier or there)[-1]


def _set_aside(index_dir: Path, number: int, error: DamagedIndex) -> str:
    """Renames a damaged generation where the disk allows it; returns what a person should know."""
    folder = generation_dir(index_dir, number)
    place = next(
        place for n in range(1000) if not (place := index_dir / f"damaged-{number}{f'-{n}' * (n > 0)}").exists()
    )
    try:
        folder.rename(place)
    except OSError:
        place = folder
    return f"{error} It was set aside as {place.name}; the generation before it is served where there is one."
