"""A person's own guides: looked at before they are taken in, kept in the home, published."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from index.passages import Guide
from index.settings import Settings
from ingest.errors import BadName
from ingest.folders import OWN, Found
from ingest.own import checked_name, keep_guide, own_file, place_for, published_folders, remove_guide
from ingest.pipeline import Progress, synchronise
from ingest.reading import MOST_BYTES
from ingest.report import Report
from ingest.worker import Workers
from ui.errors import Unacceptable

_NOT_IN_NAMES = re.compile(r"[^\w.\- ]+")
STATED = ("title", "publisher", "company", "role", "published", "updated", "source")


def safe_name(name: str) -> str:
    """An uploaded file's name as a name under the home: itself where it may stay, else cleaned. Raises BadName."""
    leaf = name.replace("\\", "/").rsplit("/", 1)[-1]
    with suppress(BadName):
        return checked_name(leaf)
    cleaned = " ".join(_NOT_IN_NAMES.sub("-", leaf).split())
    return checked_name(cleaned.strip(" .-")[-120:].lstrip(" .-"))


def look_at(settings: Settings, name: str, content: bytes) -> Guide:
    """What would be understood of an uploaded file, read in a process of its own. Raises IngestError, Unacceptable."""
    leaf = place_for(settings, safe_name(name)).name
    if len(content) > MOST_BYTES:
        raise Unacceptable(f"{leaf} is larger than {MOST_BYTES // 1_000_000} MB: split it.")
    with TemporaryDirectory(prefix="footnote-") as folder, Workers() as workers:
        file = Path(folder) / leaf
        file.write_bytes(content)
        return workers.read(Found(file, f"{OWN}/{leaf}", folder, ""))


def keep(settings: Settings, name: str, content: bytes, stated: Mapping[str, str]) -> Path:
    """Put a guide among the person's own, with what the person states about it beside it. Raises IngestError."""
    said = {field: " ".join(stated[field].split()) for field in STATED if stated.get(field, "").strip()}
    lines = (f"{field}: {json.dumps(value, ensure_ascii=False)}\n" for field, value in said.items())  # JSON is YAML
    return keep_guide(settings, safe_name(name), content, "".join(lines).encode())


def take_out(settings: Settings, path: str) -> bool:
    """Remove one of the person's own guides by its path in the library; False where it is not one of them."""
    if own_file(settings, path) is None:
        return False
    remove_guide(settings, path)
    return True


def publish(settings: Settings, progress: Progress) -> Report:
    """Publish anew what is published, with the person's own guides as they are now. Raises IngestError, StoreError."""
    return synchronise(settings, published_folders(settings), progress=progress)
