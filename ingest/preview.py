"""What taking in, replacing or removing one guide would change, before it is done: the difference of the dry run."""

from __future__ import annotations

from dataclasses import dataclass

from index.passages import Guide
from index.settings import Settings
from ingest.changes import passage_changes
from ingest.pins import invalidated
from ingest.report import PassageChange, Pin


@dataclass(frozen=True, slots=True)
class Difference:
    """The passages that would change, in reading order, and the citations and cards that would lose their words."""

    changes: tuple[PassageChange, ...]
    lost: tuple[Pin, ...]


def difference(settings: Settings, path: str, guide: Guide | None) -> Difference:
    """Between what is published under `path` and `guide`, which needs no passages yet; None removes it."""
    published = _published(settings, path)
    before = {path: published} if published else {}
    after = {path: _split(settings, guide)} if guide else {}
    return Difference(tuple(passage_changes(before, after)), invalidated(settings, before, after))


def _published(settings: Settings, path: str) -> Guide | None:
    from index.errors import StoreError
    from index.store import Index

    try:
        index = Index.open_any(settings)
    except StoreError:
        return None
    try:
        return index.guide(path)
    except StoreError:
        return None
    finally:
        index.close()


def _split(settings: Settings, guide: Guide) -> Guide:
    from index.embedding import load_embedder
    from ingest.splitting import split_guide

    embedder = load_embedder(settings)
    return split_guide(guide, embedder.count_tokens, embedder.token_limit)
