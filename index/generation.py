"""Publishing: a new generation is written aside, synced, renamed, and only then pointed at.

Killed at any moment, the home holds the old generation or the new one, whole. The one before is kept for `rollback`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.database import Content, digest_of_guide, write_database
from index.dense import build_dense
from index.embedding import Embedder
from index.errors import CannotPublish, NoIndex, StoreError
from index.grains import Grains, grains_of, words_of_units
from index.lexical import build_lexical
from index.locking import writer_lock
from index.manifest import (
    Manifest,
    current_number,
    files_of,
    generation_dir,
    generations,
    mark_of,
    write_manifest,
)
from index.manifest import verify as verify_files
from index.passages import Guide
from index.related import RelatedWords, related_of
from index.reuse import Embedded, Progress, embed_new
from index.settings import Settings
from index.store import Index
from index.words import terms, terms_of


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did. Where nothing had changed, `changed` is False and `number` is the one that was there."""

    number: int
    changed: bool
    counts: dict[str, int]
    embedded: int = 0
    reused: int = 0


def publish(
    settings: Settings, guides: Sequence[Guide], embedder: Embedder, *, progress: Progress | None = None
) -> Published:
    """Makes these guides, all of them and nothing else, the published index; unchanged content publishes nothing.

    `progress(stage, done, total)` is told of each step. Raises Locked when another process publishes, CannotPublish
    when the folder cannot be written; what was published before is then served as ever.
    """
    guides = sorted(guides, key=lambda guide: guide.info.path)
    _refuse_twins(guides)
    with _translated(settings), writer_lock(settings.index_dir):
        current = _current(settings)
        digests = {guide.info.path: digest_of_guide(guide) for guide in guides}
        if current and _unchanged(settings, current, digests, embedder):
            return Published(current.number, False, current.manifest.counts)
        grains = grains_of(guides)
        kept = current.kept_vectors() if current and current.manifest.fingerprint == embedder.fingerprint else ()
        texts = [passage.search_text for passage in grains.passages] + [unit.text for unit in grains.units]
        embedded = embed_new(texts, embedder, kept=kept, progress=progress)
        if not np.isfinite(embedded.vectors).all():
            raise CannotPublish(f"The embedding model {embedder.name} returned NaN; nothing was published. Check it.")
        number = max([0, *generations(settings.index_dir), current_number(settings.index_dir) or 0]) + 1
        manifest = Manifest(
            number=number,
            embedder=embedder.name,
            fingerprint=embedder.fingerprint,
            dimension=embedder.dimension,
            token_limit=embedder.token_limit,
            counts=_counts(guides, grains),
            files={},
        )
        own, searched = words_of_units(grains)
        vocabulary = Counter(word for told in own for word in set(told))
        related = related_of(vocabulary, embedder, kept=current.related_words if current and kept else None)
        content = Content(guides, grains, digests, vocabulary, [terms_of(told) for told in searched])
        _write(settings.index_dir, manifest, content, embedded, related)
        _prune(settings.index_dir, {number, current.number if current else number})
        return Published(number, True, manifest.counts, embedded.fresh, len(texts) - embedded.fresh)


def rollback(settings: Settings) -> int:
    """Serves the generation before the current one again and returns its number. Raises NoIndex where there is none."""
    with _translated(settings), writer_lock(settings.index_dir):
        current = current_number(settings.index_dir)
        earlier = [number for number in generations(settings.index_dir) if current is None or number < current]
        if not earlier:
            raise NoIndex(f"{settings.index_dir} holds no earlier generation to go back to. Run `python -m ingest`.")
        verify_files(generation_dir(settings.index_dir, earlier[-1]))
        _point(settings.index_dir, earlier[-1])
        return earlier[-1]


def verify(settings: Settings) -> Manifest:
    """Checks every file of the published generation. Raises NoIndex or DamagedIndex, and sets nothing aside."""
    number = current_number(settings.index_dir)
    if number is None:
        raise NoIndex(f"There is no index in {settings.home} yet. Run `python -m ingest --home {settings.home}`.")
    return verify_files(generation_dir(settings.index_dir, number))


def _refuse_twins(guides: Sequence[Guide]) -> None:
    paths = [guide.info.path for guide in guides]
    twins = {path for path, following in pairwise(paths) if path == following}
    if twins:
        raise CannotPublish(f"Two guides have the path {min(twins)}. Give each guide a path of its own.")


def _current(settings: Settings) -> Index | None:
    """The generation that is served now, whatever embedder it was built with; None where none can be read."""
    try:
        return Index.open_any(settings)
    except StoreError:
        return None


def _unchanged(settings: Settings, current: Index, digests: dict[str, bytes], embedder: Embedder) -> bool:
    same = current.number == current_number(settings.index_dir) and current.manifest.fingerprint == embedder.fingerprint
    return same and current.digests() == digests


def _counts(guides: Sequence[Guide], grains: Grains) -> dict[str, int]:
    return {
        "guides": len(guides),
        "sections": sum(len(guide.sections) for guide in guides),
        "passages": len(grains.passages),
        "units": sum(len(guide.units) for guide in guides),
        "searched units": len(grains.units),
        "questions": sum(len(guide.questions) for guide in guides),
    }


def _write(
    index_dir: Path,
    manifest: Manifest,
    content: Content,
    embedded: Embedded,
    related: RelatedWords,
) -> None:
    """Writes the generation aside, syncs it, moves it to its place and points to it."""
    folder = index_dir / f".new-{manifest.number}"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("bm25/passages", "bm25/units", "rows"):
        (folder / name).mkdir(parents=True)
    grains = content.grains
    split = len(grains.passages)
    facets = write_database(folder / "passages.db", content)
    build_dense(folder / "vectors.faiss", embedded.vectors[:split])
    build_dense(folder / "units.faiss", embedded.vectors[split:])
    build_lexical(folder / "bm25/passages", [terms(passage.search_text) for passage in grains.passages])
    build_lexical(folder / "bm25/units", content.unit_terms)
    related.write(folder)
    np.save(folder / "rows/passage_keys.npy", embedded.keys[:split])
    np.save(folder / "rows/unit_keys.npy", embedded.keys[split:])
    np.save(folder / "rows/facets_of_passage.npy", np.asarray(facets, dtype=np.int32))
    np.save(folder / "rows/passage_of_unit.npy", np.asarray([unit.passage for unit in grains.units], dtype=np.int32))
    marks = {path.relative_to(folder).as_posix(): mark_of(path) for path in files_of(folder)}
    write_manifest(folder, replace(manifest, files=marks))
    for path in [*folder.rglob("*"), folder]:
        _sync(path)
    folder.rename(generation_dir(index_dir, manifest.number))
    _sync(index_dir)
    _point(index_dir, manifest.number)


def _point(index_dir: Path, number: int) -> None:
    """Replaces CURRENT in one step that survives a crash."""
    new = index_dir / "CURRENT.new"
    new.write_text(f"{number}\n", encoding="ascii")
    _sync(new)
    new.replace(index_dir / "CURRENT")
    _sync(index_dir)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _prune(index_dir: Path, keep: set[int]) -> None:
    """Removes what is no longer needed: generations but these, and what killed publishers left behind."""
    for number in set(generations(index_dir)) - keep:
        shutil.rmtree(generation_dir(index_dir, number), ignore_errors=True)
    for folder in index_dir.glob(".new-*"):
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _translated(settings: Settings) -> Iterator[None]:
    """Turns what the disk and SQLite raise into one line with the cure."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise CannotPublish(
            f"Cannot write the index in {settings.index_dir}: {why}. What was published before is still served; "
            "free some space, allow writing, or choose another home with --home."
        ) from error
