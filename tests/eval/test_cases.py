"""Case files are read strictly, and proved against the guides."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.cases import GOLD, NEAR_MISSES, Nugget, check_cases, read_cases, texts_of
from eval.errors import BadCase
from index.settings import CHECKOUT
from tests.eval.fakes import TEXTS, case, span

ROW = {"id": "a", "kind": "fact", "question": "q", "answerable": True, "evidence": [], "nuggets": []}


def written(folder: Path, *rows: object) -> Path:
    file = folder / "cases.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["{not json"], "cases.jsonl:1: not JSON"),
        ([ROW, ROW], "cases.jsonl:2: the id 'a' was used at cases.jsonl:1"),
        ([{"id": "a"}], "is missing"),
        ([[1]], "is missing"),
        ([{**ROW, "kind": "riddle"}], "kind 'riddle' is none of"),
        ([{**ROW, "extra": 1}], "unknown field extra"),
        ([{**ROW, "evidence": [{"guide": "x"}]}], "wrong shape"),
        ([{**ROW, "nuggets": "text"}], "wrong shape"),
    ],
)
def test_a_malformed_case_names_file_and_line(tmp_path: Path, rows: list[object], says: str) -> None:
    with pytest.raises(BadCase, match=r"cases\.jsonl") as raised:
        read_cases([written(tmp_path, *rows)])
    assert says in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="no such file"):
        read_cases([tmp_path / "none.jsonl"])


def test_a_case_survives_being_written_and_read(tmp_path: Path) -> None:
    made = case(filters=(("company", "Boats"),), must_not=("90",))
    assert read_cases([written(tmp_path, json.dumps(made.as_json()))]) == (made,)


def test_a_quote_that_is_gone_makes_a_case_stale_and_not_wrong() -> None:
    found = list(check_cases([case(evidence=(span("The tour takes 41 minutes."),))], TEXTS))
    assert [item.stale for item in found] == [True]


def test_a_nugget_that_the_evidence_does_not_say_is_wrong() -> None:
    found = list(check_cases([case(nuggets=(Nugget(("50 minutes",)),))], TEXTS))
    assert [(item.stale, "50 minutes" in item.says) for item in found] == [(False, True)]


def test_an_answerable_case_needs_evidence_and_another_has_none() -> None:
    assert [item.stale for item in check_cases([case(evidence=(), nuggets=())], TEXTS)] == [False]
    assert [item.stale for item in check_cases([case(answerable=False)], TEXTS)] == [False]


def test_every_shipped_case_stands_in_the_corpus() -> None:
    cases = read_cases([GOLD])
    found = list(check_cases(cases, texts_of(CHECKOUT / "corpus")))
    assert not [item for item in found if not item.stale], found
    assert len({item.case for item in found}) <= 0.02 * len(cases), found
    assert len(cases) >= 200
    assert {case.split for case in cases} == {"tune", "report"}


def test_near_misses_come_in_pairs_of_one_that_the_corpus_tells_and_one_that_it_does_not() -> None:
    cases = read_cases([NEAR_MISSES])
    assert not [item for item in check_cases(cases, texts_of(CHECKOUT / "corpus")) if "its evidence" not in item.says]
    pairs = Counter(case.id.rsplit("-", 1)[0] for case in cases)
    assert set(pairs.values()) == {2}
    assert sum(case.answerable for case in cases) == len(pairs) >= 100
