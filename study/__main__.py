"""`python -m study`: practise, grade, due cards, mock interviews, plan and progress without the app."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from index.settings import Settings

app = typer.Typer(
    help="Practise, grade, review, rehearse and plan from the command line.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Home = Annotated[Path | None, typer.Option("--home", help="The home folder; FOOTNOTE_HOME or .footnote by default.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


@app.callback()
def study() -> None:
    """Practise, grade, review, rehearse and plan from the command line."""


@app.command()
def grade(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION_ID", help="A bank question's id.")] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="A text file, or - for standard input.")] = None,
    batch: Annotated[
        str | None,
        typer.Option("--batch", help='JSON Lines {"id", "question_id", "answer"}, or -; one object a line comes out.'),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Grade an answer: for each key point the verdict, your words and the citation; then level and score."""
    if (batch is None) == (question is None or answer is None) or (batch is not None and question is not None):
        raise typer.BadParameter("Give QUESTION_ID with --answer FILE|-, or --batch FILE|-.")
    with _reported():
        from study.asking import as_text, grade_batch, text_of
        from study.grading import Grader

        if batch is not None:
            failed = False
            for line in grade_batch(Grader.open(_settings(home)), batch):
                failed |= '"error"' in line and "error" in json.loads(line)
                print(line, flush=True)
            if failed:
                print("Some lines could not be graded; their objects say why.", file=sys.stderr)
                raise typer.Exit(1)
            return
        text = text_of(answer or "-")
        grader = Grader.open(_settings(home))
        graded = grader.grade(grader.question(question or ""), text)
        _say(graded.as_json(), as_text(graded), as_json)


def _settings(home: Path | None) -> Settings:
    from index.settings import Settings

    return Settings(home=home) if home else Settings()


def _say(row: dict[str, Any], text: str, as_json: bool) -> None:
    print(json.dumps(row, ensure_ascii=False) if as_json else text)


@contextmanager
def _reported() -> Iterator[None]:
    """Turns what is raised on purpose into one line on stderr and exit code 1."""
    from index.errors import FootnoteError

    try:
        yield
    except FootnoteError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
