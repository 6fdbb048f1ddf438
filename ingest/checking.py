"""The corpus check: every guide is read, nothing is published, and what is wrong is said with its cure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from index.passages import Guide
from index.settings import Settings
from ingest.check_answers import check_answers
from ingest.check_bank import check_bank
from ingest.check_claims import check_claims
from ingest.check_duplicates import check_duplicates
from ingest.check_guides import check_guide
from ingest.check_links import check_links
from ingest.errors import IngestError, NotFound
from ingest.finding import Checked, Finding, Library
from ingest.folders import Found, digest_of, find_files
from ingest.inspecting import path_of
from ingest.own import published_folders
from ingest.worker import Workers
from ingest.yaml_text import load_yaml

Progress = Callable[[str, int, int], None]  # stage, done, total
FOLDERS = ("notes", "questions", "tracks", "cheatsheets")  # what makes a folder a corpus


def check(settings: Settings, path: Path | None, *, today: date, progress: Progress | None = None) -> Checked:
    """Check a folder or a file; what is published when None, or the corpus and one's own guides. Raises NotFound for what is not there."""
    files, folder = _files(settings, path)
    guides, findings = _read(files, progress)
    tracks, broken = _tracks(folder) if folder else ({}, [])
    whole = folder is not None and any((folder / name).is_dir() for name in FOLDERS)
    return Checked(
        len(files) + len(tracks) + len(broken), in_order(findings + broken, Library(guides, tracks, whole), today)
    )


def in_order(findings: list[Finding], library: Library, today: date) -> tuple[Finding, ...]:
    """These findings and those of every check over `library`, errors first, then by place."""
    found = list(findings)
    for guide in library.guides.values():
        found.extend(check_guide(guide, today))
    found.extend(check_duplicates(library))
    found.extend(check_claims(library))
    found.extend(check_answers(library))
    found.extend(check_bank(library))
    if library.whole:
        found.extend(check_links(library))
    return tuple(sorted(found, key=lambda each: (each.level, each.where, each.kind)))


def _files(settings: Settings, path: Path | None) -> tuple[list[Found], Path | None]:
    if path is None:
        folders = published_folders(settings) or [settings.corpus, settings.own_guides]
        return find_files(folders, settings.own_guides), folders[0]
    if path.is_dir():
        return find_files([path], settings.own_guides), path
    if not path.is_file():
        raise NotFound(f"there is no {path}: name a folder of guides or the file of one")
    return [Found(path, path_of(path, settings), "", digest_of(path))], None


def _read(files: list[Found], progress: Progress | None) -> tuple[dict[str, Guide], list[Finding]]:
    guides: dict[str, Guide] = {}
    findings: list[Finding] = []
    with Workers() as workers:
        for done, file in enumerate(files, 1):
            try:
                guides[file.path] = workers.read(file)
            except IngestError as error:
                findings.append(_unread(file.path, error))
            if progress:
                progress("reading", done, len(files))
    return guides, findings


def _unread(path: str, error: IngestError) -> Finding:
    what, _, cure = str(error).removeprefix(f"{path} ").removeprefix(f"{path}: ").rpartition(": ")
    return Finding("error", "unread", path, what or cure, "Nothing of it can be found or cited.", f"{cure}.")


def _tracks(folder: Path) -> tuple[dict[str, Any], list[Finding]]:
    tracks: dict[str, Any] = {}
    broken: list[Finding] = []
    for file in sorted((folder / "tracks").glob("*.y*ml")):
        path = f"tracks/{file.name}"
        try:
            tracks[path] = load_yaml(file.read_text(encoding="utf-8"), path)
        except IngestError as error:
            broken.append(_unread(path, error))
        except UnicodeDecodeError:
            broken.append(_unread(path, IngestError(f"{path} is not UTF-8: save it again as UTF-8")))
    return tracks, broken


def as_json(checked: Checked) -> dict[str, Any]:
    """The findings as plain values."""
    return {
        "files": checked.files,
        "errors": checked.errors,
        "warnings": checked.warnings,
        "findings": [asdict(finding) for finding in checked.findings],
    }


def as_lines(checked: Checked) -> str:
    """The findings as a person reads them."""
    lines = []
    for finding in checked.findings:
        lines += [f"{finding.level}: {finding.where}: {finding.what}", f"    {finding.why} {finding.cure}"]
    return "\n".join([*lines, f"{checked.files} files checked: {checked.errors} errors, {checked.warnings} warnings."])
