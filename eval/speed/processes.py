"""Starting the processes that are measured, each fresh, in turn."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from eval.errors import NotMeasured
from index.settings import CHECKOUT

LONGEST = 3600.0  # seconds that a process may take


def seconds_of(words: Sequence[str]) -> tuple[float, str]:
    """Seconds from start to end of `python WORDS`, and what it printed. Raises NotMeasured where it fails."""
    started = time.perf_counter()
    try:
        given = subprocess.run(
            [sys.executable, *words], cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=LONGEST
        )
    except subprocess.TimeoutExpired as error:
        raise NotMeasured(f"python {' '.join(words)} took longer than {LONGEST:g} s.") from error
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines() or ["it said nothing"]
        raise NotMeasured(f"python {' '.join(words)} failed with {error.returncode}: {said[-1]}") from error
    return time.perf_counter() - started, given.stdout


def task(name: str, **told: Any) -> Any:
    """What a measuring process found; its whole time stands under "wall"."""
    plain = {key: str(value) if isinstance(value, Path) else value for key, value in told.items()}
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(plain, file)
        file.flush()
        wall, said = seconds_of(["-m", "eval.speed", name, file.name])
    return json.loads(said.strip().splitlines()[-1]) | {"wall": wall}
