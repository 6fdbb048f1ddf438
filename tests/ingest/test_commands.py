"""`python -m ingest` and its words: what they print, what they leave behind, how they fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import Settings
from index.store import Index
from ingest.__main__ import run
from ingest.errors import BadName
from ingest.own import checked_name

LAMP = "# Lamps\n\n## Oil\n\nAn oil lamp burns for nine hours on one filling.\n\n## Gas\n\nA gas lamp hisses.\n"
TENT = "# Tents\n\n## Poles\n\nA ridge tent stands on two poles and twelve pegs.\n"


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command."""
    with pytest.raises(SystemExit) as end:
        run([str(word) for word in words])
    out, err = capsys.readouterr()
    return (end.value.code if isinstance(end.value.code, int) else 0), out, err


@pytest.fixture
def corpus(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of one guide, published in `home`."""
    folder = tmp_path / "corpus"
    (folder / "guides").mkdir(parents=True)
    (folder / "guides" / "lamp.md").write_text(LAMP, encoding="utf-8")
    monkeypatch.setenv("FOOTNOTE_CORPUS", str(folder))
    return folder


def published(home: Path) -> set[str]:
    return {info.path for info in Index.open(Settings(home=home)).guides()}


def test_a_guide_is_added_replaced_and_removed(
    tmp_path: Path, home: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "--home", home)[0] == 0
    tent = tmp_path / "tent.md"
    tent.write_text(TENT, encoding="utf-8")
    code, out, _ = told(capsys, "add", tent, "--home", home)
    assert code == 0 and "added     own/tent.md" in out
    assert published(home) == {"guides/lamp.md", "own/tent.md"}

    tent.write_text(TENT.replace("twelve", "ten"), encoding="utf-8")
    code, out, err = told(capsys, "add", tent, "--home", home)
    assert code == 1 and "--replace" in err and len(err.splitlines()) == 1
    assert "twelve" in Index.open(Settings(home=home)).guide("own/tent.md").text
    assert told(capsys, "add", tent, "--replace", "--home", home)[0] == 0
    assert "ten pegs" in Index.open(Settings(home=home)).guide("own/tent.md").text

    code, out, _ = told(capsys, "remove", "tent.md", "--home", home, "--json")
    assert code == 0 and json.loads(out)["removed"] == "own/tent.md"
    assert published(home) == {"guides/lamp.md"} and not list((home / "guides").iterdir())


def test_adding_keeps_what_was_published_from_other_folders(
    tmp_path: Path, home: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "stove.md").write_text("# Stoves\n\n## Fuel\n\nA stove burns spirit.\n", encoding="utf-8")
    told(capsys, other, "--home", home)
    (tmp_path / "tent.md").write_text(TENT, encoding="utf-8")
    assert told(capsys, "add", tmp_path / "tent.md", "--home", home)[0] == 0
    assert published(home) == {"stove.md", "own/tent.md"}


def test_nothing_is_added_while_a_published_folder_is_gone(
    tmp_path: Path, home: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "--home", home)
    corpus.rename(tmp_path / "elsewhere")
    (tmp_path / "tent.md").write_text(TENT, encoding="utf-8")
    code, out, err = told(capsys, "add", tmp_path / "tent.md", "--home", home)
    assert (code, out, len(err.splitlines())) == (1, "", 1) and "is gone" in err
    assert not (home / "guides").exists() and published(home) == {"guides/lamp.md"}


def test_a_dry_run_prints_the_difference_and_publishes_nothing(
    home: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(capsys, "--dry-run", "--home", home)
    assert code == 0 and "+ guides/lamp.md, Gas: A gas lamp hisses." in out and not (home / "index").exists()
    told(capsys, "--home", home)
    (corpus / "guides" / "lamp.md").write_text(LAMP.replace("nine", "ten"), encoding="utf-8")
    code, out, _ = told(capsys, "--dry-run", "--home", home)
    assert code == 0 and "~ guides/lamp.md, Oil:" in out and "burns for ten hours" in out and "Gas" not in out
    (change,) = json.loads(told(capsys, "--dry-run", "--json", "--home", home)[1])["changes"]
    assert (change["outcome"], "nine" in change["before"], "ten" in change["text"]) == ("changed", True, True)
    assert "nine" in Index.open(Settings(home=home)).guide("guides/lamp.md").text


def test_one_bad_file_never_stops_the_rest(
    tmp_path: Path, home: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tent.md").write_text(TENT, encoding="utf-8")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    (tmp_path / "tool.exe").write_bytes(b"MZ")
    code, out, err = told(
        capsys, "add", *(tmp_path / name for name in ("empty.md", "tent.md", "tool.exe", "no.md")), "--home", home
    )
    assert code == 1 and "own/tent.md" in out
    assert [word in err for word in ("empty.md", "tool.exe", "no.md does not exist")] == [True] * 3
    assert published(home) == {"guides/lamp.md", "own/tent.md"}


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md",
        "a\\b.md",
        "x\u202edm.md",
        "zero\u200bwidth.md",
        " lead.md",
        "two  spaces.md",
        "-flag.md",
        "README.md",
        "lamp.meta.yaml",
        "a:b.md",
        "line\nbreak.md",
        "n" * 300 + ".md",
        "plain",
    ],
)
def test_a_name_that_misleads_is_refused(name: str) -> None:
    with pytest.raises(BadName) as error:
        checked_name(name)
    assert len(str(error.value).splitlines()) == 1 and str(error.value).isprintable()


@pytest.mark.parametrize("name", ["lamp.md", "Lampe für Zelte (2).pdf", "灯.txt", "bank.yaml"])
def test_an_honest_name_is_kept(name: str) -> None:
    assert checked_name(name) == name


def test_a_name_that_looks_like_another_or_is_a_link_is_refused(
    tmp_path: Path, home: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = home / "guides"
    own.mkdir()
    (own / "Tent.md").write_text(TENT, encoding="utf-8")
    (own / "lamp.md").symlink_to(corpus / "guides" / "lamp.md")
    for name in ("tent.md", "lamp.md"):
        (tmp_path / name).write_text("# New\n\nSomething else.\n", encoding="utf-8")
        assert told(capsys, "add", tmp_path / name, "--replace", "--home", home)[0] == 1
    assert (own / "Tent.md").read_text(encoding="utf-8") == TENT
    assert (corpus / "guides" / "lamp.md").read_text(encoding="utf-8") == LAMP


@pytest.mark.parametrize("guide", ["guides/lamp.md", "lamp.md", "own/../../corpus/guides/lamp.md", "../study.db", ""])
def test_only_ones_own_guides_are_removed(
    guide: str, home: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = told(capsys, "remove", guide, "--home", home)
    assert code == 1 and "own guides" in err and len(err.splitlines()) == 1
    assert (corpus / "guides" / "lamp.md").is_file()


def test_wrong_usage_is_told_apart_from_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, tmp_path / "nowhere", "--home", tmp_path / "home")
    assert (code, out, len(err.splitlines())) == (1, "", 1) and "nowhere" in err
    for words in (["--shiny"], ["inspect", "--shiny"], ["inspect"], ["add"], ["remove"]):
        code, _, err = told(capsys, *words)
        assert code == 2 and "--help" in err


def test_inspect_prints_one_object_or_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lamp.md"
    file.write_text(LAMP, encoding="utf-8")
    code, out, err = told(capsys, "inspect", file, "--json", "--home", tmp_path / "home")
    assert (code, err) == (0, "") and json.loads(out)["text"] == LAMP
    assert "# Oil" in told(capsys, "inspect", file)[1]
    file.write_text("", encoding="utf-8")
    code, out, err = told(capsys, "inspect", file, "--json")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert not (tmp_path / "home").exists()


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, ingest.__main__ as command\n"
        "try: command.run(['inspect', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'llama_index', 'faiss', 'numpy', 'bs4', 'pypdf', 'yaml'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
