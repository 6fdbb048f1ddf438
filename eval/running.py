"""Cases go in, rows come out, in order; a case that fails is a row that failed, and a run that is stopped goes on later."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from answer.answers import Answer, Composer, Question
from eval.cases import Case
from eval.errors import EvalError
from eval.ragas_metrics import offline_scores
from eval.runs import Run, RunStore
from eval.scoring import Row, Summary, failed, score
from index.errors import FootnoteError
from index.settings import CHECKOUT, Settings

Ask = Callable[[Question], Answer]


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that answers, the guides it answers from (text by path), and their fingerprint."""

    name: str
    ask: Ask
    texts: Mapping[str, str]
    corpus: str


def footnote(settings: Settings, *, composer: Composer = "extractive") -> Engine:
    """Our assistant over the published index of the settings' home; without a model even where one is configured."""
    from answer.assistant import Assistant

    assistant = Assistant.open(settings, composer=composer)
    index = assistant.index
    revisions = sorted((info.path, info.revision) for info in index.guides())
    return Engine(
        name="footnote" if composer == "extractive" else "footnote with a model",
        ask=lambda question: assistant.ask(question, explain=True),
        texts={path: index.guide(path).text for path, _ in revisions},
        corpus=fingerprint(revisions),
    )


def fingerprint(revisions: Sequence[tuple[str, str]]) -> str:
    """A name for a corpus: the digest of its guides and their revisions."""
    return sha256("\n".join(f"{path} {revision}" for path, revision in revisions).encode()).hexdigest()[:16]


def digest_of(cases: Sequence[Case]) -> str:
    """A name for a set of cases."""
    return sha256("\n".join(repr(case) for case in cases).encode()).hexdigest()[:16]


def rows_of(cases: Sequence[Case], engine: Engine, *, workers: int = 2) -> Iterator[Row]:
    """A row for every case, in the order of the cases, made by several threads."""
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        pending = [pool.submit(row_of, case, engine) for case in cases]
        try:
            for future in pending:
                yield future.result()
        finally:
            for future in pending:
                future.cancel()


def row_of(case: Case, engine: Engine) -> Row:
    """Ask, score; what goes wrong on purpose (FootnoteError) or in the engine's arithmetic becomes a failed row."""
    try:
        answer = engine.ask(case.asked())
        row = score(case, answer, engine.texts)
        return replace(row, figures={**row.figures, **offline_scores(case, answer, engine.texts)})
    except (FootnoteError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, OSError) as error:
        return failed(case, f"{type(error).__name__}: {error}")


def run_cases(
    cases: Sequence[Case],
    engine: Engine,
    store: RunStore,
    run: Run,
    *,
    workers: int = 2,
    tell: Callable[[int], None] | None = None,
) -> tuple[Summary, ...]:
    """Make (or go on with) a run. Rows are stored as they come, so that a stopped run resumes where it was."""
    if not cases:
        raise EvalError("There are no cases to run; name files or folders of cases with --cases.")
    begun = run.name in store.names()
    done = _resumed(store, run, cases) if begun else ()
    store.begin(run)
    store.rewrite(run.name, done)
    for count, row in enumerate(rows_of(cases[len(done) :], engine, workers=workers), start=len(done) + 1):
        store.append(run.name, row)
        if tell is not None:
            tell(count)
    return store.finish(run)


def _resumed(store: RunStore, run: Run, cases: Sequence[Case]) -> tuple[Row, ...]:
    """The rows that a stopped run has already. Raises EvalError where it was begun on other things."""
    begun = store.load(run.name)
    if (begun.corpus, begun.cases, begun.engine) != (run.corpus, run.cases, run.engine):
        raise EvalError(f"Run {run.name} was begun on another corpus, other cases or another engine; begin a new run.")
    rows = store.rows(run.name)
    same = [row for row, case in zip(rows, cases, strict=False) if row.case == case.id]
    return rows[: len(same)]


def code_revision(checkout: Path = CHECKOUT) -> str:
    """The commit that is checked out, with "+" where files differ from it; "unknown" outside a checkout."""
    try:
        head = _git(checkout, "rev-parse", "--short=12", "HEAD")
        return head + ("+" if _git(checkout, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(checkout: Path, *arguments: str) -> str:
    given = subprocess.run(["git", "-C", str(checkout), *arguments], capture_output=True, check=True, text=True)
    return given.stdout.strip()
