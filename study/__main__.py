"""`python -m study`: practise, grade, due cards, mock interviews, plan and progress without the app."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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


@app.command()
def practise(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION_ID", help="Show this one.")] = None,
    text: Annotated[str, typer.Option("--text", help="What it should be about.")] = "",
    facet: Annotated[list[str] | None, typer.Option("--filter", help="round=Coding, may be repeated.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """The bank: questions by company, role, round, category, difficulty and text; or one of them."""
    wanted = _facets(facet or [])
    with _reported():
        import study.desk as desk

        _say(*desk.practise(_settings(home), question, wanted, text, limit), as_json)


@app.command()
def due(
    card: Annotated[str | None, typer.Argument(help="A card's id, with --rate.")] = None,
    rate: Annotated[int | None, typer.Option("--rate", min=1, max=4, help="1 again, 2 hard, 3 good, 4 easy.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last review back.")] = False,
    anki: Annotated[Path | None, typer.Option("--anki", help="Write all cards as an Anki deck.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write all cards as CSV.")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """The cards due today; rate one, undo, or write all as an Anki deck or CSV."""
    if (card is None) != (rate is None):
        raise typer.BadParameter("Give a card's id together with --rate.")
    with _reported():
        import study.desk as desk

        settings = _settings(home)
        if anki or csv:
            _say(*desk.write_cards(settings, anki, csv, now=_now()), as_json)
        elif undo:
            _say(*desk.undo(settings), as_json)
        elif card and rate:
            _say(*desk.rate(settings, card, rate, now=_now()), as_json)
        else:
            _say(*desk.due(settings, now=_now()), as_json)


@app.command()
def mock(
    step: Annotated[
        str, typer.Argument(help="loops, begin, answer, skip, pause, resume, finish, report or list.")
    ] = "list",
    guide: Annotated[str | None, typer.Option("--guide", help="The guide whose rounds are run; see `loops`.")] = None,
    rounds: Annotated[list[str] | None, typer.Option("--round", help="Only this round, may be repeated.")] = None,
    mode: Annotated[str, typer.Option("--mode", help="real, relaxed or rehearsal.")] = "real",
    seed: Annotated[str, typer.Option("--seed", help="The same seed draws the same questions.")] = "",
    answer: Annotated[str | None, typer.Option("--answer", help="A text file, or -.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the report as a page to print.")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """A mock interview, one step a call; it is kept after each."""
    with _reported():
        import study.desk as desk

        wishes = desk.MockWishes(guide, tuple(rounds or ()), mode, seed)
        said = desk.mock(_settings(home), step, wishes, answer, html, now=_now())
        if said is None:
            raise typer.BadParameter(f"{step!r} is no step, or lacks --guide or --answer. See --help.")
        _say(*said, as_json)


@app.command()
def plan(
    interview: Annotated[str | None, typer.Option("--interview", help="Day of the interview, 2026-12-01.")] = None,
    hours: Annotated[float, typer.Option("--hours", help="Hours a week.")] = 10.0,
    off: Annotated[list[str] | None, typer.Option("--off", help="A weekday or a day off; may be repeated.")] = None,
    rating: Annotated[list[str] | None, typer.Option("--rating", help="coding=2: 1 weak to 5 sure.")] = None,
    guide: Annotated[str | None, typer.Option("--guide", help="The guide whose rounds are planned for.")] = None,
    tick: Annotated[str | None, typer.Option("--tick", help="Mark this item done.")] = None,
    calendar: Annotated[Path | None, typer.Option("--calendar", help="Write the plan as an .ics file.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Plan anew from what was done.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Make, show, tick and re-plan the plan to the interview; write it as a calendar."""
    with _reported():
        import study.desk as desk

        asked = desk.PlanWishes(interview, hours, tuple(off or ()), tuple(_facets(rating or []).items()), guide)
        _say(*desk.plan(_settings(home), asked, tick, calendar, again=again, now=_now()), as_json)


@app.command()
def progress(home: Home = None, as_json: Json = False) -> None:
    """Readiness per topic on the interview's day, days practised, reviews ahead, mocks, weakest topics."""
    with _reported():
        import study.desk as desk

        _say(*desk.progress(_settings(home), now=_now()), as_json)


@app.command("export")
def export_all(
    target: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to; standard output by default.")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Everything the study record holds, as one JSON object."""
    with _reported():
        import study.desk as desk

        _say(*desk.export_to(_settings(home), target, now=_now()), as_json or target is None)


@app.command("import")
def import_all(
    source: Annotated[str, typer.Argument(metavar="FILE", help="What export wrote, or -.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Put an export in the place of the study record, all or nothing."""
    with _reported():
        import study.desk as desk

        _say(*desk.import_from(_settings(home), source), as_json)


def _facets(texts: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    if any(not sign or not value for _, sign, value in pairs):
        raise typer.BadParameter("Write name=value, for example round=Coding.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _now() -> datetime:
    return datetime.now(UTC)


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
