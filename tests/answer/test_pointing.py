"""A unit that is a link and hardly a word beside it tells nothing unless one asks where to read on."""

from __future__ import annotations

import pytest

from answer.pointing import asks_where_to_read, only_points
from ingest.reading import understand


@pytest.mark.parametrize(
    ("item", "points"),
    [
        ("[All about queens](https://example.org/queens)", True),
        ("[All about queens](https://example.org/queens) (original)", True),
        ("https://example.org/queens", True),
        ("<i><a href=https://example.org/queens>Source: all about queens</a></i>", True),
        ("[Queens](https://example.org/queens) lay up to 2,000 eggs a day", False),
        ("Queens lay up to 2,000 eggs a day", False),
    ],
)
def test_a_link_alone_only_points(item: str, points: bool) -> None:
    guide = understand(
        f"# Hives\n\nAbout queens:\n\n- {item}\n- Drones leave in autumn\n".encode(), path="hives.md", kind="guide"
    )
    first = next(unit for unit in guide.units if unit.kind == "item")
    assert only_points(guide, first) is points


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("which books on queens are good", True),
        ("where can I read on", True),
        ("how many eggs does a queen lay", False),
    ],
)
def test_reading_is_asked_for_by_its_names(question: str, asks: bool) -> None:
    assert asks_where_to_read(question) is asks
