"""A generation is published whole or not at all, only new texts are embedded, and damage is seen before loading."""

from __future__ import annotations

import os
import random
import stat
from hashlib import sha256
from pathlib import Path

import pytest

import index.manifest as manifest
from index.errors import CannotPublish, DamagedIndex, Locked, NoIndex
from index.generation import publish, rollback, verify
from index.locking import writer_lock
from index.manifest import current_number, generation_dir, generations
from index.settings import Settings
from index.store import Index
from tests.index.fakes import WordEmbedder, make_guide

ONE = make_guide("guides/one.md", {"Phone": ["The call takes 20 minutes.", "It is friendly."]})
TWO = make_guide("guides/two.md", {"Onsite": ["Four rounds fill the day."]})
EDITED = make_guide("guides/one.md", {"Phone": ["The call takes 25 minutes.", "It is friendly."]})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_publishing_counts_what_it_holds_and_embeds_only_what_is_new(settings: Settings) -> None:
    embedder = WordEmbedder()
    first = publish(settings, [TWO, ONE], embedder)
    assert first.changed and first.number == 1
    assert first.counts == {
        "guides": 2,
        "sections": 4,
        "passages": 2,
        "units": 5,
        "searched units": 5,
        "questions": 0,
    }
    assert (first.embedded, first.reused) == (7, 0)
    embedder.embedded.clear()
    second = publish(settings, [EDITED, TWO], embedder)
    assert second.number == 2
    assert sorted(embedder.embedded) == sorted([EDITED.passages[0].search_text, "Phone: The call takes 25 minutes."])
    assert (second.embedded, second.reused) == (2, 5)


def test_unchanged_content_publishes_nothing_whatever_its_order(settings: Settings) -> None:
    publish(settings, [ONE, TWO], WordEmbedder())
    again = publish(settings, [TWO, ONE], WordEmbedder())
    assert not again.changed and again.number == 1
    assert generations(settings.index_dir) == [1]


def test_another_embedder_embeds_everything_anew(settings: Settings) -> None:
    publish(settings, [ONE], WordEmbedder())
    other = publish(settings, [ONE], WordEmbedder(fingerprint="e" * 64))
    assert other.changed and other.reused == 0


def test_progress_ends_at_the_whole(settings: Settings) -> None:
    steps: list[tuple[str, int, int]] = []
    publish(settings, [ONE, TWO], WordEmbedder(), progress=lambda *step: steps.append(step))
    assert steps[-1] == ("embedding", 7, 7)


def test_the_generation_before_is_kept_and_can_be_served_again(settings: Settings) -> None:
    for guide in (ONE, TWO, EDITED):
        publish(settings, [guide], WordEmbedder())
    assert generations(settings.index_dir) == [2, 3]
    assert rollback(settings) == 2
    assert [guide.path for guide in Index.open(settings, embedder=WordEmbedder()).guides()] == ["guides/two.md"]
    with pytest.raises(NoIndex, match="no earlier generation"):
        rollback(settings)
    assert publish(settings, [ONE], WordEmbedder()).number == 4


def test_two_guides_of_one_path_are_refused(settings: Settings) -> None:
    with pytest.raises(CannotPublish, match=r"guides/one\.md"):
        publish(settings, [ONE, EDITED], WordEmbedder())


def test_the_lock_says_who_holds_it(settings: Settings) -> None:
    publish(settings, [ONE], WordEmbedder())
    with (
        writer_lock(settings.index_dir),
        pytest.raises(Locked, match=rf"Process {os.getpid()}, since \d\d:\d\d:\d\d UTC"),
    ):
        publish(settings, [TWO], WordEmbedder())
    assert publish(settings, [TWO], WordEmbedder()).changed


def _mutate(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    kind = chance.choice(["flip", "cut", "grow", "zero", "delete"])
    at = chance.randrange(len(content)) if content else 0
    if kind == "delete" or not content:
        path.unlink()
        return
    if kind == "flip":
        content[at] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del content[at:]
    elif kind == "grow":
        content += b"\0" * chance.randrange(1, 64)
    else:
        last = min(len(content), at + 32)
        content[at:last] = bytes(byte ^ 0xFF for byte in content[at:last])
    path.write_bytes(content)


def _mutations(settings: Settings, rounds: int) -> None:
    chance = random.Random(7)
    publish(settings, [ONE], WordEmbedder())
    for number in range(rounds):
        served = publish(settings, [make_guide("guides/n.md", {"N": [f"Round {number}."]})], WordEmbedder()).number
        files = sorted(path for path in generation_dir(settings.index_dir, served).rglob("*") if path.is_file())
        hurt = chance.choice(files)
        _mutate(hurt, chance)
        with pytest.raises(DamagedIndex):
            verify(settings)
        index = Index.open(settings, embedder=WordEmbedder())
        assert index.number < served, f"{hurt} was not seen to be damaged"
        assert "set aside" in index.notices[0]
        assert not generation_dir(settings.index_dir, served).exists()


def test_any_change_of_any_file_is_seen_and_the_generation_before_is_served(settings: Settings) -> None:
    _mutations(settings, rounds=25)


@pytest.mark.slow
def test_any_of_two_thousand_changes_is_seen(settings: Settings) -> None:
    _mutations(settings, rounds=2000)


def test_a_file_swapped_with_that_of_another_generation_is_seen(settings: Settings) -> None:
    publish(settings, [ONE], WordEmbedder())
    publish(settings, [EDITED], WordEmbedder())
    folder = settings.index_dir
    (folder / "gen-2/vectors.faiss").write_bytes((folder / "gen-1/vectors.faiss").read_bytes())
    assert Index.open(settings, embedder=WordEmbedder()).number == 1


def test_with_no_generation_left_the_damage_is_reported_and_publishing_mends_it(settings: Settings) -> None:
    publish(settings, [ONE], WordEmbedder())
    (settings.index_dir / "gen-1/units.faiss").write_bytes(b"")
    with pytest.raises(DamagedIndex, match="python -m ingest"):
        Index.open(settings, embedder=WordEmbedder())
    assert publish(settings, [ONE], WordEmbedder()).changed
    assert Index.open(settings, embedder=WordEmbedder()).guide("guides/one.md") == ONE


@pytest.mark.parametrize("content", [b"", b"x", b"99\n", b"\xff\xfe"])
def test_an_unreadable_pointer_is_survived(settings: Settings, content: bytes) -> None:
    publish(settings, [ONE], WordEmbedder())
    (settings.index_dir / "CURRENT").write_bytes(content)
    assert Index.open(settings, embedder=WordEmbedder()).guide("guides/one.md") == ONE
    assert publish(settings, [ONE], WordEmbedder()).changed
    assert current_number(settings.index_dir) == max(generations(settings.index_dir))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes into read-only folders")
def test_a_read_only_home_is_a_clear_message_and_still_served(settings: Settings) -> None:
    publish(settings, [ONE], WordEmbedder())
    settings.index_dir.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(CannotPublish, match="still served"):
            publish(settings, [TWO], WordEmbedder())
        assert Index.open(settings, embedder=WordEmbedder()).guide("guides/one.md") == ONE
    finally:
        settings.index_dir.chmod(stat.S_IRWXU)


def test_a_long_file_is_marked_by_its_parts_and_damage_anywhere_in_it_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "long"
    file.write_bytes(bytes(range(250)))
    whole = manifest.mark_of(file)
    assert whole.sha256 == sha256(bytes(range(250))).hexdigest()
    monkeypatch.setattr(manifest, "PART", 100)
    marked = manifest.mark_of(file)
    parts = [sha256(bytes(range(250))[at : at + 100]).digest() for at in (0, 100, 200)]
    assert marked == manifest.FileMark(sha256(b"".join(parts)).hexdigest(), 250)
    for at in (0, 99, 100, 249):
        content = bytearray(range(250))
        content[at] ^= 1
        file.write_bytes(content)
        assert manifest.mark_of(file) != marked


def test_a_long_file_that_was_marked_by_one_hash_is_still_read_and_its_damage_seen(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(settings, [ONE], WordEmbedder())  # each file is marked by the hash of it all
    monkeypatch.setattr(manifest, "PART", 100)
    assert verify(settings).number == 1
    file = generation_dir(settings.index_dir, 1) / "passages.db"
    content = bytearray(file.read_bytes())
    content[250] ^= 1
    file.write_bytes(content)
    with pytest.raises(DamagedIndex, match="not the file that was published"):
        verify(settings)
