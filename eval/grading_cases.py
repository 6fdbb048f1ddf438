"""The labelled answers of `eval/gold/grading.jsonl`, and how well grading agrees with them.

Each line has `id`, `question_id`, `kind` (strong, terse, partial, wrong, negated, typos, mixed, echo, off-topic), `part`,
`answer` and `verdicts`, one for each key point. Whole questions are in one part: weights are fitted on `tune`; `report`
was used to watch progress; `fresh` was written by somebody else, and nothing was tuned on it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import BadCase
from study.grading import Grade, Grader

GOLD = Path(__file__).resolve().parent / "gold" / "grading.jsonl"
SAID = ("covered", "partly")


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """An answer and what a person says of each key point."""

    id: str
    question_id: str
    kind: str
    part: str
    answer: str
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`covered` and `missed` are F1 over key points (partly counts as covered); `levels` counts levels per kind."""

    answers: int
    points: int
    covered: float
    missed: float
    contradicted: float
    levels: dict[str, dict[str, int]]

    def share(self, kind: str, level: str) -> float:
        """The share of a kind's answers that got this level."""
        counts = self.levels.get(kind, {})
        return counts.get(level, 0) / max(1, sum(counts.values()))

    def as_json(self) -> dict[str, Any]:
        """For the benchmark's report."""
        return {
            "answers": self.answers,
            "points": self.points,
            "f1": {"covered": self.covered, "missed": self.missed, "contradicted": self.contradicted},
            "levels": self.levels,
        }


def load_answers(path: Path = GOLD, *, part: str | None = None) -> list[LabelledAnswer]:
    """The labelled answers, in file order, all or one part's. Raises BadCase where there are none."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    answers = [LabelledAnswer(**{**row, "verdicts": tuple(row["verdicts"])}) for row in rows]
    chosen = [each for each in answers if part in (None, each.part)]
    if not chosen:
        parts = ", ".join(sorted({each.part for each in answers})) or "none"
        raise BadCase(f"{path} has no labelled answers of the part {part}; its parts: {parts}.")
    return chosen


def grade_all(grader: Grader, answers: Iterable[LabelledAnswer]) -> list[tuple[LabelledAnswer, Grade]]:
    """Each answer with its grade."""
    return [(each, grader.grade(grader.question(each.question_id), each.answer)) for each in answers]


def measure(graded: Sequence[tuple[LabelledAnswer, Grade]]) -> Agreement:
    """The agreement of grades with labels."""
    pairs = [
        (label, point.verdict)
        for each, grade in graded
        for label, point in zip(each.verdicts, grade.points, strict=True)
    ]
    levels: dict[str, Counter[str]] = {}
    for each, grade in graded:
        levels.setdefault(each.kind, Counter())[grade.level] += 1
    return Agreement(
        answers=len(graded),
        points=len(pairs),
        covered=_f1(pairs, lambda verdict: verdict in SAID),
        missed=_f1(pairs, lambda verdict: verdict not in SAID),
        contradicted=_f1(pairs, lambda verdict: verdict == "contradicted"),
        levels={kind: dict(counts) for kind, counts in levels.items()},
    )


def _f1(pairs: Sequence[tuple[str, str]], positive: Callable[[str], bool]) -> float:
    both = sum(positive(label) and positive(verdict) for label, verdict in pairs)
    either = sum(positive(label) for label, _ in pairs) + sum(positive(verdict) for _, verdict in pairs)
    return round(2 * both / either, 4) if either else 1.0
