"""`python -m index` prints what is published and fails in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import index.store
from index.__main__ import app
from index.generation import publish
from index.settings import Settings
from tests.index.fakes import WordEmbedder, make_guide

GUIDE = make_guide("guides/one.md", {"Phone": ["The call takes 20 minutes."]}, company="Acme")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    embedder = WordEmbedder()
    monkeypatch.setattr(index.store, "weights_named", lambda settings: embedder.fingerprint)
    monkeypatch.setattr(index.store, "load_embedder", lambda settings: embedder)
    publish(Settings(home=tmp_path), [GUIDE], embedder)
    return str(tmp_path)


def run(*arguments: str) -> tuple[int, str, str]:
    outcome = CliRunner().invoke(app, arguments)
    return outcome.exit_code, outcome.stdout, outcome.stderr


def test_show_prints_exactly_the_extracted_text(home: str) -> None:
    assert run("show", "guides/one.md", "--home", home) == (0, GUIDE.text, "")
    assert run("show", "one.md", "--home", home) == (0, GUIDE.text, "")


def test_info_lists_the_guides(home: str) -> None:
    code, out, _ = run("info", "--home", home)
    assert code == 0 and "generation 1" in out and "guides/one.md" in out
    assert json.loads(run("info", "--home", home, "--json")[1])["counts"]["guides"] == 1


def test_search_prints_hits_and_one_json_object(home: str) -> None:
    code, out, _ = run("search", "call minutes", "--home", home)
    assert code == 0 and "guides/one.md" in out
    rows = json.loads(run("search", "call", "--home", home, "--filter", "company=Acme", "--json")[1])
    assert rows["hits"][0]["guide"] == "guides/one.md"
    assert json.loads(run("search", "call", "--home", home, "--filter", "company=No", "--json")[1])["hits"] == []


def test_verify_and_rollback_report(home: str) -> None:
    assert run("verify", "--home", home)[0] == 0
    code, out, err = run("rollback", "--home", home)
    assert (code, out) == (1, "") and err.count("\n") == 1 and "python -m ingest" in err


@pytest.mark.parametrize("command", [["info"], ["show", "x"], ["search", "x"], ["verify"], ["rollback"]])
def test_a_home_without_an_index_fails_in_one_line_with_the_cure(tmp_path: Path, command: list[str]) -> None:
    code, out, err = run(*command, "--home", str(tmp_path / "none"))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1 and "python -m ingest" in err


def test_wrong_usage_is_exit_code_two(home: str) -> None:
    assert run("search", "x", "--home", home, "--filter", "company")[0] == 2
    assert run("search", "x", "--no-such-flag")[0] == 2
