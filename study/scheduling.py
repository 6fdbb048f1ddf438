"""When a card is seen again: FSRS, through the `fsrs` package; the only file that imports it.

Nothing is random here: intervals are not fuzzed, and time comes in as an argument. A card's memory is the package's own
JSON, kept as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
LONGEST_INTERVAL = 36500  # days, the package's own, where no interview is dated
RETENTION = 0.9


@dataclass(frozen=True, slots=True)
class Memory:
    """A card's memory: the package's JSON, and when the card is due (UTC)."""

    state: str
    due: datetime
    is_new: bool


def new_memory(number: int, *, now: datetime) -> Memory:
    """A card never seen, due at once. `number` is the package's card id."""
    from fsrs import Card

    return _memory(Card(card_id=number, due=now.astimezone(UTC)))


def read_memory(state: str) -> Memory:
    """The memory that was kept."""
    from fsrs import Card

    return _memory(Card.from_json(state))


def review(memory: Memory, rating: int, *, now: datetime, interview: date | None = None) -> Memory:
    """The memory after a review; no interval reaches beyond the interview."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(desired_retention=RETENTION, maximum_interval=_longest(now, interview), enable_fuzzing=False)
    after, _ = scheduler.review_card(Card.from_json(memory.state), Rating(rating), now.astimezone(UTC))
    return _memory(after)


def next_due(memory: Memory, *, now: datetime, interview: date | None = None) -> dict[int, datetime]:
    """When the card would be due after each of the four ratings."""
    return {rating: review(memory, rating, now=now, interview=interview).due for rating in RATINGS}


def recall(memory: Memory, *, at: datetime) -> float:
    """The chance that the card is recalled at a time, 0 for one never seen."""
    from fsrs import Card, Scheduler

    if memory.is_new:
        return 0.0
    return float(Scheduler().get_card_retrievability(Card.from_json(memory.state), at.astimezone(UTC)))


def readiness(memories: Sequence[Memory], *, on: date) -> float:
    """The mean chance of recall on the day of the interview (noon UTC), 0 where there is no card."""
    at = datetime.combine(on, time(12), UTC)
    return sum(recall(memory, at=at) for memory in memories) / len(memories) if memories else 0.0


def interval_text(due: datetime, *, now: datetime) -> str:
    """ "10 min", "4 h", "3 d", "2.1 mo": what a button shows."""
    seconds = max(0.0, (due - now).total_seconds())
    for unit, length, limit in (("min", 60, 3600), ("h", 3600, 86400), ("d", 86400, 60 * 86400)):
        if seconds < limit:
            return f"{max(1, round(seconds / length))} {unit}"
    return f"{seconds / (30.4 * 86400):.1f} mo"


def _longest(now: datetime, interview: date | None) -> int:
    if interview is None:
        return LONGEST_INTERVAL
    return max(1, (interview - now.astimezone(UTC).date()).days)


def _memory(card: object) -> Memory:
    from fsrs import Card

    assert isinstance(card, Card)
    return Memory(card.to_json(), card.due, card.last_review is None)
