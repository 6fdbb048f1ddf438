"""Rows and lists as lines of an answer."""

from __future__ import annotations

from answer.outlines import row_line
from ingest.reading import understand

TABLE = """\
# Hives

| Bee | Duties |
|---|---|
| drone<br/>bee | \\3. mating, O(n<sup>2</sup>) flights |
"""


def test_a_cell_is_told_without_tags_and_escapes() -> None:
    guide = understand(TABLE.encode(), path="hives.md", kind="guide")
    row = next(unit for unit in guide.units if unit.kind == "row")
    assert row_line(guide, row).cells == ("drone bee", "3. mating, O(n 2 ) flights")
    assert guide.raw(*row.cells[0]) == "drone<br/>bee"
