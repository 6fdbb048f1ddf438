"""`python -m index`: look into the published index, search it, check it, go back to the generation before."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.options import Home, Json, as_line, facets_of, reported, settings_of

if TYPE_CHECKING:
    from index.store import Index

app = typer.Typer(
    help="Look into the published index, search it, check it, go back to the generation before.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def info(home: Home = None, as_json: Json = False) -> None:
    """What is published: generation, embedding model, counts, guides."""
    with reported():
        index = _opened(home)
        guides = index.guides()
        if as_json:
            rows = [{"path": guide.path, "title": guide.title, "revision": guide.revision} for guide in guides]
            print(as_line({**index.manifest.as_json(), "notices": list(index.notices), "guides": rows}))
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
    with reported():
        index = _opened(home)
        named = [known.path for known in index.guides() if guide in (known.path, Path(known.path).name)]
        found = index.guide(named[0] if len(named) == 1 else guide)
        if as_json:
            print(as_line({"path": found.info.path, "revision": found.info.revision, "text": found.text}))
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
    wanted = facets_of(filters or [], example="--filter company=Example")
    with reported():
        from index.store import Index

        found = Index.open(settings_of(home)).search(query, filters=wanted, limit=limit, unit_limit=limit)
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
            print(as_line({"hits": rows, "units": units, "timings_ms": found.timings_ms}))
            return
        for row in rows:
            print(f"{row['score']:.3f}  {row['guide']} [{row['start']}:{row['end']}]  {row['section']}")
            print(f"       {' '.join(str(row['text']).split())[:160]}")
        for unit in units:
            print(f"{unit['score']:.3f}  {unit['guide']}  – {unit['text']}")


@app.command()
def verify(home: Home = None, as_json: Json = False) -> None:
    """Check every file of the published generation against its manifest."""
    with reported():
        from index.generation import verify as check

        manifest = check(settings_of(home))
        message = {"number": manifest.number, "files": len(manifest.files), "sound": True}
        text = f"generation {manifest.number} is sound: {len(manifest.files)} files"
        print(as_line(message) if as_json else text)


@app.command()
def rollback(home: Home = None, as_json: Json = False) -> None:
    """Serve the generation before the current one again."""
    with reported():
        from index.generation import rollback as go_back

        number = go_back(settings_of(home))
        print(as_line({"number": number}) if as_json else f"generation {number} is served again")


def _opened(home: Path | None) -> Index:
    from index.store import Index

    index = Index.open_any(settings_of(home))
    for notice in index.notices:
        print(notice, file=sys.stderr)
    return index


if __name__ == "__main__":
    app()
