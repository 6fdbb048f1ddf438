"""A draft drops a line whose every span another line tells."""

from __future__ import annotations

from answer.drafting import Draft, Line, Span
from ingest.reading import understand

GUIDE = understand(b"# Hives\n\nQueens lay eggs. Drones leave.\n", path="hives.md", kind="guide")
QUEENS, DRONES = Span(GUIDE, 1, 9, 25), Span(GUIDE, 1, 26, 39)


def test_a_line_told_inside_a_longer_one_is_dropped() -> None:
    both, one = Line("Queens lay eggs. Drones leave.", (QUEENS, DRONES)), Line("Drones leave.", (DRONES,))
    assert Draft.of([one, both]).lines == (both,)


def test_of_two_lines_of_the_same_spans_the_first_stays() -> None:
    first, second = Line("Drones leave.", (DRONES,)), Line("Hives: Drones leave.", (DRONES,))
    assert Draft.of([first, second]).lines == (first,)


def test_headers_and_lead_ins_stay_and_take_nothing_away() -> None:
    header, lead = Line("Bee", (), "header", ("Bee",)), Line("The guides differ:", (QUEENS, DRONES), "lead")
    drone = Line("Drones leave.", (DRONES,), "row", ("Drones leave.",))
    assert Draft.of([header, lead, drone]).lines == (header, lead, drone)
