"""Bigger corpora: both stacks built over the same made guides, then opened and searched in turn."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any

from eval.speed.corpus import Aims, Bench, fresh_home, megabytes, search_figures
from eval.speed.figures import Aim, Figure, Part, Spread
from eval.speed.made import COMPANIES, NOISE, material_of, write_guides
from eval.speed.processes import task
from index.manifest import current_number, generation_dir

MOST_FOR_STOCK = 200_000  # passages; more take the stock stack more memory than most machines have
MILLION = 1_000_000
AIMS = {100_000: Aims(Aim(times=2), Aim(most=0.5), Aim(times=4))}


def measure_size(bench: Bench, passages: int) -> Part:
    """All rows of one size. What is built is kept under the home's speed folder and used again."""
    if passages >= MILLION:
        return measure_million(bench, passages)
    name = f"{passages:,} passages"
    folder = bench.home / "speed" / f"made-{passages}"
    built = _build(bench, folder, passages)
    home, stock = folder / "home", folder / "stock"
    filters = {"company": COMPANIES[2]}
    ours, theirs = [], []
    for _ in range(bench.repeats):
        ours.append(task("ours-search", home=home, questions=bench.questions, filters=filters))
        if stock.exists():
            theirs.append(task("stock-search", home=stock, questions=bench.questions))
    figures = [
        *(Figure(name, what, unit, Spread.of([value]), None) for what, unit, value in built["rows"]),
        *search_figures(name, ours, theirs, AIMS.get(passages, Aims(Aim(times=2)))),
        *(
            Figure(name, f"search: {stage}", "ms", Spread.of([each["stages_ms"][stage] for each in ours]))
            for stage in ours[0]["stages_ms"]
        ),
        *_recall(bench, home, name),
        Figure(
            name,
            "index on disk",
            "MB",
            megabytes(generation_dir(home / "index", current_number(home / "index") or 0)),
            megabytes(stock) if stock.exists() else None,
        ),
    ]
    return Part(name, tuple(figures), (*built["notes"], *(() if theirs else (_why_alone(passages),))))


def _why_alone(passages: int) -> str:
    return (
        f"the stock stack was not built: it holds every passage as an object, some 30 kB each, {passages * 3e-5:.0f} GB"
    )


def _build(bench: Bench, folder: Path, passages: int) -> dict[str, Any]:
    """Makes the guides and builds both indexes, unless that was done; what was counted is kept beside them."""
    kept = folder / "built.json"
    if kept.is_file():
        found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    guides = folder / "guides"
    write_guides(material_of(bench.corpus), guides, passages=passages)
    ours = task("ours-build", folder=guides, home=fresh_home(bench.home, folder / "home"), corpus_home=bench.home)
    stock = None
    if passages <= MOST_FOR_STOCK:
        stock = task("stock-build", folder=guides, home=folder / "stock", corpus_home=bench.home)
    counts = ours["counts"]
    found = {
        "rows": [(f"built: {stage}", "s", seconds) for stage, seconds in ours["seconds"].items() if stage != "load"],
        "notes": [
            (
                f"ours: {counts['guides']:,} guides, {counts['passages']:,} passages and {counts['searched units']:,} units, "
                f"each with a vector; stock: {stock['counts']['passages'] if stock else 0:,} passages. Vectors are those of "
                f"corpus texts with noise of length {NOISE:g}, the same way for both; building holds no embedding"
            ),
        ],
    }
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def _recall(bench: Bench, home: Path, name: str) -> list[Figure]:
    """Of the ten vectors nearest to each question, how many are among those that search compares."""
    found = task("ours-recall", home=home, questions=bench.questions)
    return [
        Figure(name, f"recall@10 of {grain}", "", Spread.of([share]), None, Aim(least=0.99), more_is_better=True)
        for grain, share in found.items()
        if grain != "wall"
    ]


def measure_million(bench: Bench, rows: int) -> Part:
    """Search alone (`eval.speed.million`): reading so many guides would take hours."""
    name = f"{rows:,} passages, search alone"
    folder = bench.home / "speed" / f"million-{rows}"
    if not (folder / "vectors.npy").exists():
        task("million-build", folder=folder, home=bench.home, rows=rows)
    told = {"folder": folder, "home": bench.home, "rows": rows, "questions": bench.questions}
    rounds = [task("million-search", **told) for _ in range(bench.repeats)]
    plain = Spread.of([median(each["search_ms"]) for each in rounds])
    filtered = Spread.of([median(each["filtered_ms"]) for each in rounds])

    def of(key: str) -> Spread:
        return Spread.of([each[key] for each in rounds])

    return Part(
        name,
        (
            Figure(name, "open, files not verified", "s", Spread.of([each["seconds"]["open"] for each in rounds])),
            Figure(name, "warm hybrid search at two grains, median", "ms", plain, None, Aim(most=50)),
            Figure(
                name, "the same, one row in eight allowed", "ms", filtered, None, Aim(most=round(1.5 * plain.median, 1))
            ),
            Figure(name, "recall@10 of vectors", "", of("recall"), None, Aim(least=0.99), more_is_better=True),
            Figure(name, "private memory of the index", "MB", of("private_mb"), None, Aim(most=3000)),
            Figure(
                name,
                "resident memory of the process, mapped files included",
                "MB",
                of("resident_mb"),
                None,
                Aim(most=3000),
            ),
        ),
        (
            "one unit a passage; both grains are searched; embedding the question and reading what is found are left out",
        ),
    )
