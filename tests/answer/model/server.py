"""A real HTTP server on loopback that speaks OpenAI's streaming protocol, in the manner that a test asks for.

`serving(manner)` gives a `Scripted`: its `url`, and the requests it `received`. A manner is a function of a `Reply`; the
ones in `MANNERS` are how endpoints are known to behave. What is said is `Reply.words`: fixed, or made from the request.
"""

from __future__ import annotations

import json
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

WORDS = "The lamp test takes 40 minutes [1]. It is held on site [2]."
Words = Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Scripted:
    """A running server."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    begun: float = 0.0  # when the last answer's last word left, by the monotonic clock

    @property
    def attempt(self) -> int:
        """Which request this is, the first being 1."""
        return len(self.received)


class Reply:
    """What a manner writes with."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: Scripted, words: str) -> None:
        self.server, self.words = server, words
        self.key = handler.headers.get("authorization", "").removeprefix("Bearer ")
        self._handler, self._chunked = handler, False

    def start(self, status: int = 200, kind: str = "text/event-stream", *, chunked: bool = True, **more: str) -> None:
        """Status line and headers; `retry_after="1"` becomes `Retry-After: 1`."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        for name, value in more.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._chunked = chunked
        self._handler.send_header(*(("Transfer-Encoding", "chunked") if chunked else ("Connection", "close")))
        self._handler.end_headers()

    def send(self, raw: bytes) -> None:
        """Bytes of the body."""
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw) if self._chunked else raw)
        self._handler.wfile.flush()

    def event(self, value: object) -> None:
        """One server-sent event."""
        self.send(b"data: " + json.dumps(value).encode() + b"\n\n")

    def named(self, name: str, **values: object) -> None:
        """One of Anthropic's events."""
        self.send(f"event: {name}\n".encode() + b"data: " + json.dumps({"type": name} | values).encode() + b"\n\n")

    def delta(self, text: str | None, *, finish: str | None = None, **more: object) -> None:
        """One chunk of the answer."""
        delta = {"role": "assistant", "content": text} | more
        self.event(chunk([{"index": 0, "delta": delta, "finish_reason": finish}]))

    def say(self, text: str | None = None, *, size: int = 12) -> None:
        """The words in deltas of a size."""
        text = self.words if text is None else text
        for start in range(0, len(text), size):
            self.delta(text[start : start + size])
        self.server.begun = time.monotonic()

    def end(self, *, finish: str | None = "stop", usage: bool = True, done: bool = True) -> None:
        """Why it ends, what it took, and that it is done."""
        if finish:
            self.event(chunk([{"index": 0, "delta": {}, "finish_reason": finish}]))
        if usage:
            self.event(chunk([]) | {"usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}})
        if done:
            self.send(b"data: [DONE]\n\n")
        self.finish()

    def finish(self) -> None:
        """The body's own end."""
        if self._chunked:
            self._handler.wfile.write(b"0\r\n\r\n")

    def fail(self, status: int, message: str = "not today", **more: str) -> None:
        """An error as OpenAI words it."""
        self.start(status, "application/json", **more)
        self.send(json.dumps({"error": {"message": message, "type": "test"}}).encode())
        self.finish()

    def hang(self, seconds: float = 30.0) -> None:
        """Nothing, until the test is over."""
        self.server.closing.wait(seconds)

    def drop(self) -> None:
        """Break the connection off with a reset."""
        self._handler.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self._handler.connection.close()

    def bare(self, raw: bytes) -> None:
        """Bytes that are no HTTP."""
        self._handler.wfile.write(raw)


Manner = Callable[[Reply], None]


def chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    """A chunk object around its choices."""
    return {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted-1",
        "choices": choices,
    }


@contextmanager
def serving(manner: Manner | str, words: str | Words = WORDS) -> Iterator[Scripted]:
    """A server in one manner, closed at the end with whatever it still says."""
    scripted = Scripted()
    behave = MANNERS[manner] if isinstance(manner, str) else manner

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            scripted.received.append(Received(self.path, headers, body))
            self.close_connection = True
            try:
                behave(Reply(self, scripted, words if isinstance(words, str) else words(body)))
            except OSError:
                return

        def do_GET(self) -> None:
            scripted.received.append(Received(self.path, dict(self.headers.items()), {}))
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    scripted.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield scripted
    finally:
        scripted.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


# Good answers, in every shape that endpoints give them.


def good(reply: Reply) -> None:
    reply.start()
    reply.say()
    reply.end()


def letter_by_letter(reply: Reply) -> None:
    reply.start()
    reply.say(size=1)
    reply.end()


def one_delta(reply: Reply) -> None:
    reply.start()
    reply.say(size=100_000)
    reply.end()


def finish_with_the_last_word(reply: Reply) -> None:
    reply.start()
    reply.delta(reply.words, finish="stop")
    reply.end(finish=None)


def no_count_of_tokens(reply: Reply) -> None:
    reply.start()
    reply.say()
    reply.end(usage=False)


def null_deltas(reply: Reply) -> None:
    reply.start()
    reply.delta(None)
    for letter in reply.words:
        reply.delta(None)
        reply.delta(letter)
        reply.event(chunk([]))
    reply.end()


def comments_between(reply: Reply) -> None:
    reply.start()
    for start in range(0, len(reply.words), 9):
        reply.send(b": keep-alive\n\n")
        reply.delta(reply.words[start : start + 9])
    reply.end()


def thinks_aloud_first(reply: Reply) -> None:
    reply.start()
    reply.delta(None, reasoning_content="Let me look at the evidence. The lamp test takes 99 minutes.")
    reply.say()
    reply.end()


def thinks_in_its_text(reply: Reply) -> None:
    """As a reasoning model does behind a server that doesn't take its thoughts apart."""
    reply.start()
    reply.say(f"<think>\nThe lamp test takes 99 minutes [1]. Or <b>not</b>?\n</think>\n\n{reply.words}", size=5)
    reply.end()


def done_missing(reply: Reply) -> None:
    reply.start()
    reply.say()
    reply.end(done=False)


def chunk_after_done(reply: Reply) -> None:
    reply.start()
    reply.say()
    reply.event(chunk([{"index": 0, "delta": {}, "finish_reason": "stop"}]))
    reply.send(b"data: [DONE]\n\n")
    reply.delta(" The lamp test takes 99 minutes [1].")
    reply.finish()


def hangs_when_done(reply: Reply) -> None:
    reply.start()
    reply.say()
    reply.event(chunk([{"index": 0, "delta": {}, "finish_reason": "stop"}]))
    reply.hang()


def closes_instead_of_chunks(reply: Reply) -> None:
    reply.start(chunked=False)
    reply.say()
    reply.end()


def busy_once(reply: Reply) -> None:
    good(reply) if reply.server.attempt > 1 else reply.fail(429, "slow down", Retry_After="0.05")


def down_once(reply: Reply) -> None:
    good(reply) if reply.server.attempt > 1 else reply.fail(503)


def resets_once(reply: Reply) -> None:
    good(reply) if reply.server.attempt > 1 else reply.drop()


def says_the_key(reply: Reply) -> None:
    """An endpoint that puts the key it was given into its answer, in two deltas."""
    reply.start()
    half = len(reply.key) // 2
    reply.say()
    reply.delta(f" Your key is {reply.key[:half]}")
    reply.delta(f"{reply.key[half:]}, keep it safe [1].")
    reply.end()


def anthropics_own(reply: Reply) -> None:
    """Anthropic's protocol: named events, thinking first, the count of tokens in two places."""
    message = {"id": "m", "type": "message", "role": "assistant", "content": [], "model": "claude-scripted"}
    usage = {"input_tokens": 100, "output_tokens": 1}
    reply.start()
    reply.named("message_start", message=message | {"stop_reason": None, "stop_sequence": None, "usage": usage})
    reply.named("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for start in range(0, len(reply.words), 12):
        text = reply.words[start : start + 12]
        reply.named("content_block_delta", index=0, delta={"type": "text_delta", "text": text})
    reply.named("content_block_stop", index=0)
    reply.named("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage={"output_tokens": 20})
    reply.named("message_stop")
    reply.finish()


def anthropics_own_error(reply: Reply) -> None:
    reply.start(529, "application/json")
    reply.send(json.dumps({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}).encode())
    reply.finish()


# No answer, or none that is whole.


def wrong_key(reply: Reply) -> None:
    reply.fail(401, f"Incorrect API key provided: {reply.key}. You can find your key elsewhere.")


def not_permitted(reply: Reply) -> None:
    reply.fail(403)


def no_such_model(reply: Reply) -> None:
    reply.fail(404, "The model `scripted` does not exist")


def bad_request(reply: Reply) -> None:
    reply.fail(400, "unsupported parameter")


def busy_for_ever(reply: Reply) -> None:
    reply.fail(429, "slow down")


def busy_for_an_hour(reply: Reply) -> None:
    reply.fail(429, "slow down", Retry_After="3600")


def down(reply: Reply) -> None:
    reply.fail(500, "oops")


def down_with_a_page(reply: Reply) -> None:
    reply.start(502, "text/html")
    reply.send(b"<html><script>alert(1)</script><img src='http://evil.test/x.png'>Bad gateway</html>")
    reply.finish()


def hangs_at_once(reply: Reply) -> None:
    reply.hang()


def hangs_after_its_headers(reply: Reply) -> None:
    reply.start()
    reply.hang()


def hangs_in_the_stream(reply: Reply) -> None:
    reply.start()
    reply.say(reply.words[: len(reply.words) // 2])
    reply.hang()


def drips(reply: Reply) -> None:
    reply.start()
    while not reply.server.closing.wait(0.1):
        reply.delta("a")


def comments_for_ever(reply: Reply) -> None:
    reply.start()
    while not reply.server.closing.wait(0.05):
        reply.send(b": keep-alive\n\n")


def ten_megabytes(reply: Reply) -> None:
    reply.start()
    for _ in range(2500):
        reply.delta("The lamp test takes 40 minutes [1]. " * 110)
    reply.end()


def huge_delta(reply: Reply) -> None:
    reply.start()
    reply.delta("lamp " * 2_000_000)
    reply.end()


def huge_error(reply: Reply) -> None:
    reply.start(500, "application/json")
    for _ in range(160):
        reply.send(b'{"error": "' + b"x" * 65536)
    reply.finish()


def compressed_bomb(reply: Reply) -> None:
    import gzip

    reply.start(Content_Encoding="gzip")
    reply.send(gzip.compress(b"data: " + b" " * 50_000_000 + b"\n\n"))
    reply.finish()


def bad_json(reply: Reply) -> None:
    reply.start()
    reply.delta(reply.words[:20])
    reply.send(b'data: {"choices": [{"delta": {"content": "The lamp\n\n')
    reply.end()


def bad_utf8(reply: Reply) -> None:
    reply.start()
    reply.delta(reply.words[:20])
    reply.send(b'data: {"choices": [{"delta": {"content": "\xff\xfe\xc3("}}]}\n\n')
    reply.end()


def a_list_for_a_chunk(reply: Reply) -> None:
    reply.start()
    reply.event([1, 2, 3])
    reply.end(usage=False, finish=None)


def no_choices(reply: Reply) -> None:
    reply.start()
    reply.event({"id": "x", "object": "chat.completion.chunk"})
    reply.end(usage=False, finish=None)


def content_of_another_kind(reply: Reply) -> None:
    reply.start()
    reply.event(chunk([{"index": 0, "delta": {"content": {"text": "The lamp"}}, "finish_reason": None}]))
    reply.end()


def breaks_off(reply: Reply) -> None:
    reply.start()
    reply.say(reply.words[:25])
    reply.drop()


def ends_without_a_finish(reply: Reply) -> None:
    reply.start(chunked=False)
    reply.say(reply.words[:25])


def redirects(reply: Reply) -> None:
    """To another host; `Scripted.received` of that one must stay empty."""
    reply.start(307, "text/plain", Location=reply.words)
    reply.finish()


def a_page(reply: Reply) -> None:
    reply.start(200, "text/html")
    reply.send(b"<h1>Welcome to the router</h1>")
    reply.finish()


def not_streamed(reply: Reply) -> None:
    reply.start(200, "application/json")
    message = {"role": "assistant", "content": reply.words}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    reply.send(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode())
    reply.finish()


def empty(reply: Reply) -> None:
    reply.start()
    reply.end()


def only_space(reply: Reply) -> None:
    reply.start()
    reply.say(" \n\t \n")
    reply.end()


def only_thinks(reply: Reply) -> None:
    reply.start()
    reply.say("<think>The lamp test takes 99 minutes [1]. Let me see.")
    reply.end()


def no_event(reply: Reply) -> None:
    reply.start()
    reply.finish()


def calls_a_tool(reply: Reply) -> None:
    reply.start()
    call = {"index": 0, "id": "1", "type": "function", "function": {"name": "search", "arguments": "{}"}}
    reply.delta(None, tool_calls=[call])
    reply.end(finish="tool_calls")


def error_in_the_stream(reply: Reply) -> None:
    reply.start()
    reply.delta(reply.words[:20])
    reply.event({"error": {"message": "out of memory", "code": 500}})
    reply.finish()


def too_long_for_its_limit(reply: Reply) -> None:
    reply.start()
    reply.say(reply.words[:25])
    reply.end(finish="length")


def withheld(reply: Reply) -> None:
    reply.start()
    reply.delta("")
    reply.end(finish="content_filter")


def no_http(reply: Reply) -> None:
    reply.bare(b"SSH-2.0-OpenSSH_9.2\r\n")


def closes_at_once(reply: Reply) -> None:
    reply.drop()


GOOD: tuple[Manner, ...] = (
    good,
    letter_by_letter,
    one_delta,
    finish_with_the_last_word,
    no_count_of_tokens,
    null_deltas,
    comments_between,
    thinks_aloud_first,
    thinks_in_its_text,
    done_missing,
    chunk_after_done,
    hangs_when_done,
    closes_instead_of_chunks,
    busy_once,
    down_once,
    resets_once,
)
BAD: dict[Manner, str] = {
    wrong_key: r"answered 401 .*check FOOTNOTE_MODEL_KEY",
    not_permitted: "answered 403 .*FOOTNOTE_MODEL_KEY",
    no_such_model: "answered 404 .*does not exist.*check the model's name",
    bad_request: "answered 400 .*unsupported parameter",
    busy_for_ever: "answered 429 .*slow down",
    busy_for_an_hour: "answered 429 .*slow down",
    down: "answered 500 .*oops",
    down_with_a_page: "answered 502; try again later",
    hangs_at_once: "did not answer in time",
    hangs_after_its_headers: "did not answer in time",
    hangs_in_the_stream: "did not answer in time",
    drips: "took too long",
    comments_for_ever: "did not answer in time",
    ten_megabytes: "more than .* bytes",
    huge_delta: "more than .* bytes",
    huge_error: "more than .* bytes|answered 500",
    compressed_bomb: "compressed body",
    bad_json: "no JSON in UTF-8",
    bad_utf8: "no JSON in UTF-8",
    a_list_for_a_chunk: "cannot be read as an answer",
    no_choices: "cannot be read as an answer",
    content_of_another_kind: "cannot be read as an answer",
    breaks_off: "broke its answer off",
    ends_without_a_finish: "broke its answer off",
    redirects: "another address, which is not followed",
    a_page: "text/html instead of an event stream",
    not_streamed: "application/json instead of an event stream",
    empty: "answered nothing",
    only_space: "answered nothing",
    only_thinks: "answered nothing",
    no_event: "answered nothing",
    calls_a_tool: "called a tool",
    error_in_the_stream: "out of memory",
    too_long_for_its_limit: "length limit",
    withheld: "content filter",
    no_http: "broke|cannot be read",
    closes_at_once: "broke its answer off",
}
SLOW = (
    hangs_at_once,
    hangs_after_its_headers,
    hangs_in_the_stream,
    drips,
    comments_for_ever,
)  # until they are given up
MANNERS: dict[str, Manner] = {manner.__name__: manner for manner in (*GOOD, *BAD, says_the_key, anthropics_own)}
