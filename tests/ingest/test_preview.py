"""What taking in, replacing or removing a guide would change is the difference that publishing it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

import index.embedding
from index.generation import publish
from index.settings import Settings
from ingest.preview import difference
from ingest.reading import understand
from ingest.splitting import split_guide
from tests.index.fakes import WordEmbedder

OLD = b"# Lamps\n\n## Oil\n\nAn oil lamp burns for nine hours.\n\n## Gas\n\nA gas lamp hisses at night.\n"
NEW = OLD.replace(b"nine", b"eleven") + b"\n## Wax\n\nA candle drips on the carpet.\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    embedder = WordEmbedder()
    monkeypatch.setattr(index.embedding, "load_embedder", lambda settings: embedder)
    settings = Settings(home=tmp_path)
    guide = understand(OLD, path="own/lamp.md", kind="guide")
    publish(settings, [split_guide(guide, embedder.count_tokens, embedder.token_limit)], embedder)
    return settings


def told(settings: Settings, path: str, content: bytes | None) -> list[tuple[str, str]]:
    guide = understand(content, path=path, kind="guide") if content else None
    return [(change.outcome, change.section) for change in difference(settings, path, guide).changes]


def test_a_guide_that_is_replaced_removed_added_or_left_alone(settings: Settings) -> None:
    assert told(settings, "own/lamp.md", NEW) == [("changed", "Oil"), ("added", "Wax")]
    assert told(settings, "own/lamp.md", None) == [("removed", "Oil"), ("removed", "Gas")]
    assert told(settings, "own/lamp.md", OLD) == []
    assert [outcome for outcome, _ in told(settings, "own/other.md", NEW)] == ["added"] * 3


def test_before_anything_is_published_all_of_it_is_new(settings: Settings, tmp_path: Path) -> None:
    assert told(Settings(home=tmp_path / "empty"), "own/lamp.md", None) == []
    assert len(told(Settings(home=tmp_path / "empty"), "own/lamp.md", NEW)) == 3
