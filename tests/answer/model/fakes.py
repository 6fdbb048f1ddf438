"""A model that says what it is told to, piece by piece."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence

from answer.errors import ModelUnavailable
from answer.model.prompts import Prompt
from answer.model.usage import Usage

Script = Callable[[Prompt], str]


class ScriptedPieces:
    """One scripted answer; `<pause>` in it waits, `<cut>` breaks it off."""

    model = "scripted-1"

    def __init__(self, text: str, *, stopped: Callable[[], bool], pause: float) -> None:
        self.usage = Usage()
        self.is_closed = False
        self._text, self._stopped, self._pause = text, stopped, pause

    def __iter__(self) -> Iterator[str]:
        self.usage = Usage(10, len(self._text.split()), None, False, 1)
        for piece in re.findall(r"<pause>|<cut>|.{1,7}(?=<pause>|<cut>)|.{1,7}", self._text, re.DOTALL):
            if self._stopped():
                return
            if piece == "<pause>":
                time.sleep(self._pause)
            elif piece == "<cut>":
                raise ModelUnavailable("scripted: broke off in the middle. Try again.")
            else:
                yield piece

    def close(self) -> None:
        self.is_closed = True


class ScriptedModel:
    """Says the answers in turn (the last one again and again), or what a script makes of the prompt; keeps the prompts."""

    name = "openai:scripted"
    context_tokens = 8192
    answer_tokens = 1024
    seconds = 60.0

    def __init__(self, said: Sequence[str] | Script, *, pause: float = 0.0) -> None:
        self.prompts: list[Prompt] = []
        self.pieces: list[ScriptedPieces] = []
        self._said, self._pause = said, pause

    def stream(self, prompt: Prompt, *, stopped: Callable[[], bool], until: float) -> ScriptedPieces:
        self.prompts.append(prompt)
        said = self._said
        text = said(prompt) if callable(said) else said[min(len(self.prompts), len(said)) - 1]
        self.pieces.append(ScriptedPieces(text, stopped=stopped, pause=self._pause))
        return self.pieces[-1]


def evidence_of(prompt: Prompt) -> dict[int, str]:
    """The numbered excerpts of a prompt: number -> line."""
    return {int(line[1 : line.index("]")]): line for line in prompt.user.splitlines() if re.match(r"\[\d+\] \(", line)}


def number_of(prompt: Prompt, words: str) -> int:
    """The number of the excerpt that holds these words."""
    return next(number for number, line in evidence_of(prompt).items() if words in line)
