"""Which files the named folders hold, under which paths, and with which content: found without reading any library."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from ingest.errors import NotFound
from ingest.reading import MOST_BYTES, format_of

SIDECAR = ".meta.yaml"
NOT_GUIDES = frozenset({"readme.md", "changelog.md", "license.md", "provenance.json"})
NOT_FOLDERS = frozenset({"tracks", "node_modules"})
OWN = "own"  # what the path of a person's own guides begins with


@dataclass(frozen=True, slots=True)
class Found:
    """A file to take in. `digest` covers its bytes and its sidecar's; empty where it cannot be opened."""

    file: Path
    path: str
    folder: str
    digest: str


def find_files(folders: Sequence[Path], own: Path) -> list[Found]:
    """The guides of all folders, in the order of their paths. A file is known by its path under its folder.

    Two folders that hold the same path: the later one's is known under its folder's name.
    """
    found: dict[str, Found] = {}
    for folder in folders:
        if not folder.is_dir():
            if folder == own:
                continue
            raise NotFound(f"there is no folder {folder}: name one that exists")
        prefix = OWN if folder.resolve() == own.resolve() else ""
        for file in _files(folder):
            relative = shown_name(file.relative_to(folder).as_posix())
            path = str(PurePosixPath(prefix, relative)) if prefix else relative
            if path in found:
                path = str(PurePosixPath(folder.resolve().name, relative))
            found[path] = Found(file, path, str(folder.resolve()), digest_of(file))
    return [found[path] for path in sorted(found)]


def shown_name(name: str) -> str:
    """A name with every character that cannot be printed, or is no character at all, written out as its escape."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in name)


def _files(folder: Path) -> list[Path]:
    """Every guide under a folder. Hidden files, links out of the folder and what is not a guide are left out."""
    files: list[Path] = []
    for root, names, leaves in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith(".") and name.lower() not in NOT_FOLDERS)
        files.extend(Path(root) / leaf for leaf in sorted(leaves) if _is_guide(leaf))
    inside = folder.resolve()
    return [file for file in files if _is_file(file) and (not file.is_symlink() or _leads_to(file, inside))]


def _is_file(file: Path) -> bool:
    """Whether it is a file or might be one; a pipe or a device is none, and reading it might never end."""
    try:
        return S_ISREG(file.stat().st_mode)
    except OSError:
        return True  # reading it will say why not


def _leads_to(link: Path, folder: Path) -> bool:
    try:
        return link.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # a link to itself
        return False


def _is_guide(name: str) -> bool:
    lower = name.lower()
    if lower.startswith((".", "~$")) or lower.endswith(SIDECAR) or lower in NOT_GUIDES:
        return False
    return format_of(lower) is not None


def digest_of(file: Path) -> str:
    """A digest of a file's bytes and of its sidecar's."""
    digest = sha256()
    try:
        if file.stat().st_size > MOST_BYTES:
            return f"large:{file.stat().st_size}"
        digest.update(file.read_bytes())
        sidecar = sidecar_of(file)
        if sidecar.is_file():
            digest.update(b"\0" + sidecar.read_bytes())
    except OSError:
        return ""
    return digest.hexdigest()


def sidecar_of(file: Path) -> Path:
    """Where the metadata that a maintainer overrides is kept: "guide.pdf" has "guide.pdf.meta.yaml" or
    "guide.meta.yaml"."""
    whole = file.with_name(file.name + SIDECAR)
    return whole if whole.is_file() else file.with_name(file.stem + SIDECAR)
