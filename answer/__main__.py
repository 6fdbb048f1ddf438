"""`python -m answer "QUESTION"`: one cited answer, or many with `--batch FILE.jsonl|-`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from index.errors import FootnoteError

command = typer.Typer(add_completion=False, help=__doc__, rich_markup_mode=None, pretty_exceptions_enable=False)


@command.command()
def answer(
    question: Annotated[Optional[str], typer.Argument(help="What to ask.")] = None,  # noqa: UP045
    home: Annotated[Optional[Path], typer.Option(help="Home folder, instead of FOOTNOTE_HOME.")] = None,  # noqa: UP045
    history: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help='The conversation so far: a JSON list of {"user", "assistant"}.'),
    ] = None,
    filter: Annotated[Optional[list[str]], typer.Option(help="facet=value, e.g. company=Microsoft.")] = None,  # noqa: UP045
    batch: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="A JSON Lines file of questions, or - for standard input; one answer a line."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
    explain: Annotated[bool, typer.Option(help="Say what was read, found, weighed and gated.")] = False,
) -> None:
    """Answer a question from the guides, with the passage behind every sentence."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give a question, or --batch with a file of questions.")
    from answer.asking import answer_batch, as_text, open_assistant, question_of

    try:
        if batch is not None:
            for line in answer_batch(batch, home=home, explain=explain):
                print(line, flush=True)
            return
        asked = question_of(question or "", history=history, filters=filter or [])
        given = open_assistant(home).ask(asked, explain=explain)
    except FootnoteError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    print(json.dumps(given.as_json(), ensure_ascii=False) if as_json else as_text(given, explain=explain))


if __name__ == "__main__":
    command()
