"""Model-judged metrics over a stored run: the cost said first, every verdict stored, failures counted, spread shown.

    eval/0003/judged.jsonl   {"case", "metric", "repeat", "value" | "error"}; a stopped judging goes on from there
A mean is over the rows that were judged; beside it stand how many were, how many failed, and how far repeats differ.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.errors import EvalError, JudgeError
from eval.runs import RunStore
from eval.scoring import Row
from index.settings import Settings

METRICS = ("faithfulness", "answer_relevancy", "context_precision", "context_recall", "factual_correctness")
CALLS = {
    "faithfulness": 2,
    "answer_relevancy": 3,
    "context_precision": 5,
    "context_recall": 1,
    "factual_correctness": 4,
}
PROMPT_TOKENS = 900  # instructions and examples that ragas sends with every call


@dataclass(frozen=True, slots=True)
class Plan:
    """What judging will take. Prices differ by endpoint, so tokens are what is said."""

    rows: int
    calls: int
    tokens: int
    says: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One metric of one row, once. Either a value in [0, 1] or the reason why there is none."""

    case: str
    metric: str
    repeat: int
    value: float | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A metric over all rows: `spread` is the mean over rows of the greatest difference between repeats."""

    metric: str
    mean: float | None
    spread: float | None
    judged: int
    failed: int


class Judges(Protocol):
    """Who gives the scores."""

    async def ascore(self, metric: str, row: Mapping[str, Any]) -> float:
        """A score in [0, 1]; raises JudgeError."""


def plan_of(rows: Sequence[Row], settings: Settings, *, repeats: int, limit: int) -> Plan:
    """An estimate before anything is sent. Raises JudgeError where no model is configured."""
    if not settings.has_model:
        raise JudgeError("No model is configured to judge; set FOOTNOTE_MODEL (and FOOTNOTE_MODEL_URL) and try again.")
    chosen = judgeable(rows, limit)
    calls = len(chosen) * repeats * sum(CALLS.values())
    letters = sum(len(json.dumps(sample_of(row))) for row in chosen)
    tokens = calls * PROMPT_TOKENS + letters * repeats * sum(CALLS.values()) // 4
    where = settings.model_url or "the provider's own address"
    says = f"{len(chosen)} rows × {repeats}: about {calls} calls and {tokens:,} tokens to {settings.model or 'the model'} at {where}."
    return Plan(len(chosen), calls, tokens, says)


def judgeable(rows: Sequence[Row], limit: int = 0) -> list[Row]:
    """Rows that were answered: a refusal has nothing to be faithful about."""
    answered = [row for row in rows if not row.error and not row.answer["abstained"] and row.answer["citations"]]
    return answered[:limit] if limit else answered


def sample_of(row: Row) -> dict[str, Any]:
    """The row as ragas' metrics name its parts; the reference is what the citations quote."""
    quotes = [part["quote"] for part in row.answer["citations"]]
    return {
        "user_input": row.answer["standalone_question"],
        "response": row.answer["answer"],
        "retrieved_contexts": quotes,
        "reference": " ".join(row.reference) or " ".join(quotes),
    }


def judge_run(
    store: RunStore, name: str, settings: Settings, *, repeats: int = 1, limit: int = 0
) -> tuple[Judged, ...]:
    """Judge a stored run with the configured model, going on where an earlier judging stopped."""
    from eval.ragas_metrics import ModelJudges

    rows = judgeable(store.rows(name), limit)
    if not rows:
        raise EvalError(f"Run {name} has no answered rows to judge.")
    file = store.folder / name / "judged.jsonl"
    asyncio.run(judge_rows(rows, ModelJudges(settings), file, repeats=repeats))
    cases = {row.case for row in rows}
    return summarise([verdict for verdict in read_verdicts(file) if verdict.case in cases and verdict.repeat < repeats])


async def judge_rows(rows: Sequence[Row], judges: Judges, file: Path, *, repeats: int) -> None:
    """Every row, metric and repeat that the file has no value for, in order; each verdict is stored at once."""
    done = {
        (verdict.case, verdict.metric, verdict.repeat) for verdict in read_verdicts(file) if verdict.value is not None
    }
    for row, metric, repeat in _tasks(rows, repeats):
        if (row.case, metric, repeat) in done:
            continue
        try:
            verdict = Verdict(row.case, metric, repeat, value=await judges.ascore(metric, sample_of(row)))
        except JudgeError as error:
            verdict = Verdict(row.case, metric, repeat, error=str(error))
        with file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(_as_json(verdict), ensure_ascii=False) + "\n")


def read_verdicts(file: Path) -> list[Verdict]:
    """The last verdict for each row, metric and repeat, in the order they first came."""
    found: dict[tuple[str, str, int], Verdict] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else []:
        row = json.loads(line)
        verdict = Verdict(row["case"], row["metric"], row["repeat"], row.get("value"), row.get("error", ""))
        found[verdict.case, verdict.metric, verdict.repeat] = verdict
    return list(found.values())


def summarise(verdicts: Sequence[Verdict]) -> tuple[Judged, ...]:
    """One line a metric. Failed verdicts take no part in the mean, and are counted."""
    found = []
    for metric in METRICS:
        mine = [verdict for verdict in verdicts if verdict.metric == metric]
        values: dict[str, list[float]] = {}
        for verdict in mine:
            if verdict.value is not None:
                values.setdefault(verdict.case, []).append(verdict.value)
        means = [sum(given) / len(given) for given in values.values()]
        spreads = [max(given) - min(given) for given in values.values() if len(given) > 1]
        failed = sum(verdict.value is None for verdict in mine)
        found.append(Judged(metric, _mean(means), _mean(spreads), len(mine) - failed, failed))
    return tuple(found)


def _tasks(rows: Sequence[Row], repeats: int) -> Iterator[tuple[Row, str, int]]:
    for row in rows:
        for metric in METRICS:
            for repeat in range(repeats):
                yield row, metric, repeat


def _as_json(verdict: Verdict) -> dict[str, Any]:
    outcome = {"error": verdict.error} if verdict.value is None else {"value": verdict.value}
    return {"case": verdict.case, "metric": verdict.metric, "repeat": verdict.repeat, **outcome}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
