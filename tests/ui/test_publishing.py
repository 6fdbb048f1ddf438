"""A person's own guides: safe names, looked at apart, kept whole, published in the background."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from index.settings import Settings
from ingest.errors import IngestError, WouldDrop
from ingest.report import Report
from ingest.sidecar import load_sidecar
from ui.errors import Unacceptable
from ui.publishing import Publisher, Standing, keep, look_at, own_file, safe_name, take_out


@given(some.text(min_size=1, max_size=60), some.sampled_from([".md", ".txt", ".pdf"]))
def test_no_name_leaves_the_folder(stem: str, suffix: str) -> None:
    try:
        name = safe_name(stem + suffix)
    except Unacceptable:
        return
    folder = Path("/home/guides")
    assert (folder / name).parent == folder and not name.startswith(".") and "\x00" not in name


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd.md", "passwd.md"), ("C:\\x\\My guide (2).txt", "My guide -2-.txt"), ("é.md", "é.md")],
)
def test_a_name_keeps_what_is_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["virus.exe", "noend", ".md", "a.md.meta.sh"])
def test_what_is_no_guide_by_its_name_is_refused_with_the_cure(name: str) -> None:
    with pytest.raises(Unacceptable, match=r"\.md"):
        safe_name(name)


def test_a_file_is_understood_before_anything_is_kept(tmp_path: Path) -> None:
    guide = look_at("lamp.md", b"# Lamps\n\n## Oil\n\nOil lamps burn oil.\n")
    assert (guide.info.path, guide.info.title) == ("own/lamp.md", "Lamps")
    assert [section.heading for section in guide.sections[1:]] == ["Oil"]
    with pytest.raises(IngestError):
        look_at("lamp.md", b"")


def test_a_guide_is_kept_with_what_is_stated_and_taken_out_again(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    file = keep(settings, "lamp.md", b"# Lamps", {"title": 'All "lamps"\nhere', "company": " ", "mood": "x"})
    assert file.read_bytes() == b"# Lamps"
    assert load_sidecar(file.with_name("lamp.md.meta.yaml")) == {"title": 'All "lamps" here'}
    assert own_file(settings, "own/lamp.md") == file.resolve()
    assert own_file(settings, "own/../study.db") is None and own_file(settings, "guides/lamp.md") is None
    keep(settings, "lamp.md", b"# Lamps again", {})
    assert [each.name for each in settings.own_guides.iterdir()] == ["lamp.md"]
    assert take_out(settings, "own/lamp.md") and not take_out(settings, "own/lamp.md")
    assert list(settings.own_guides.iterdir()) == []


def standing_after(publisher: Publisher) -> Standing:
    for _ in range(200):
        standing = publisher.standing()
        if standing.state != "running":
            return standing
        threading.Event().wait(0.01)
    raise AssertionError("still running")


def test_publishing_runs_beside_and_says_how_it_goes(tmp_path: Path) -> None:
    told, go_on = threading.Event(), threading.Event()

    def run(settings: Settings, *, progress: Any) -> Report:
        progress("embed", 1, 4)
        told.set()
        go_on.wait(5)
        return Report(())

    publisher = Publisher(Settings(home=tmp_path), run=run)
    assert publisher.standing() == Standing("idle")
    publisher.start()
    told.wait(5)
    assert publisher.standing() == Standing("running", "embed", 0.25)
    go_on.set()
    assert standing_after(publisher) == Standing("done", report=Report(()))
    publisher.forget()
    assert publisher.standing() == Standing("idle")


@pytest.mark.parametrize(
    ("error", "said"),
    [(WouldDrop("name the folder"), "name the folder"), (ValueError("x"), "Publishing failed: the terminal says why.")],
)
def test_a_failed_run_is_said_in_one_line(tmp_path: Path, error: Exception, said: str) -> None:
    def run(settings: Settings, *, progress: Any) -> Report:
        raise error

    publisher = Publisher(Settings(home=tmp_path), run=run)
    publisher.start()
    assert standing_after(publisher) == Standing("failed", problem=said)
