"""A few runs work at once; one that waits for somebody else gives its place away, and none is stopped for good."""

from __future__ import annotations

import threading
import time

from ui.turns import Turns


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
