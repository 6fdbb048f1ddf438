"""The endpoint against a real server in all its manners: the whole answer, or one error that says what, where, the cure."""

from __future__ import annotations

import gc
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from answer.errors import ModelUnavailable
from answer.model.endpoint import Endpoint, open_endpoint
from answer.model.fetching import Limits
from answer.model.prompts import Prompt
from index.settings import Settings
from tests.answer.model.server import (
    BAD,
    GOOD,
    SLOW,
    WORDS,
    Manner,
    Reply,
    Scripted,
    a_page,
    anthropics_own,
    anthropics_own_error,
    bad_json,
    breaks_off,
    good,
    hangs_at_once,
    huge_delta,
    redirects,
    says_the_key,
    serving,
)

KEY = "sk-canary-4fJ9xQ2LrT7vB1nD"
QUICK = Limits(first_token=1.0, total=3.0, bytes=500_000, pause=0.02)
PATIENT = replace(QUICK, first_token=10.0, total=20.0)  # where nothing is to be given up, on a busy machine
PROMPT = Prompt("Answer from the evidence.", "How long is the lamp test?")
HANGING = 30.0  # seconds that a hanging manner hangs at least: what is measured is that nobody waits for it


def endpoint(url: str, home: Path, *, limits: Limits = QUICK, **more: Any) -> Endpoint:
    settings = Settings(home=home, model="openai:scripted", model_url=url, model_key=SecretStr(KEY), **more)
    return open_endpoint(settings, limits=limits)


@contextmanager
def answering(manner: Manner, home: Path, **more: Any) -> Iterator[tuple[Endpoint, Scripted]]:
    with serving(manner) as server:
        yield endpoint(server.url, home, **more), server


@pytest.mark.parametrize("manner", GOOD, ids=lambda manner: manner.__name__)
def test_a_whole_answer_comes_through_whatever_its_shape(manner: Manner, tmp_path: Path) -> None:
    with answering(manner, tmp_path, limits=PATIENT) as (model, _):
        stream = model.stream(PROMPT)
        assert "".join(stream) == WORDS
        assert stream.is_whole and stream.model == "scripted-1" and not stream.cached


@pytest.mark.parametrize("manner", [each for each in BAD if each is not redirects], ids=lambda manner: manner.__name__)
def test_anything_else_is_one_error_in_time(manner: Manner, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    limits = QUICK if manner in SLOW else PATIENT
    with answering(manner, tmp_path, limits=limits) as (model, _):
        started = time.monotonic()
        with pytest.raises(ModelUnavailable, match=BAD[manner]) as raised:
            list(model.stream(PROMPT))
        assert time.monotonic() - started < (8 if manner in SLOW else 20)
    said = str(raised.value)
    assert said.startswith("openai:scripted at 127.0.0.1:") and said.endswith(".") and "\n" not in said
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    assert KEY not in said + caplog.text
    assert not list(tmp_path.rglob("*.json")), "what is not whole is not kept"


def test_there_are_more_than_forty_manners() -> None:
    assert len(GOOD) + len(BAD) > 40


def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(tmp_path: Path) -> None:
    with serving(good) as other, serving(redirects, other.url + "/chat/completions") as server:
        with pytest.raises(ModelUnavailable, match=BAD[redirects]):
            list(endpoint(server.url, tmp_path).stream(PROMPT))
        assert len(server.received) == 1 and not other.received


def test_the_request_holds_the_prompt_the_key_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with answering(good, tmp_path, limits=PATIENT) as (model, server):
        list(model.stream(PROMPT))
    (request,) = server.received
    assert request.path == "/v1/chat/completions"
    assert [(each["role"], each["content"]) for each in request.body["messages"]] == [
        ("system", PROMPT.system),
        ("user", PROMPT.user),
    ]
    assert request.body["stream"] is True and request.body["model"] == "scripted" and request.body["temperature"] == 0
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert set(request.headers) <= {
        *("host", "connection", "content-type", "content-length", "accept", "accept-encoding"),
        *("user-agent", "authorization"),
    }


def test_nobody_listening_is_said(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
    with pytest.raises(ModelUnavailable, match="Is the server running"):
        list(endpoint(url, tmp_path).stream(PROMPT))


def test_https_asked_of_a_server_without_it_is_said(tmp_path: Path) -> None:
    with serving(good) as server, pytest.raises(ModelUnavailable, match="cannot be reached"):
        list(endpoint(server.url.replace("http:", "https:"), tmp_path).stream(PROMPT))


def test_busy_and_down_are_tried_again_and_wrong_requests_are_not(tmp_path: Path) -> None:
    from tests.answer.model.server import busy_for_an_hour, busy_for_ever, closes_at_once, down, wrong_key

    attempts = {}
    for manner in (busy_for_ever, down, closes_at_once, wrong_key, busy_for_an_hour):
        with answering(manner, tmp_path) as (model, server):
            with pytest.raises(ModelUnavailable):
                list(model.stream(PROMPT))
            attempts[manner.__name__] = server.attempt
    assert attempts == {
        "busy_for_ever": 3,
        "down": 3,
        "closes_at_once": 3,
        "wrong_key": 1,
        "busy_for_an_hour": 1,  # longer than there is time
    }


def test_retry_after_is_honoured(tmp_path: Path) -> None:
    def busy(reply: Reply) -> None:
        good(reply) if reply.server.attempt > 1 else reply.fail(429, Retry_After="0.4")

    with answering(busy, tmp_path, limits=PATIENT) as (model, _):
        started = time.monotonic()
        assert "".join(model.stream(PROMPT)) == WORDS
        assert time.monotonic() - started >= 0.4


def test_an_answer_that_broke_off_is_never_begun_again(tmp_path: Path) -> None:
    from tests.answer.model.server import breaks_off

    with answering(breaks_off, tmp_path) as (model, server):
        said: list[str] = []
        with pytest.raises(ModelUnavailable):
            said.extend(model.stream(PROMPT))
        assert server.attempt == 1


def test_deltas_come_as_they_are_written(tmp_path: Path) -> None:
    def in_two(reply: Reply) -> None:
        reply.start()
        reply.server.begun = time.monotonic()
        reply.delta("First. ")
        reply.hang(0.4)
        reply.delta("Second.")
        reply.end()

    with answering(in_two, tmp_path, limits=PATIENT) as (model, server):
        stream = model.stream(PROMPT)
        assert next(stream) == "First. "
        assert time.monotonic() - server.begun < 0.2
        assert list(stream) == ["Second."]


@pytest.mark.parametrize("where", ["at once", "in the stream"])
def test_a_stop_ends_it_at_once_and_closes_the_connection(where: str, tmp_path: Path) -> None:
    gone = threading.Event()

    def hanging(reply: Reply) -> None:
        if where == "in the stream":
            reply.start()
            reply.delta("First. ")
        try:
            while not reply.server.closing.wait(0.02):
                reply.send(b": still here\n\n") if where == "in the stream" else reply.bare(b"")
        except OSError:
            gone.set()
            raise

    stop = threading.Event()
    with answering(hanging, tmp_path, limits=replace(QUICK, first_token=HANGING, total=HANGING)) as (model, _):
        threading.Timer(0.3, stop.set).start()
        started = time.monotonic()
        said = list(model.stream(PROMPT, stopped=stop.is_set))
        assert 0.2 < time.monotonic() - started < 1.0
        assert said == (["First. "] if where == "in the stream" else [])
        assert where == "at once" or gone.wait(2)


def test_what_was_stopped_before_it_began_is_never_asked(tmp_path: Path) -> None:
    with answering(good, tmp_path) as (model, server):
        assert list(model.stream(PROMPT, stopped=lambda: True)) == []
        for _ in range(model.limits.at_once):
            model._turns.acquire()
        assert list(model.stream(PROMPT, stopped=lambda: True)) == []
        assert server.attempt == 0


def test_a_fault_of_our_own_is_no_whole_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stumble(Exception):
        """Nothing that anybody expects."""

    def stumbling(*_: object) -> None:
        raise Stumble

    monkeypatch.setattr("answer.model.client._read_openai", stumbling)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    with (
        answering(good, tmp_path, limits=PATIENT) as (model, _),
        pytest.raises(ModelUnavailable, match="broke its answer"),
    ):
        list(model.stream(PROMPT))


def test_leaving_the_stream_ends_its_thread(tmp_path: Path) -> None:
    from tests.answer.model.server import drips

    with answering(drips, tmp_path, limits=replace(QUICK, total=HANGING)) as (model, _):
        stream = model.stream(PROMPT)
        next(stream)
        stream.close()
        until = time.monotonic() + 2
        while any(each.name == "model-answer" for each in threading.enumerate()) and time.monotonic() < until:
            time.sleep(0.02)
        assert not [each for each in threading.enumerate() if each.name == "model-answer"]
    gc.collect()


def test_only_so_many_answers_are_fetched_at_once(tmp_path: Path) -> None:
    busiest, now, lock = 0, 0, threading.Lock()

    def slow(reply: Reply) -> None:
        nonlocal busiest, now
        with lock:
            now += 1
            busiest = max(busiest, now)
        reply.hang(0.1)
        with lock:
            now -= 1
        good(reply)

    limits = replace(PATIENT, at_once=2)
    with answering(slow, tmp_path, limits=limits) as (model, _):
        prompts = [replace(PROMPT, user=str(number)) for number in range(6)]
        answers: list[str] = []
        threads = [
            threading.Thread(target=lambda each=each: answers.append("".join(model.stream(each)))) for each in prompts
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [WORDS] * 6 and busiest == 2


def test_waiting_for_a_turn_ends_with_the_time_there_is(tmp_path: Path) -> None:
    from tests.answer.model.server import hangs_at_once

    limits = replace(QUICK, at_once=1, total=0.5, first_token=0.5)
    with answering(hangs_at_once, tmp_path, limits=limits) as (model, _):
        model._turns.acquire()
        with pytest.raises(ModelUnavailable, match="busy with other answers"):
            list(model.stream(PROMPT))


def test_a_key_in_the_answer_is_taken_out_of_it(tmp_path: Path) -> None:
    with answering(says_the_key, tmp_path, limits=PATIENT) as (model, _):
        said = "".join(model.stream(PROMPT))
    assert KEY not in said and said.endswith("Your key is [key], keep it safe [1].")
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and KEY.encode() in file.read_bytes()]


def test_tokens_and_cost_are_counted_per_answer_and_in_total(tmp_path: Path) -> None:
    with answering(good, tmp_path, limits=PATIENT, model_prices="1.00,10.00") as (model, _):
        for user in "ab":
            stream = model.stream(replace(PROMPT, user=user))
            list(stream)
        assert (stream.usage.read, stream.usage.written, stream.usage.estimated) == (100, 20, False)
        assert stream.usage.cost == pytest.approx(100e-6 + 200e-6)
        assert (model.usage.total.read, model.usage.total.answers) == (200, 2)
        assert model.usage.total.says == "200 tokens read, 40 written, $0.0006"


def test_tokens_are_estimated_where_nobody_counts_and_a_cost_is_never_made_up(tmp_path: Path) -> None:
    from tests.answer.model.server import no_count_of_tokens

    with answering(no_count_of_tokens, tmp_path, limits=PATIENT) as (model, _):
        stream = model.stream(PROMPT)
        list(stream)
    assert stream.usage.estimated and stream.usage.written == 15 and stream.usage.cost is None
    assert "cost unknown" in stream.usage.says


def test_the_same_prompt_is_answered_from_the_home_the_second_time(tmp_path: Path) -> None:
    with answering(good, tmp_path, limits=PATIENT) as (model, server):
        assert "".join(model.stream(PROMPT)) == "".join(model.stream(PROMPT)) == WORDS
        assert server.attempt == 1
        stream = model.stream(PROMPT)
        assert "".join(stream) == WORDS and stream.cached and stream.usage.answers == 0
        "".join(model.stream(replace(PROMPT, user="another")))
        assert server.attempt == 2


def anthropic(url: str, home: Path, limits: Limits) -> Endpoint:
    settings = Settings(
        home=home, model="anthropic:claude-scripted", model_url=url.removesuffix("/v1"), model_key=SecretStr(KEY)
    )
    return open_endpoint(settings, limits=limits)


def test_anthropics_protocol_is_spoken_through_the_same_client(tmp_path: Path) -> None:
    pytest.importorskip("llama_index.llms.anthropic")
    with serving(anthropics_own) as server:
        stream = anthropic(server.url, tmp_path, PATIENT).stream(PROMPT)
        assert "".join(stream) == WORDS and stream.is_whole
    assert (stream.usage.read, stream.usage.written, stream.usage.estimated) == (100, 20, False)
    (request,) = server.received
    assert request.path == "/v1/messages" and request.headers["x-api-key"] == KEY
    assert request.headers["user-agent"] == "footnote" and not any("stainless" in name for name in request.headers)


@pytest.mark.parametrize(
    ("manner", "says"),
    [
        (anthropics_own_error, "answered 529 .*Overloaded"),
        (redirects, "not followed"),
        (hangs_at_once, "did not answer in time"),
        (bad_json, "no JSON in UTF-8|cannot be read|answered nothing"),
        (breaks_off, "broke its answer off|answered nothing"),
        (a_page, "text/html instead of an event stream"),
        (huge_delta, "more than"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_anthropics_failures_are_one_error_too(manner: Manner, says: str, tmp_path: Path) -> None:
    pytest.importorskip("llama_index.llms.anthropic")
    with serving(manner) as server, pytest.raises(ModelUnavailable, match=says) as raised:
        list(anthropic(server.url, tmp_path, QUICK if manner in SLOW else PATIENT).stream(PROMPT))
    assert KEY not in str(raised.value)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "No model is configured"),
        ({"model": "gpt-x"}, "names no provider"),
        ({"model": "openai:"}, "names no model"),
        ({"model": "openai:gpt-x"}, "needs a key; set FOOTNOTE_MODEL_KEY"),
        ({"model": "anthropic:claude"}, "needs a key; set FOOTNOTE_MODEL_KEY"),
        ({"model_url": "ftp://127.0.0.1/v1"}, "is no address"),
        ({"model_url": "http://me:pass@127.0.0.1/v1"}, "a user, a password"),
        ({"model_url": "http://127.0.0.1:99999/v1"}, "is no address"),
        ({"model_url": "127.0.0.1:8080"}, "is no address"),
        ({"model": "ollama:x", "model_prices": "cheap"}, "is no pair of prices"),
        ({"model": "ollama:x", "model_key": SecretStr("two words")}, "check FOOTNOTE_MODEL_KEY"),
    ],
)
def test_settings_that_make_no_model_say_so(given: dict[str, Any], says: str, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=says):
        open_endpoint(Settings(home=tmp_path, **given))


@pytest.mark.parametrize(
    ("given", "name", "host"),
    [
        ({"model": "openai:gpt-4o-mini", "model_key": SecretStr("k")}, "openai:gpt-4o-mini", "api.openai.com"),
        ({"model": "ollama:qwen2.5:7b"}, "ollama:qwen2.5:7b", "127.0.0.1:11434"),
        ({"model": "qwen2.5:7b", "model_url": "http://127.0.0.1:1234/v1/"}, "openai:qwen2.5:7b", "127.0.0.1:1234"),
        ({"model_url": "http://127.0.0.1:8080/v1"}, "openai:default", "127.0.0.1:8080"),
    ],
)
def test_names_and_addresses_are_read(given: dict[str, Any], name: str, host: str, tmp_path: Path) -> None:
    model = open_endpoint(Settings(home=tmp_path, **given))
    assert (model.name, model.address.host) == (name, host)
    assert KEY not in repr(model) and model.context_tokens >= 4096


def test_the_context_is_the_models_own_or_the_configured_one(tmp_path: Path) -> None:
    local = Settings(home=tmp_path, model="ollama:any")
    assert open_endpoint(local).context_tokens == 4096
    assert open_endpoint(local.model_copy(update={"model_context": 32768})).context_tokens == 32768
    known = Settings(home=tmp_path, model="openai:gpt-4o-mini", model_key=SecretStr("k"))
    assert open_endpoint(known).context_tokens == 128000
