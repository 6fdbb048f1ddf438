"""Whole answers of a model, kept by prompt and model, so that the same question is not paid for twice.

One JSON file an answer, `<home>/answers/<hash>.json`: text and the model's name. No prompt, no address's key, no question.
Bounded in number and in bytes; the ones not used for longest go first.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from answer.model.address import Address

MOST = 500  # answers
MOST_BYTES = 8_000_000
LONGEST = 100_000  # characters; a longer answer is not kept


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer from before."""

    text: str
    model: str


class ResponseCache:
    """A folder of answers. What cannot be read is as if it were not there; what cannot be written is not kept."""

    def __init__(self, folder: Path, *, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._folder, self._most, self._most_bytes = folder, most, most_bytes

    def find(self, address: Address, prompt: str) -> Kept | None:
        """The answer to a prompt (its hash) by a model; None where none is kept."""
        file = self._file(address, prompt)
        try:
            row = json.loads(file.read_text(encoding="utf-8"))
            os.utime(file)
            kept = Kept(row["text"], row["model"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return kept if isinstance(kept.text, str) and isinstance(kept.model, str) and kept.text.strip() else None

    def keep(self, address: Address, prompt: str, *, text: str, model: str) -> None:
        """Keep a whole answer."""
        if not text.strip() or len(text) > LONGEST:
            return
        file = self._file(address, prompt)
        aside = file.with_suffix(f".{os.getpid()}.aside")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps({"text": text, "model": model}, ensure_ascii=False), encoding="utf-8")
            aside.replace(file)
            self._let_go()
        except (OSError, UnicodeEncodeError):
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def count(self) -> int:
        """How many answers are kept."""
        return len(self._files())

    def clear(self) -> None:
        """Forget them all."""
        for file in self._files():
            file.unlink(missing_ok=True)

    def _let_go(self) -> None:
        """Drop the ones not used for longest until the rest is within bounds."""
        spent = 0
        for order, file in enumerate(sorted(self._files(), key=_used, reverse=True)):
            spent += _size(file)
            if order >= self._most or spent > self._most_bytes:
                file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return list(self._folder.glob("*.json"))

    def _file(self, address: Address, prompt: str) -> Path:
        whose = "\n".join((address.provider, address.name, address.url, prompt))
        return self._folder / f"{sha256(whose.encode()).hexdigest()}.json"


def _used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
