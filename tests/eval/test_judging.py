"""Model-judged metrics against a real endpoint on loopback that is scripted: right, cut off, contradictory, slow, down."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from eval.errors import EvalError, JudgeError
from eval.judging import METRICS, Verdict, judge_rows, judgeable, plan_of, read_verdicts, sample_of, summarise
from eval.ragas_metrics import ModelJudges, finite, offline_scores
from eval.scoring import Row, score
from index.settings import CHECKOUT, Settings
from tests.eval.fakes import TEXTS, answer, case, refusal

pytestmark = pytest.mark.filterwarnings("ignore")  # what ragas and its client warn about is theirs
KEY = "sk-not-to-be-shown"


def reply_to(prompt: str, manner: str) -> str:
    """The JSON that a model would give to ragas' prompt, by what the prompt asks for."""
    if manner == "truncated":
        return '{"statements": ["The harbour'
    if manner == "garbage":
        return "I would rather talk about the weather."
    if "NLI" in prompt or "faithfulness of a series of statements" in prompt:
        verdict = {"statement": "The tour takes 40 minutes.", "reason": "it says so", "verdict": 1}
        return json.dumps(
            {"statements": [verdict] if manner == "contradictory" else [verdict, {**verdict, "verdict": 0}]}
        )
    return json.dumps({"statements": ["The tour takes 40 minutes.", "It starts at the pier."]})


@contextmanager
def endpoint(manner: str) -> Iterator[str]:
    """An OpenAI-compatible endpoint that behaves in one manner."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if manner == "down":
                self.send_error(500)
                return
            if manner == "slow":
                time.sleep(1.5)
            text = reply_to(json.dumps(body["messages"]), manner)
            message: dict[str, Any] = {"role": "assistant", "content": text}
            if tools := body.get("tools"):
                call = {"name": tools[0]["function"]["name"], "arguments": text}
                message |= {"content": None, "tool_calls": [{"id": "1", "type": "function", "function": call}]}
            finish = "length" if manner == "truncated" else "stop"
            choice = {"index": 0, "message": message, "finish_reason": finish}
            usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
            given = {
                "id": "x",
                "object": "chat.completion",
                "created": 0,
                "model": "m",
                "choices": [choice],
                "usage": usage,
            }
            sent = json.dumps(given).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            try:
                self.wfile.write(sent)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def row() -> Row:
    return score(case(), answer(), TEXTS)


def judged(home: Path, manner: str, *, patience: float = 5.0) -> float:
    with endpoint(manner) as url:
        settings = Settings(home=home, model="openai:scripted", model_url=url, model_key=SecretStr(KEY))
        return asyncio.run(ModelJudges(settings, patience=patience).ascore("faithfulness", sample_of(row())))


def test_a_right_model_gives_its_score(home: Path) -> None:
    assert judged(home, "right") == 0.5


@pytest.mark.parametrize("manner", ["truncated", "garbage", "contradictory", "down"])
def test_whatever_is_no_score_is_an_error_and_never_a_figure(home: Path, manner: str) -> None:
    with pytest.raises(JudgeError, match="faithfulness") as raised:
        judged(home, manner)
    assert KEY not in str(raised.value)


def test_a_slow_model_is_given_up(home: Path) -> None:
    started = time.monotonic()
    with pytest.raises(JudgeError):
        judged(home, "slow", patience=0.2)
    assert time.monotonic() - started < 20


def test_one_verdict_for_two_statements_is_not_a_perfect_score(home: Path) -> None:
    with pytest.raises(JudgeError, match="1 verdicts for 2 statements"):
        judged(home, "contradictory")


class ByHand:
    """Judges that give what they are told, in turn."""

    def __init__(self, *given: float | str) -> None:
        self.given = list(given)
        self.asked = 0

    async def ascore(self, metric: str, row: Mapping[str, Any]) -> float:
        self.asked += 1
        value = self.given[(self.asked - 1) % len(self.given)]
        if isinstance(value, str):
            raise JudgeError(value)
        return value


def test_failures_are_counted_and_never_averaged_away(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    asyncio.run(judge_rows([row()], ByHand(1.0, "down", 0.5, 0.0, "cut"), file, repeats=1))
    found = {each.metric: each for each in summarise(read_verdicts(file))}
    assert found["faithfulness"].mean == 1.0
    assert (found["answer_relevancy"].mean, found["answer_relevancy"].failed) == (None, 1)
    assert sum(each.failed for each in found.values()) == 2


def test_repeats_show_their_spread() -> None:
    given = [
        Verdict("a", "faithfulness", 0, 1.0),
        Verdict("a", "faithfulness", 1, 0.6),
        Verdict("b", "faithfulness", 0, 0.0),
    ]
    found = summarise(given)[0]
    assert (found.mean, found.spread, found.judged) == (pytest.approx(0.4), pytest.approx(0.4), 3)


def test_judging_goes_on_where_it_stopped_and_tries_failures_again(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    asyncio.run(judge_rows([row()], ByHand("down", 0.5), file, repeats=1))
    second = ByHand(1.0)
    asyncio.run(judge_rows([row()], second, file, repeats=1))
    assert second.asked == 3  # the three of five that had failed
    assert sum(verdict.value is not None for verdict in read_verdicts(file)) == len(METRICS)


def test_the_cost_is_said_before_anything_is_sent() -> None:
    rows = [row(), score(case(id="none"), refusal(), TEXTS)]
    plan = plan_of(rows, Settings(model="openai:m"), repeats=2, limit=0)
    assert (plan.rows, plan.calls) == (1, 30)
    assert plan.tokens > 30 * 900
    assert [each.case for each in judgeable(rows)] == ["tour"]
    with pytest.raises(EvalError, match="FOOTNOTE_MODEL"):
        plan_of(rows, Settings(model=None), repeats=1, limit=0)


def test_ragas_without_a_model_agrees_with_our_own_figures() -> None:
    found = offline_scores(case(), answer(), TEXTS)
    assert found == {"ragas_faithfulness": 1.0, "ragas_context_recall": 1.0, "ragas_context_precision": 1.0}
    lies = offline_scores(case(), answer("The harbour tour takes 90 minutes [1].", passages=()), TEXTS)
    assert lies == {"ragas_faithfulness": 0.0, "ragas_context_recall": 0.0, "ragas_context_precision": 0.0}


def test_ragas_says_nothing_about_a_refusal_instead_of_nan() -> None:
    assert offline_scores(case(evidence=()), refusal(), TEXTS) == dict.fromkeys(
        ("ragas_faithfulness", "ragas_context_recall", "ragas_context_precision")
    )
    assert [finite(value) for value in (float("nan"), None, "1.0", 0.5)] == [None, None, None, 0.5]


def test_ragas_writes_no_number_of_a_user_outside_the_home(tmp_path: Path) -> None:
    code = (
        "from eval.running import row_of, Engine\n"
        "from tests.eval.fakes import TEXTS, answer, case\n"
        "print(row_of(case(), Engine('fake', lambda _: answer(), TEXTS, 'x')).figures['ragas_faithfulness'])\n"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    given = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    assert given.stdout.strip() == "1.0", given.stderr
    assert not list(tmp_path.rglob("*ragas*"))
