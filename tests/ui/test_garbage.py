"""What is alive is frozen every few runs, and everything is collected now and then."""

from __future__ import annotations

import gc
import weakref

from ui.garbage import FREEZE_EVERY, THAW_EVERY, Freezer


class Noted:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def freeze(self) -> None:
        self.said.append("freeze")

    def unfreeze(self) -> None:
        self.said.append("unfreeze")

    def collect(self) -> int:
        self.said.append("collect")
        return 0


def test_the_living_are_frozen_every_few_runs_and_thawed_now_and_then() -> None:
    collector = Noted()
    freezer = Freezer(collector)
    for _ in range(THAW_EVERY):
        freezer.begin_run()
    assert collector.said == ["freeze"] * ((THAW_EVERY - 1) // FREEZE_EVERY) + ["unfreeze", "collect", "freeze"]


def test_a_session_that_left_is_collected_although_it_was_frozen() -> None:
    class Left:
        def __init__(self) -> None:
            self.myself = self

    session = Left()
    gone = weakref.ref(session)
    freezer = Freezer()
    try:
        gc.freeze()
        del session
        gc.collect()
        assert gone() is not None
        freezer.clean()
        assert gone() is None
    finally:
        gc.unfreeze()
