"""What is published is what the folders hold: random changes against a dictionary, and every way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from types import TracebackType

import pytest

import index.embedding
import index.store
import ingest.worker
from index.generation import rollback
from index.grains import grains_of
from index.passages import Guide
from index.settings import Settings
from index.store import Index
from ingest.errors import WouldDrop
from ingest.pipeline import synchronise
from ingest.reading import kind_of, understand
from ingest.splitting import split_guide
from tests.index.fakes import WordEmbedder

PLACES = (
    "guides/a.md",
    "guides/b.txt",
    "guides/deep/c.md",
    "notes/d.md",
    "notes/e.md",
    "cheatsheets/f.md",
    "g.markdown",
)
WORDS = "amber birch cedar delta ember fjord gravel harbor indigo jetty kelp lagoon meadow nickel orchid".split()


class Reader:
    """Reads in this process; the worker process has tests of its own."""

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def read(self, file: object) -> Guide:
        return understand(file.file.read_bytes(), path=file.path, kind=kind_of(file.path))  # type: ignore[attr-defined]


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> WordEmbedder:
    embedder = WordEmbedder()
    monkeypatch.setattr(index.embedding, "load_embedder", lambda settings: embedder)
    monkeypatch.setattr(index.store, "load_embedder", lambda settings: embedder)
    monkeypatch.setattr(index.store, "weights_named", lambda settings: embedder.fingerprint)
    monkeypatch.setattr(ingest.worker, "Workers", Reader)
    return embedder


class Model:
    """A folder of guides and the dictionary that says what it must hold. Every version has a word of its own."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder, self.random = folder, random
        self.texts: dict[str, str] = {}
        self.gone: set[str] = set()
        self.marks: dict[str, str] = {}
        self.versions = 0

    def step(self) -> str:
        """One random change; says which."""
        free = [place for place in PLACES if place not in self.texts]
        choices = (["add"] * 3 if free else []) + (["edit", "edit", "rename", "delete"] if self.texts else [])
        change = self.random.choice(choices)
        if change == "add":
            self._write(self.random.choice(free))
        elif change == "edit":
            self._write(self.random.choice(sorted(self.texts)))
        elif change == "delete":
            self._drop(self.random.choice(sorted(self.texts)))
        elif free:
            self._rename(self.random.choice(sorted(self.texts)), self.random.choice(free))
        return change

    def _write(self, place: str) -> None:
        self.versions += 1
        if place in self.marks:
            self.gone.add(self.marks[place])
        self.marks[place] = mark = f"zq{self.versions}x"
        lines = [f"# Guide {mark}", ""]
        for heading in self.random.sample(WORDS, 3):
            said = " ".join(self.random.choices(WORDS, k=self.random.randint(5, 12)))
            lines += [f"## About {heading}", "", f"The {mark} says that {said}.", ""]
        self.texts[place] = "\n".join(lines)
        file = self.folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.texts[place], encoding="utf-8")

    def _drop(self, place: str) -> None:
        self.gone.add(self.marks.pop(place))
        del self.texts[place]
        (self.folder / place).unlink()

    def _rename(self, place: str, other: str) -> None:
        self.texts[other], self.marks[other] = self.texts.pop(place), self.marks.pop(place)
        (self.folder / other).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / place).rename(self.folder / other)

    def guides(self, embedder: WordEmbedder) -> list[Guide]:
        """What a fresh reading of the dictionary gives."""
        return [
            split_guide(
                understand(self.texts[place].encode(), path=place, kind=kind_of(place)),
                embedder.count_tokens,
                embedder.token_limit,
            )
            for place in sorted(self.texts)
        ]


def texts_of(guides: Sequence[Guide]) -> set[str]:
    grains = grains_of(guides)
    return {passage.search_text for passage in grains.passages} | {unit.text for unit in grains.units}


def opened(settings: Settings) -> list[Guide]:
    now = Index.open(settings)
    return [now.guide(info.path) for info in now.guides()]


def nothing_stale(settings: Settings, model: Model) -> Iterator[str]:
    now = Index.open(settings)
    assert not model.gone & set(now.vocabulary())
    for mark in sorted(model.gone)[-3:] + sorted(model.marks.values())[-3:]:
        found = now.search(mark)
        texts = [hit.passage.text for hit in found.hits] + [hit.unit.text for hit in found.units]
        yield from (text for text in texts if any(gone in text.split() for gone in model.gone))
        assert mark in model.gone or mark in found.hits[0].passage.text
    now.close()


@pytest.mark.parametrize("steps", [60, pytest.param(2000, marks=pytest.mark.slow)])
def test_after_any_change_the_index_is_what_a_fresh_build_would_be(
    tmp_path: Path, embedder: WordEmbedder, steps: int
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    settings = Settings(home=tmp_path / "home", corpus=folder)
    model = Model(folder, Random(20261121))
    before: set[str] = set()
    for number in range(steps):
        change = model.step()
        embedder.embedded.clear()
        report = synchronise(settings, [folder])
        expected = model.guides(embedder)
        embedded = [text for text in embedder.embedded if " " in text]  # the vocabulary's words are embedded too
        assert opened(settings) == expected, f"step {number}: {change}"
        assert set(embedded) == texts_of(expected) - before and len(embedded) == len(set(embedded))
        assert not list(nothing_stale(settings, model)), f"step {number}: {change}"
        again = synchronise(settings, [folder])
        assert (again.published, again.generation) == (False, report.generation)
        before = texts_of(expected)
    fresh = Settings(home=tmp_path / "fresh", corpus=folder)
    synchronise(fresh, [folder])
    for query in [*WORDS, *model.marks.values()]:
        now, anew = Index.open(settings).search(query), Index.open(fresh).search(query)
        assert [hit.passage for hit in now.hits] == [hit.passage for hit in anew.hits]
        assert [hit.score for hit in now.hits] == pytest.approx([hit.score for hit in anew.hits])


def lamps(folder: Path, hours: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "lamp.md").write_text(f"# Lamps\n\n## Oil\n\nAn oil lamp burns for {hours} hours.\n", encoding="utf-8")


def test_after_a_rollback_the_next_ingest_publishes_what_the_files_say(tmp_path: Path, embedder: WordEmbedder) -> None:
    folder, settings = tmp_path / "corpus", Settings(home=tmp_path / "home")
    for hours in ("nine", "eleven"):
        lamps(folder, hours)
        synchronise(settings, [folder])
    rollback(settings)
    assert "nine" in opened(settings)[0].text
    assert synchronise(settings, [folder]).published
    assert "eleven" in opened(settings)[0].text


def test_a_dry_run_says_what_would_change_and_changes_nothing(tmp_path: Path, embedder: WordEmbedder) -> None:
    folder, settings = tmp_path / "corpus", Settings(home=tmp_path / "home")
    lamps(folder, "nine")
    synchronise(settings, [folder])
    lamps(folder, "eleven")
    report = synchronise(settings, [folder], dry_run=True)
    assert [(change.outcome, change.section) for change in report.changes] == [("changed", "Oil")]
    assert "nine" in (report.changes[0].before or "") and "eleven" in report.changes[0].text
    assert not report.published and "nine" in opened(settings)[0].text
    assert synchronise(settings, [folder]).published


def test_guides_of_a_folder_that_is_not_named_are_not_dropped_unasked(tmp_path: Path, embedder: WordEmbedder) -> None:
    settings = Settings(home=tmp_path / "home")
    lamps(tmp_path / "one", "nine")
    lamps(tmp_path / "two", "ten")
    (tmp_path / "two" / "lamp.md").rename(tmp_path / "two" / "other.md")
    synchronise(settings, [tmp_path / "one"])
    with pytest.raises(WouldDrop, match="--replace"):
        synchronise(settings, [tmp_path / "two"])
    synchronise(settings, [tmp_path / "two"], replace=True)
    assert [guide.info.path for guide in opened(settings)] == ["other.md"]


def test_a_file_that_becomes_unreadable_is_named_and_its_old_version_answers_no_more(
    tmp_path: Path, embedder: WordEmbedder
) -> None:
    folder, settings = tmp_path / "corpus", Settings(home=tmp_path / "home")
    lamps(folder, "nine")
    (folder / "tent.md").write_text("# Tents\n\n## Poles\n\nTwo poles.\n", encoding="utf-8")
    synchronise(settings, [folder])
    (folder / "lamp.md").write_text("", encoding="utf-8")
    for _ in range(2):
        report = synchronise(settings, [folder])
        assert [guide.path for guide in report.rejected] == ["lamp.md"]
        assert [guide.info.path for guide in opened(settings)] == ["tent.md"]
