"""A person's own guides: looked at before they are taken in, kept in the home, published."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from index.passages import Guide
from index.settings import Settings
from ingest.folders import OWN, SIDECAR, Found
from ingest.own import published_folders
from ingest.pipeline import Progress, synchronise
from ingest.reading import FORMATS, MOST_BYTES, format_of
from ingest.report import Report
from ingest.worker import Workers
from ui.errors import Unacceptable

_NOT_IN_NAMES = re.compile(r"[^\w.\- ]+")
STATED = ("title", "publisher", "company", "role", "published", "updated", "source")


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


def publish(settings: Settings, progress: Progress) -> Report:
    """Publish anew what is published, with the person's own guides as they are now. Raises IngestError, StoreError."""
    return synchronise(settings, published_folders(settings), progress=progress)
