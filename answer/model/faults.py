"""What went wrong at an endpoint, as one line for a person: what, where, the cure. Never with the key in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from answer.errors import ModelUnavailable
from answer.model.address import Address
from answer.model.client import AnswerTooLong, NoStream

SAID = 160  # characters of what an endpoint says that are passed on
_SECRETS = re.compile(r"(?i)\b(?:sk|pk|key|api[-_]?key|bearer)[-_ :=]+[\w*./+=-]{6,}")
_UNSEEN = re.compile(r"[^\S ]+|[^\w\s!-~–—‘’“”…·€£]+")  # all but letters, digits, spaces and plain marks
HIDDEN = "[key]"
WORTH_ANOTHER = {408, 429, 500, 502, 503, 504, 529}
CURES = {
    400: "check the model's name and FOOTNOTE_MODEL_URL",
    401: "check FOOTNOTE_MODEL_KEY",
    403: "check what FOOTNOTE_MODEL_KEY may use",
    404: "check the model's name and FOOTNOTE_MODEL_URL (it mostly ends in /v1)",
    413: "lower FOOTNOTE_MODEL_CONTEXT",
    429: "wait, or use another model",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed attempt: what a person is told, and whether another may do better."""

    says: str
    again: bool = False
    wait: float | None = None  # seconds that the endpoint asked for


TOO_SLOW = Fault("took too long for an answer. Try again, or raise FOOTNOTE_MODEL_TIME.")
NO_WORD = Fault("did not answer in time. Try again, or raise FOOTNOTE_MODEL_PATIENCE.")
CUT = Fault("broke its answer off. Try again, or look at the server.", again=True)
NOTHING = Fault("answered nothing. Try again, or use another model.")
_LENGTH = Fault("reached the length limit before the end of its answer. Use another model.")
_TOOLS = Fault("called a tool instead of answering. Use another model.")
_WITHHELD = Fault("withheld its answer (content filter). Ask in other words, or use another model.")
ENDINGS = {"length": _LENGTH, "tool_calls": _TOOLS, "function_call": _TOOLS, "tool_use": _TOOLS}
ENDINGS |= {"content_filter": _WITHHELD, "refusal": _WITHHELD}


def unavailable(address: Address, fault: Fault) -> ModelUnavailable:
    """The error that is raised for a fault."""
    return ModelUnavailable(f"{address.says} {fault.says}")


def fault_of(error: BaseException, key: str | None) -> Fault:
    """A library's error as a fault. The innermost cause that says something decides."""
    chain = list(_causes(error))
    for each in chain:
        if isinstance(each, AnswerTooLong):
            return Fault(f"sent {each}; that is no answer. Try another model.")
        if isinstance(each, NoStream):
            return Fault(f"sent {each}. Check that FOOTNOTE_MODEL_URL is an OpenAI-compatible address.")
    codes = (getattr(each, "status_code", None) for each in chain)
    status = next((code for code in codes if isinstance(code, int)), None)
    if status is not None:
        return _refused(status, chain[0], key)
    return _broken(chain, key)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refused(status: int, error: Any, key: str | None) -> Fault:
    """An HTTP status that is no success."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    if 300 <= status < 400:
        return Fault("points to another address, which is not followed. Set FOOTNOTE_MODEL_URL to the final one.")
    said = _words_of(getattr(error, "body", None) or "", key)
    cure = CURES.get(status, "try again later, or look at the server" if status >= 500 else "look at the server")
    wait = _seconds(headers.get("retry-after", ""))
    return Fault(f"answered {status}{said}; {cure}.", status in WORTH_ANOTHER, wait)


def _broken(chain: list[BaseException], key: str | None) -> Fault:
    """No answer, or one that breaks off or is none."""
    names = {type(each).__name__ for each in chain}
    if isinstance(chain[0], json.JSONDecodeError | UnicodeDecodeError):
        return Fault("sent what is no JSON in UTF-8. Check that FOOTNOTE_MODEL_URL is an OpenAI-compatible address.")
    refused = any(isinstance(each, ConnectionRefusedError) for each in chain)
    if refused or "ConnectError" in names:
        why = _words_of(str(chain[-1]) if not refused else "", key)
        return Fault(f"cannot be reached{why}. Is the server running, and is FOOTNOTE_MODEL_URL right?")
    if names & {"RemoteProtocolError", "ReadError", "WriteError"}:
        return CUT
    if names & {"TimeoutError", "ReadTimeout", "ConnectTimeout", "WriteTimeout", "PoolTimeout", "APITimeoutError"}:
        return NO_WORD
    said = _words_of(getattr(chain[0], "body", None) or "", key)
    if said:
        return Fault(f"broke its answer off with an error{said}. Try again, or look at the server.")
    return Fault(f"sent what cannot be read as an answer ({type(chain[-1]).__name__}). Try another server or model.")


def _words_of(body: object, key: str | None) -> str:
    """What an endpoint says about its error, as ` ("…")`; nothing where it says nothing."""
    while isinstance(body, dict):
        body = body.get("error") or body.get("message") or body.get("detail") or ""
    words = plain_words(body[:4000], key) if isinstance(body, str) else ""
    if not words or words.startswith("<"):
        return ""
    return f' ("{words[:SAID]}…")' if len(words) > SAID else f' ("{words}")'


def plain_words(text: str, key: str | None) -> str:
    """What others wrote on one line: without the key, and without signs that a terminal would act on."""
    return " ".join(_UNSEEN.sub(" ", redacted(text, key)).split())


def redacted(text: str, key: str | None) -> str:
    """The text without the key, whole or as a prefix of it, and without anything that looks like one."""
    if key:
        text = text.replace(key, HIDDEN)
    return _SECRETS.sub(HIDDEN, text)


def _seconds(header: str) -> float | None:
    """Retry-After in seconds; a date is left alone, for clocks differ."""
    try:
        return max(0.0, float(header))
    except ValueError:
        return None


class Redactor:
    """Takes the key out of a text that comes in pieces: what may be its beginning is held back until it is known."""

    def __init__(self, key: str | None) -> None:
        self._key, self._held = key or "", ""

    def feed(self, piece: str) -> str:
        """What may be shown now."""
        if not self._key:
            return piece
        text = (self._held + piece).replace(self._key, HIDDEN)
        held = next((size for size in range(min(len(self._key) - 1, len(text)), 0, -1) if self._ends(text, size)), 0)
        self._held = text[len(text) - held :] if held else ""
        return text[: len(text) - held]

    def flush(self) -> str:
        """What was held back, once nothing more comes."""
        held, self._held = self._held, ""
        return held

    def _ends(self, text: str, size: int) -> bool:
        return self._key.startswith(text[len(text) - size :])
