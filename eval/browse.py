"""What the Benchmark page asks for, as plain functions: runs, figures, failing rows, two runs, a new case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answer.answers import Answer, Turn
from eval.cases import Case, Nugget, Span
from eval.comparing import Comparison
from eval.comparing import compare as compared
from eval.report import html_report
from eval.runs import Run, RunStore
from eval.scoring import Row, Summary, summarise


def list_runs(home: Path) -> list[Run]:
    """The stored runs, newest first."""
    store = RunStore(home)
    return [store.load(name) for name in reversed(store.names())]


def load_run(home: Path, name: str) -> tuple[Run, tuple[Row, ...]]:
    """A run and its rows. Raises NoRun."""
    store = RunStore(home)
    return store.load(name), store.rows(name)


def figures(rows: Sequence[Row]) -> tuple[Summary, ...]:
    """The figures of each kind of question, all rows last."""
    return summarise(rows)


def failing_rows(rows: Sequence[Row], *, kind: str | None = None, blame: str | None = None) -> list[Row]:
    """The rows that are not right, of one kind or lost at one stage where that is given."""
    return [row for row in rows if not row.is_right and kind in (None, row.kind) and blame in (None, row.blame)]


def compare_runs(home: Path, before: str, after: str) -> Comparison:
    """Rows won and lost. Raises NoRun, OtherCorpus."""
    return compared(load_run(home, before), load_run(home, after))


def report_page(home: Path, name: str) -> str:
    """A run's report as one HTML page, to be downloaded."""
    return html_report(*load_run(home, name))


def case_of(
    answer: Answer,
    *,
    id: str,
    kind: str,
    history: Sequence[Turn] = (),
    wanted: Sequence[str] = (),
    answerable: bool = True,
) -> Case:
    """A case made of a chat answer that was marked wrong: its citations as evidence, `wanted` as vital nuggets.

    A person looks it over before it joins the gold: the citations of a wrong answer may be wrong themselves.
    """
    evidence = tuple(Span(cited.path, cited.quote) for cited in answer.citations) if answerable else ()
    nuggets = tuple(Nugget((form,)) for form in wanted)
    return Case(id, kind, answer.question, answerable, evidence, nuggets, history=tuple(history))


def keep_case(home: Path, case: Case) -> Path:
    """Add a case to the home's own cases (eval/cases.jsonl), which `python -m eval run --cases` takes."""
    file = home / "eval" / "cases.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    line: dict[str, Any] = case.as_json()
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    return file
