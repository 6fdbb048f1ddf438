"""What was understood of one file, before anything is published: for a program as JSON, for a person as an outline."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from index.passages import BankQuestion, Block, Guide, GuideInfo, Section
from index.settings import Settings
from ingest.errors import NotFound
from ingest.folders import OWN, Found
from ingest.wording import normalise, without_marks
from ingest.worker import Workers

MARKED = ("markdown", "bank")  # formats whose marks are taken off
QUESTION = ("title", "prompt", "category", "difficulty", "round", "start", "end")
SHOWN = 100  # characters of a list item, a cell or a prompt that the outline shows


def look_into(file: Path, settings: Settings) -> Guide:
    """One file as a guide without passages, read in a process of its own. Raises IngestError."""
    if not file.is_file():
        what = "is a folder" if file.is_dir() else "does not exist"
        raise NotFound(f"{file} {what}: name the file of a guide")
    with Workers() as workers:
        return workers.read(Found(file, path_of(file, settings), "", ""))


def path_of(file: Path, settings: Settings) -> str:
    """The path that `file` has, or would have, in the index: under the corpus, under one's own guides, else its name."""
    here = file.resolve()
    for folder, prefix in ((settings.corpus, ""), (settings.own_guides, f"{OWN}/")):
        if here.is_relative_to(folder.resolve()):
            return prefix + here.relative_to(folder.resolve()).as_posix()
    return file.name


def as_json(guide: Guide) -> dict[str, Any]:
    """What was understood, with offsets into `text`. What is noise is named as noise, not as heading, list or table."""
    shown = [block for block in guide.blocks if block.noise in (None, "model answer")]
    return {
        "metadata": {field.name: getattr(guide.info, field.name) for field in fields(GuideInfo)},
        "sections": _sections(guide),
        "lists": [_list(block, guide) for block in shown if block.kind == "list"],
        "tables": [_table(block, guide) for block in shown if block.kind == "table"],
        "questions": [{name: getattr(question, name) for name in QUESTION} for question in guide.questions],
        "noise": noise_spans(guide),
        "warnings": list(guide.warnings),
        "text": guide.text,
    }


def _sections(guide: Guide) -> list[dict[str, Any]]:
    """The sections whose headings are the guide's own: the title's (level 0), and not those of menus and other pages."""
    blocks = [block for block in guide.blocks if block.kind == "heading"]
    headings = {block.section: block for block in reversed(blocks)}
    return [
        {
            "level": section.level,
            "heading": _heading(section, headings[section.position], guide),
            "path": list(section.path),
            "start": section.start if section.level else headings[section.position].start,
            "end": section.end,
        }
        for section in guide.sections
        if section.position in headings and headings[section.position].noise in (None, "front matter")
    ]


def _heading(section: Section, block: Block, guide: Guide) -> str:
    """A heading's words with the characters that stand in the text; its number and the signs behind it left off."""
    unit = guide.units[block.units[0]]
    words = _as_it_stands(guide, unit.start, unit.end)
    if not section.level:
        return words
    starts = (match.start() for match in re.finditer(r"\S+", words))
    tails = (words[start:].rstrip(" :") for start in starts)
    return next((tail for tail in tails if normalise(tail) == section.heading), section.heading)


def _as_it_stands(guide: Guide, start: int, end: int) -> str:
    """The words of a span with the hyphens and signs of the text, on one line, without the format's marks."""
    raw = guide.raw(start, end)
    return " ".join((without_marks(raw) if guide.info.format in MARKED else raw).split())


def _list(block: Block, guide: Guide) -> dict[str, Any]:
    units = [guide.units[at] for at in block.units if guide.units[at].kind == "item"]
    items = [_as_it_stands(guide, unit.start, unit.end) for unit in units]
    return {"start": block.start, "end": block.end, "items": items}


def _table(block: Block, guide: Guide) -> dict[str, Any]:
    rows = [[_as_it_stands(guide, *cell) for cell in guide.units[at].cells] for at in block.units]
    return {"start": block.start, "end": block.end, "header": list(block.header), "rows": rows}


def noise_spans(guide: Guide) -> list[dict[str, Any]]:
    """The spans that are never evidence, in order; neighbours of one kind are one span."""
    spans: list[dict[str, Any]] = []
    for block in guide.blocks:
        if block.noise is None:
            continue
        last = spans[-1] if spans else None
        if last and last["kind"] == block.noise and not guide.raw(last["end"], block.start).strip():
            last["end"] = block.end
        else:
            spans.append({"start": block.start, "end": block.end, "kind": block.noise})
    return spans


def as_outline(guide: Guide) -> str:
    """What was understood, as a person reads it: metadata, then every section with what stands in it."""
    lines = [f"{field.name:10} {value}" for field in fields(GuideInfo) if (value := getattr(guide.info, field.name))]
    blocks: dict[int, list[Block]] = {}
    for block in guide.blocks:
        blocks.setdefault(block.section, []).append(block)
    for section in guide.sections:
        indent = "  " * section.level
        lines += ["", f"{indent}{'#' * max(section.level, 1)} {section.heading}"]
        lines += [f"{indent}  {line}" for block in blocks.get(section.position, []) for line in _shown(block, guide)]
    if guide.questions:
        lines += ["", f"{len(guide.questions)} practice questions"]
        lines += [f"  {_short(question.title)} {_facets(question)}".rstrip() for question in guide.questions]
    lines += ["", *(f"warning: {warning}" for warning in guide.warnings)] if guide.warnings else []
    return "\n".join(lines)


def _shown(block: Block, guide: Guide) -> list[str]:
    if block.kind == "heading":
        return []
    if block.noise:
        return [f"left out ({block.noise}): {_short(guide.raw(block.start, block.end))}"]
    units = [guide.units[at] for at in block.units]
    if block.kind == "list":
        signs = [f"{number}." if block.ordered else "-" for number in range(1, len(units) + 1)]
        return [f"{'  ' * unit.depth}{sign} {_short(unit.text)}" for sign, unit in zip(signs, units, strict=True)]
    if block.kind == "table":
        rows = _table(block, guide)["rows"]
        return ["| " + " | ".join(_short(cell) for cell in row) for row in [list(block.header), *rows] if row]
    words = len(guide.raw(block.start, block.end).split())
    return [f"{block.kind}, {words} words: {_short(units[0].text)}"]


def _facets(question: BankQuestion) -> str:
    facets = [facet for facet in (question.difficulty, question.category, question.round) if facet]
    return f"({', '.join(facets)})" if facets else ""


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
