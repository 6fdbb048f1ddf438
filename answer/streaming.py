"""An answer as it is drawn: pieces of Markdown, and the whole of what is known so far."""

from __future__ import annotations

from collections.abc import Iterator

from answer.answers import Answer


class Streamed:
    """Iterate over the pieces; `last` is the answer so far, and the whole of it once they are through.

    Where a model wrote, `last` may hold more than the pieces did (a repaired sentence) or other words (the extractive
    answer): draw it once the pieces are through.
    """

    def __init__(self, answer: Answer) -> None:
        self.last = answer

    def __iter__(self) -> Iterator[str]:
        yield from self.last.answer.splitlines(keepends=True)

    def whole(self) -> Answer:
        """The answer after all pieces."""
        for _ in self:
            pass
        return self.last
