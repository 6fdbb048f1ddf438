"""Every publication leaves a line for each guide it touched, and a guide's history follows it through a move."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from index.settings import Settings
from ingest.history import FILE, MOST_LINES, Entry, entries, history_of, keep
from ingest.report import GuideReport, PassageChange
from tests.index.fakes import make_guide

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def home(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path)
    settings.index_dir.mkdir()
    return settings


def test_an_entry_says_when_what_and_how_many_passages() -> None:
    guide = make_guide("lamps.md", {"Oil": ["Oil lamps burn for nine hours."]})
    changes = [
        PassageChange("lamps.md", "Oil", "changed", "1", "now", "was"),
        PassageChange("x.md", "", "added", "2", ""),
    ]
    reports = [
        GuideReport("lamps.md", "changed"),
        GuideReport("same.md", "unchanged"),
        GuideReport("gone.md", "removed"),
    ]
    first, second = entries(NOW, 7, reports, {"lamps.md": guide}, changes)
    stamp = "2026-11-21T12:00:00+00:00"
    assert first == Entry(stamp, 7, "lamps.md", "changed", guide.info.revision, None, 0, 1, 0)
    assert second == Entry(stamp, 7, "gone.md", "removed")


def test_a_history_is_told_newest_first_and_through_a_move(tmp_path: Path) -> None:
    settings = home(tmp_path)
    keep(settings, [Entry("1", 1, "a.md", "added"), Entry("1", 1, "other.md", "added")])
    keep(settings, [Entry("2", 2, "a.md", "changed")])
    keep(settings, [Entry("3", 3, "a.md", "removed"), Entry("3", 3, "b.md", "added", moved_from="a.md")])
    assert [(entry.generation, entry.path) for entry in history_of(settings, "b.md")] == [
        (3, "b.md"),
        (2, "a.md"),
        (1, "a.md"),
    ]
    assert history_of(settings, "none.md") == []


def test_a_damaged_line_is_passed_over_and_an_old_half_is_forgotten(tmp_path: Path) -> None:
    settings = home(tmp_path)
    (settings.index_dir / FILE).write_text('{"at": 1\n[]\n{"odd": 2}\n', encoding="utf-8")
    keep(settings, [Entry("1", 1, "a.md", "added")])
    assert len(history_of(settings, "a.md")) == 1
    keep(settings, [Entry("2", number, "b.md", "changed") for number in range(MOST_LINES)])
    kept = history_of(settings, "b.md")
    assert len(kept) == MOST_LINES // 2 and kept[0].generation == MOST_LINES - 1
