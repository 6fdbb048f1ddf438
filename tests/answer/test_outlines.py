"""Rows and lists as lines of an answer."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('[Bees](bees.md "a title") and [wax](https://example.org/a_(b))', "Bees and wax"),
        ("![hive](hive.png) at noon", "hive at noon"),
        ("a[0] stays (so does [3])", "a[0] stays (so does [3])"),
    ],
)
def test_a_link_in_a_cell_is_told_by_its_words(cell: str, shown: str) -> None:
    guide = understand(
        f"# Hives\n\n| Bee | Read |\n|---|---|\n| drone | {cell} |\n".encode(), path="hives.md", kind="guide"
    )
    row = next(unit for unit in guide.units if unit.kind == "row")
    assert row_line(guide, row).cells[1] == shown
