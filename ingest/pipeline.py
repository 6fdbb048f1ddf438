"""Folders → the published index. What is published afterwards is exactly what the folders hold.

Nothing heavy is imported until a file has changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.manifest import current_number
from index.passages import Guide
from index.settings import Settings
from ingest.changes import passage_changes
from ingest.errors import IngestError, WouldDrop
from ingest.folders import Found, find_files
from ingest.history import entries, keep
from ingest.ledger import Ledger, load_ledger, reading_mark, save_ledger
from ingest.pins import invalidated
from ingest.report import GuideReport, PassageChange, Report, report_of
from ingest.timing import TimedEmbedder, get_ready

if TYPE_CHECKING:
    from index.embedding import Embedder
    from ingest.worker import Workers

FEW = 8  # changed files that are taken in without importing llama-index
Read = Callable[[Found], Guide]
Split = Callable[[Sequence[Guide], Callable[[str], int], int], list[Guide]]
Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass
class Run:
    """One synchronisation under way."""

    settings: Settings
    files: list[Found]
    before: Ledger | None
    progress: Progress | None
    at: datetime
    published: dict[str, Guide] = field(default_factory=dict)
    generation: int | None = None  # that `published` is of
    rejected: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def tell(self, stage: str, done: int, total: int) -> None:
        """Report progress, where anybody listens."""
        if self.progress:
            self.progress(stage, done, total)


def default_folders(settings: Settings) -> list[Path]:
    """The corpus and a person's own guides."""
    return [settings.corpus, settings.own_guides]


def synchronise(
    settings: Settings,
    folders: Sequence[Path] | None = None,
    *,
    replace: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    at: datetime | None = None,
) -> Report:
    """Publish exactly what the folders hold (the default ones when None) and say what became of every file.

    `at` is the time that the history tells, now when None.

    Raises WouldDrop when guides of a folder that is not named would go, unless `replace`; NotFound for a folder that
    does not exist. A file that cannot be read is reported as rejected; the version of it published before stays out.
    """
    started = time.perf_counter()
    named = list(folders) if folders else default_folders(settings)
    run = Run(
        settings, find_files(named, settings.own_guides), load_ledger(settings), progress, at or datetime.now(UTC)
    )
    run.seconds["find"] = time.perf_counter() - started
    number = current_number(settings.index_dir)
    digests = {file.path: file.digest for file in run.files}
    if run.before and run.before.knows(digests, number, reading_mark()) and not dry_run:
        return _nothing_changed(run.before, run.seconds)
    _refuse_to_drop(run, named, replace)
    return _take_in(run, dry_run)


def _nothing_changed(ledger: Ledger, seconds: dict[str, float]) -> Report:
    kept = tuple(
        report if report.outcome == "rejected" else _with_outcome(report, "unchanged")
        for report in ledger.reports.values()
    )
    return Report(kept, ledger.generation, seconds=seconds)


def _with_outcome(report: GuideReport, outcome: str) -> GuideReport:
    return replace(report, outcome=outcome)  # type: ignore[arg-type]


def _refuse_to_drop(run: Run, named: Sequence[Path], replace_all: bool) -> None:
    if run.before is None or replace_all:
        return
    here = {str(folder.resolve()) for folder in named}
    dropped = sorted(
        path
        for path, folder in run.before.folders.items()
        if folder not in here and path not in {file.path for file in run.files}
    )
    if dropped:
        more = ", …" if len(dropped) > 1 else ""
        raise WouldDrop(
            f"this would drop {len(dropped)} guides of folders not named ({dropped[0]}{more}): "
            "name their folders too, or pass --replace"
        )


def _take_in(run: Run, dry_run: bool) -> Report:
    from index.embedding import load_embedder
    from ingest.worker import Workers

    started = time.perf_counter()
    with Workers() as workers:  # the reading process gets ready while what is published is opened
        embedder = load_embedder(run.settings)
        get_ready(embedder)
        run.published, run.generation = _published(run.settings)
        run.seconds["open"] = time.perf_counter() - started
        guides = _read_changed(run, embedder, workers)
    changes = tuple(passage_changes(run.published, guides))
    if dry_run or not (guides or run.published):
        return Report(
            _reports(run, guides),
            current_number(run.settings.index_dir),
            dry_run=dry_run,
            changes=changes,
            invalidated=invalidated(run.settings, run.published, guides) if dry_run else (),
            seconds=run.seconds,
        )
    return _publish(run, guides, embedder, changes)


def _published(settings: Settings) -> tuple[dict[str, Guide], int | None]:
    """The guides that are published now and their generation; none when no generation can be read."""
    from index.errors import StoreError
    from index.store import Index

    try:
        index = Index.open_any(settings)
        return {info.path: index.guide(info.path) for info in index.guides()}, index.number
    except StoreError:
        return {}, None


def _read_changed(run: Run, embedder: Embedder, workers: Workers) -> dict[str, Guide]:
    """Every guide as it is to be published: unchanged ones as they were, the others read and split."""
    started = time.perf_counter()
    same = run.before is not None and (run.before.reading, run.before.generation) == (reading_mark(), run.generation)
    kept, fresh = {}, []
    for file in run.files:
        if same and run.before and run.before.digests.get(file.path) == file.digest and file.path in run.published:
            kept[file.path] = run.published[file.path]
        else:
            fresh.append(file)
    load, split = _stages(workers.read, few=len(fresh) <= FEW)
    understood: list[Guide] = []
    for done, file in enumerate(fresh, 1):
        run.tell("reading", done, len(fresh))
        try:
            understood.append(load(file))
        except IngestError as error:
            run.rejected[file.path] = str(error)
    run.seconds["read"] = time.perf_counter() - started
    started = time.perf_counter()
    guides = split(understood, embedder.count_tokens, embedder.token_limit)
    run.seconds["split"] = time.perf_counter() - started
    return kept | {guide.info.path: guide for guide in guides}


def _stages(read: Read, *, few: bool) -> tuple[Read, Split]:
    """How files are read and guides are split: as llama-index's parts, or for a few what these call.

    Importing llama-index takes longer than all else that an edited guide takes.
    """
    if few:
        from ingest.splitting import split_guides

        return read, split_guides
    from ingest.llama_pipeline import GuideReader, split_all

    reader = GuideReader(read)
    return lambda file: reader.load_data([file])[0].metadata["guide"], split_all


def _publish(run: Run, guides: dict[str, Guide], embedder: Embedder, changes: Sequence[PassageChange]) -> Report:
    from index.generation import publish

    started = time.perf_counter()
    timed = TimedEmbedder(embedder)
    done = publish(run.settings, list(guides.values()), timed, progress=run.tell)
    run.seconds["embed"] = timed.seconds
    run.seconds["publish"] = time.perf_counter() - started - timed.seconds
    reports = _reports(run, guides)
    if done.changed:
        keep(run.settings, entries(run.at, done.number, reports, guides, changes))
    kept = {report.path: report for report in reports if report.outcome != "removed"}
    folders = {file.path: file.folder for file in run.files}
    digests = {file.path: file.digest for file in run.files}
    save_ledger(run.settings, Ledger(done.number, reading_mark(), folders, digests, kept))
    return Report(reports, done.number, done.changed, embedded=done.embedded, reused=done.reused, seconds=run.seconds)


def _reports(run: Run, guides: dict[str, Guide]) -> tuple[GuideReport, ...]:
    reports = [GuideReport(path, "rejected", reason=reason) for path, reason in run.rejected.items()]
    here = {file.path for file in run.files}
    gone = {guide.info.revision: path for path, guide in run.published.items() if path not in here}
    for path, guide in guides.items():
        before = run.published.get(path)
        report = report_of(guide, "added" if before is None else "unchanged" if before == guide else "changed")
        reports.append(report if before else replace(report, moved_from=gone.get(guide.info.revision)))
    reports.extend(GuideReport(path, "removed") for path in run.published if path not in here)
    return tuple(sorted(reports, key=lambda report: report.path))
