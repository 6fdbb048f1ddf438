"""A few runs work at once; one that waits for somebody else gives its place away, and none is stopped for good."""

from __future__ import annotations

import threading
import time

from ui.turns import CROWD, Turns


def test_no_more_runs_work_at_once_than_there_are_places() -> None:
    turns, lock = Turns(2), threading.Lock()
    working, most = 0, 0

    def run() -> None:
        nonlocal working, most
        with turns.taken():
            with lock:
                working += 1
                most = max(most, working)
            time.sleep(0.02)
            with lock:
                working -= 1

    runs = [threading.Thread(target=run) for _ in range(10)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert most == 2


def test_a_run_that_leaves_lets_another_in_and_gives_its_place_once() -> None:
    turns = Turns(1, longest_wait=0.05)
    with turns.taken():
        turns.leave()
        turns.leave()
        other = turns.taken()
        entered = threading.Thread(target=other.__enter__)
        entered.start()
        entered.join()
    begun = time.monotonic()
    with turns.taken():  # the other still has the one place: this run goes ahead all the same
        assert time.monotonic() - begun >= 0.05
    turns.leave()


def test_an_error_gives_the_place_back() -> None:
    turns = Turns(1, longest_wait=5)
    for _ in range(3):
        begun = time.monotonic()
        try:
            with turns.taken():
                raise ValueError
        except ValueError:
            pass
        assert time.monotonic() - begun < 1


def test_a_place_that_is_lent_is_had_again_afterwards() -> None:
    turns = Turns(1, longest_wait=5)
    order: list[str] = []

    def other() -> None:
        with turns.taken():
            order.append("other")

    with turns.taken():
        waiting = threading.Thread(target=other)
        waiting.start()
        with turns.lent():
            waiting.join()
        order.append("again")
        blocked = threading.Thread(target=other)
        blocked.start()
        time.sleep(0.05)
        order.append("still")
    blocked.join()
    assert order == ["other", "again", "still", "other"]


def test_without_a_place_nothing_is_lent_and_none_is_had() -> None:
    turns = Turns(1, longest_wait=5)
    with turns.lent():
        pass
    begun = time.monotonic()
    with turns.taken():
        assert time.monotonic() - begun < 1


def test_a_crowd_is_told_once_it_is_there() -> None:
    told: list[int] = []
    turns = Turns(1, longest_wait=5, on_crowd=lambda: told.append(1))

    def run() -> None:
        with turns.taken():
            pass

    for waiting, times in ((CROWD - 1, 0), (CROWD, 1)):
        runs = [threading.Thread(target=run) for _ in range(waiting)]
        with turns.taken():
            for each in runs:
                each.start()
            time.sleep(0.1)
        for each in runs:
            each.join()
        assert len(told) == times
