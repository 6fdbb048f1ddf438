"""Whatever a file does to its reader, its outcome is known in time, and the next file is read as if nothing had been."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.passages import Guide
from ingest.errors import IngestError, TooMuch
from ingest.folders import Found
from ingest.worker import Workers
from tests.ingest import formats
from tests.ingest.bombs import BOMBS

QUICK = (
    "zip.docx laughs.docx deep.docx laughs.html laughs.xhtml lists.html large.html deep.yaml aliases.yaml filters.pdf "
    "loop.pdf tree.pdf forms.pdf lines.txt row.md run-digit.md run-bracket.md run-dash.txt"
).split()
LONGEST = 10.0  # seconds for any of them
PLAIN = b"# Lamps\n\n## Oil\n\nOil lamps burn whale oil for nine hours.\n"
BANK = b"- id: choose-a-wick\n  title: Choose a wick\n  prompt: Which wick burns longest?\n  hints: [wool, flax]\n" * 3
WRITERS = {
    "zorbex.pdf": formats.pdf,
    "zorbex.docx": formats.word,
    "zorbex.html": formats.html,
    "zorbex.yaml": lambda: BANK,
    "zorbex.md": formats.markdown,
}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers() as workers:
        yield workers


def outcome(workers: Workers, file: Path, content: bytes) -> Guide | IngestError:
    file.write_bytes(content)
    try:
        return workers.read(Found(file, file.name, "", ""))
    except IngestError as error:
        return error


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in BOMBS]
)
def test_a_bomb_is_refused_or_read_in_time_and_harms_no_other_file(workers: Workers, tmp_path: Path, name: str) -> None:
    content = BOMBS[name]()
    started = time.perf_counter()
    found = outcome(workers, tmp_path / name, content)
    assert time.perf_counter() - started < LONGEST
    assert isinstance(found, Guide) or (name in str(found) and "\n" not in str(found))
    assert isinstance(outcome(workers, tmp_path / "after.md", PLAIN), Guide)


@pytest.mark.parametrize("count", [40, pytest.param(500, marks=pytest.mark.slow)])
def test_damaged_files_are_read_or_refused_in_one_line(workers: Workers, tmp_path: Path, count: int) -> None:
    chance, read = random.Random(20261121), 0
    for number in range(count):
        name = list(WRITERS)[number % len(WRITERS)]
        started = time.perf_counter()
        found = outcome(workers, tmp_path / name, damaged(WRITERS[name](), chance))
        assert time.perf_counter() - started < LONGEST
        read += isinstance(found, Guide)
        assert isinstance(found, Guide) or (name in str(found) and "\n" not in str(found)), str(found)
    assert 0 < read < count


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content cut off, with bytes changed, or with a piece of it repeated elsewhere."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    if chance.random() < 0.3:
        start, to = chance.randrange(len(changed)), chance.randrange(len(changed))
        changed[to:to] = changed[start : start + chance.randint(1, 400)] * chance.randint(1, 30)
    return bytes(changed[: chance.randint(1, len(changed))] if chance.random() < 0.4 else changed)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.md")
    with Workers(seconds=0.5) as workers:
        with pytest.raises(TooMuch, match=r"endless\.md took longer than 0\.5 seconds"):
            workers.read(Found(tmp_path / "endless.md", "endless.md", "", ""))
        assert isinstance(outcome(workers, tmp_path / "after.md", PLAIN), Guide)


def test_what_one_file_fills_is_not_missing_for_the_next(tmp_path: Path) -> None:
    page = b"<html><body>" + b"<p>Oil <b>lamps</b> burn.</p>" * 8_000 + b"</body></html>"
    with Workers(memory=60_000_000) as workers:
        kinds = [type(outcome(workers, tmp_path / "page.html", page)) for _ in range(6)]
        assert isinstance(outcome(workers, tmp_path / "after.md", PLAIN), Guide)
    assert len(set(kinds)) == 1, kinds
