"""Outline → outline: what every format needs after reading. Questions, headings, levels, noise and labels are found."""

from __future__ import annotations

from dataclasses import replace

from ingest.contents import mark_contents
from ingest.faqs import split_questions
from ingest.headings import find_headings
from ingest.labels import label_entries
from ingest.levels import infer_levels
from ingest.metadata import find_metadata
from ingest.noise import mark_noise
from ingest.numbering import number_headings
from ingest.outline import Outline
from ingest.practice import join_entries, mark_entries, nest_entries
from ingest.titles import find_title, name_as_title


def recover(outline: Outline, file_name: str) -> tuple[Outline, dict[str, str]]:
    """The outline with its structure found, and the metadata that it states or shows."""
    text = outline.text
    if outline.format == "bank":
        return outline, {"title": name_as_title(file_name), **outline.stated}
    parts = number_headings(outline.parts, text, marked=outline.marked)
    parts = split_questions(parts, text)
    parts = mark_entries(parts, text) if outline.marked else find_headings(join_entries(parts, text), text)
    title, parts = find_title(parts, outline, file_name)
    parts = infer_levels([label_entries(part, text) for part in parts], text)
    parts = parts if outline.marked else nest_entries(parts, text)
    metadata = find_metadata(replace(outline, parts=tuple(parts)), title)
    parts = mark_contents(mark_noise(parts, text, metadata.get("publisher")), text)
    return replace(outline, parts=tuple(parts)), metadata
