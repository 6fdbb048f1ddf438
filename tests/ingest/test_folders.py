"""Which files a folder holds, whatever stands in it: odd names, links that lead round or out, pipes."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.folders import find_files

OWN = Path("/nowhere/own")


def paths(folder: Path) -> list[str]:
    return [file.path for file in find_files([folder], OWN)]


def test_guides_are_found_and_other_files_are_not(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.txt", ".hidden.md", "README.md", "b.md.meta.yaml", "tracks/t.yaml", "x.exe"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Lamps", encoding="utf-8")
    assert paths(tmp_path) == ["a/c.txt", "b.md"]


def test_a_name_that_cannot_be_printed_is_written_out(tmp_path: Path) -> None:
    for name in (b"bad\xff.md", "rtl\u202ecod.md".encode(), b"new\nline.md", "caf\u00e9.md".encode()):
        (tmp_path / os.fsdecode(name)).write_text("# Lamps", encoding="utf-8")
    assert paths(tmp_path) == [r"bad\udcff.md", "caf\u00e9.md", r"new\nline.md", r"rtl\u202ecod.md"]


def test_links_that_lead_out_or_round_and_pipes_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.md").write_text("# Lamps", encoding="utf-8")
    (tmp_path / "secret.md").write_text("# Secret", encoding="utf-8")
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "in.md").symlink_to(folder / "a.md")
    (folder / "round.md").symlink_to(folder / "round.md")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")
    (folder / "folder.md").mkdir()
    found = paths(folder)
    assert {"a.md", "in.md"} <= set(found) <= {"a.md", "in.md", "round.md"}


def test_the_same_path_in_two_folders_is_two_guides(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(f"# {name}", encoding="utf-8")
    assert [file.path for file in find_files([tmp_path / "one", tmp_path / "two"], OWN)] == ["a.md", "two/a.md"]
