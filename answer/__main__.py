"""`python -m answer "QUESTION"`: one cited answer, or many with `--batch FILE.jsonl|-`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from answer.answers import Composer
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
    composer: Annotated[
        Optional[Composer],  # noqa: UP045
        typer.Option(help="Who writes; by default the model where one is configured."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
    explain: Annotated[bool, typer.Option(help="Say what was read, found, weighed and gated.")] = False,
    check_model: Annotated[
        bool, typer.Option(help="Ask the configured model for one word; say what is wrong.")
    ] = False,
) -> None:
    """Answer a question from the guides, with the passage behind every sentence."""
    if check_model:
        _check_model(as_json=as_json)
        return
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give a question, or --batch with a file of questions.")
    from answer.asking import answer_batch, as_text, open_assistant, question_of
    from index.settings import Settings

    if composer == "model" and not Settings().has_model:
        raise typer.BadParameter("--composer model: no model is configured; set FOOTNOTE_MODEL, see README.")
    try:
        if batch is not None:
            for line in answer_batch(batch, home=home, explain=explain, composer=composer):
                print(line, flush=True)
            return
        asked = question_of(question or "", history=history, filters=filter or [])
        given = open_assistant(home, composer=composer).ask(asked, explain=explain)
    except FootnoteError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    print(json.dumps(given.as_json(), ensure_ascii=False) if as_json else as_text(given, explain=explain))


def _check_model(*, as_json: bool) -> None:
    from answer.model.checking import check_model
    from index.settings import Settings

    found = check_model(Settings())
    if as_json:
        print(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        print(found.says, file=sys.stdout if found.answers else sys.stderr)
    if not found.answers:
        raise typer.Exit(1)


if __name__ == "__main__":
    command()
