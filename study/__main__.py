"""`python -m study`: practise, grade, due cards, mock interviews, plan and progress without the app."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from index.options import Home, Json, as_line, facets_of, reported, settings_of

app = typer.Typer(
    help="Practise, grade, review, rehearse and plan from the command line.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
    verdict: Annotated[
        list[str] | None,
        typer.Option("--verdict", help="Rate it yourself: covered, partly or missed, once for each key point."),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it as an attempt, with its mistakes to redo.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Grade an answer: for each key point the verdict, your words and the citation; then level and score."""
    if (batch is None) == (question is None or answer is None) or (batch is not None and question is not None):
        raise typer.BadParameter("Give QUESTION_ID with --answer FILE|-, or --batch FILE|-.")
    with reported():
        import study.desk as desk
        from study.asking import grade_batch
        from study.grading import Grader

        if batch is not None:
            failed = False
            for line in grade_batch(Grader.open(settings_of(home)), batch):
                failed |= '"error"' in line and "error" in json.loads(line)
                print(line, flush=True)
            if failed:
                print("Some lines could not be graded; their objects say why.", file=sys.stderr)
                raise typer.Exit(1)
            return
        asked = desk.Answered(question or "", answer or "-", tuple(verdict or ()), keep)
        _say(*desk.grade(settings_of(home), asked, now=_now()), as_json)


@app.command()
def practise(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION_ID", help="Show this one.")] = None,
    text: Annotated[str, typer.Option("--text", help="What it should be about.")] = "",
    facet: Annotated[list[str] | None, typer.Option("--filter", help="round=Coding, may be repeated.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    mistakes: Annotated[bool, typer.Option("--mistakes", help="What to do again, with the day.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """The bank: questions by company, role, round, category, difficulty and text; or one of them."""
    wanted = facets_of(facet or [], example="--filter round=Coding")
    with reported():
        import study.desk as desk

        if mistakes:
            _say(*desk.mistakes(settings_of(home)), as_json)
            return
        _say(*desk.practise(settings_of(home), question, wanted, text, limit), as_json)


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
    with reported():
        import study.desk as desk

        settings = settings_of(home)
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
    minutes: Annotated[
        list[str] | None,
        typer.Option(
            "--minutes", help='"Recruiter screen=30": where guides disagree, one of the durations of `loops`.'
        ),
    ] = None,
    role: Annotated[str | None, typer.Option("--role", help="Only questions for this role, or for any.")] = None,
    length: Annotated[str, typer.Option("--length", help="full, half, or one question a round.")] = "full",
    mode: Annotated[str, typer.Option("--mode", help="real, relaxed or rehearsal.")] = "real",
    seed: Annotated[str, typer.Option("--seed", help="The same seed draws the same questions.")] = "",
    answer: Annotated[str | None, typer.Option("--answer", help="A text file, or -.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the report as a page to print.")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """A mock interview, one step a call; it is kept after each."""
    chosen = facets_of(minutes or [], example='--minutes "Recruiter screen=30"')
    with reported():
        import study.desk as desk

        wishes = desk.MockWishes(guide, tuple(rounds or ()), mode, seed, length, role, chosen)
        said = desk.mock(settings_of(home), step, wishes, answer, html, now=_now())
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
    level: Annotated[str, typer.Option("--level", help="junior, mid, senior or staff.")] = "mid",
    tick: Annotated[str | None, typer.Option("--tick", help="Mark this item done.")] = None,
    untick: Annotated[str | None, typer.Option("--untick", help="Mark this item not done.")] = None,
    move: Annotated[str | None, typer.Option("--move", help="Put this item on another day, with --to.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="The day for --move, 2026-11-30.")] = None,
    calendar: Annotated[Path | None, typer.Option("--calendar", help="Write the plan as an .ics file.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Plan anew from what was done.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Make, show, tick, move and re-plan the plan to the interview; write it as a calendar."""
    if (move is None) != (to is None):
        raise typer.BadParameter("Give --move ITEM together with --to DAY.")
    rated = facets_of(rating or [], example="--rating coding=2")
    with reported():
        import study.desk as desk

        asked = desk.PlanWishes(interview, hours, tuple(off or ()), tuple(rated.items()), guide, level)
        steps = desk.PlanSteps(tick, untick, move, to, again)
        _say(*desk.plan(settings_of(home), asked, steps, calendar, now=_now()), as_json)


@app.command()
def progress(home: Home = None, as_json: Json = False) -> None:
    """Readiness per topic on the interview's day, days practised, reviews ahead, mocks, weakest topics."""
    with reported():
        import study.desk as desk

        _say(*desk.progress(settings_of(home), now=_now()), as_json)


@app.command()
def delete(
    yes: Annotated[bool, typer.Option("--yes", help="Really delete; export first.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Delete chats, attempts, cards, reviews, mock interviews and plan for good."""
    if not yes:
        raise typer.BadParameter("This deletes the whole study record: `export` first, then give --yes.")
    with reported():
        import study.desk as desk

        _say(*desk.delete(settings_of(home)), as_json)


@app.command("export")
def export_all(
    target: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to; standard output by default.")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Everything the study record holds, as one JSON object."""
    with reported():
        import study.desk as desk

        _say(*desk.export_to(settings_of(home), target, now=_now()), as_json or target is None)


@app.command("import")
def import_all(
    source: Annotated[str, typer.Argument(metavar="FILE", help="What export wrote, or -.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Put an export in the place of the study record, all or nothing."""
    with reported():
        import study.desk as desk

        _say(*desk.import_from(settings_of(home), source), as_json)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(row: dict[str, Any], text: str, as_json: bool) -> None:
    print(as_line(row) if as_json else text)


if __name__ == "__main__":
    app()
