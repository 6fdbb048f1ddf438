"""What was measured: a figure of ours, the stock stack's beside it, and what was aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of repeated measurements, and the lowest and the highest."""

    median: float
    low: float
    high: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Of at least one value."""
        return cls(median(values), min(values), max(values), len(values))


@dataclass(frozen=True, slots=True)
class Aim:
    """`most` our figure may be, `least` it must be; `times` better than the stock stack's it must be."""

    most: float | None = None
    least: float | None = None
    times: float | None = None

    def __str__(self) -> str:
        said = [
            f"≤ {self.most:g}" if self.most is not None else "",
            f"≥ {self.least:g}" if self.least is not None else "",
            f"{self.times:g} ×" if self.times is not None else "",
        ]
        return ", ".join(part for part in said if part)


NO_AIM = Aim()


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `part` is what it was measured on; more is better only where `more_is_better`."""

    part: str
    what: str
    unit: str
    ours: Spread
    stock: Spread | None = None
    aim: Aim = NO_AIM
    more_is_better: bool = False

    @property
    def times(self) -> float | None:
        """How many times better than the stock stack; None where that was not measured."""
        if self.stock is None or not self.stock.median or not self.ours.median:
            return None
        ratio = self.stock.median / self.ours.median
        return 1 / ratio if self.more_is_better else ratio

    @property
    def is_reached(self) -> bool | None:
        """Whether the aim is reached; None where there is none, or nothing to compare with."""
        said: list[bool] = []
        if self.aim.most is not None:
            said.append(self.ours.median <= self.aim.most)
        if self.aim.least is not None:
            said.append(self.ours.median >= self.aim.least)
        if self.aim.times is not None and self.times is not None:
            said.append(self.times >= self.aim.times)
        return all(said) if said else None


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the measuring found: figures, and lines that say how and where."""

    name: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()


def part_of(row: dict[str, Any]) -> Part:
    """A part as it was kept in JSON."""
    return Part(row["name"], tuple(map(_figure_of, row["figures"])), tuple(row["notes"]))


def _figure_of(row: dict[str, Any]) -> Figure:
    stock = Spread(**row["stock"]) if row["stock"] else None
    return Figure(**{**row, "ours": Spread(**row["ours"]), "stock": stock, "aim": Aim(**row["aim"])})
