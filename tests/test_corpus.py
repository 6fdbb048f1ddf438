"""The shipped corpus: the check finds no error in it, and the code of its notes runs."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from index.settings import Settings
from ingest.checking import check
from ingest.finding import Finding

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
PROCESSES = 2
RUNNER = """
import json, sys, traceback
for place, code in json.load(sys.stdin):
    try:
        exec(compile(code, place, "exec"), {"__name__": "__main__"})
    except BaseException as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        print(f"{place}, line {last.lineno} of the block: {type(error).__name__}: {error}", file=sys.stderr)
"""


def blocks() -> list[tuple[str, str]]:
    """Every python block, with the file and line that it stands in."""
    found = []
    for file in sorted(CORPUS.rglob("*.md")):
        if file.name == "README.md":
            continue
        text = file.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append((f"{file.relative_to(CORPUS).as_posix()}:{line}", match.group(1)))
    return found


def run_all(share: list[tuple[str, str]]) -> str:
    import json

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUNNER],
        input=json.dumps(share),
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.stderr + ("" if done.returncode == 0 else f"ended with {done.returncode}")


def test_the_code_of_the_notes_runs_and_its_claims_hold() -> None:
    found = blocks()
    assert len(found) > 50
    with ThreadPoolExecutor(PROCESSES) as pool:
        failures = "".join(pool.map(run_all, [found[at::PROCESSES] for at in range(PROCESSES)]))
    assert not failures, failures


def test_every_block_of_code_claims_something() -> None:
    silent = [place for place, code in blocks() if "assert" not in code]
    assert not silent, silent


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    settings = Settings(home=tmp_path_factory.mktemp("home"), corpus=CORPUS)
    checked = check(settings, None, today=date(2026, 11, 21))
    assert checked.files > 150
    return checked.findings


def test_the_check_finds_no_error(findings: tuple[Finding, ...]) -> None:
    errors = [f"{finding.where}: {finding.what}" for finding in findings if finding.level == "error"]
    assert not errors, errors


def test_the_only_warnings_are_dates_that_a_source_does_not_give_and_figures_that_sources_differ_on(
    findings: tuple[Finding, ...],
) -> None:
    others = [finding for finding in findings if finding.what != "metadata missing: published or updated"]
    differ = [finding for finding in others if finding.kind == "contradiction"]
    assert differ and len(differ) == len(others), others  # each guide keeps its own figure, see corpus/README.md
