"""`python -m ingest`: publish what the folders hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import FootnoteError
from index.settings import Settings
from ingest.pipeline import synchronise
from ingest.report import GuideReport, Report

if TYPE_CHECKING:
    from tqdm import tqdm

COMMANDS = ("inspect", "check", "add", "remove")


def main(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Folders of guides; by default the corpus and your own.")
    ] = None,
    home: Annotated[Path | None, typer.Option(help="Where the index is kept.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Drop guides of folders that are not named.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, publish nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Publish exactly what the folders hold."""
    settings = Settings(home=home) if home else Settings()
    bar = Bar(enabled=sys.stderr.isatty() and not as_json)
    report = synchronise(settings, folders or None, replace=replace, dry_run=dry_run, progress=bar.tell)
    bar.close()
    print(json.dumps(report.as_json(), ensure_ascii=False) if as_json else summary(report))
    for guide in report.rejected:
        print(f"rejected: {guide.reason}", file=sys.stderr)
    raise typer.Exit(1 if report.rejected else 0)


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
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.counts.items())) or "no guides"
    if report.dry_run:
        done = f"Nothing is published: {len(report.changes)} passages would change."
    elif report.published:
        done = f"Published generation {report.generation}: {report.embedded} texts embedded, {report.reused} reused."
    else:
        done = f"Generation {report.generation} stands."
    return "\n".join([*lines, f"{counts}. {done}"])


def _line(guide: GuideReport) -> str:
    if guide.outcome in ("removed", "rejected"):
        return f"{guide.outcome:9} {guide.path}"
    found = f"{guide.sections} sections, {guide.passages} passages, {guide.questions} questions"
    return "\n".join(
        [f"{guide.outcome:9} {guide.path}: {found}", *(f"          {warning}" for warning in guide.warnings)]
    )


def run() -> None:
    """The command, with errors as one line."""
    app = typer.Typer(add_completion=False)
    app.command()(main)
    try:
        app()
    except FootnoteError as error:
        print(f"ingest: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    run()
