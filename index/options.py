"""What the commands of all packages share: their common options, facets in an address's form, failures as one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import FootnoteError

if TYPE_CHECKING:
    from index.settings import Settings

Home = Annotated[Path | None, typer.Option("--home", help="The home folder; FOOTNOTE_HOME or .footnote by default.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def settings_of(home: Path | None) -> Settings:
    """The settings, with the home that the command line names."""
    from index.settings import Settings

    return Settings(home=home) if home else Settings()


def facets_of(texts: Sequence[str], *, example: str) -> dict[str, str]:
    """ "name=value" texts as a mapping; wrong usage for anything else."""
    pairs = [text.partition("=") for text in texts]
    for text, (name, sign, value) in zip(texts, pairs, strict=True):
        if not sign or not name.strip() or not value.strip():
            raise typer.BadParameter(f"Write name=value, not {text!r}, for example {example}.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def as_line(row: dict[str, Any]) -> str:
    """A JSON object on one line."""
    return json.dumps(row, ensure_ascii=False)


@contextmanager
def reported() -> Iterator[None]:
    """Turns what is raised on purpose into one line on standard error and exit code 1."""
    try:
        yield
    except FootnoteError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from error
