"""`python -m answer "QUESTION"`: one cited answer, or many with `--batch FILE.jsonl|-`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from answer.answers import Composer
from index.options import Home, Json, as_line, reported, settings_of

command = typer.Typer(add_completion=False, help=__doc__, rich_markup_mode=None, pretty_exceptions_enable=False)


@command.command()
def answer(
    question: Annotated[str | None, typer.Argument(help="What to ask.")] = None,
    home: Home = None,
    history: Annotated[
        Path | None,
        typer.Option(help='The conversation so far: a JSON list of {"user", "assistant"}.'),
    ] = None,
    filter: Annotated[list[str] | None, typer.Option(help="facet=value, e.g. company=Microsoft.")] = None,
    batch: Annotated[
        str | None,
        typer.Option(help="A JSON Lines file of questions, or - for standard input; one answer a line."),
    ] = None,
    composer: Annotated[
        Composer | None,
        typer.Option(help="Who writes; by default the model where one is configured."),
    ] = None,
    as_json: Json = False,
    explain: Annotated[bool, typer.Option(help="Say what was read, found, weighed and gated.")] = False,
    check_model: Annotated[
        bool, typer.Option(help="Ask the configured model for one word; say what is wrong.")
    ] = False,
) -> None:
    """Answer a question from the guides, with the passage behind every sentence."""
    if check_model:
        _check_model(home, as_json=as_json)
        return
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give a question, or --batch with a file of questions.")
    from answer.asking import answer_batch, as_text, open_assistant, question_of

    if composer == "model" and not settings_of(home).has_model:
        raise typer.BadParameter("--composer model: no model is configured; set FOOTNOTE_MODEL, see README.")
    with reported():
        if batch is not None:
            for line in answer_batch(batch, home=home, explain=explain, composer=composer):
                print(line, flush=True)
            return
        asked = question_of(question or "", history=history, filters=filter or [])
        given = open_assistant(home, composer=composer).ask(asked, explain=explain)
    print(as_line(given.as_json()) if as_json else as_text(given, explain=explain))


def _check_model(home: Path | None, *, as_json: bool) -> None:
    from answer.model.checking import check_model

    found = check_model(settings_of(home))
    if as_json:
        print(as_line(found.as_json()))
    else:
        print(found.says, file=sys.stdout if found.answers else sys.stderr)
    if not found.answers:
        raise typer.Exit(1)


if __name__ == "__main__":
    command()
