"""Gold cases: what is asked, where the guides answer it, what a right answer says and must not say.

One JSON object a line:
    {"id", "kind", "question", "history": [{"user", "assistant"}], "filters": {}, "answerable": true, "split": "tune",
     "evidence": [{"guide": "guides/x.md", "quote": "exact text", "alternatives": [{"guide", "quote"}]}],
     "nuggets": [{"vital": true, "forms": ["30 to 45 minutes"]}], "must_not": ["…"]}
A quote counts wherever its guide says it. Alternatives answer as well; one of them is enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from answer.answers import Question, Turn
from eval.errors import BadCase
from eval.wordings import says_any, tokens_of

GOLD = Path(__file__).resolve().parent / "gold" / "questions"
NEAR_MISSES = GOLD.parent / "near-misses.jsonl"  # pairs: what the corpus tells, and what it only seems to
KINDS = (
    "fact",
    "list",
    "table",
    "several passages",
    "disagreement",
    "paraphrase",
    "bank",
    "explain",
    "follow-up",
    "false premise",
    "attack",
    "not in corpus",
    "stub",
)
_FIELDS = {"id", "kind", "question", "answerable", "evidence", "nuggets"}
_OPTIONAL = {"history", "filters", "must_not", "split"}


@dataclass(frozen=True, slots=True)
class Span:
    """A quote of a guide, and others that answer as well."""

    guide: str
    quote: str
    alternatives: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact in its accepted wordings. An answer lacks something without a vital one; the others are welcome."""

    forms: tuple[str, ...]
    vital: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the benchmark."""

    id: str
    kind: str
    question: str
    answerable: bool
    evidence: tuple[Span, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    must_not: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    split: str = "report"

    def asked(self) -> Question:
        """The question as the assistant takes it."""
        return Question(self.question, self.history, dict(self.filters))

    def as_json(self) -> dict[str, Any]:
        """The line of a case file."""
        return {**asdict(self), "filters": dict(self.filters)}


@dataclass(frozen=True, slots=True)
class Finding:
    """What `check` found: a wrong case, or one that is stale because its guide changed."""

    case: str
    says: str
    stale: bool = False


def read_cases(paths: Sequence[Path]) -> tuple[Case, ...]:
    """All cases of the files (folders: their *.jsonl), in order. Raises BadCase with file and line."""
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for file in _files(paths):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            where = f"{file.name}:{number}"
            case = _case_of(line, where)
            if case.id in seen:
                raise BadCase(f"{where}: the id {case.id!r} was used at {seen[case.id]} already; give it another one.")
            seen[case.id] = where
            cases.append(case)
    return tuple(cases)


def check_cases(cases: Iterable[Case], texts: Mapping[str, str]) -> Iterator[Finding]:
    """Every quote must stand in its guide, every vital nugget in its evidence; `texts` are the guides by path."""
    for case in cases:
        if case.answerable != bool(case.evidence):
            yield Finding(case.id, "an answerable case needs evidence, another has none")
        said: list[str] = []
        stale = False
        for span in all_spans(case):
            if span.guide not in texts:
                yield Finding(case.id, f"{span.guide} is not in the corpus", stale=True)
                stale = True
            elif span.quote not in texts[span.guide]:
                yield Finding(case.id, f"{span.guide} no longer says {span.quote[:60]!r}", stale=True)
                stale = True
            said += [*tokens_of(span.quote), "|"]
        for nugget in case.nuggets if case.answerable and not stale else ():
            if nugget.vital and not says_any(said, nugget.forms):
                yield Finding(case.id, f"its evidence does not say {nugget.forms[0]!r}")


def all_spans(case: Case) -> Iterator[Span]:
    """Every span of a case, alternatives too."""
    for span in case.evidence:
        yield span
        yield from span.alternatives


def texts_of(folder: Path) -> dict[str, str]:
    """The text of every guide under a corpus folder, by its path there. Line ends are kept as they are."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".txt", ".yaml", ".yml"})
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8") for path in paths}


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.jsonl"))
        elif path.is_file():
            yield path
        else:
            raise BadCase(f"{path}: no such file or folder; name a .jsonl file of cases.")


def _case_of(line: str, where: str) -> Case:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadCase(f"{where}: not JSON ({error.msg}); write one object a line.") from error
    if not isinstance(row, dict) or (missing := _FIELDS - row.keys()):
        raise BadCase(f"{where}: {', '.join(sorted(missing)) if isinstance(row, dict) else 'an object'} is missing.")
    if unknown := row.keys() - _FIELDS - _OPTIONAL:
        raise BadCase(f"{where}: unknown field {', '.join(sorted(unknown))}; see eval/cases.py for the fields.")
    if row["kind"] not in KINDS:
        raise BadCase(f"{where}: kind {row['kind']!r} is none of {', '.join(KINDS)}.")
    try:
        return _built(row)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadCase(f"{where}: a part has the wrong shape ({error}); see eval/cases.py.") from error


def _built(row: dict[str, Any]) -> Case:
    return Case(
        id=str(row["id"]),
        kind=row["kind"],
        question=str(row["question"]),
        answerable=bool(row["answerable"]),
        evidence=tuple(_span_of(span) for span in row["evidence"]),
        nuggets=tuple(Nugget(tuple(map(str, nugget["forms"])), bool(nugget["vital"])) for nugget in row["nuggets"]),
        must_not=tuple(map(str, row.get("must_not", ()))),
        history=tuple(Turn(turn["user"], turn.get("assistant", "")) for turn in row.get("history", ())),
        filters=tuple(sorted(row.get("filters", {}).items())),
        split=row.get("split", "report"),
    )


def _span_of(row: dict[str, Any]) -> Span:
    return Span(row["guide"], row["quote"], tuple(_span_of(other) for other in row.get("alternatives", ())))
