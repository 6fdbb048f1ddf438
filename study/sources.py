"""Where a key point is supported: its section, the sentences that say it, and the citation of the nearest one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol

import numpy as np

from answer.answers import Citation
from index.errors import UnknownGuide
from index.passages import Guide, Section
from study.phrasing import spelled

SUPPORTING = 2  # sentences of the section that are taken as support
NEAR = 0.55  # cosine to the point from which a sentence supports it


class Library(Protocol):
    """What this needs of the index."""

    def guide(self, path: str) -> Guide:
        """The guide at this path."""

    def embed(self, texts: Any) -> Any:
        """Unit vectors."""


@dataclass(frozen=True, slots=True)
class Supported:
    """The sentences that say the point, best first, and the citation; empty where the source does not stand any more."""

    sentences: tuple[str, ...] = ()
    citation: Citation | None = None


def section_named(guide: Guide, heading: str) -> Section | None:
    """The section of this heading, or of the end of its path "A > B"; the whole guide for an empty one."""
    if not heading:
        return guide.sections[0]
    wanted = " ".join(heading.split(">")[-1].casefold().split())
    named = [section for section in guide.sections if " ".join(section.heading.casefold().split()) == wanted]
    return next(iter(named), None)


def find_support(library: Library, point: str, source: str) -> Supported:
    """Support for a key point in the section its `source` names ("notes/dropout.md#Definition")."""
    path, _, heading = source.partition("#")
    try:
        guide = library.guide(path)
    except UnknownGuide:
        return Supported()
    section = section_named(guide, heading.strip())
    if section is None:
        return Supported()
    inside = [unit for unit in guide.units if section.start <= unit.start < section.end and unit.kind != "heading"]
    if not inside:
        return Supported()
    vectors = library.embed([spelled(point), *(spelled(unit.text) for unit in inside)])
    near = np.asarray(vectors[1:] @ vectors[0])
    order = [int(place) for place in np.argsort(-near, kind="stable")]
    sentences = tuple(inside[place].text for place in order[:SUPPORTING] if near[place] >= NEAR)
    return Supported(sentences, cite(guide, section, (inside[order[0]].start, inside[order[0]].end)))


def cite(guide: Guide, section: Section, span: tuple[int, int], *, number: int = 1) -> Citation:
    """The citation of a span of a guide."""
    start, end = span
    return Citation(
        number=number,
        guide=PurePosixPath(guide.info.path).name,
        path=guide.info.path,
        title=guide.info.title,
        publisher=guide.info.publisher,
        updated=guide.info.updated,
        section=" > ".join(section.path) or guide.info.title,
        page=section.page,
        start=start,
        end=end,
        quote=guide.raw(start, end),
        revision=guide.info.revision,
    )
