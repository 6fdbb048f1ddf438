"""A person's own guides: safe names, looked at apart, kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from index.settings import Settings
from ingest.errors import IngestError
from ingest.sidecar import load_sidecar
from ui.errors import Unacceptable
from ui.publishing import keep, look_at, own_file, safe_name, take_out


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
