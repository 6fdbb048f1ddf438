"""Killed at random moments, the record keeps every answer, review and mock that was acknowledged."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from study.mocks import Mocks
from study.store import Store

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from study.grading import Grade
from study.mock import Exchange, Mock, Stage
from study.mocks import Mocks
from study.practising import Practice
from study.store import Store
from dataclasses import replace
at = datetime(2026, 3, 1, tzinfo=UTC)
store = Store(Path(sys.argv[1]))
mock = Mock("m", "t", "real", at.isoformat(), (Stage("s", "b", 9, "g", "x", "q", ("a",)),))
for number in range(100000):
    Practice(store).keep(Grade("q", "weak", 0.0, ()), str(number), at=at)
    mock = replace(mock, exchanges=(*mock.exchanges[-5:], Exchange(0, "a", "?", str(number), False, 1.0, "now")))
    Mocks(store).keep(mock)
    print(number, flush=True)
"""


def killed(folder: Path, count: int) -> None:
    chance = random.Random(11)
    for attempt in range(count):
        path = folder / f"{attempt}.db"
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(chance.random() * 0.15)
        writer.kill()
        told = [int(line) for line in (first + writer.stdout.read()).split()]
        writer.wait()
        writer.stdout.close()
        with Store(path) as store:
            assert [row[0] for row in store.read("PRAGMA integrity_check")] == ["ok"]
            kept = [int(row["answer"]) for row in store.read("SELECT answer FROM attempts ORDER BY id")]
            assert kept == list(range(len(kept))) and len(kept) >= told[-1] + 1
            assert int(Mocks(store).find("m").exchanges[-1].answer) >= told[-1]
            assert json.loads(store.read("SELECT state FROM mocks")[0]["state"])["id"] == "m"


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    killed(tmp_path, 6)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_three_hundred_kills(tmp_path: Path) -> None:
    killed(tmp_path, 300)
