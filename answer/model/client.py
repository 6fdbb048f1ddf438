"""The one home of openai, anthropic, httpx and llama-index's language models: a client that is ours, and its pieces.

What is ours about the client: no redirect is followed, so the key goes to one host only; no proxy or password file is
taken from the environment; headers are those of the protocol and no others; an answer is counted in bytes as it comes
in, is never compressed, and ends at the limit; libraries make no attempts of their own.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

from answer.errors import ModelUnavailable
from answer.model.address import Address

HEADERS = {"host", "connection", "content-type", "content-length", "accept", "authorization", "x-api-key"}
HEADERS |= {"anthropic-version"}
NO_KEY = "none"  # what endpoints that ask for no key are sent


class Asked(Protocol):
    """What a model is asked: `answer.model.prompts.Prompt` is one."""

    @property
    def system(self) -> str:
        """The rules."""

    @property
    def user(self) -> str:
        """Question and evidence."""

    @property
    def hash(self) -> str:
        """What two requests have in common that ask for the same."""


class AnswerTooLong(RuntimeError):
    """More bytes came than an answer may have."""


class NoStream(RuntimeError):
    """What came is no event stream; the message says what it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer on its way, whoever sent it."""

    text: str = ""
    thinks: bool = False  # something that is not shown came: the model is alive
    finish: str = ""  # why the model ended, once it did: "stop" is whole
    tokens: tuple[int, int] | None = None  # read, written
    model: str = ""  # as the endpoint calls it


def http_client(library: ModuleType, *, seconds: float, byte_limit: int) -> Any:
    """An AsyncClient of httpx, or of httpx2 which has the same interface, with the guards of this file."""
    counted = _counted_body(library, byte_limit)

    async def guard(response: Any) -> None:
        response.stream = counted(response.stream)
        if response.headers.get("content-encoding", "identity") != "identity":
            raise NoStream("a compressed body that was not asked for")
        kind = response.headers.get("content-type", "nothing").split(";")[0]
        if response.status_code == 200 and asked_to_stream(response.request) and "event-stream" not in kind:
            raise NoStream(f"{kind[:60]} instead of an event stream")

    return library.AsyncClient(
        timeout=seconds,
        follow_redirects=False,
        trust_env=False,
        limits=library.Limits(max_keepalive_connections=0),
        event_hooks={"request": [_strip], "response": [guard]},
    )


async def _strip(request: Any) -> None:
    """Leave only the protocol's own headers: libraries add the machine, the version, an organisation's name."""
    for name in set(request.headers) - HEADERS:
        del request.headers[name]
    request.headers["accept-encoding"] = "identity"  # a small compressed body may unpack to a huge one
    request.headers["user-agent"] = "footnote"


def _counted_body(library: ModuleType, byte_limit: int) -> Any:
    """The class of a response body that ends at the limit."""

    class Counted(library.AsyncByteStream):  # type: ignore[misc,name-defined]
        def __init__(self, body: Any) -> None:
            self._body = body

        async def __aiter__(self) -> AsyncIterator[bytes]:
            seen = 0
            async for part in self._body:
                seen += len(part)
                if seen > byte_limit:
                    raise AnswerTooLong(f"more than {byte_limit:,} bytes")
                yield part

        async def aclose(self) -> None:
            await self._body.aclose()

    return Counted


def asked_to_stream(request: Any) -> bool:
    """Whether a request's JSON body asks for a stream; judging with ragas does not."""
    return b'"stream":true' in request.content.replace(b" ", b"")


def openai_client(
    address: Address, key: str | None, *, seconds: float, byte_limit: int = 2_000_000, attempts: int = 1
) -> Any:
    """openai's asynchronous client over ours: `AsyncOpenAI`."""
    import httpx
    from openai import AsyncOpenAI

    http = http_client(httpx, seconds=seconds, byte_limit=byte_limit)
    return AsyncOpenAI(
        base_url=address.url,
        api_key=key or NO_KEY,
        timeout=seconds,
        max_retries=attempts - 1,
        http_client=http,
    )


def open_llm(address: Address, key: str | None, *, answer_tokens: int) -> Any:
    """llama-index's LLM for the address, without a client yet. Raises ModelUnavailable where its package is missing."""
    if address.provider == "anthropic":
        try:
            library = importlib.import_module("llama_index.llms.anthropic")
        except ImportError as error:
            raise ModelUnavailable(
                f"{address.says}: the package for Anthropic is not installed; run `pip install --editable '.[anthropic]'`."
            ) from error
        return _any_anthropic(library)(
            model=address.name,
            base_url=address.url,
            api_key=key or NO_KEY,
            max_retries=0,
            temperature=0.0,
            max_tokens=answer_tokens,
        )
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=address.name,
        api_base=address.url,
        api_key=key or NO_KEY,
        is_chat_model=True,
        max_retries=0,
        temperature=0.0,
        max_tokens=answer_tokens,
        additional_kwargs={"stream_options": {"include_usage": True}},
    )


def _any_anthropic(library: ModuleType) -> Any:
    """llama-index's Anthropic for any model: its own refuses the names it doesn't know, which the newest are among."""
    from llama_index.core.base.llms.types import LLMMetadata

    class AnyAnthropic(library.Anthropic):  # type: ignore[misc,name-defined]
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(is_chat_model=True, model_name=self.model)

    return AnyAnthropic


def context_of(address: Address) -> int | None:
    """How many tokens the model reads at once, where llama-index knows it."""
    from llama_index.llms.openai.utils import openai_modelname_to_contextsize

    try:
        if address.provider == "anthropic":
            known = importlib.import_module("llama_index.llms.anthropic.utils").anthropic_modelname_to_contextsize
            return int(known(address.name))
        return int(openai_modelname_to_contextsize(address.name))
    except (ImportError, ValueError):
        return None


async def pieces_of(
    address: Address, llm: Any, key: str | None, prompt: Asked, *, seconds: float, byte_limit: int
) -> AsyncGenerator[Piece]:
    """Ask once and give the answer piece by piece. Raises any of `foreign_errors()`.

    The clients belong to the event loop of one answer, so each answer has its own; the model object is copied for it.
    """
    from llama_index.core.base.llms.types import ChatMessage

    messages = [ChatMessage(role="system", content=prompt.system), ChatMessage(role="user", content=prompt.user)]
    own = llm.model_copy()
    async with _client_for(address, key, seconds=seconds, byte_limit=byte_limit) as client:
        own._aclient = client
        read = _read_anthropic if address.provider == "anthropic" else _read_openai
        async with aclosing(await own.astream_chat(messages)) as responses:
            async for response in responses:
                yield read(response)


def _client_for(address: Address, key: str | None, *, seconds: float, byte_limit: int) -> Any:
    if address.provider != "anthropic":
        return openai_client(address, key, seconds=seconds, byte_limit=byte_limit)
    import anthropic

    library = importlib.import_module("httpx2" if _wants_httpx2(anthropic) else "httpx")
    http = http_client(library, seconds=seconds, byte_limit=byte_limit)
    return anthropic.AsyncAnthropic(
        base_url=address.url, api_key=key or NO_KEY, timeout=seconds, max_retries=0, http_client=http
    )


def _wants_httpx2(anthropic: Any) -> bool:
    """anthropic's client moved from httpx to its successor; the class it builds on says which it takes."""
    return any(kind.__module__.startswith("httpx2") for kind in anthropic.DefaultAsyncHttpxClient.__mro__)


def _read_openai(response: Any) -> Piece:
    raw = response.raw
    choice = raw.choices[0] if raw.choices else None
    usage = getattr(raw, "usage", None)
    tokens = (int(usage.prompt_tokens or 0), int(usage.completion_tokens or 0)) if usage else None
    thinks = bool(response.additional_kwargs.get("thinking_delta"))
    return Piece(response.delta or "", thinks, (choice and choice.finish_reason) or "", tokens, raw.model or "")


def _read_anthropic(response: Any) -> Piece:
    more = response.message.additional_kwargs
    usage = more.get("usage") or {}
    ended = {"end_turn": "stop", "stop_sequence": "stop", "max_tokens": "length"}
    finish = ended.get(more.get("stop_reason") or "", more.get("stop_reason") or "")
    tokens = (int(usage.get("input_tokens") or 0), int(usage.get("output_tokens") or 0)) if finish and usage else None
    return Piece(response.delta or "", bool(more.get("thinking_delta")), finish, tokens)


def foreign_errors() -> tuple[type[Exception], ...]:
    """Whatever the libraries raise when an endpoint fails, or sends what is no answer: wrong JSON, UTF-8, shapes."""
    trees = {"openai": "OpenAIError", "httpx": "HTTPError", "anthropic": "AnthropicError", "httpx2": "HTTPError"}
    loaded = [getattr(sys.modules[name], tree) for name, tree in trees.items() if name in sys.modules]
    return (*loaded, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OSError)
