"""What a model thinks aloud before it answers is no part of its answer.

Most endpoints send it apart. Some (a bare vLLM or llama.cpp with a reasoning model) put it at the head of the text, as
`<think>…</think>`; there it is taken out, in pieces as it comes.
"""

from __future__ import annotations

OPENS, CLOSES = "<think>", "</think>"


class Thoughts:
    """Takes thoughts off the head of a text in pieces, with the space around them."""

    def __init__(self) -> None:
        self._held = ""
        self._state = "head"  # then "thinking" where one stands there, and "answer"
        self._has_thought = False

    def feed(self, piece: str) -> str:
        """What of the answer may be passed on now."""
        if self._state == "answer":
            return piece
        self._held += piece
        head = self._held.lstrip()
        if self._state == "head" and head.startswith(OPENS):
            self._state, self._has_thought = "thinking", True
        if self._state == "thinking":
            return self._think()
        return "" if OPENS.startswith(head) else self._answer()

    def flush(self) -> str:
        """What was held back, once nothing more comes: an unfinished thought is none of it."""
        return "" if self._state == "thinking" else self._answer()

    def _think(self) -> str:
        _, closed, rest = self._held.partition(CLOSES)
        if not closed:
            self._held = self._held[1 - len(CLOSES) :]  # enough to see the end, however it is cut up
            return ""
        self._state, self._held = "head", ""
        return self.feed(rest)

    def _answer(self) -> str:
        text = self._held.lstrip() if self._has_thought else self._held
        self._state, self._held = "answer", ""
        return text
