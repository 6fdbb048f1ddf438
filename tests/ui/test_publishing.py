"""A person's own guides: safe names, looked at apart, kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from index.settings import Settings
from ingest.errors import BadName, IngestError
from ingest.own import own_file
from ingest.sidecar import load_sidecar
from ui.publishing import keep, look_at, safe_name, take_out


@given(some.text(min_size=1, max_size=60), some.sampled_from([".md", ".txt", ".pdf"]))
def test_no_name_leaves_the_folder(stem: str, suffix: str) -> None:
    try:
        name = safe_name(stem + suffix)
    except BadName:
        return
    folder = Path("/home/guides")
    assert (folder / name).parent == folder and not name.startswith(".") and "\x00" not in name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\x\\My guide (2).txt", "My guide (2).txt"),
        ("what? now*.md", "what- now-.md"),
        ("é.md", "é.md"),
    ],
)
def test_a_name_keeps_what_is_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["virus.exe", "noend", ".md", "a.md.meta.sh"])
def test_what_is_no_guide_by_its_name_is_refused_with_the_cure(name: str) -> None:
    with pytest.raises(BadName, match=r"\.md"):
        safe_name(name)


def test_a_file_is_understood_before_anything_is_kept(tmp_path: Path) -> None:
    guide = look_at(Settings(home=tmp_path), "lamp.md", b"# Lamps\n\n## Oil\n\nOil lamps burn oil.\n")
    assert (guide.info.path, guide.info.title) == ("own/lamp.md", "Lamps")
    assert [section.heading for section in guide.sections[1:]] == ["Oil"]
    with pytest.raises(IngestError):
        look_at(Settings(home=tmp_path), "lamp.md", b"")


def test_a_guide_is_kept_with_what_is_stated_and_taken_out_again(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    file = keep(settings, "lamp.md", b"# Lamps", {"title": 'All "lamps"\nhere', "company": " ", "mood": "x"})
    assert file.read_bytes() == b"# Lamps"
    assert load_sidecar(file.with_name("lamp.md.meta.yaml")) == {"title": 'All "lamps" here'}
    assert own_file(settings, "own/lamp.md") == file
    assert own_file(settings, "own/../study.db") is None and own_file(settings, "guides/lamp.md") is None
    keep(settings, "lamp.md", b"# Lamps again", {})
    assert [each.name for each in settings.own_guides.iterdir()] == ["lamp.md"]
    assert take_out(settings, "own/lamp.md") and not take_out(settings, "own/lamp.md")
    assert list(settings.own_guides.iterdir()) == []


def test_taking_one_guide_out_leaves_what_stands_beside_its_namesake(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    keep(settings, "kite.md", b"# Kites", {})
    keep(settings, "kite.html", b"<h1>Kites</h1><p>Fly.</p>", {})
    shared = settings.own_guides / "kite.meta.yaml"
    shared.write_text("title: Kites\n", encoding="utf-8")
    assert take_out(settings, "own/kite.md") and shared.is_file()
    assert take_out(settings, "own/kite.html") and not shared.exists()


@pytest.mark.parametrize("name", ["LAMP.md", "readme.md", "lamp.md.meta.yaml", "link.md"])
def test_what_the_command_refuses_the_page_refuses_too(tmp_path: Path, name: str) -> None:
    settings = Settings(home=tmp_path / "home")
    keep(settings, "lamp.md", b"# Lamps", {})
    (settings.own_guides / "link.md").symlink_to(tmp_path / "elsewhere.md")
    before = sorted(settings.own_guides.iterdir())
    with pytest.raises(BadName):
        look_at(settings, name, b"# Lamps\n\nThey burn.\n")
    with pytest.raises(BadName):
        keep(settings, name, b"# Lamps", {})
    assert sorted(settings.own_guides.iterdir()) == before and not (tmp_path / "elsewhere.md").exists()


def test_a_home_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    settings.own_guides.write_bytes(b"")
    with pytest.raises(IngestError, match="--home"):
        keep(settings, "lamp.md", b"# Lamps", {})
