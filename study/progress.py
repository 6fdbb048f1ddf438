"""How far the preparation is: readiness, days practised, reviews ahead, the trend of mocks, the weakest topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from index.passages import BankQuestion
from study.cards import Cards
from study.mocks import Mocks
from study.plans import Plans
from study.practising import Practice
from study.scorecard import score
from study.store import Store

HORIZON = 14  # days ahead
NO_DATE = timedelta(days=28)  # readiness is told for then where no interview is planned
RECENT = 3  # attempts a question's standing rests on


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's readiness, the chance of recall on the interview's day; `practised` is the mean score of attempts."""

    name: str
    readiness: float
    practised: float | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Days are ISO 8601."""

    on: str  # the day readiness is told for
    topics: tuple[Topic, ...]
    days: dict[str, int]  # day -> things done
    ahead: dict[str, int]  # day -> cards that come due
    mocks: tuple[tuple[str, float], ...]  # (day, score), oldest first
    due: int
    mistakes: int

    @property
    def weakest(self) -> tuple[Topic, ...]:
        """Topics by what was practised, worst first; those never practised after them."""
        return tuple(sorted(self.topics, key=lambda topic: (topic.practised is None, topic.practised or 0, topic.name)))

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self) | {"weakest": [topic.name for topic in self.weakest[:3]]}


def measure(store: Store, bank: Mapping[str, BankQuestion], *, now: datetime) -> Progress:
    """The progress of a study record."""
    cards, practice, mocks = Cards(store), Practice(store), Mocks(store)
    today = now.astimezone(UTC).date()
    on = Plans(store).interview() or today + NO_DATE
    on = max(on, today)
    scores: dict[str, list[float]] = {}
    for attempt in practice.attempts():
        question = bank.get(attempt.question)
        scores.setdefault((question.category if question else None) or "General", []).append(attempt.score)
    ready = cards.readiness(on=on)
    topics = tuple(_topic(name, ready.get(name, 0.0), scores.get(name, [])) for name in sorted({*ready, *scores}))
    finished = [(mock, score(mock, bank).overall.score) for mock in reversed(mocks.all()) if mock.finished]
    return Progress(
        on=on.isoformat(),
        topics=topics,
        days=_days(store),
        ahead=_ahead(cards, today),
        mocks=tuple((mock.started[:10], value) for mock, value in finished if value is not None),
        due=len(cards.due(now=now)),
        mistakes=len(practice.mistakes()),
    )


def _topic(name: str, ready: float, scores: list[float]) -> Topic:
    recent = scores[-RECENT:]
    return Topic(name, round(ready, 4), round(sum(recent) / len(recent), 3) if recent else None, len(scores))


def _days(store: Store) -> dict[str, int]:
    rows = store.read("SELECT substr(at, 1, 10) AS day FROM attempts UNION ALL SELECT substr(at, 1, 10) FROM reviews")
    return dict(sorted(Counter(row["day"] for row in rows).items()))


def _ahead(cards: Cards, today: date) -> dict[str, int]:
    counts = {(today + timedelta(days=each)).isoformat(): 0 for each in range(HORIZON)}
    for card in cards.all():
        day = max(card.memory.due.date(), today).isoformat()
        if day in counts and not card.memory.is_new:
            counts[day] += 1
    return counts
