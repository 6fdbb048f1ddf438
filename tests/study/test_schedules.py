"""Lines of the guides' schedules are found in tables, in lines that begin with a week, and under such headings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from index.passages import Guide
from index.settings import Settings
from index.store import Index
from ingest.reading import read_guide
from study.planning import Wishes
from study.plans import plan_for, plan_json, plan_of
from study.schedules import length_lines, schedule_lines

TABLE = """# A
## Schedule
| Week | Work |
|---|---|
| 1 | knots |
| 2 | wind |

## Rounds
| Round | Length |
|---|---|
| Talk | two weeks |
"""
HEADINGS = """# A
## Week 1: knots
- Tie ten knots a day.
## Then
Fly it.
"""
LINES = """# A
## The plan
- Weeks 1–2: learn the wind.
- Bring a coat.
"""


def read(tmp_path: Path, text: str) -> Guide:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    return read_guide(tmp_path / "a.md", path="guides/a.md", kind="guide", token_counter=None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TABLE, ["| 1 | knots |", "| 2 | wind |"]),
        (HEADINGS, ["Tie ten knots a day."]),
        (LINES, ["Weeks 1–2: learn the wind."]),
    ],
)
def test_the_lines_of_a_schedule(tmp_path: Path, text: str, found: list[str]) -> None:
    guide = read(tmp_path, text)
    assert [line.citation.quote.strip("- ") for line in schedule_lines(guide)] == found
    assert all(
        guide.raw(line.citation.start, line.citation.end) == line.citation.quote for line in schedule_lines(guide)
    )


def test_a_plan_cites_the_schedules_and_keeps_its_sources(kite_settings: Settings, kites: Index) -> None:
    today = date(2026, 3, 4)
    plan = plan_for(kite_settings, kites, Wishes(today + timedelta(weeks=3), 4), today=today)
    cited = [plan.sources[number - 1] for item in plan.items for number in item.cites]
    assert cited and all(kites.guide(each.path).raw(each.start, each.end) == each.quote for each in cited)
    assert [each.number for each in plan.sources] == list(range(1, len(plan.sources) + 1))
    assert plan_of(plan_json(plan)) == plan
    assert [each.quote for each in length_lines(kites)] == [
        "Six weeks of preparation, eight hours each, are enough for most pilots."
    ]
