"""All that one question asks of the model: several requests under one stop, counted together."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from answer.answers import Turn
from answer.errors import ModelUnavailable
from answer.model.prompts import Prompt, standalone_prompt, wordings_prompt
from answer.model.usage import Usage
from index.words import STOP_WORDS, stem, visible, words

LONGEST_QUESTION = 60  # words
WORDINGS = 3


class Pieces(Protocol):
    """One answer of a model on its way."""

    usage: Usage
    model: str

    def __iter__(self) -> Iterator[str]:
        """Text deltas; raises ModelUnavailable."""

    def close(self) -> None:
        """End it."""


class Model(Protocol):
    """What is needed of `answer.model.endpoint.Endpoint`."""

    @property
    def name(self) -> str:
        """Provider and name."""

    @property
    def context_tokens(self) -> int:
        """How much it reads at once."""

    @property
    def answer_tokens(self) -> int:
        """How much of that its answer may take."""

    @property
    def seconds(self) -> float:
        """How long it may take over one question, whatever it is asked for it."""

    def stream(self, prompt: Prompt, *, stopped: Callable[[], bool], until: float) -> Pieces:
        """Begin to answer; it is to be done at `until`, by the monotonic clock."""


def drawn() -> str:
    """A delimiter that nobody can guess."""
    return secrets.token_hex(16)


class Consultation:
    """The requests that one question makes. Once one of them has failed, `failure` says why and no other is made."""

    def __init__(
        self, model: Model, *, draw: Callable[[], str] = drawn, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self.model = model
        self.spent = Usage()
        self.called = model.name  # as the endpoint calls the model
        self.stopped = False
        self.failure = ""
        self.wordings: tuple[str, ...] = ()
        self._draw, self._is_stopped = draw, stopped
        self._until = time.monotonic() + model.seconds

    def stop(self) -> None:
        """Make no more requests and end the one that runs."""
        self.stopped = True

    def delimiter(self) -> str:
        """One for a new prompt."""
        return self._draw()

    def deltas(self, prompt: Prompt) -> Iterator[str]:
        """The answer to a prompt, piece by piece. Raises ModelUnavailable."""
        if self.failure:
            raise ModelUnavailable(self.failure)
        pieces = self.model.stream(prompt, stopped=self._is_over, until=self._until)
        try:
            yield from pieces
        except ModelUnavailable as error:
            self.failure = str(error)
            raise
        finally:
            pieces.close()
            self.spent += pieces.usage
            self.called = pieces.model or self.called

    def _is_over(self) -> bool:
        return self.stopped or self._is_stopped()

    def text(self, prompt: Prompt) -> str:
        """The whole answer to a prompt. Raises ModelUnavailable."""
        return "".join(self.deltas(prompt))

    def standalone(self, question: str, history: Sequence[Turn], *, otherwise: str) -> str:
        """The question as it stands alone by the model; `otherwise` where the model says what nobody said."""
        if not history:
            return otherwise
        said = self._text_or_nothing(standalone_prompt(question, history, delimiter=self.delimiter()))
        lines = [line.strip(" \"'`*-") for line in visible(said).splitlines() if line.strip()]
        if len(lines) != 1 or not 1 <= len(lines[0].split()) <= LONGEST_QUESTION:
            return otherwise
        told = " ".join([question, otherwise, *(f"{turn.user} {turn.assistant}" for turn in history)])
        known = {stem(word) for word in words(told)} | {stem(word) for word in STOP_WORDS}
        return lines[0] if {stem(word) for word in words(lines[0])} <= known else otherwise

    def other_wordings(self, question: str) -> tuple[str, ...]:
        """The question in other words, for searching; figures in them must be the question's own."""
        said = self._text_or_nothing(wordings_prompt(question, delimiter=self.delimiter()))
        lines = [line.strip(" \"'`*-•0123456789.)") for line in visible(said).splitlines()]
        own = _figures(question)
        fit = [line for line in lines if 2 <= len(line.split()) <= LONGEST_QUESTION and _figures(line) <= own]
        self.wordings = tuple(dict.fromkeys(fit))[:WORDINGS]
        return self.wordings

    def _text_or_nothing(self, prompt: Prompt) -> str:
        try:
            return self.text(prompt)
        except ModelUnavailable:
            return ""


def _figures(text: str) -> set[str]:
    return {word for word in words(text) if word[0].isdigit()}
