"""Runs are stored as they go, resume where they stopped, and compare row by row."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from answer.answers import Answer, Question
from eval.cases import Case
from eval.comparing import THRESHOLDS, compare, compare_rows, missed, read_thresholds
from eval.errors import EvalError, NoRun, OtherCorpus
from eval.places import gold_of
from eval.running import Engine, code_revision, digest_of, fingerprint, row_of, run_cases
from eval.runs import Run, RunStore
from eval.scoring import METRICS, blame_of, failed, score, summarise
from index.errors import FootnoteError
from tests.eval.fakes import TEXTS, answer, case, passage, refusal, unanswerable

CASES = (case(), case(id="other"), unanswerable())


def reply(question: Question) -> Answer:
    return answer() if "long" in question.text else refusal()


def engine(ask: object = reply) -> Engine:
    return Engine("fake", ask, TEXTS, "corpus-1")  # type: ignore[arg-type]


def made(name: str, cases: tuple[Case, ...] = CASES) -> Run:
    return Run(name, "2026-11-21T00:00:00+00:00", "fake", "corpus-1", "abc", digest_of(cases), len(cases))


def test_two_runs_give_the_same_bytes_of_metrics(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    for name in ("0001", "0002"):
        run_cases(CASES, engine(), store, made(name))
    first, second = ((tmp_path / "eval" / name / "metrics.json").read_bytes() for name in ("0001", "0002"))
    assert first == second
    assert store.names() == ["0001", "0002"]
    assert (store.latest(), store.next_name()) == ("0002", "0003")


def test_rows_keep_the_order_of_the_cases(tmp_path: Path) -> None:
    cases = tuple(case(id=f"case {number}") for number in range(40))
    run_cases(cases, engine(), RunStore(tmp_path), made("0001", cases), workers=8)
    assert [row.case for row in RunStore(tmp_path).rows("0001")] == [each.id for each in cases]


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    asked: list[str] = []

    def stops(question: Question) -> Answer:
        asked.append(question.text)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return reply(question)

    store = RunStore(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run_cases(CASES, engine(stops), store, made("0001"), workers=1)
    assert [row.case for row in store.rows("0001")] == ["tour"]
    assert not store.load("0001").finished
    run_cases(CASES, engine(), store, made("0001"), workers=1)
    assert [row.case for row in store.rows("0001")] == ["tour", "other", "deep"]
    assert store.load("0001").finished


def test_a_run_does_not_go_on_over_another_corpus(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run_cases(CASES, engine(), store, made("0001"))
    with pytest.raises(EvalError, match="another corpus"):
        run_cases(CASES, engine(), store, replace(made("0001"), corpus="corpus-2"))


def test_a_line_cut_off_by_a_kill_is_left_out(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run_cases(CASES, engine(), store, made("0001"))
    file = tmp_path / "eval" / "0001" / "rows.jsonl"
    file.write_text(file.read_text()[:-40])
    assert len(store.rows("0001")) == 2


def test_a_failing_engine_is_a_failed_row_and_never_raises_a_score() -> None:
    def breaks(_: Question) -> Answer:
        raise FootnoteError("the index is gone")

    row = row_of(case(), engine(breaks))
    assert (row.blame, row.figures["right"], row.error) == ("failed", 0.0, "FootnoteError: the index is gone")
    assert summarise([row])[-1].failures == 1
    garbage = row_of(case(), engine(lambda _: None))
    assert garbage.blame == "failed"


def test_a_failed_row_is_never_better_than_an_answered_one() -> None:
    for each in (case(), unanswerable()):
        lost, given = failed(each, "gone").figures, score(each, answer(), TEXTS).figures
        assert all((lost[name] or 0.0) <= (given.get(name) or 0.0) for name in METRICS)


def test_unknown_runs_are_named_with_the_known_ones(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    with pytest.raises(NoRun, match="python -m eval run"):
        store.latest()
    run_cases(CASES, engine(), store, made("0001"))
    with pytest.raises(NoRun, match="newest: 0001"):
        store.load("0009")


def test_comparing_says_what_was_won_and_lost() -> None:
    right, wrong = score(case(), answer(), TEXTS), score(case(), answer("No idea [1]."), TEXTS)
    lost = compare_rows([right], [wrong])
    assert [row.case for row in lost.worse] == ["tour"]
    assert not compare_rows([wrong], [right]).worse
    assert {name: (before, after) for name, before, after in lost.figures}["right"] == (1.0, 0.0)
    with pytest.raises(OtherCorpus, match="corpus-2"):
        compare((made("0001"), [right]), (replace(made("0002"), corpus="corpus-2"), [right]))


def test_the_gate_names_the_figures_that_are_missed(tmp_path: Path) -> None:
    summaries = summarise([score(case(), answer(), TEXTS), score(case(id="b"), refusal(), TEXTS)])
    assert [(low.metric, low.got) for low in missed(summaries, {"all": {"right": 0.6, "quote_exactness": 1.0}})] == [
        ("right", 0.5)
    ]
    assert [low.got for low in missed(summaries, {"riddle": {"right": 0.1}})] == [None]
    file = tmp_path / "thresholds.toml"
    file.write_text("[all]\nbeauty = 1.0\n")
    with pytest.raises(EvalError, match="beauty"):
        read_thresholds(file)
    assert read_thresholds(THRESHOLDS)["all"]["quote_exactness"] == 1.0


def test_blame_is_the_first_stage_that_lost_the_row() -> None:
    def blame(each: Case, given: Answer) -> str:
        return blame_of(each, given, gold_of(each, TEXTS))

    assert blame(case(), answer("Nothing.", passages=(), citations=())) == "not retrieved"
    assert blame(case(), replace(refusal(), passages=answer().passages)) == "gated"
    assert blame(case(), answer("Pier [1].", citations=())) == "not selected"
    assert blame(case(), answer("It takes 50 minutes [1].")) == "wrong"
    assert blame(unanswerable(), answer()) == "not refused"
    stale = case(evidence=(replace(case().evidence[0], quote="gone"),))
    assert blame(stale, answer(passages=(passage("It starts at the pier."),))) == "not in the corpus"


def test_fingerprints_change_with_what_they_name() -> None:
    assert fingerprint([("a", "1")]) != fingerprint([("a", "2")])
    assert digest_of(CASES) != digest_of(CASES[:2])
    assert code_revision(Path("/")) == "unknown"
    assert asdict(made("0001"))["cases"] == digest_of(CASES)
