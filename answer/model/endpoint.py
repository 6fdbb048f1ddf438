"""A model at an endpoint: text deltas in, within its limits, or ModelUnavailable saying what, where and the cure."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

from answer.model.address import Address, address_of, key_of
from answer.model.client import Asked, Piece, context_of, open_llm, pieces_of
from answer.model.faults import NOTHING, Fault, Redactor, plain_words, unavailable
from answer.model.fetching import End, Fetching, Limits
from answer.model.response_cache import ResponseCache
from answer.model.thinking import Thoughts
from answer.model.usage import Meter, Prices, Usage, counted, prices_of, tokens_in
from index.settings import Settings

TICK = 0.05  # seconds between looks at whether the answer was stopped
UNKNOWN_CONTEXT = {"openai": 8192, "ollama": 4096, "anthropic": 100_000}  # tokens; ollama's own default is 4,096


class Endpoint:
    """The configured model. `stream` may be called from many threads."""

    def __init__(
        self,
        address: Address,
        key: str | None,
        *,
        limits: Limits,
        context: int | None = None,
        prices: Prices | None = None,
        cache: ResponseCache | None = None,
    ) -> None:
        self.address = address
        self.name = f"{address.provider}:{address.name}"
        self.context_tokens = context or context_of(address) or UNKNOWN_CONTEXT[address.provider]
        self.answer_tokens = min(limits.answer_tokens, self.context_tokens // 4)
        self.limits = limits
        self.usage = Meter()
        self.cache = cache
        self._key, self._prices = key, prices
        self._llm = open_llm(address, key, answer_tokens=self.answer_tokens)
        self._turns = threading.BoundedSemaphore(limits.at_once)

    def __repr__(self) -> str:
        return f"Endpoint({self.address.says})"

    @property
    def seconds(self) -> float:
        """How long one question may take, whatever is asked for it."""
        return self.limits.total

    def stream(
        self, prompt: Asked, *, stopped: Callable[[], bool] = lambda: False, until: float | None = None
    ) -> ModelStream:
        """The answer to a prompt as text deltas. Iterating raises ModelUnavailable for whatever goes wrong.

        It ends early, without an error, once `stopped()` says so; it is asked every 50 ms. `until`, by the monotonic
        clock, may be sooner than the limit allows: several requests for one question share their time.
        """
        return ModelStream(self, prompt, stopped, until)

    def _fetched(self, prompt: Asked, stopped: Callable[[], bool], until: float) -> Iterator[Piece]:
        """Pieces from the network, in a turn of its own."""
        with self._turn(stopped, until), closing(self._fetching(prompt, until)) as fetching:
            while not stopped():
                event = fetching.next(TICK)
                if isinstance(event, Piece):
                    yield event
                elif isinstance(event, End):
                    return

    def _fetching(self, prompt: Asked, until: float) -> Fetching:
        limits = self.limits

        def attempt() -> AsyncGenerator[Piece]:
            return pieces_of(self.address, self._llm, self._key, prompt, seconds=limits.total, byte_limit=limits.bytes)

        return Fetching(attempt, self.address, self._key, limits, until - time.monotonic())

    @contextmanager
    def _turn(self, stopped: Callable[[], bool], until: float) -> Iterator[None]:
        taken = self._turns.acquire(timeout=TICK)
        while not taken and not stopped():
            if time.monotonic() > until:
                raise unavailable(self.address, Fault("is busy with other answers. Ask again in a moment."))
            taken = self._turns.acquire(timeout=TICK)
        try:
            yield
        finally:
            if taken:
                self._turns.release()

    def _counted(self, prompt: Asked, tokens: tuple[int, int] | None, letters: int) -> Usage:
        """The usage of one answer, added to the total."""
        read, wrote = tokens or (tokens_in(prompt.system + prompt.user), tokens_in("x" * letters))
        usage = counted(read, wrote, self._prices, estimated=tokens is None)
        self.usage.add(usage)
        return usage


class ModelStream:
    """One answer on its way: iterate over its deltas; then `usage`, `model` (as the endpoint calls it) and `cached`."""

    def __init__(
        self, endpoint: Endpoint, prompt: Asked, stopped: Callable[[], bool], until: float | None = None
    ) -> None:
        self.usage = Usage()
        self.model = ""
        self.cached = False
        self.is_whole = False
        self._endpoint, self._prompt, self._stopped, self._until = endpoint, prompt, stopped, until
        self._deltas = self._run()

    def __iter__(self) -> Iterator[str]:
        return self._deltas

    def __next__(self) -> str:
        return next(self._deltas)

    def close(self) -> None:
        """End the answer where it stands."""
        self._deltas.close()

    def _run(self) -> Generator[str]:
        cache, key = self._endpoint.cache, (self._endpoint.address, self._prompt.hash)
        kept = cache.find(*key) if cache is not None else None
        if kept is not None:
            self.cached = self.is_whole = True
            self.model = kept.model
            yield kept.text
            return
        said: list[str] = []
        for delta in self._passed_on():
            said.append(delta)
            yield delta
        if self.is_whole and not "".join(said).strip():
            raise unavailable(self._endpoint.address, NOTHING)
        if cache is not None and self.is_whole:
            cache.keep(*key, text="".join(said), model=self.model)

    def _passed_on(self) -> Iterator[str]:
        """The answer's deltas without thoughts and key, counted at the end, however it comes."""
        endpoint = self._endpoint
        until = min(self._until or math.inf, time.monotonic() + endpoint.limits.total)
        written, last = 0, Piece()

        def texts() -> Iterator[str]:
            nonlocal written, last
            for piece in endpoint._fetched(self._prompt, self._stopped, until):
                written += len(piece.text)
                last = replace(last, **_told(piece))
                yield piece.text

        try:
            yield from _cleaned(texts(), Thoughts(), Redactor(endpoint._key))
            self.is_whole = bool(last.finish)
        finally:
            self.model = plain_words(last.model, endpoint._key)
            if written or last.tokens:
                self.usage = endpoint._counted(self._prompt, last.tokens, written)


def _cleaned(texts: Iterator[str], *filters: Thoughts | Redactor) -> Iterator[str]:
    """The texts through the filters one after the other; nothing empty."""
    if not filters:
        yield from filter(None, texts)
        return
    first, *rest = filters

    def filtered() -> Iterator[str]:
        for text in texts:
            yield first.feed(text)
        yield first.flush()

    yield from _cleaned(filtered(), *rest)


def _told(piece: Piece) -> dict[str, Any]:
    """What a piece says beside its text."""
    return {name: getattr(piece, name) for name in ("finish", "tokens", "model") if getattr(piece, name)}


def open_endpoint(settings: Settings, *, limits: Limits | None = None) -> Endpoint:
    """The configured model, nothing sent yet. Raises ModelUnavailable where the settings make none."""
    address = address_of(settings)
    return Endpoint(
        address,
        key_of(settings),
        limits=limits or Limits(first_token=settings.model_patience, total=settings.model_time),
        context=settings.model_context,
        prices=prices_of(settings),
        cache=ResponseCache(settings.model_answers),
    )
