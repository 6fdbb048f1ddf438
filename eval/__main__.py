"""`python -m eval run | report | compare | gate | check | runs | support | claims | mutate | peers | sweep | judge`,
`models | blocked | grading | structure | speed`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

import eval.commands as commands
from index.options import Home, Json, as_line, reported

app = typer.Typer(add_completion=False, help="The grounding benchmark.", rich_markup_mode=None, no_args_is_help=True)
Cases = Annotated[
    list[Path] | None, typer.Option("--cases", help="Files or folders of cases; default eval/gold/questions.")
]
Split = Annotated[commands.Split | None, typer.Option(help="Only the cases of this split.")]


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong on purpose is one line on stderr and exit code 1; a stop by Ctrl-C keeps what is stored."""
    with reported():
        try:
            yield
        except KeyboardInterrupt as error:
            print("Stopped; finished rows are kept. Go on with: python -m eval run --resume NAME", file=sys.stderr)
            raise typer.Exit(1) from error


def show(given: commands.Shown, *, as_json: bool) -> None:
    """Print a result, and leave with 1 where it says so."""
    print(as_line(given.content) if as_json else given.text)
    if given.failed:
        raise typer.Exit(1)


@app.command()
def run(
    home: Home = None,
    cases: Cases = None,
    workers: Annotated[int, typer.Option(help="Threads.")] = 2,
    resume: Annotated[str | None, typer.Option(help="Go on with this stopped run.")] = None,
    split: Split = None,
    as_json: Json = False,
) -> None:
    """Answer all cases and store the figures."""
    with told():
        show(commands.run(home, cases, workers=workers, resume=resume, split=split, quiet=as_json), as_json=as_json)


@app.command()
def runs(home: Home = None, as_json: Json = False) -> None:
    """List the stored runs."""
    with told():
        show(commands.runs(home), as_json=as_json)


@app.command()
def report(
    name: Annotated[str | None, typer.Argument(help="The run; by default the newest.")] = None,
    home: Home = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write into; default the run's own.")] = None,
    as_json: Json = False,
) -> None:
    """Write report.html and report.md of a run."""
    with told():
        show(commands.report(home, name, out), as_json=as_json)


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="The earlier run.")],
    after: Annotated[str, typer.Argument(help="The later run.")],
    home: Home = None,
    worse: Annotated[int, typer.Option(help="How many lost rows are accepted.")] = 0,
    any_corpus: Annotated[bool, typer.Option(help="Compare over different corpora too.")] = False,
    as_json: Json = False,
) -> None:
    """Rows won and lost between two runs; exit 1 when more are lost than accepted."""
    with told():
        show(commands.compare(home, (before, after), worse=worse, any_corpus=any_corpus), as_json=as_json)


@app.command()
def gate(
    name: Annotated[str | None, typer.Argument(help="The run; by default the newest.")] = None,
    home: Home = None,
    thresholds: Annotated[Path | None, typer.Option(help="Default: eval/thresholds.toml.")] = None,
    against: Annotated[str | None, typer.Option(help="A run whose right rows must stay right.")] = None,
    as_json: Json = False,
) -> None:
    """Exit 1 when a figure misses its threshold or a row is lost, and name them."""
    with told():
        show(commands.gate(home, name, thresholds, against), as_json=as_json)


@app.command()
def check(
    cases: Cases = None,
    corpus: Annotated[Path | None, typer.Option(help="The folder whose guides the cases quote.")] = None,
    as_json: Json = False,
) -> None:
    """Prove that every quote stands in its guide and every nugget in its evidence."""
    with told():
        show(commands.check(cases, corpus), as_json=as_json)


@app.command()
def support(
    batch: Annotated[str, typer.Option(help='JSON Lines of {"id", "claim", "evidence"}, or - for standard input.')],
    semantic: Annotated[bool, typer.Option(help="Compare meanings too, with the embedding model.")] = False,
    home: Home = None,
) -> None:
    """Judge claims against evidence, one line out for each line in."""
    with told():
        for line in commands.support(batch, home if semantic else None, semantic=semantic):
            print(line, flush=True)


@app.command()
def claims(
    files: Annotated[list[Path] | None, typer.Argument(help="Labelled claims; default those in eval/gold.")] = None,
    semantic: Annotated[bool, typer.Option(help="Compare meanings too, with the embedding model.")] = False,
    learn: Annotated[
        bool, typer.Option(help="Learn the checker's weights from the tune half, and print them.")
    ] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """How often the support checker is right about labelled claims, by file, half and kind."""
    with told():
        show(commands.claims(files, home, semantic=semantic, learn=learn), as_json=as_json)


@app.command()
def mutate(home: Home = None, cases: Cases = None, as_json: Json = False) -> None:
    """Damage gold answers and minimal edits, and say how often each metric sees it."""
    with told():
        show(commands.mutate(home, cases), as_json=as_json)


@app.command()
def peers(home: Home = None, cases: Cases = None, as_json: Json = False) -> None:
    """The same cases through the stock llama-index stack, beside ours."""
    with told():
        show(commands.peers(home, cases, quiet=as_json), as_json=as_json)


@app.command()
def learn(
    home: Home = None,
    cases: Cases = None,
    keep: Annotated[bool, typer.Option("--keep", help="Write the gate's data, curve and point to eval/gold.")] = False,
    as_json: Json = False,
) -> None:
    """Learn unit weights and the gate from the tune cases; print them with the gate's curve."""
    with told():
        show(commands.learn(home, cases, keep=keep), as_json=as_json)


@app.command()
def sweep(
    weights: Annotated[
        list[str] | None, typer.Option("--set", help="NAME=V1,V2,… of index/weights.py; may be repeated.")
    ] = None,
    size: Annotated[list[int] | None, typer.Option(help="Tokens of a passage at most; may be repeated.")] = None,
    model: Annotated[
        list[str] | None, typer.Option(help="Embedding model, by name or folder; may be repeated.")
    ] = None,
    home: Home = None,
    cases: Cases = None,
    as_json: Json = False,
) -> None:
    """Evidence recall over weights of the search, passage sizes and embedding models, as a table."""
    with told():
        show(commands.sweep(home, cases, weights or [], size or [], model or []), as_json=as_json)


@app.command()
def judge(
    name: Annotated[str | None, typer.Argument(help="The run; by default the newest.")] = None,
    home: Home = None,
    repeats: Annotated[int, typer.Option(help="Times each row is judged.")] = 1,
    limit: Annotated[int, typer.Option(help="Rows at most; 0 for all.")] = 0,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before spending.")] = False,
    as_json: Json = False,
) -> None:
    """Model-judged metrics of a stored run, with the configured model; says first what it will cost."""
    with told():
        plan = commands.judging_plan(home, name, repeats=repeats, limit=limit)
        if not yes:
            print(plan.text, file=sys.stderr)
            typer.confirm("Go on?", abort=True, err=True)
        show(commands.judge(home, name, repeats=repeats, limit=limit), as_json=as_json)


@app.command()
def grading(
    home: Home = None,
    part: Annotated[
        commands.Part, typer.Option(help="Which answers; those of tune by weights fitted without their question.")
    ] = "report",
    as_json: Json = False,
) -> None:
    """How well the grading of practice answers agrees with the labelled ones."""
    with told():
        show(commands.grading(home, part), as_json=as_json)


@app.command()
def models(
    home: Home = None,
    cases: Cases = None,
    split: Split = None,
    configured: Annotated[
        bool, typer.Option("--configured", help="Ask the configured model too: one request a case, and more.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The same cases without a model and with scripted ones, honest and lying; exit 1 where refusals or citations lose."""
    with told():
        shown = commands.models(home, cases, split=split, configured=configured, quiet=as_json)
        show(shown, as_json=as_json)


@app.command()
def blocked(
    home: Home = None,
    cases: Cases = None,
    split: Split = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="Print every sentence that was judged wrongly.")] = False,
    as_json: Json = False,
) -> None:
    """Damage true sentences and say how many a model would not get past the check, and how many true ones it loses."""
    with told():
        show(commands.blocked(home, cases, split=split, wrong=wrong), as_json=as_json)


@app.command()
def structure(
    folder: Annotated[Path | None, typer.Argument(help="Labelled files; default eval/gold/structure.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Name what was missed in the tuned files.")] = False,
    untuned: Annotated[bool, typer.Option("--untuned", help="Name it in the untuned files too.")] = False,
    as_json: Json = False,
) -> None:
    """How well headings, lists, tables, questions and noise of hand-labelled files are recovered."""
    with told():
        show(commands.structure(folder, misses=misses or untuned, untuned=untuned), as_json=as_json)


@app.command()
def speed(
    home: Home = None,
    passages: Annotated[
        list[int] | None, typer.Option(min=20, help="Made passages, e.g. 10000, 100000, 1000000; may be repeated.")
    ] = None,
    sessions: Annotated[str, typer.Option(help="Sessions of the app that ask at once: 1,50,100,200.")] = "",
    leaves: Annotated[int, typer.Option(min=0, help="Sessions that come and go, to see the memory: 1000.")] = 0,
    repeats: Annotated[int, typer.Option(min=1, help="Times each process is measured.")] = 3,
    as_json: Json = False,
) -> None:
    """How fast everything is here, beside the stock llama-index stack in processes of its own.

    Without further options the corpus is measured. What is found is kept in the home and shown in the report.
    """
    from eval.speed.measuring import Wanted

    try:
        counts = tuple(int(count) for count in sessions.split(",") if count.strip())
    except ValueError as error:
        raise typer.BadParameter(f"--sessions {sessions}: wanted numbers with commas between, such as 1,50") from error
    with told():
        wanted = Wanted(tuple(passages or ()), counts, leaves, repeats)
        show(commands.speed(home, wanted, quiet=as_json), as_json=as_json)


if __name__ == "__main__":
    app()
