"""`python -m index`: look into the published index, search it, check it, go back to the generation before."""

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
    from index.store import Index

app = typer.Typer(
    help="Look into the published index, search it, check it, go back to the generation before.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Home = Annotated[Path | None, typer.Option("--home", help="The home folder; FOOTNOTE_HOME or .footnote by default.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


@app.command()
def info(home: Home = None, as_json: Json = False) -> None:
    """What is published: generation, embedding model, counts, guides."""
    with _reported():
        index = _opened(home)
        guides = index.guides()
        if as_json:
            rows = [{"path": guide.path, "title": guide.title, "revision": guide.revision} for guide in guides]
            _print_json({**index.manifest.as_json(), "notices": list(index.notices), "guides": rows})
            return
        print(f"generation {index.number} in {index.folder}, embedded by {index.manifest.embedder}")
        print(", ".join(f"{count} {name}" for name, count in index.manifest.counts.items()))
        for guide in guides:
            print(f"{guide.path}\t{guide.title}")


@app.command()
def show(
    guide: Annotated[str, typer.Argument(help="The guide's path, as `info` lists it, or its file name.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """A guide's extracted text: the text that every citation's offsets count in."""
    with _reported():
        index = _opened(home)
        named = [known.path for known in index.guides() if guide in (known.path, Path(known.path).name)]
        found = index.guide(named[0] if len(named) == 1 else guide)
        if as_json:
            _print_json({"path": found.info.path, "revision": found.info.revision, "text": found.text})
            return
        sys.stdout.write(found.text)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="A question or words to look for.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many passages to show.")] = 5,
    filters: Annotated[list[str] | None, typer.Option("--filter", help="facet=value, may be repeated.")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """The passages and units nearest to a question, with their scores."""
    wanted = dict(_facet(text) for text in filters or [])
    with _reported():
        from index.settings import Settings
        from index.store import Index

        found = Index.open(Settings(home=home) if home else Settings()).search(
            query, filters=wanted, limit=limit, unit_limit=limit
        )
        rows = [
            {
                "guide": hit.passage.guide,
                "section": " > ".join(hit.passage.section_path),
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 4),
                "dense": round(hit.dense, 4),
                "lexical": round(hit.lexical, 4),
                "text": hit.passage.text,
            }
            for hit in found.hits
        ]
        units = [{"guide": hit.guide, "score": round(hit.score, 4), "text": hit.unit.text} for hit in found.units]
        if as_json:
            _print_json({"hits": rows, "units": units, "timings_ms": found.timings_ms})
            return
        for row in rows:
            print(f"{row['score']:.3f}  {row['guide']} [{row['start']}:{row['end']}]  {row['section']}")
            print(f"       {' '.join(str(row['text']).split())[:160]}")
        for unit in units:
            print(f"{unit['score']:.3f}  {unit['guide']}  – {unit['text']}")


@app.command()
def verify(home: Home = None, as_json: Json = False) -> None:
    """Check every file of the published generation against its manifest."""
    with _reported():
        from index.generation import verify as check

        manifest = check(_settings(home))
        message = {"number": manifest.number, "files": len(manifest.files), "sound": True}
        _print_json(message) if as_json else print(
            f"generation {manifest.number} is sound: {len(manifest.files)} files"
        )


@app.command()
def rollback(home: Home = None, as_json: Json = False) -> None:
    """Serve the generation before the current one again."""
    with _reported():
        from index.generation import rollback as go_back

        number = go_back(_settings(home))
        _print_json({"number": number}) if as_json else print(f"generation {number} is served again")


def _settings(home: Path | None) -> Settings:
    from index.settings import Settings

    return Settings(home=home) if home else Settings()


def _opened(home: Path | None) -> Index:
    from index.store import Index

    index = Index.open_any(_settings(home))
    for notice in index.notices:
        print(notice, file=sys.stderr)
    return index


def _facet(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"--filter takes facet=value, not {text!r}, e.g. --filter company=Example")
    return name.strip(), value.strip()


def _print_json(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False))


@contextmanager
def _reported() -> Iterator[None]:
    """A failure is one line on standard error and exit code 1."""
    from index.errors import FootnoteError

    try:
        yield
    except FootnoteError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
