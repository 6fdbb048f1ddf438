"""Passages of different guides that say nearly the same: found by shared runs of words, compared by Jaccard's measure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from index.passages import Block, Guide
from index.words import words
from ingest.check_guides import line_of
from ingest.finding import Finding, Library

RUN = 4  # words in a run
FEWEST_WORDS = 20  # in a passage that is compared
SAME = 0.6  # of all runs of both are shared
COMMON = 12  # a run in more passages than this is a phrase, and proves nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, list or table and the runs of words in it."""

    guide: Guide
    block: Block
    runs: frozenset[tuple[str, ...]]


def check_duplicates(library: Library) -> Iterator[Finding]:
    """Pairs of passages of two guides that share most of their words, in order; bank files are left out."""
    pieces = [piece for guide in library.guides.values() if guide.info.format != "bank" for piece in _pieces(guide)]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, piece in enumerate(pieces):
        for run in piece.runs:
            holders[run].append(at)
    for at, piece in enumerate(pieces):
        shared = Counter(
            other for run in piece.runs if len(holders[run]) <= COMMON for other in holders[run] if other > at
        )
        for other, count in shared.items():
            if pieces[other].guide is not piece.guide and count > 0.3 * len(piece.runs) and _same(piece, pieces[other]):
                yield _told(piece, pieces[other])


def _pieces(guide: Guide) -> Iterator[Piece]:
    for block in guide.blocks:
        if block.noise or block.kind not in ("paragraph", "list", "table"):
            continue
        said = words(guide.raw(block.start, block.end))
        if len(said) >= FEWEST_WORDS:
            yield Piece(guide, block, frozenset(zip(*(said[at:] for at in range(RUN)), strict=False)))


def _same(one: Piece, other: Piece) -> bool:
    return len(one.runs & other.runs) >= SAME * len(one.runs | other.runs)


def _told(one: Piece, other: Piece) -> Finding:
    there = f"{other.guide.info.path}, {line_of(other.guide, other.block.start)}"
    return Finding(
        "warning",
        "duplicate",
        f"{one.guide.info.path}, {line_of(one.guide, one.block.start)}",
        f"nearly the same passage stands in {there}",
        "The same words twice look like two sources that agree, and crowd out others.",
        "Keep one, or say in each what only it knows.",
    )
