"""A person's own guides: copied into the home whole or not at all, under a name that cannot lead anywhere else."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.settings import Settings
from ingest.errors import BadName, IngestError, NotFound
from ingest.folders import NOT_GUIDES, OWN, SIDECAR, Found, sidecar_of
from ingest.ledger import load_ledger
from ingest.reading import FORMATS, format_of
from ingest.wording import INVISIBLE
from ingest.worker import Workers

LONGEST_NAME = 200  # bytes; file systems allow 255, the sidecar's ending needs some
ODD = frozenset('\\/:*?"<>|')


@dataclass(frozen=True, slots=True)
class Added:
    """The paths of the guides that were taken, and why the others were not, by the file that was named."""

    paths: tuple[str, ...]
    refused: dict[str, str]


def add_guides(settings: Settings, files: Sequence[Path], *, replace: bool) -> Added:
    """Copy files among the person's own guides, each read first in a process of its own.

    One that cannot be read, has a name that could mislead or would overwrite another guide is refused; the rest is
    taken. With `replace` a guide of the same name is overwritten.
    """
    taken: list[str] = []
    refused: dict[str, str] = {}
    with Workers() as workers:
        for file in files:
            try:
                _refuse_twice(file, taken)
                taken.append(_add(settings, file, replace, workers))
            except IngestError as error:
                refused[str(file)] = str(error)
    return Added(tuple(taken), refused)


def _refuse_twice(file: Path, taken: Sequence[str]) -> None:
    if f"{OWN}/{file.name}" in taken:
        raise BadName(f"two files named {file.name} cannot both be added: rename one")


def _add(settings: Settings, file: Path, replace: bool, workers: Workers) -> str:
    if not file.is_file():
        what = "is a folder" if file.is_dir() else "does not exist"
        raise NotFound(f"{file} {what}: name the file of a guide")
    target = place_for(settings, file.name)
    if target.exists() and not replace and _content(target) != _content(file):
        raise BadName(f"{OWN}/{target.name} is there already: pass --replace to overwrite it, or rename the file")
    path = f"{OWN}/{target.name}"
    workers.read(Found(file, path, "", ""))
    sidecar = sidecar_of(file)
    keep_guide(settings, target.name, _content(file), _content(sidecar) if sidecar.is_file() else None)
    return path


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file} cannot be read ({error.strerror or 'not possible'}): make it readable") from error


def keep_guide(settings: Settings, name: str, content: bytes, sidecar: bytes | None) -> Path:
    """Write a guide among one's own, each file whole or not at all, over one of the same name; returns its file.

    `sidecar` is what is stated about it; None leaves what is there, nothing removes it. Raises BadName as `place_for`
    does, NotFound where the home cannot be written.
    """
    target = place_for(settings, name)
    beside = target.with_name(name + SIDECAR)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if sidecar:
            _write(beside, sidecar)
        elif sidecar is not None:
            beside.unlink(missing_ok=True)
        _write(target, content)
    except OSError as error:
        why = error.strerror or "not possible"
        raise NotFound(f"{name} cannot be kept in {settings.own_guides} ({why}): choose another --home") from error
    return target


def _write(file: Path, content: bytes) -> None:
    aside = file.with_name(f".{file.name}.part")
    with aside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)


def place_for(settings: Settings, name: str) -> Path:
    """Where a guide of this name is kept. Raises BadName for a name that misleads, is a link or looks like another's."""
    target = settings.own_guides / checked_name(name)
    if target.is_symlink():
        raise BadName(f"{target} is a link: remove it, then add {name} again")
    look = _looks(name)
    twins = [each.name for each in target.parent.glob("*") if _looks(each.name) == look and each.name != name]
    if twins:
        raise BadName(f"{name} looks like {twins[0]}, which is there already: rename the file")
    return target


def checked_name(name: str) -> str:
    """The name itself. Raises BadName for one that hides, misleads, or would not be read as a guide."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in INVISIBLE.sub("?", name))[:80]
    if format_of(name) is None:
        raise BadName(f"{shown} is no guide by its name: give it one that ends in {', '.join(sorted(FORMATS))}")
    if name.lower().endswith(SIDECAR) or name.lower() in NOT_GUIDES:
        raise BadName(f"{shown} is a name that is not read as a guide: rename the file")
    if name.startswith((".", "~", "-")) or name != " ".join(name.split()):
        raise BadName(f"{shown} begins with a sign, or holds odd spaces, that would hide it: rename the file")
    if INVISIBLE.search(name) or ODD & set(name) or not name.isprintable():
        raise BadName(f"{shown} holds characters that mislead or cannot be seen: rename the file")
    if len(name.encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        raise BadName(f"{shown}… is longer than {LONGEST_NAME} bytes: shorten the name")
    return name


def _looks(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def own_file(settings: Settings, path: str) -> Path | None:
    """The file of one of the person's own guides, by its path in the library; None for a guide of another folder."""
    if not path.startswith(f"{OWN}/"):
        return None
    file = settings.own_guides / path.removeprefix(f"{OWN}/")
    inside = file.parent.resolve().is_relative_to(settings.own_guides.resolve())
    return file if inside and format_of(file.name) and (file.is_file() or file.is_symlink()) else None


def remove_guide(settings: Settings, guide: str) -> str:
    """Remove one of the person's own guides, by path ("own/x.md") or name, with its sidecar. Returns its path.

    Raises NotFound for anything else: a guide of the corpus is removed where its file is kept.
    """
    file = own_file(settings, f"{OWN}/{guide.removeprefix(f'{OWN}/')}")
    if file is None:
        raise NotFound(
            f"{guide} is not among your own guides in {settings.own_guides}: "
            "a guide of another folder is removed there, then run `python -m ingest`"
        )
    file.unlink()
    file.with_name(file.name + SIDECAR).unlink(missing_ok=True)
    if not any(format_of(each.name) for each in file.parent.glob("*") if each.stem == file.stem):
        file.with_name(file.stem + SIDECAR).unlink(missing_ok=True)
    return f"{OWN}/{file.parent.resolve().relative_to(settings.own_guides.resolve()).joinpath(file.name).as_posix()}"


def published_folders(settings: Settings) -> list[Path] | None:
    """The folders whose guides are published now, and one's own; None (the default ones) before the first ingest.

    Raises NotFound when one of them is gone: publishing without it would drop its guides unasked.
    """
    ledger = load_ledger(settings)
    if ledger is None or not ledger.folders:
        return None
    folders = [Path(name) for name in sorted({*ledger.folders.values()} - {str(settings.own_guides.resolve())})]
    gone = [folder for folder in folders if not folder.is_dir()]
    if gone:
        raise NotFound(
            f"{gone[0]}, whose guides are published, is gone: bring it back, or run `python -m ingest FOLDER … --replace`"
        )
    return [*folders, settings.own_guides]
