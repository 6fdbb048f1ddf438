"""Arrays that are files mapped into memory: read where they are touched, and given back when a search is done with them."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def mapped(path: Path) -> NDArray[Any]:
    """The array of a .npy file, not read yet. numpy's plain view of a map is quicker than its memmap."""
    return np.asarray(np.load(path, mmap_mode="r"))


def give_back(array: NDArray[Any]) -> None:
    """Takes what was read of a mapped array out of this process' memory; an array that is not mapped stays as it is.

    It stays in the system's cache, so that reading it again is nearly free, and the system may drop it when it needs the
    room. The system maps what lies around a row too: a few searches would map all of a file. Other threads may read.
    """
    held: Any = array
    while isinstance(held, np.ndarray):
        held = held.base
    if isinstance(held, mmap.mmap):
        held.madvise(mmap.MADV_DONTNEED)
