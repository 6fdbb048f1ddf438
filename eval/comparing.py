"""Two runs side by side, row by row; and the gate: figures that must be reached, rows that must not get worse."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import EvalError, OtherCorpus
from eval.runs import Run
from eval.scoring import METRICS, Row, Summary

THRESHOLDS = Path(__file__).resolve().parent / "thresholds.toml"


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that is right in one run only."""

    case: str
    kind: str
    before: str  # "" for right, else the blame
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one run to the next."""

    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]
    figures: tuple[tuple[str, float | None, float | None], ...]  # metric, before, after, over all rows
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A figure below its threshold."""

    kind: str
    metric: str
    wanted: float
    got: float | None


def compare(before: tuple[Run, Sequence[Row]], after: tuple[Run, Sequence[Row]]) -> Comparison:
    """Rows won and lost between two runs. Raises OtherCorpus where they were made over different corpora."""
    (first, first_rows), (second, second_rows) = before, after
    if first.corpus != second.corpus:
        raise OtherCorpus(
            f"Run {first.name} was made over corpus {first.corpus}, run {second.name} over {second.corpus}; "
            "run the benchmark again on one of them, or pass --any-corpus."
        )
    return compare_rows(first_rows, second_rows)


def compare_rows(first: Sequence[Row], second: Sequence[Row]) -> Comparison:
    """Rows won and lost, whatever corpora they were made over."""
    old, new = {row.case: row for row in first}, {row.case: row for row in second}
    shared = [case for case in old if case in new]
    moved = [
        Moved(case, new[case].kind, old[case].blame, new[case].blame)
        for case in shared
        if old[case].is_right != new[case].is_right
    ]
    return Comparison(
        better=tuple(row for row in moved if new[row.case].is_right),
        worse=tuple(row for row in moved if old[row.case].is_right),
        figures=tuple(
            (name, _mean([old[case] for case in shared], name), _mean([new[case] for case in shared], name))
            for name in METRICS
        ),
        only_before=tuple(case for case in old if case not in new),
        only_after=tuple(case for case in new if case not in old),
    )


def read_thresholds(file: Path = THRESHOLDS) -> dict[str, dict[str, float]]:
    """Kind → metric → the least mean. Raises EvalError where the file cannot be read."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise EvalError(f"{file}: thresholds cannot be read ({error}); see eval/thresholds.toml.") from error
    for kind, metrics in table.items():
        if not isinstance(metrics, dict) or (unknown := set(metrics) - set(METRICS)):
            raise EvalError(f"{file}: [{kind}] names {', '.join(sorted(unknown))}, no metric of {', '.join(METRICS)}.")
    return table


def missed(summaries: Sequence[Summary], thresholds: dict[str, dict[str, float]]) -> tuple[Missed, ...]:
    """Every figure below its threshold; a figure that the run does not have is missed too."""
    by_kind = {summary.kind: summary for summary in summaries}
    found = []
    for kind, metrics in thresholds.items():
        for metric, wanted in metrics.items():
            got = by_kind[kind].figures[metric].mean if kind in by_kind else None
            if got is None or got < wanted:
                found.append(Missed(kind, metric, wanted, got))
    return tuple(found)


def _mean(rows: Sequence[Row], metric: str) -> float | None:
    values = [value for row in rows if (value := row.figures.get(metric)) is not None]
    return sum(values) / len(values) if values else None
