"""A person's own guides: looked at before they are taken in, kept in the home, published in the background.

The chat goes on answering from the generation before until the new one stands.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from index.errors import FootnoteError
from index.passages import Guide
from index.settings import Settings
from ingest.folders import OWN, SIDECAR, Found
from ingest.pipeline import Progress, synchronise
from ingest.reading import FORMATS, MOST_BYTES, format_of
from ingest.report import Report
from ingest.worker import Workers
from ui.errors import Unacceptable

_LOG = logging.getLogger("footnote")
_NOT_IN_NAMES = re.compile(r"[^\w.\- ]+")
STATED = ("title", "publisher", "company", "role", "published", "updated", "source")

Synchronise = Callable[..., Report]


def safe_name(name: str) -> str:
    """An uploaded file's name as a name under the home: no folders, no odd characters. Raises Unacceptable."""
    leaf = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = _NOT_IN_NAMES.sub("-", leaf).strip(" .-")[-120:].lstrip(" .-")
    if format_of(cleaned) is None or cleaned.startswith("."):
        raise Unacceptable(
            f"{leaf[:80]} is no guide by its name: give it one that ends in {', '.join(sorted(FORMATS))}."
        )
    return cleaned


def look_at(name: str, content: bytes) -> Guide:
    """What would be understood of an uploaded file, read in a process of its own. Raises IngestError, Unacceptable."""
    leaf = safe_name(name)
    if len(content) > MOST_BYTES:
        raise Unacceptable(f"{leaf} is larger than {MOST_BYTES // 1_000_000} MB: split it.")
    with TemporaryDirectory(prefix="footnote-") as folder, Workers() as workers:
        file = Path(folder) / leaf
        file.write_bytes(content)
        return workers.read(Found(file, f"{OWN}/{leaf}", folder, ""))


def keep(settings: Settings, name: str, content: bytes, stated: Mapping[str, str]) -> Path:
    """Put a guide among the person's own, whole or not at all, with what the person states about it beside it."""
    settings.own_guides.mkdir(parents=True, exist_ok=True)
    file = settings.own_guides / safe_name(name)
    sidecar = file.with_name(file.name + SIDECAR)
    said = {field: " ".join(stated[field].split()) for field in STATED if stated.get(field, "").strip()}
    if said:  # JSON strings are YAML strings
        lines = (f"{field}: {json.dumps(value, ensure_ascii=False)}\n" for field, value in said.items())
        _write(sidecar, "".join(lines).encode())
    else:
        sidecar.unlink(missing_ok=True)
    _write(file, content)
    return file


def _write(file: Path, content: bytes) -> None:
    aside = file.with_name(f".{file.name}.part")
    with aside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)


def take_out(settings: Settings, path: str) -> bool:
    """Remove one of the person's own guides by its path in the library; False where it is not one of them."""
    file = own_file(settings, path)
    if file is None:
        return False
    for each in (file, file.with_name(file.name + SIDECAR), file.with_name(file.stem + SIDECAR)):
        each.unlink(missing_ok=True)
    return True


def own_file(settings: Settings, path: str) -> Path | None:
    """The file of one of the person's own guides; None for a guide of the corpus."""
    if not path.startswith(f"{OWN}/"):
        return None
    file = (settings.own_guides / path.removeprefix(f"{OWN}/")).resolve()
    return file if file.is_relative_to(settings.own_guides.resolve()) and file.is_file() else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the publishing stands. `problem` is one line for the person; `report` says what was done."""

    state: Literal["idle", "running", "done", "failed"]
    stage: str = ""
    share: float = 0.0  # of the stage, 0 to 1
    report: Report | None = None
    problem: str = ""


class Publisher:
    """Publishes what the folders hold, one run at a time; a run asked for meanwhile follows."""

    def __init__(self, settings: Settings, *, run: Synchronise = synchronise) -> None:
        self._settings = settings
        self._run = run
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="publisher")
        self._last: Future[Report] | None = None
        self._told = ("", 0.0)

    def start(self) -> None:
        """Ask for a run."""
        self._told = ("", 0.0)
        progress: Progress = self._tell
        self._last = self._worker.submit(self._run, self._settings, progress=progress)

    def _tell(self, stage: str, done: int, total: int) -> None:
        self._told = (stage, done / total if total else 0.0)

    def standing(self) -> Standing:
        """Where the last run asked for stands."""
        if self._last is None:
            return Standing("idle")
        if not self._last.done():
            return Standing("running", *self._told)
        error = self._last.exception()
        if error is None:
            return Standing("done", report=self._last.result())
        if not isinstance(error, FootnoteError):
            _LOG.error("Publishing failed", exc_info=error)
        known = str(error) if isinstance(error, FootnoteError) else "Publishing failed: the terminal says why."
        return Standing("failed", problem=known)

    def forget(self) -> None:
        """Be done with the last run's outcome."""
        if self._last is not None and self._last.done():
            self._last = None
