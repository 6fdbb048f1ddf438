"""The machine that figures are of: what it is, and what its processor and memory can do."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from eval.speed.clock import interleaved

MATRIX = (4096, 384, 1536)  # the shape of the encoder's widest product, over 4,096 tokens
STREAM = 64_000_000  # float32 numbers read one after the other: 256 MB, more than a core's caches hold


@dataclass(frozen=True, slots=True)
class Machine:
    """What it is, its load when it was asked, and what it reaches: 10^9 operations and 10^9 bytes a second."""

    processor: str
    cores: int
    memory_gb: float
    system: str
    python: str
    load: float
    gigaflops: float
    gigabytes: float

    def __str__(self) -> str:
        return (
            f"{self.processor}, {self.cores} cores, {self.memory_gb:.0f} GB, {self.system}, Python {self.python}; "
            f"load {self.load:.1f} when measured; fp32 matrix products {self.gigaflops:.0f} GFLOP/s on all cores, one "
            f"core reads {self.gigabytes:.1f} GB/s from memory"
        )


def this_machine() -> Machine:
    """Facts, and the two speeds that bound everything else (best of five)."""
    import psutil
    from threadpoolctl import threadpool_limits

    rows, inner, columns = MATRIX
    left, right = np.ones((rows, inner), np.float32), np.ones((inner, columns), np.float32)
    stream = np.ones(STREAM, dtype=np.float32)
    (products,) = interleaved((lambda: left @ right,), repeats=9)
    with threadpool_limits(1):
        (reads,) = interleaved((lambda: stream @ stream,), repeats=5)
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gb=psutil.virtual_memory().total / 1e9,
        system=platform.platform(terse=True),
        python=platform.python_version(),
        load=os.getloadavg()[0],
        gigaflops=2.0 * rows * inner * columns / median(sorted(products)[:3]) / 1e9,
        gigabytes=stream.nbytes / min(reads) / 1e9,
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
