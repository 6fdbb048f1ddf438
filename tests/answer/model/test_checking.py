"""The check says whether the model answers, which one, how fast, and what is wrong; as a command too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from answer.__main__ import command
from answer.model.checking import check_model
from index.settings import Settings
from tests.answer.model.server import good, no_such_model, serving, wrong_key

KEY = "sk-canary-8Kd2mW5pYs3cH6gA"
ROOT = Path(__file__).resolve().parents[3]


def settings(home: Path, url: str) -> Settings:
    return Settings(home=home, model="openai:scripted", model_url=url, model_key=SecretStr(KEY))


def test_a_model_that_answers_is_named_with_its_speed(tmp_path: Path) -> None:
    with serving(good, "ready") as server:
        found = check_model(settings(tmp_path, server.url))
        again = check_model(settings(tmp_path, server.url))
    assert found.answers and again.answers and server.attempt == 2, "a check is never answered from what is kept"
    assert found.served == "scripted-1" and found.first_word_ms is not None and found.total_ms is not None
    assert 0 < found.first_word_ms <= found.total_ms
    assert "(served as scripted-1) answers: first word after" in found.says and "100 tokens read" in found.says
    assert not list(tmp_path.iterdir()), "a check leaves nothing behind"


def test_what_is_wrong_is_the_finding(tmp_path: Path) -> None:
    with serving(no_such_model) as server:
        found = check_model(settings(tmp_path, server.url))
    assert not found.answers and "does not exist" in found.says and found.address == server.url


def test_a_key_over_plain_http_to_another_machine_is_warned_of(tmp_path: Path) -> None:
    given = settings(tmp_path, "http://192.0.2.1:8000/v1").model_copy(update={"model_patience": 0.2})
    assert "unencrypted" in check_model(given).says
    with serving(good, "ready") as server:
        assert "unencrypted" not in check_model(settings(tmp_path, server.url)).says


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_prints_it_and_fails_where_the_model_does(
    as_json: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    monkeypatch.setenv("FOOTNOTE_MODEL", "openai:scripted")
    monkeypatch.setenv("FOOTNOTE_MODEL_KEY", KEY)
    codes, said = [], ""
    for manner in (good, wrong_key):
        with serving(manner, "ready") as server:
            monkeypatch.setenv("FOOTNOTE_MODEL_URL", server.url)
            ran = CliRunner().invoke(command, ["--check-model", *(["--json"] if as_json else [])])
        codes.append(ran.exit_code)
        said += ran.output
        if as_json:
            assert json.loads(ran.stdout)["answers"] is (manner is good)
    assert codes == [0, 1]
    assert "answered 401" in said and KEY not in said


def test_without_a_model_nothing_of_it_is_imported(tmp_path: Path) -> None:
    program = (
        "import sys, app_parts\n".replace("app_parts", "answer.assistant, answer.asking, study.grading, ui.shell")
        + "from index.settings import Settings\n"
        "assert not Settings().has_model\n"
        "print([name for name in sys.modules if name.startswith(('answer.model', 'openai', 'httpx', 'llama_index.llms'))])"
    )
    clean = {"PATH": "/usr/bin:/bin", "FOOTNOTE_HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=clean, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
