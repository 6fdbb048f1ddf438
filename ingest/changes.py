"""What publishing would change, passage by passage: those that come, those that go, those that say something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from index.passages import Guide, Passage
from ingest.report import PassageChange

ALIKE = 0.5  # a passage that goes and one that comes are one that changed when this share of their words stays
SHOWN = 90  # characters of a passage that a line shows
BEFORE = 30  # of them, characters before the first difference
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def passage_changes(before: dict[str, Guide], after: dict[str, Guide]) -> Iterator[PassageChange]:
    """What differs, by guide and in reading order; passages that stay as they are are not named.

    A passage whose words stay but whose title, publisher or facets are others is searched by another text: changed.
    """
    for path in sorted({*before, *after}):
        old = {passage.id: passage for passage in before[path].passages} if path in before else {}
        new = {passage.id: passage for passage in after[path].passages} if path in after else {}
        gone = [passage for key, passage in old.items() if key not in new]
        for passage in new.values():
            earlier = old.get(passage.id) or _closest(passage, gone)
            if earlier is None:
                yield _change(passage, "added")
            elif earlier.id != passage.id:
                gone.remove(earlier)
                yield _change(passage, "changed", earlier.text)
            elif (earlier.search_text, earlier.facets) != (passage.search_text, passage.facets):
                yield _change(passage, "changed", earlier.search_text, passage.search_text)
        yield from (_change(passage, "removed") for passage in gone)


def _closest(passage: Passage, gone: Sequence[Passage]) -> Passage | None:
    """The passage that this one was before: of the same section if any is alike there, else of any."""
    words = passage.text.split()
    alike = [
        (earlier.section_path == passage.section_path, share, earlier)
        for earlier in gone
        if (share := _share(earlier.text.split(), words)) >= ALIKE
    ]
    return max(alike, key=lambda each: each[:2])[2] if alike else None


def _share(one: list[str], other: list[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _change(passage: Passage, outcome: str, before: str | None = None, text: str | None = None) -> PassageChange:
    section = " > ".join(passage.section_path)
    return PassageChange(passage.guide, section, outcome, passage.id, text or passage.text, before)  # type: ignore[arg-type]


def change_lines(changes: Sequence[PassageChange]) -> list[str]:
    """The difference as a person reads it: a line a passage, and for a changed one where it first differs."""
    lines = []
    for change in changes:
        place = f"{SIGNS[change.outcome]} {change.guide}, {change.section or 'opening'}"
        was, now = windows(change)
        lines += [f"{place}: {now}"] if was is None else [f"{place}:", f"    was {was}", f"    now {now}"]
    return lines


def windows(change: PassageChange) -> tuple[str | None, str]:
    """What a passage said and says, shortened to where it first differs; None where it was not there or goes."""
    if change.before is None:
        return None, _window(change.text, 0)
    old, new = " ".join(change.before.split()), " ".join(change.text.split())
    apart = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return _window(old, apart), _window(new, apart)


def _window(words: str, at: int) -> str:
    line = " ".join(words.split())
    start = max(0, at - BEFORE) if len(line) > SHOWN else 0
    end = start + SHOWN
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
