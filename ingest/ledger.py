"""What the last ingest saw of each file, so that an unchanged corpus is known without opening the index."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from index.settings import Settings
from ingest.report import GuideReport

FILE = "ingest.json"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Generation, how files were read, and per path: folder, digest and what was reported."""

    generation: int
    reading: str
    folders: dict[str, str]
    digests: dict[str, str]
    reports: dict[str, GuideReport]

    def knows(self, digests: dict[str, str], generation: int | None, reading: str) -> bool:
        """Whether exactly these files, read this way, are what is published."""
        return self.generation == generation and self.reading == reading and self.digests == digests


@cache
def reading_mark() -> str:
    """A digest of the code that reads guides: when it changes, every file is read anew."""
    digest = sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def load_ledger(settings: Settings) -> Ledger | None:
    """The ledger of this home; None when there is none or it cannot be read."""
    try:
        row = json.loads((settings.index_dir / FILE).read_text(encoding="utf-8"))
        reports = {
            path: GuideReport(**{**report, "warnings": tuple(report["warnings"])})
            for path, report in row["reports"].items()
        }
        return Ledger(row["generation"], row["reading"], row["folders"], row["digests"], reports)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save_ledger(settings: Settings, ledger: Ledger) -> None:
    """Written aside and renamed, so that a reader sees the old one or the new one."""
    settings.index_dir.mkdir(parents=True, exist_ok=True)
    new = settings.index_dir / (FILE + ".new")
    new.write_text(json.dumps(asdict(ledger), ensure_ascii=False, indent=0), encoding="utf-8")
    new.replace(settings.index_dir / FILE)
