"""The commands end to end over a corpus of two guides: outputs, exit codes, one-line errors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.__main__ import app
from eval.browse import case_of, compare_runs, failing_rows, figures, keep_case, list_runs, load_run, report_page
from eval.cases import read_cases
from eval.errors import EvalError
from eval.peers import STACKS, Peer, against_peers, fused, sentence_spans
from eval.sweeps import parse_grid, sweep_built, sweep_weights
from index.embedding import load_embedder
from index.models import PACKAGED, local_folder
from index.settings import CHECKOUT, Settings
from index.store import Index
from ingest.pipeline import synchronise
from tests.eval.fakes import TEXTS, answer, case, unanswerable

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """A home whose index holds two small guides, and a file of cases over them."""
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(models)
    for path, text in TEXTS.items():
        file = home / "corpus" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    synchronise(Settings(home=home, corpus=home / "corpus"), [home / "corpus"])
    rows = [
        case(),
        case(id="sleeper", question="what does a sleeper cost on the night train", nuggets=()),
        unanswerable(),
    ]
    lines = "".join(json.dumps(row.as_json()) + "\n" for row in rows)
    (home / "cases.jsonl").write_text(lines, encoding="utf-8")
    return home


def called(*arguments: object) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_run_report_compare_and_gate_follow_one_another(published: Path, tmp_path: Path) -> None:
    home = ("--home", published)
    for _ in range(2):
        code, out, _ = called("run", *home, "--cases", published / "cases.jsonl", "--json")
        assert code == 0
        assert len(json.loads(out)["summaries"]) == 3
    names = [run.name for run in list_runs(published)]
    assert called("runs", *home)[1].count("cases") == len(names)
    same = [(published / "eval" / name / "metrics.json").read_bytes() for name in names]
    assert len(set(same)) == 1
    code, out, _ = called("report", *home, "--out", tmp_path)
    assert code == 0 and (tmp_path / "report.html").is_file() and "report.md" in out
    assert called("compare", names[-1], names[0], *home)[0] == 0
    thresholds = tmp_path / "thresholds.toml"
    thresholds.write_text("[all]\nquote_exactness = 1.0\n")
    assert called("gate", *home, "--thresholds", thresholds) == (0, "All thresholds are reached.\n", "")
    thresholds.write_text("[riddle]\nright = 1.0\n")
    code, out, _ = called("gate", *home, "--thresholds", thresholds, "--against", names[0])
    assert code == 1 and "riddle: right is missing" in out


def test_what_goes_wrong_is_one_line_on_stderr_and_exit_code_1(published: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("{}\n")
    for arguments in (
        ("run", "--home", tmp_path / "nowhere"),
        ("run", "--home", published, "--cases", wrong),
        ("report", "0404", "--home", published),
        ("report", "--home", tmp_path / "nowhere"),
        ("compare", "1", "2", "--home", published),
        ("support", "--batch", tmp_path / "none.jsonl"),
        ("support", "--batch", wrong),
        ("judge", "--home", published, "--yes"),
    ):
        code, _, err = called(*arguments)
        assert code == 1, arguments
        assert len(err.strip().splitlines()) == 1, err
    assert called("run", "--no-such-flag")[0] == 2


def test_support_judges_lines_in_order() -> None:
    rows = [
        {"id": "a", "claim": "Tours take 40 minutes.", "evidence": ["Tours take 40 minutes."]},
        {"id": "b", "claim": "Tours take 50 minutes.", "evidence": ["Tours take 40 minutes."]},
    ]
    given = RUNNER.invoke(app, ["support", "--batch", "-"], input="".join(json.dumps(row) + "\n" for row in rows))
    verdicts = [json.loads(line) for line in given.stdout.splitlines()]
    assert [(verdict["id"], verdict["supported"]) for verdict in verdicts] == [("a", True), ("b", False)]
    assert "40" in verdicts[1]["reasons"][-1]


def test_check_tells_stale_from_wrong(published: Path, tmp_path: Path) -> None:
    good = ("check", "--cases", published / "cases.jsonl", "--corpus", published / "corpus")
    assert called(*good)[0] == 0
    (tmp_path / "guides").mkdir()
    code, out, _ = called(*good[:4], tmp_path)
    assert code == 0 and "3 cases, 0 wrong, 2 stale" in out


def test_the_page_finds_runs_rows_and_makes_cases(published: Path) -> None:
    called("run", "--home", published, "--cases", published / "cases.jsonl")
    run, rows = load_run(published, list_runs(published)[0].name)
    assert run.count == len(rows) == 3
    assert figures(rows)[-1].rows == 3
    assert all(row.blame == "not refused" for row in failing_rows(rows, blame="not refused"))
    assert compare_runs(published, run.name, run.name).worse == ()
    assert "<svg" in report_page(published, run.name)
    made = case_of(answer(), id="from-chat", kind="fact", wanted=["40 minutes"])
    assert read_cases([keep_case(published, made)])[-1] == made


def test_a_sweep_has_a_row_for_every_combination(published: Path) -> None:
    cases = read_cases([published / "cases.jsonl"])
    grid = parse_grid(["unit_dense=0.5,1", "passage_dense=1"])
    found = sweep_weights(cases, Settings(home=published), grid)
    assert [row.settings for row in found] == [
        (("unit_dense", 0.5), ("passage_dense", 1.0)),
        (("unit_dense", 1.0), ("passage_dense", 1.0)),
    ]
    assert found[0].recall_tune == 1.0
    for wrong in ("speed=1", "unit_dense=fast", "unit_dense"):
        with pytest.raises(EvalError, match="passage_dense"):
            parse_grid([wrong])


def test_a_sweep_builds_an_index_for_every_size_and_model_and_leaves_the_published_one(published: Path) -> None:
    cases = read_cases([published / "cases.jsonl"])
    before = Index.open(Settings(home=published)).number
    folder = str(local_folder(PACKAGED))
    found = sweep_built(cases, Settings(home=published), {}, sizes=(32, 64), models=(PACKAGED, folder))
    assert [dict(row.settings)["passage tokens"] for row in found] == [32, 64, 32, 64]
    assert all(row.recall_tune == 1.0 for row in found)
    assert Index.open(Settings(home=published)).number == before
    with pytest.raises(EvalError, match="reads 256 tokens"):
        sweep_built(cases, Settings(home=published), {}, sizes=(9999,))


def test_peers_answer_from_the_same_guides_with_exact_quotes(published: Path) -> None:
    peer = Peer(STACKS[1], TEXTS, load_embedder(Settings(home=published)))
    given = peer.ask(case().asked())
    assert "40 minutes" in given.answer
    assert all(TEXTS[cited.path][cited.start : cited.end] == cited.quote for cited in given.citations)
    peer.threshold = 2.0
    assert peer.ask(case().asked()).abstained
    found = against_peers(read_cases([published / "cases.jsonl"]), Settings(home=published))
    assert list(found) == ["footnote", "llama-index defaults", "llama-index hybrid"]
    assert all(summaries[-1].figures["quote_exactness"].mean == 1.0 for summaries in found.values())


def test_fusion_by_hand() -> None:
    assert fused([1, 2, 3], [3, 1]) == [1, 3, 2]  # 1/61 + 1/62 > 1/63 + 1/61 > 1/62


def test_sentence_spans_are_the_chunk_s_own_characters(published: Path) -> None:
    peer = Peer(STACKS[0], TEXTS, load_embedder(Settings(home=published)))
    spans = [TEXTS[guide][start:end] for chunk in peer.chunks for guide, start, end in sentence_spans(chunk)]
    assert "The harbour tour takes 40 minutes." in spans
    assert all(span == span.strip() for span in spans)


def test_help_is_instant_because_nothing_heavy_is_imported() -> None:
    code = "import sys, eval.__main__; print(sorted({'ragas', 'torch', 'numpy', 'llama_index'} & set(sys.modules)))"
    given = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert given.stdout.strip() == "[]"


@pytest.mark.parametrize("wrong", [("grading", "--part", "bogus"), ("run", "--split", "bogus")])
def test_a_part_that_there_is_not_is_wrong_usage(published: Path, wrong: tuple[str, ...]) -> None:
    code, out, error = called(*wrong, "--home", published)
    assert (code, out) == (2, "") and "bogus" in error
