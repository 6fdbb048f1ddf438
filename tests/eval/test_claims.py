"""Labelled claims: three shapes of file are read, accuracy is counted by hand, weights are learnt from one half."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from answer.support import MEASURED, judge
from eval.__main__ import app
from eval.claims import SHIPPED, Claim, Remembering, judge_claims, learn_weights, read_claims, strayed
from eval.errors import BadCase


def written(folder: Path, rows: list[dict[str, object]], name: str = "some.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_the_shipped_claims_hold_twenty_of_every_kind_in_two_halves() -> None:
    claims = read_claims(SHIPPED[:1])
    kinds = Counter(claim.kind for claim in claims)
    assert {kind: count for kind, count in kinds.items() if kind != "paraphrase"} == dict.fromkeys(
        ("figure", "name", "negation", "direction", "modality", "quantifier"), 20
    )
    assert kinds["paraphrase"] == 100
    assert all(claim.supported == (claim.kind == "paraphrase") for claim in claims)
    passages = {half: {claim.evidence for claim in claims if claim.split == half} for half in ("tune", "report")}
    assert len(passages["tune"]) == len(passages["report"]) == 20
    assert not passages["tune"] & passages["report"]


def test_balanced_accuracy_is_the_mean_of_what_is_kept_and_caught() -> None:
    evidence = ("The ferry takes 40 minutes.",)
    claims = [
        Claim("f", "1", "right", "The ferry takes 40 minutes.", evidence, True, "report"),
        Claim("f", "2", "right", "Whales sing to passing sailors in Greenland.", evidence, True, "report"),
        Claim("f", "3", "figure", "The ferry takes 50 minutes.", evidence, False, "report"),
    ]
    (found,) = judge_claims(claims)
    assert (found.kept, found.caught, found.balanced) == (0.5, 1.0, 0.75)
    assert found.kinds == {"right": (1, 2), "figure": (1, 1)}


def test_an_answer_with_marked_spans_is_cut_into_labelled_sentences(tmp_path: Path) -> None:
    text = "The ferry takes 40 minutes. It serves soup on deck."
    row = {"id": "a", "source_id": 1, "response": text, "context": "The ferry takes 40 minutes.", "spans": []}
    spans = [{"start": text.index("It serves"), "end": len(text)}]
    found = read_claims([written(tmp_path, [row, {**row, "id": "b", "source_id": 2, "spans": spans}])])
    assert [(claim.id, claim.supported) for claim in found] == [
        ("a-0", True),
        ("a-1", True),
        ("b-0", True),
        ("b-1", False),
    ]
    assert {claim.split for claim in found} == {"tune", "report"}


def test_retold_sentences_are_supported_by_their_quotes_and_not_by_their_neighbours(tmp_path: Path) -> None:
    rows = [
        {
            "id": str(n),
            "sentence": f"Boat {n} sails.",
            "evidence": [{"quote": f"Boat {n} sails daily."}],
            "split": "tune",
        }
        for n in range(3)
    ]
    found = read_claims([written(tmp_path, rows)])
    away = strayed(found)
    assert [claim.supported for claim in away] == [False] * 3
    assert all(not set(claim.evidence) & set(found[at].evidence) for at, claim in enumerate(away))


@pytest.mark.parametrize(("line", "says"), [("{oops", "not JSON"), ('{"id": "1"}', "missing")])
def test_a_bad_line_is_named_by_file_and_number(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadCase, match=rf"bad\.jsonl:1: .*{says}"):
        read_claims([tmp_path / "bad.jsonl"])
    with pytest.raises(BadCase, match="no such file"):
        read_claims([tmp_path / "none.jsonl"])


def test_weights_are_learnt_from_the_tune_half_alone_and_always_the_same() -> None:
    claims = read_claims(SHIPPED)
    both = (*claims, *strayed(claims))
    learnt = learn_weights(both)
    assert learnt == learn_weights([claim for claim in both if claim.split == "tune"])
    assert set(learnt.weights) == set(MEASURED)
    assert learnt.weights["scattered"] > 0


def test_the_checker_does_not_fall_back_on_the_shipped_claims() -> None:
    found = {(each.file, each.split): each for each in judge_claims(read_claims(SHIPPED))}
    assert (found["claims", "report"].balanced or 0) >= 0.78
    assert (found["retold", "report"].kept or 0) >= 0.8


def test_the_command_prints_the_table_and_the_weights(tmp_path: Path) -> None:
    evidence = ["The ferry takes 40 minutes."]
    rows = [
        {"id": "1", "kind": "figure", "claim": "The ferry takes 50 minutes.", "evidence": evidence, "supported": False},
        {"id": "2", "kind": "right", "claim": "The ferry takes 40 minutes.", "evidence": evidence, "supported": True},
    ]
    file = str(written(tmp_path, rows))
    told = CliRunner().invoke(app, ["claims", file, "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)[0]["balanced"] == 1.0
    assert CliRunner().invoke(app, ["claims", str(tmp_path / "none.jsonl")]).exit_code == 1


def test_batches_give_one_line_a_claim_and_the_same_verdict_as_the_checker(tmp_path: Path) -> None:
    file = written(
        tmp_path, [{"id": "x", "claim": "The ferry takes 50 minutes.", "evidence": ["The ferry takes 40 minutes."]}]
    )
    told = CliRunner().invoke(app, ["support", "--batch", str(file)])
    verdict = judge("The ferry takes 50 minutes.", ["The ferry takes 40 minutes."])
    assert json.loads(told.stdout) == {
        "id": "x",
        "supported": verdict.supported,
        "score": verdict.score,
        "reasons": list(verdict.reasons),
    }


def test_no_text_is_embedded_twice() -> None:
    asked: list[str] = []

    class Counting:
        def embed(self, texts: list[str]) -> np.ndarray:
            asked.extend(texts)
            return np.array([[float(len(text)), 1.0] for text in texts])

    embedder = Remembering(Counting())
    assert embedder.embed(["a", "bb", "a"]).tolist() == [[1.0, 1.0], [2.0, 1.0], [1.0, 1.0]]
    assert embedder.embed(["bb", "ccc"]).tolist() == [[2.0, 1.0], [3.0, 1.0]]
    assert asked == ["a", "bb", "ccc"]
