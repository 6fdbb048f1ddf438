"""Everything that is measured on the corpus itself, ours and the stock stack in turn."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from eval.speed.figures import NO_AIM, Aim, Figure, Part, Spread
from eval.speed.processes import seconds_of, task
from index.manifest import current_number, generation_dir
from index.settings import Settings

EVERY = 12  # guides of which one is in the sample that is taken in from nothing
ENCODED = 240  # texts that embedding is measured on
EDIT = "\n\nA line that was added to measure an edit, number {}.\n"
Rounds = list[Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured: our home with its index, the corpus, the stock stack's index, a folder to work in."""

    settings: Settings
    stock: Path
    work: Path
    questions: tuple[str, ...]
    repeats: int

    @property
    def home(self) -> Path:
        """Our home."""
        return self.settings.home

    @property
    def corpus(self) -> Path:
        """The folder of guides."""
        return self.settings.corpus


def measure_corpus(bench: Bench) -> Part:
    """All rows of the corpus."""
    figures = [*_answers(bench), *_ingest(bench), *_again(bench), *_embedding(bench), *_sizes(bench)]
    load = task("machine")
    return Part("corpus", tuple(figures), (load["says"], _flat_limit(bench, load["gigabytes"])))


def _answers(bench: Bench) -> list[Figure]:
    """Cold and warm, in processes of their own, in turn."""
    cold: list[float] = []
    stock_cold: list[float] = []
    ours: Rounds = []
    stock: Rounds = []
    whole: Rounds = []
    filters = {"kind": "note"}
    for turn in range(bench.repeats):
        asked = bench.questions[turn % len(bench.questions)]
        cold.append(seconds_of(["-m", "answer", "--home", str(bench.home), asked])[0])
        stock_cold.append(task("stock-answer", home=bench.stock, question=asked)["wall"])
        ours.append(task("ours-search", home=bench.home, questions=bench.questions, filters=filters))
        stock.append(task("stock-search", home=bench.stock, questions=bench.questions))
        whole.append(task("ours-answers", home=bench.home, questions=bench.questions))
    return [
        Figure(
            "corpus",
            "cold answer, process start to end",
            "s",
            Spread.of(cold),
            Spread.of(stock_cold),
            Aim(1.5, times=5),
        ),
        *search_figures("corpus", ours, stock, Aims(search=Aim(times=2))),
        *(_stage("search: " + stage, ours, stage) for stage in ours[0]["stages_ms"]),
        Figure("corpus", "warm answer, median", "ms", _medians(whole, "answer_ms")),
        *(_stage("answer: " + stage, whole, stage) for stage in whole[0]["stages_ms"] if stage != "total"),
    ]


@dataclass(frozen=True, slots=True)
class Aims:
    """What opening, warm search and resident memory are to reach."""

    search: Aim = NO_AIM
    opened: Aim = NO_AIM
    memory: Aim = NO_AIM


def search_figures(part: str, ours: Rounds, stock: Rounds, aims: Aims) -> list[Figure]:
    """Opening, warm search plain and filtered, and memory, of rounds of both; `stock` may be empty."""
    plain = _medians(ours, "search_ms")
    theirs = bool(stock)
    return [
        Figure(
            part, "imports before opening", "s", _seconds(ours, "import"), _seconds(stock, "import") if theirs else None
        ),
        Figure(
            part,
            "open the index",
            "s",
            _seconds(ours, "open"),
            _seconds(stock, "open") if theirs else None,
            aims.opened,
        ),
        Figure(
            part,
            "warm hybrid search, median",
            "ms",
            plain,
            _medians(stock, "search_ms") if theirs else None,
            aims.search,
        ),
        Figure(part, "warm hybrid search, 95th percentile", "ms", _tail(ours), _tail(stock) if theirs else None),
        Figure(
            part,
            "the same, filtered",
            "ms",
            _medians(ours, "filtered_ms"),
            None,
            Aim(most=round(1.5 * plain.median, 1)),
        ),
        *(
            Figure(
                part, f"{what} after searching", "MB", _of(ours, key), _of(stock, key) if theirs else None, aims.memory
            )
            for what, key in (("resident memory", "resident_mb"), ("private memory", "private_mb"))
        ),
    ]


def _ingest(bench: Bench) -> list[Figure]:
    """A sample of the corpus from nothing into an empty home that has the exported model."""
    folder = bench.work / "sample"
    size = _copy_sample(bench.corpus, folder)
    ours: Rounds = []
    stock: Rounds = []
    for turn in range(bench.repeats):
        home = fresh_home(bench.home, bench.work / f"new-{turn}")
        wall, said = seconds_of(["-m", "ingest", str(folder), "--home", str(home), "--json"])
        ours.append(json.loads(said) | {"wall": wall})
        stock.append(task("stock-build", folder=folder, home=bench.work / f"stock-{turn}"))
    passages = [sum(guide["passages"] for guide in each["guides"]) for each in ours]
    rows = [
        (
            "passages a second",
            [n / each["wall"] for n, each in zip(passages, ours, strict=True)],
            "passages",
            Aim(times=2.5),
        ),
        ("texts embedded a second", [each["embedded"] / each["seconds"]["embed"] for each in ours], "embed", NO_AIM),
        ("kilobytes of guides a second", [size / 1e3 / each["wall"] for each in ours], "size", NO_AIM),
    ]
    theirs = {
        "passages": [each["counts"]["passages"] / each["wall"] for each in stock],
        "embed": [each["counts"]["passages"] / each["seconds"]["embed"] for each in stock],
        "size": [size / 1e3 / each["wall"] for each in stock],
    }
    return [
        *(
            Figure("corpus", f"from nothing: {what}", "1/s", Spread.of(values), Spread.of(theirs[key]), aim, True)
            for what, values, key, aim in rows
        ),
        *(_spent(ours, stock, stage, other) for stage, other in STAGES),
    ]


STAGES = (("open", "load"), ("read", "read"), ("split", "split"), ("embed", "embed"), ("publish", "index"))


def _spent(ours: Rounds, stock: Rounds, stage: str, other: str) -> Figure:
    return Figure("corpus", f"from nothing: {stage}", "s", _seconds(ours, stage), _seconds(stock, other))


def _again(bench: Bench) -> list[Figure]:
    """The whole corpus again unchanged, and with one line edited; the stock stack cannot take a passage out."""
    folder, home = bench.work / "corpus", fresh_home(bench.home, bench.work / "again")
    shutil.copytree(bench.corpus, folder)
    shutil.copytree(bench.settings.index_dir, home / "index")
    command = ["-m", "ingest", str(folder), "--home", str(home), "--replace", "--json"]
    seconds_of(command)
    guides = sorted((folder / "notes").glob("*.md")) or sorted(folder.rglob("*.md"))
    same, stock, edited, embedded = [], [], [], []
    for turn in range(bench.repeats):
        same.append(seconds_of(command)[0])
        stock.append(task("stock-reingest", folder=bench.corpus, home=bench.stock)["wall"])
        with guides[turn % len(guides)].open("a", encoding="utf-8") as file:
            file.write(EDIT.format(turn))
        wall, said = seconds_of(command)
        edited.append(wall)
        embedded.append(float(json.loads(said)["embedded"]))
    return [
        Figure("corpus", "unchanged re-ingest", "s", Spread.of(same), Spread.of(stock), Aim(most=1)),
        Figure("corpus", "one line edited, re-ingest", "s", Spread.of(edited), None, Aim(most=2)),
        Figure("corpus", "one line edited: texts embedded", "", Spread.of(embedded)),
    ]


def _embedding(bench: Bench) -> list[Figure]:
    """Our embedder against the bare loop over the same token batches, and against the stock stack's."""
    texts = searched_texts(bench.settings, ENCODED)
    ours, bare, stock = [], [], []
    found: dict[str, Any] = {}
    for _ in range(bench.repeats):
        found = task("encode", home=bench.home, texts=texts, repeats=3)
        ours += found["ours"]
        bare += found["bare"]
        stock.append(task("stock-encode", texts=texts)["seconds"])
    rate, theirs = ([len(texts) / each for each in taken] for taken in (ours, stock))
    share = [b / o for o, b in zip(ours, bare, strict=True)]
    speed = task("machine")["gigaflops"]
    reached = [found["gigaflop"] / each / speed for each in ours]
    return [
        Figure(
            "corpus", "embedding, the same texts", "texts/s", Spread.of(rate), Spread.of(theirs), more_is_better=True
        ),
        Figure(
            "corpus",
            "embedding, share of a bare ONNX Runtime loop",
            "",
            Spread.of(share),
            aim=Aim(least=0.8),
            more_is_better=True,
        ),
        Figure("corpus", "embedding, share of measured fp32 matrix speed", "", Spread.of(reached), more_is_better=True),
    ]


def searched_texts(settings: Settings, most: int) -> list[str]:
    """Texts of both grains as they are embedded, evenly over the corpus."""
    from index.grains import grains_of
    from index.store import Index

    index = Index.open(settings)
    grains = grains_of([index.guide(info.path) for info in index.guides()])
    texts = [passage.search_text for passage in grains.passages] + [unit.text for unit in grains.units]
    return texts[:: max(1, len(texts) // most)][:most]


def _sizes(bench: Bench) -> list[Figure]:
    index_dir = bench.settings.index_dir
    ours = generation_dir(index_dir, current_number(index_dir) or 0)
    return [Figure("corpus", "index on disk", "MB", megabytes(ours), megabytes(bench.stock))]


def megabytes(folder: Path) -> Spread:
    """What a folder's files take."""
    return Spread.of([sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6])


def fresh_home(home: Path, new: Path) -> Path:
    """An empty home that has the exported model of another."""
    new.mkdir(parents=True)
    (new / "models").symlink_to((home / "models").resolve())
    return new


def _copy_sample(corpus: Path, folder: Path) -> int:
    """Copies every `EVERY`th guide; returns the bytes they have."""
    files = [file for file in sorted(corpus.rglob("*")) if file.suffix in (".md", ".yaml")]
    size = 0
    for file in [file for file in files if file.name != "README.md"][::EVERY]:
        copy = folder / file.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        size += file.stat().st_size
    return size


def _flat_limit(bench: Bench, gigabytes: float) -> str:
    """What comparing every vector costs at the least: their bytes over the memory's speed."""
    from index.manifest import read_manifest

    index_dir = bench.settings.index_dir
    manifest = read_manifest(generation_dir(index_dir, current_number(index_dir) or 0))
    count = manifest.counts["passages"] + manifest.counts["searched units"]
    size = count * manifest.dimension * 4 / 1e9
    return f"flat search reads {count:,} vectors, {1000 * size:.0f} MB: {1000 * size / gigabytes:.1f} ms at that speed"


def _stage(what: str, rounds: Rounds, stage: str) -> Figure:
    return Figure("corpus", what, "ms", Spread.of([each["stages_ms"][stage] for each in rounds]))


def _of(rounds: Rounds, key: str) -> Spread:
    return Spread.of([each[key] for each in rounds])


def _medians(rounds: Rounds, key: str) -> Spread:
    return Spread.of([median(each[key]) for each in rounds])


def _tail(rounds: Rounds) -> Spread:
    return Spread.of([_p95(each["search_ms"]) for each in rounds])


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def _seconds(rounds: Rounds, stage: str) -> Spread:
    return Spread.of([each["seconds"][stage] for each in rounds])
