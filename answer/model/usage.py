"""What a model's answers cost: tokens read and written, money only where a price is configured."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from answer.errors import ModelUnavailable
from index.settings import Settings

LETTERS_A_TOKEN = 4  # of English; for endpoints that do not count


@dataclass(frozen=True, slots=True)
class Prices:
    """Dollars for a million tokens."""

    read: float
    written: float


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer, or of many; `cost` in dollars, None where no price is known."""

    read: int = 0
    written: int = 0
    cost: float | None = None
    estimated: bool = False  # the endpoint did not count, so letters were
    answers: int = 0

    def __add__(self, other: Usage) -> Usage:
        costs = [usage.cost for usage in (self, other) if usage.cost is not None]
        counted = [usage for usage in (self, other) if usage.answers]
        known = bool(costs) and all(usage.cost is not None for usage in counted)
        return Usage(
            self.read + other.read,
            self.written + other.written,
            sum(costs) if known else None,
            self.estimated or other.estimated,
            self.answers + other.answers,
        )

    @property
    def says(self) -> str:
        """For a person: "812 tokens read, 64 written, $0.0002"."""
        about = "about " if self.estimated else ""
        cost = "cost unknown" if self.cost is None else f"${self.cost:.4f}"
        return f"{about}{self.read:,} tokens read, {self.written:,} written, {cost}"


def prices_of(settings: Settings) -> Prices | None:
    """The configured prices. Raises ModelUnavailable where they are no two amounts."""
    if not settings.model_prices:
        return None
    try:
        read, written = (float(part) for part in settings.model_prices.split(","))
    except ValueError:
        read = written = -1.0
    if not (0 <= read < 1e6 and 0 <= written < 1e6):
        raise ModelUnavailable(
            f"FOOTNOTE_MODEL_PRICES={settings.model_prices[:40]!r} is no pair of prices; write dollars for a million "
            "tokens read and written, for instance 0.15,0.60."
        )
    return Prices(read, written)


def counted(read: int, written: int, prices: Prices | None, *, estimated: bool) -> Usage:
    """The usage of one answer."""
    cost = None if prices is None else (read * prices.read + written * prices.written) / 1e6
    return Usage(read, written, cost, estimated, 1)


def tokens_in(text: str) -> int:
    """About how many tokens a text has."""
    return -(-len(text) // LETTERS_A_TOKEN)


class Meter:
    """The running total of a process; sessions add to it at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total, self._last = Usage(), Usage()

    def add(self, usage: Usage) -> None:
        """Count an answer."""
        with self._lock:
            self._total, self._last = self._total + usage, usage

    @property
    def total(self) -> Usage:
        """Everything since the process began."""
        return self._total

    @property
    def last(self) -> Usage:
        """The answer that ended last, of whichever session."""
        return self._last
