"""The command: one question, a batch, clear errors, and a cold path without heavy libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from index.settings import CHECKOUT, Settings


def run(*arguments: str, stdin: str = "", interpreter: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *interpreter, "-m", "answer", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=CHECKOUT, check=False)


def test_one_question_prints_its_answer_and_its_sources(apiary: Settings) -> None:
    done = run("how long is the hive round?", "--home", str(apiary.home))
    assert done.returncode == 0, done.stderr
    assert "75 minutes" in done.stdout
    assert "guides/quill.md" in done.stdout


def test_json_is_one_object_of_the_contract_and_no_heavy_library_is_imported(apiary: Settings) -> None:
    done = run("level 4 base salary", "--json", "--home", str(apiary.home), interpreter=("-X", "importtime"))
    answer = json.loads(done.stdout)
    assert {"question", "standalone_question", "abstained", "answer", "citations", "passages", "nearest"} <= set(answer)
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert not imported & {
        "torch",
        "transformers",
        "sentence_transformers",
        "llama_index",
        "ragas",
        "pypdf",
        "streamlit",
    }


def test_a_batch_answers_line_by_line_in_order(apiary: Settings) -> None:
    rows = [
        {"id": "b", "question": "and at level 5?", "history": [{"user": "level 4 base salary", "assistant": "52,500"}]},
        {"id": "a", "question": "how long is the recruiter screen?", "filters": {"company": "Quill Labs"}},
    ]
    done = run("--batch", "-", "--home", str(apiary.home), stdin="\n".join(map(json.dumps, rows)))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["b", "a"]
    assert "63,000" in answers[0]["answer"]
    assert "20 minutes" in answers[1]["answer"]


def test_a_bad_line_of_a_batch_is_named(apiary: Settings, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "1", "question": "how long is the hive round?"}\n{"id": "2"}\n', encoding="utf-8")
    done = run("--batch", str(batch), "--home", str(apiary.home))
    assert done.returncode == 1
    assert f"{batch}, line 2" in done.stderr


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    done = run("anything", "--home", str(tmp_path))
    assert done.returncode == 1
    assert "python -m ingest" in done.stderr
    assert "Traceback" not in done.stderr


def test_neither_question_nor_batch_is_wrong_usage() -> None:
    assert run().returncode == 2
    assert run("--no-such-flag").returncode == 2


def test_a_composer_that_is_not_there_is_wrong_usage(apiary: Settings) -> None:
    done = run("how long is the hive round?", "--home", str(apiary.home), "--composer", "model")
    assert done.returncode == 2
    assert "FOOTNOTE_MODEL" in done.stderr
    assert run("how long?", "--composer", "poet").returncode == 2


def test_the_guides_own_words_are_there_beside_a_model_and_a_model_without_its_key_is_named(apiary: Settings) -> None:
    environment = {"PATH": "/usr/bin:/bin", "FOOTNOTE_MODEL": "openai:gpt-none"}
    question = [sys.executable, "-m", "answer", "how long is the hive round?", "--home", str(apiary.home), "--json"]
    for composer, code in (("extractive", 0), ("model", 1)):
        command = [*question, "--composer", composer]
        done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, env=environment, check=False)
        assert done.returncode == code, done.stderr
        assert ("75 minutes" in done.stdout) == (composer == "extractive")
        assert ("FOOTNOTE_MODEL_KEY" in done.stderr) == (composer == "model")
    done = subprocess.run(question, capture_output=True, text=True, cwd=CHECKOUT, env=environment, check=False)
    answer = json.loads(done.stdout)
    assert "75 minutes" in answer["answer"]
    assert "FOOTNOTE_MODEL_KEY" in answer["notes"][0]


def test_nothing_is_written_outside_the_home(apiary: Settings, tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "answer", "how long is the hive round?", "--home", str(apiary.home)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
