"""`python -m ingest`: publish what the folders hold; look into a file, check the corpus, add and remove own guides."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import FootnoteError
from index.options import Home, Json, settings_of
from index.settings import Settings
from ingest.changes import change_lines
from ingest.pins import pin_lines
from ingest.pipeline import synchronise
from ingest.report import GuideReport, Report

if TYPE_CHECKING:
    from tqdm import tqdm

COMMANDS = typer.Typer(add_completion=False, help="Look into a file, check the corpus, add and remove own guides.")
WORDS = ("inspect", "check", "add", "remove")
EPILOG = "Also: python -m ingest inspect FILE | check [PATH] | add FILE … | remove GUIDE, each with --help."


def main(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Folders of guides; by default the corpus and your own.")
    ] = None,
    home: Home = None,
    replace: Annotated[bool, typer.Option("--replace", help="Drop guides of folders that are not named.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, publish nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Publish exactly what the folders hold."""

    def work(bar: Bar) -> Report:
        return synchronise(settings_of(home), folders or None, replace=replace, dry_run=dry_run, progress=bar.tell)

    report = _with_bar(work, as_json)
    print(json.dumps(report.as_json(), ensure_ascii=False) if as_json else summary(report))
    _end(report, {})


@COMMANDS.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="A guide of any format that is read.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show what is understood of a file: metadata, sections, lists, tables, questions, noise. Publishes nothing."""
    from ingest.inspecting import as_json as understood
    from ingest.inspecting import as_outline, look_into

    guide = look_into(file, settings_of(home))
    print(json.dumps(understood(guide), ensure_ascii=False) if as_json else as_outline(guide))


@COMMANDS.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="A folder or a file; by default the corpus and your own guides.")
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Say what is wrong with the corpus or a guide, why it matters and what to do. Publishes nothing."""
    from datetime import date

    from ingest.checking import as_json as found
    from ingest.checking import as_lines
    from ingest.checking import check as check_all

    bar = Bar(enabled=sys.stderr.isatty() and not as_json)
    try:
        checked = check_all(settings_of(home), path, today=date.today(), progress=bar.tell)
    finally:
        bar.close()
    print(json.dumps(found(checked), ensure_ascii=False) if as_json else as_lines(checked))
    if checked.errors:
        print(f"ingest: {checked.errors} errors found: correct them and check again", file=sys.stderr)
    raise typer.Exit(1 if checked.errors else 0)


@COMMANDS.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Guides to copy among your own.")],
    home: Home = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite own guides of the same name.")] = False,
    as_json: Json = False,
) -> None:
    """Copy files among your own guides and publish them."""
    from ingest.own import add_guides, published_folders

    settings = settings_of(home)
    folders = published_folders(settings)
    added = add_guides(settings, files, replace=replace)
    report = _publish(settings, folders, as_json) if added.paths else Report(())
    if as_json:
        print(json.dumps(report.as_json() | {"added": added.paths, "refused": added.refused}, ensure_ascii=False))
    elif added.paths:
        print(summary(report))
    _end(report, added.refused)


@COMMANDS.command()
def remove(
    guide: Annotated[str, typer.Argument(help="One of your own guides: own/NAME or its file's name.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Remove one of your own guides and publish without it."""
    from ingest.own import published_folders, remove_guide

    settings = settings_of(home)
    folders = published_folders(settings)
    removed = remove_guide(settings, guide)
    report = _publish(settings, folders, as_json)
    print(json.dumps(report.as_json() | {"removed": removed}, ensure_ascii=False) if as_json else summary(report))
    _end(report, {})


def _publish(settings: Settings, folders: list[Path] | None, quiet: bool) -> Report:
    return _with_bar(lambda bar: synchronise(settings, folders, progress=bar.tell), quiet)


def _with_bar(work: Callable[[Bar], Report], quiet: bool) -> Report:
    bar = Bar(enabled=sys.stderr.isatty() and not quiet)
    try:
        return work(bar)
    finally:
        bar.close()


def _end(report: Report, refused: dict[str, str]) -> None:
    for guide in report.rejected:
        print(f"rejected: {guide.reason}", file=sys.stderr)
    for reason in refused.values():
        print(f"refused: {reason}", file=sys.stderr)
    raise typer.Exit(1 if report.rejected or refused else 0)


class Bar:
    """A progress bar on the terminal, one per stage."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled, self._stage = enabled, ""
        self._bar: tqdm[Any] | None = None

    def tell(self, stage: str, done: int, total: int) -> None:
        """Move the bar of `stage` to `done` of `total`."""
        if not self._enabled:
            return
        from tqdm import tqdm

        if self._bar is None or stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(total=total, desc=stage, unit="")
        bar = self._bar
        if bar is not None:
            bar.update(done - bar.n)

    def close(self) -> None:
        """End the bar that is shown."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def summary(report: Report) -> str:
    """The report as lines for a person."""
    lines = [_line(guide) for guide in report.guides if guide.outcome != "unchanged"]
    if report.dry_run:
        lines += [*change_lines(report.changes), *pin_lines(report.invalidated)]
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.counts.items())) or "no guides"
    if report.dry_run:
        done = f"Nothing is published: {len(report.changes)} passages would change."
    elif report.published:
        done = f"Published generation {report.generation}: {report.embedded} texts embedded, {report.reused} reused."
    else:
        done = f"Generation {report.generation} stands."
    spent = ", ".join(
        f"{stage} {seconds:.1f} s" for stage, seconds in (report.seconds or {}).items() if seconds >= 0.05
    )
    return "\n".join([*lines, f"{counts}. {done}", *([f"Time: {spent}."] if spent else [])])


def _line(guide: GuideReport) -> str:
    if guide.outcome in ("removed", "rejected"):
        return f"{guide.outcome:9} {guide.path}"
    found = f"{guide.sections} sections, {guide.passages} passages, {guide.questions} questions"
    found += f", moved from {guide.moved_from}" if guide.moved_from else ""
    return "\n".join(
        [f"{guide.outcome:9} {guide.path}: {found}", *(f"          {warning}" for warning in guide.warnings)]
    )


def run(words: list[str] | None = None) -> None:
    """The command, with errors as one line."""
    words = sys.argv[1:] if words is None else words
    app = COMMANDS
    if not words or words[0] not in WORDS:
        app = typer.Typer(add_completion=False)
        app.command(epilog=EPILOG)(main)
    try:
        app(args=words, prog_name="python -m ingest")
    except FootnoteError as error:
        print(f"ingest: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    run()
