"""Our scheduling equals the fsrs package's own, and never reaches beyond the interview."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler

from study.scheduling import interval_text, new_memory, next_due, read_memory, readiness, recall, review

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def histories(count: int) -> None:
    chance = random.Random(5)
    for number in range(count):
        memory, theirs, at = new_memory(number, now=NOW), Card(card_id=number, due=NOW), NOW
        scheduler = Scheduler(enable_fuzzing=False)
        for _ in range(chance.randrange(1, 9)):
            at += timedelta(minutes=chance.choice([1, 12, 700, 3000, 40000]))
            rating = chance.randrange(1, 5)
            memory = review(memory, rating, now=at)
            theirs, _ = scheduler.review_card(theirs, Rating(rating), at)
        assert memory.state == theirs.to_json() and memory.due == theirs.due
        assert recall(memory, at=at) == scheduler.get_card_retrievability(theirs, at)
        assert read_memory(memory.state) == memory


def test_states_equal_the_packages_own() -> None:
    histories(100)


@pytest.mark.slow
def test_states_equal_the_packages_own_for_a_thousand_histories() -> None:
    histories(1000)


def test_no_interval_reaches_beyond_the_interview() -> None:
    memory, at, interview = new_memory(1, now=NOW), NOW, date(2026, 3, 20)
    while at.date() < interview:
        memory = review(memory, 4, now=at, interview=interview)
        assert memory.due.date() <= interview
        at = memory.due


def test_better_ratings_wait_longer_and_readiness_is_a_mean() -> None:
    memory = review(review(new_memory(1, now=NOW), 3, now=NOW), 3, now=NOW + timedelta(days=1))
    due = next_due(memory, now=memory.due)
    assert due[1] < due[2] < due[3] < due[4]
    on = date(2026, 3, 10)
    at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    assert readiness([memory, new_memory(2, now=NOW)], on=on) == pytest.approx(recall(memory, at=at) / 2)
    assert readiness([], on=on) == 0


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "1 min"), (10, "10 min"), (240, "4 h"), (3 * 1440, "3 d"), (64 * 1440, "2.1 mo")]
)
def test_intervals_are_short_words(minutes: int, shown: str) -> None:
    assert interval_text(NOW + timedelta(minutes=minutes), now=NOW) == shown
