"""What every command shares: facets are read or refused, failures are one line."""

from __future__ import annotations

import pytest
import typer

from index.errors import FootnoteError
from index.options import as_line, facets_of, reported


def test_facets_are_pairs() -> None:
    assert facets_of(["a = b", "c=d=e"], example="x=y") == {"a": "b", "c": "d=e"}
    for wrong in ("a", "a=", "=b"):
        with pytest.raises(typer.BadParameter, match="for example x=y"):
            facets_of([wrong], example="x=y")


def test_a_failure_is_one_line_and_exit_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as exit_, reported():
        raise FootnoteError("What, where, the cure.")
    assert exit_.value.exit_code == 1 and capsys.readouterr().err == "What, where, the cure.\n"
    assert as_line({"a": "é"}) == '{"a": "é"}'
