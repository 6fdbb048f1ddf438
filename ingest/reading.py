"""One file, understood: bytes → outline → structure → guide with passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from index.passages import Format, Guide, GuideInfo, Kind, revision_of
from ingest.assembling import assemble
from ingest.errors import NotFound, TooMuch, Unreadable
from ingest.mining import mine_questions
from ingest.outline import Outline
from ingest.splitting import split_guide
from ingest.structure import recover

SUFFIXES: dict[Format, tuple[str, ...]] = {
    "markdown": (".md", ".markdown"),
    "text": (".txt", ".text"),
    "html": (".html", ".htm", ".xhtml"),
    "pdf": (".pdf",),
    "word": (".docx",),
    "bank": (".yaml", ".yml"),
}
FORMATS: dict[str, Format] = {suffix: name for name, suffixes in SUFFIXES.items() for suffix in suffixes}
MOST_BYTES = 50_000_000
MOST_TAGS = 400_000  # signs that open a tag in a page
MOST_CHARACTERS = 4_000_000  # of extracted text: some thousand printed pages
MOST_LINES = 200_000
MOST_CELLS = 50_000  # of one row of a table
FOLDER_KINDS: dict[str, Kind] = {"notes": "note", "questions": "question", "cheatsheets": "cheatsheet"}


def format_of(name: str) -> Format | None:
    """The format that a file's name promises; None for a file that is not a guide."""
    return FORMATS.get(PurePosixPath(name).suffix.lower())


def kind_of(path: str) -> Kind:
    """What a file is, from the folder it stands in."""
    return next((FOLDER_KINDS[part] for part in PurePosixPath(path).parts[:-1] if part in FOLDER_KINDS), "guide")


def read_guide(
    file: Path, *, path: str, kind: Kind, token_counter: Callable[[str], int] | None, token_limit: int = 256
) -> Guide:
    """One file as a guide with passages of at most `token_limit` tokens, or an `IngestError` that says why not."""
    return split_guide(understand(read_bytes(file), path=path, kind=kind), token_counter, token_limit)


def read_bytes(file: Path) -> bytes:
    """A file's content, within the size bound."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise TooMuch(
                f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB: split it or take the text out of it"
            )
        return file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file} cannot be opened ({error.strerror}): check the name and its permissions") from error


def understand(content: bytes, *, path: str, kind: Kind, overrides: dict[str, str] | None = None) -> Guide:
    """A file's content as a guide without passages yet. `overrides` are metadata that win over what the file says."""
    refuse_bulk(content, path)
    outline = _outline(content, path)
    _refuse_length(len(outline.text), outline.text.count("\n"), path)
    if not any(character.isalnum() for character in outline.text):
        raise Unreadable(f"{path} holds no text: if it holds images, recognise their text first; else remove it")
    name = PurePosixPath(path).name
    outline, found = recover(outline, name)
    metadata = {**found, **{key: value for key, value in (overrides or {}).items() if value}}
    info = GuideInfo(path, revision_of(content), outline.format, kind, metadata.pop("title"), **_known(metadata))
    sections, blocks, units = assemble(outline, info.title)
    guide = Guide(info, outline.text, sections, blocks, units, questions=outline.questions, warnings=outline.warnings)
    return guide if outline.questions or kind == "note" else replace(guide, questions=mine_questions(outline, guide))


def refuse_bulk(content: bytes, path: str) -> None:
    """Raises TooMuch for what would take long to read, counted before it is read."""
    match format_of(path):
        case "html" if content.count(b"<") > MOST_TAGS:
            raise TooMuch(f"{path} holds more than {MOST_TAGS:,} elements: save the main part of the page alone")
        case "markdown" | "text":
            if any(line.count(b"|") > MOST_CELLS for line in content.splitlines()):
                raise TooMuch(f"{path} holds a table row of more than {MOST_CELLS:,} cells: split the table")
            _refuse_length(len(content) // 4, content.count(b"\n"), path)  # a character takes up to four bytes


def _refuse_length(characters: int, lines: int, path: str) -> None:
    if characters > MOST_CHARACTERS or lines > MOST_LINES:
        raise TooMuch(
            f"{path} holds more than {MOST_CHARACTERS:,} characters or {MOST_LINES:,} lines of text: split it"
        )


def _known(metadata: dict[str, str]) -> dict[str, str]:
    fields = ("publisher", "author", "source", "published", "updated", "company", "role", "topic", "aliases")
    return {key: metadata[key] for key in fields if metadata.get(key)}


def _outline(content: bytes, path: str) -> Outline:
    match format_of(path):
        case "markdown":
            from ingest.readers.markdown import read_markdown as read
        case "bank":
            from ingest.readers.bank import read_bank as read
        case "text":
            from ingest.readers.text import read_text as read
        case "html":
            from ingest.readers.html import read_html as read
        case "pdf":
            from ingest.readers.pdf import read_pdf as read
        case "word":
            from ingest.readers.word import read_word as read
        case _:
            raise Unreadable(
                f"{path} is of no format that is read here: save it as .md, .txt, .html, .pdf, .docx or .yaml"
            )
    return read(content, path)
