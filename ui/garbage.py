"""Garbage: what is alive once the engine is warm is set aside, so that no collection walks it again.

Streamlit collects all garbage after every run of the script, which walks everything alive that may be part of a cycle: the
engine took 0.3 s each time, fifty sessions 60 ms. `.streamlit/config.toml` turns that off; what sessions leave behind is
found by Python's own collections, whose number grows with what is made and not with the runs.
"""

from __future__ import annotations

import gc


def set_aside() -> None:
    """Collects what is garbage now and has every later collection pass over the rest. Takes up to half a second."""
    gc.collect()
    gc.freeze()
    gc.collect()  # Python waits with whole collections until a quarter of what the last one left is new: that is little now
