"""Stored runs: one folder each under the home's eval/, with what was run on, one line a row, and the figures.

eval/0003/run.json      name, when, settings, corpus fingerprint, code revision, engine
          rows.jsonl    one row a case, in the order of the cases; grows while the run goes on
          metrics.json  the figures alone: two runs of the same code over the same corpus give the same bytes
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.errors import NoRun
from eval.scoring import Row, Summary, summarise


@dataclass(frozen=True, slots=True)
class Run:
    """What a run was made of. `finished` is False while rows are missing, so that it can be resumed."""

    name: str
    created: str  # ISO 8601
    engine: str
    corpus: str  # fingerprint
    revision: str  # of the code
    cases: str  # digest of the cases
    count: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    finished: bool = False


class RunStore:
    """The runs of one home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "eval"

    def names(self) -> list[str]:
        """Every run, oldest first."""
        return sorted(path.parent.name for path in self.folder.glob("*/run.json"))

    def next_name(self) -> str:
        """The name of the next run: four digits, counting."""
        numbers = [int(path.name) for path in self.folder.glob("*") if path.name.isdigit()]
        return f"{max(numbers, default=0) + 1:04d}"

    def latest(self) -> str:
        """The newest finished run. Raises NoRun."""
        finished = [name for name in self.names() if self.load(name).finished]
        if not finished:
            raise NoRun(f"No finished run in {self.folder}; make one with: python -m eval run")
        return finished[-1]

    def load(self, name: str) -> Run:
        """What a run was made of. Raises NoRun."""
        file = self.folder / name / "run.json"
        if not file.is_file():
            known = ", ".join(self.names()[-5:]) or "none"
            raise NoRun(f"There is no run {name!r} in {self.folder} (newest: {known}); list them: python -m eval runs")
        return Run(**json.loads(file.read_text(encoding="utf-8")))

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a run; a last line that was cut off by a kill is left out. Raises NoRun."""
        self.load(name)
        file = self.folder / name / "rows.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        return tuple(row for row in map(_row_of, lines) if row is not None)

    def begin(self, run: Run) -> None:
        """Write what a run is made of."""
        folder = self.folder / run.name
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "run.json", _json(asdict(run)))

    def rewrite(self, name: str, rows: Iterable[Row]) -> None:
        """Start the rows over with these, before a resumed run adds the rest."""
        lines = "".join(json.dumps(row.as_json(), ensure_ascii=False) + "\n" for row in rows)
        _write(self.folder / name / "rows.jsonl", lines)

    def append(self, name: str, row: Row) -> None:
        """Add one row."""
        with (self.folder / name / "rows.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row.as_json(), ensure_ascii=False) + "\n")

    def keep(self, what: str, content: object) -> None:
        """Keep what was measured beside the runs (mutations, peers), so that reports show it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self.folder / f"{what}.json", _json(content))

    def kept(self, what: str) -> Any:
        """What was last kept under this name; None where nothing was."""
        file = self.folder / f"{what}.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None

    def finish(self, run: Run) -> tuple[Summary, ...]:
        """Write the figures of a run whose rows are all there."""
        summaries = summarise(self.rows(run.name))
        _write(self.folder / run.name / "metrics.json", _json([asdict(summary) for summary in summaries]))
        _write(self.folder / run.name / "run.json", _json({**asdict(run), "finished": True}))
        return summaries


def _row_of(line: str) -> Row | None:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return None
    return Row(**{**row, "missing": tuple(row["missing"]), "reference": tuple(row["reference"])})


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _write(file: Path, text: str) -> None:
    """All or nothing: written aside, then put in place."""
    aside = file.with_suffix(".tmp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
