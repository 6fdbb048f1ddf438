"""Does the configured model answer? Which one, how fast to its first word, and what is wrong if it does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from answer.errors import ModelUnavailable
from answer.model.address import Address, address_of
from answer.model.endpoint import open_endpoint
from answer.model.prompts import Prompt
from index.settings import Settings

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. Times in milliseconds, None where nothing came."""

    answers: bool
    model: str  # as configured
    served: str  # as the endpoint calls it
    address: str
    context_tokens: int
    first_word_ms: float | None
    total_ms: float | None
    tokens: str
    problem: str  # what, where, the cure; empty where it answers
    warnings: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """For a person."""
        if not self.answers:
            return "\n".join((self.problem, *self.warnings))
        served = f" (served as {self.served})" if self.served and not self.model.endswith(self.served) else ""
        speed = f"first word after {self.first_word_ms:.0f} ms, done after {self.total_ms:.0f} ms"
        reads = f"It reads {self.context_tokens:,} tokens at once."
        return "\n".join((f"{self.model}{served} answers: {speed}, {self.tokens}. {reads}", *self.warnings))

    def as_json(self) -> dict[str, Any]:
        """One object."""
        return asdict(self)


def check_model(settings: Settings, *, clock: Callable[[], float] = time.perf_counter) -> Checked:
    """Ask the configured model for one word, past the kept answers. Never raises ModelUnavailable: it is the finding."""
    began, first = clock(), None
    found = Checked(False, settings.model or "", "", settings.model_url or "", 0, None, None, "", "")
    try:
        address = address_of(settings)
        found = replace(found, model=address.says, address=address.url, warnings=_warnings(address, settings))
        endpoint = open_endpoint(settings)
        endpoint.cache = None
        found = replace(found, context_tokens=endpoint.context_tokens)
        began = clock()
        stream = endpoint.stream(Prompt("You are being checked.", "Write only the word: ready"))
        for _ in stream:
            first = first or clock()
    except ModelUnavailable as error:
        return replace(found, problem=str(error))
    done = clock()
    return replace(
        found,
        answers=True,
        served=stream.model,
        first_word_ms=round(1000 * ((first or done) - began), 1),
        total_ms=round(1000 * (done - began), 1),
        tokens=stream.usage.says,
    )


def _warnings(address: Address, settings: Settings) -> tuple[str, ...]:
    """What works and is not well."""
    host = address.host.rpartition(":")[0] if address.host.rpartition(":")[2].isdigit() else address.host
    if address.url.startswith("http://") and host.strip("[]") not in LOOPBACK and settings.model_key:
        return (f"Key and questions travel to {address.host} unencrypted; use an https address.",)
    return ()
