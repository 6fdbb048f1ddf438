"""Figures as one table for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from eval.speed.figures import Figure, Part, Spread
from eval.tables import markdown_table

HEADER = ("what", "unit", "ours", "stock", "times better", "aim", "reached")


def speed_table(parts: Sequence[Part]) -> str:
    """Each part's name, rows and notes. A figure is a median; its lowest and highest stand in brackets."""
    return "\n\n".join(
        "\n\n".join([f"**{part.name}**", markdown_table(HEADER, rows_of(part)), *part.notes]) for part in parts
    )


def rows_of(part: Part) -> list[list[str]]:
    """A part's cells."""
    return [_row(figure) for figure in part.figures]


def _row(figure: Figure) -> list[str]:
    reached = {None: "", True: "yes", False: "no"}[figure.is_reached]
    times = f"{figure.times:.1f}" if figure.times is not None else ""
    return [
        figure.what,
        figure.unit,
        shown_spread(figure.ours),
        shown_spread(figure.stock) if figure.stock else "–",
        times,
        str(figure.aim),
        reached,
    ]


def shown_spread(spread: Spread) -> str:
    """The median, and the range where there is one."""
    if spread.low == spread.high:
        return _number(spread.median)
    return f"{_number(spread.median)} ({_number(spread.low)}–{_number(spread.high)})"


def _number(value: float) -> str:
    """Three figures, or whole where it is bigger."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
