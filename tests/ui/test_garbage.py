"""What is alive is set aside once; what sessions leave behind later is collected all the same."""

from __future__ import annotations

import gc
import tomllib
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.garbage import set_aside

ROOT = Path(__file__).resolve().parents[2]


class Session:
    """In a cycle, as sessions are."""

    def __init__(self) -> None:
        self.myself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_garbage_goes_and_the_living_are_set_aside() -> None:
    gone = weakref.ref(Session())
    engine = Session()
    set_aside()
    assert gone() is None
    assert gc.get_freeze_count() > 0
    assert not any(each is engine for each in gc.get_objects())


def test_a_session_that_left_is_collected_without_being_asked() -> None:
    set_aside()
    session = weakref.ref(Session())
    kept = []
    for _ in range(200_000):  # what runs of a page make
        kept.append([session])
        if session() is None:
            break
    assert session() is None


def test_streamlit_collects_nothing_after_a_run() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
