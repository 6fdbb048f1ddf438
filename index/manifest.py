"""The layout of the index folder, the manifest of a generation, and the check that every file is the one written.

index/CURRENT              the number of the generation that is served
index/gen-7/manifest.json  format, embedder, counts, and the sha256 and size of every other file
      gen-6/               the one before, kept for rollback
      .new-8/              being written; never read
      damaged-5/           set aside by a reader that found it damaged
      LOCK                 held by the process that publishes, with its id and since when
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from index.errors import DamagedIndex

FORMAT = 1
CURE = "Run `python -m ingest` to build it anew."
PIECE = 1 << 20
PART = 1 << 26  # bytes; only indexes of tens of thousands of passages have longer files
Pointer = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FileMark:
    """What a file must be."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds. `counts` has guides, sections, passages, units and questions."""

    number: int
    embedder: str
    fingerprint: str
    dimension: int
    token_limit: int
    counts: dict[str, int]
    files: dict[str, FileMark]
    format: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        """The manifest as plain values."""
        return asdict(self)


def generation_dir(index_dir: Path, number: int) -> Path:
    """Where a generation is."""
    return index_dir / f"gen-{number}"


def generations(index_dir: Path) -> list[int]:
    """The numbers of the generations there are, in rising order."""
    names = (path.name.removeprefix("gen-") for path in index_dir.glob("gen-*"))
    return sorted(int(name) for name in names if name.isdecimal())


def current_number(index_dir: Path) -> int | None:
    """The number in CURRENT; None where there is none or it is unreadable."""
    try:
        return int((index_dir / "CURRENT").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def pointer_of(index_dir: Path) -> Pointer | None:
    """What tells one state of CURRENT from another without reading it: a publisher puts a new file in its place."""
    try:
        found = (index_dir / "CURRENT").stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def files_of(folder: Path) -> Iterator[Path]:
    """Every file of a generation but its manifest, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "manifest.json")


def mark_of(path: Path) -> FileMark:
    """A file's hash and size. Of a file longer than `PART` it is the hash of its parts' hashes, which threads share."""
    size = path.stat().st_size
    return _mark(size, [_digest(path, at) for at in _parts(size)])


def _parts(size: int) -> range:
    """Where the parts of a file begin; an empty file has one."""
    return range(0, max(size, 1), PART)


def _mark(size: int, digests: Sequence[bytes]) -> FileMark:
    return FileMark((digests[0] if len(digests) == 1 else sha256(b"".join(digests)).digest()).hex(), size)


def _digest(path: Path, at: int) -> bytes:
    """The hash of one part of a file. It is read and not mapped, so that it stays no part of this process' memory."""
    digest, left = sha256(), PART
    piece = memoryview(bytearray(PIECE))
    with path.open("rb", buffering=0) as file:
        file.seek(at)
        while left and (count := file.readinto(piece[:left])):
            digest.update(piece[:count])
            left -= count
    return digest.digest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest with its own hash in its last line, so that it cannot be damaged unseen either."""
    body = json.dumps(manifest.as_json(), indent=1, sort_keys=True)
    (folder / "manifest.json").write_text(f"{body}\n{sha256(body.encode()).hexdigest()}\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises DamagedIndex where it is missing, damaged or of another format."""
    path = folder / "manifest.json"
    try:
        body, _, seal = path.read_bytes().decode("utf-8").removesuffix("\n").rpartition("\n")
        if sha256(body.encode()).hexdigest() != seal:
            raise DamagedIndex(f"{path} is damaged: it does not match its own hash. {CURE}")
        row = json.loads(body)
        marks = {name: FileMark(**mark) for name, mark in row.pop("files").items()}
        manifest = Manifest(files=marks, **row)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedIndex(f"{path} cannot be read: {error}. {CURE}") from error
    if manifest.format != FORMAT:
        raise DamagedIndex(f"{folder} has format {manifest.format}, this version reads {FORMAT}. {CURE}")
    return manifest


def verify(folder: Path) -> Manifest:
    """Reads every file and compares it with the manifest. Raises DamagedIndex with the first file that differs."""
    manifest = read_manifest(folder)
    there = {path.relative_to(folder).as_posix() for path in files_of(folder)}
    if there != set(manifest.files):
        odd = sorted(there ^ set(manifest.files))[0]
        raise DamagedIndex(f"{folder / odd} is {'not in the manifest' if odd in there else 'missing'}. {CURE}")
    for name, mark in _marks(folder, sorted(manifest.files)):
        if mark != manifest.files[name] and not _is_marked_whole(folder / name, manifest.files[name]):
            raise DamagedIndex(f"{folder / name} is damaged: it is not the file that was published. {CURE}")
    return manifest


def _is_marked_whole(path: Path, mark: FileMark) -> bool:
    """Whether a long file is the one that was marked by the hash of it all, as was done before parts were."""
    with suppress(OSError):
        if path.stat().st_size == mark.size > PART:
            with path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest() == mark.sha256
    return False


def _marks(folder: Path, names: Sequence[str]) -> Iterator[tuple[str, FileMark | None]]:
    """What every file is, read by as many threads as there are cores; None for one that cannot be read."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        parts: dict[str, tuple[int, list[Future[bytes]]]] = {}
        for name in names:
            try:
                size = (folder / name).stat().st_size
            except OSError:
                size = 0  # reading it says so too
            parts[name] = size, [pool.submit(_digest, folder / name, at) for at in _parts(size)]
        for name, (size, futures) in parts.items():
            try:
                yield name, _mark(size, [future.result() for future in futures])
            except OSError:
                yield name, None
