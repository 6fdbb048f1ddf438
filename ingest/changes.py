"""What publishing would change, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator

from index.passages import Guide, Passage
from ingest.report import PassageChange


def passage_changes(before: dict[str, Guide], after: dict[str, Guide]) -> Iterator[PassageChange]:
    """Passages that go and passages that come, by guide and section; those that stay are not named."""
    for path in sorted({*before, *after}):
        old = {passage.id: passage for passage in before[path].passages} if path in before else {}
        new = {passage.id: passage for passage in after[path].passages} if path in after else {}
        yield from (_change(passage, "removed") for key, passage in old.items() if key not in new)
        yield from (_change(passage, "added") for key, passage in new.items() if key not in old)


def _change(passage: Passage, outcome: str) -> PassageChange:
    return PassageChange(passage.guide, " > ".join(passage.section_path), outcome, passage.id, passage.text)  # type: ignore[arg-type]
