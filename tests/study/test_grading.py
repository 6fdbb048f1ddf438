"""Answers are graded by meaning: right words in another order score, fluent nonsense does not."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.settings import Settings
from index.store import Index
from study.__main__ import app
from study.errors import NoSuchQuestion
from study.grading import NOT_ENOUGH, Grader
from tests.study.conftest import GOOD, WRONG

ROOT = Path(__file__).resolve().parents[2]


def test_a_paraphrase_covers_every_point(grader: Grader) -> None:
    grade = grader.grade(grader.question("fly-a-kite"), GOOD)
    assert [point.verdict for point in grade.points] == ["covered"] * 4
    assert (grade.level, grade.score) == ("strong", 1.0)


def test_a_fluent_wrong_answer_is_weak_and_says_what_it_contradicts(grader: Grader) -> None:
    grade = grader.grade(grader.question("fly-a-kite"), WRONG)
    assert grade.level == "weak"
    assert grade.having("contradicted")
    assert grade.to_add[0].verdict == "contradicted"


def test_one_error_does_not_damn_an_answer(grader: Grader) -> None:
    answer = GOOD.replace("A longer line lets", "A shorter line lets")
    grade = grader.grade(grader.question("fly-a-kite"), answer)
    assert answer != GOOD and [point.verdict == "contradicted" for point in grade.points] == [False, False, True, False]
    assert grade.level != "weak" and grade.score < grader.grade(grader.question("fly-a-kite"), GOOD).score


def test_the_question_repeated_back_covers_nothing(grader: Grader) -> None:
    question = grader.question("fly-a-kite")
    for answer in (question.prompt, f"I would say which weather suits a kite. {question.prompt} {question.title}."):
        grade = grader.grade(question, answer)
        assert grade.level == "weak" and not grade.having("covered")


def test_a_point_that_the_prompt_tells_itself_is_not_covered_by_repeating_it(grader: Grader) -> None:
    question = grader.question("fly-a-kite")
    telling = replace(question, id="told", prompt=f"{question.prompt} {question.key_points[2].point}")
    assert grader.grade(question, question.key_points[2].point).points[2].verdict == "covered"
    assert grader.grade(telling, question.key_points[2].point).points[2].verdict == "missed"


@pytest.mark.parametrize("place", range(4))
def test_one_point_told_alone_is_covered(grader: Grader, place: int) -> None:
    question = grader.question("fly-a-kite")
    assert grader.grade(question, question.key_points[place].point).points[place].verdict == "covered"


def test_misspelt_words_count(grader: Grader) -> None:
    grade = grader.grade(
        grader.question("fly-a-kite"), "Gusty wnd makes the lien slaken and snap tigth, brekaing light spars."
    )
    assert grade.points[1].verdict == "covered"


def test_another_figure_is_not_the_same_point(grader: Grader) -> None:
    grade = grader.grade(grader.question("fly-a-kite"), "A kite needs a steady wind of 55 to 80 kilometres an hour.")
    assert grade.points[0].verdict in ("missed", "contradicted")


def test_the_words_shown_are_the_candidates_own_and_the_quote_is_the_guides(grader: Grader, kites: Index) -> None:
    for answer in (GOOD, WRONG):
        for point in grader.grade(grader.question("fly-a-kite"), answer).points:
            assert point.words == answer[point.start : point.end]
            assert point.citation is not None
            cited = point.citation
            assert kites.guide(cited.path).raw(cited.start, cited.end) == cited.quote
            assert cited.section in ("Kite weather > Wind", "Kite weather > Line", "Wind", "Line")


@pytest.mark.parametrize("answer", ["", "   \n", "…", "ok"])
def test_an_empty_answer_is_not_enough_to_judge(grader: Grader, answer: str) -> None:
    grade = grader.grade(grader.question("fly-a-kite"), answer)
    assert not grade.enough and grade.level == "weak" and NOT_ENOUGH in grade.notes
    assert {point.verdict for point in grade.points} == {"missed"}


def test_twenty_thousand_words_are_graded_in_seconds_and_the_cut_is_said(grader: Grader) -> None:
    started = time.perf_counter()
    grade = grader.grade(grader.question("fly-a-kite"), GOOD + " The weather was nice and we walked on." * 2500)
    assert time.perf_counter() - started < 30
    assert grade.having("covered") and any("first 4,000 words" in note for note in grade.notes)


def test_grading_twice_gives_the_same(grader: Grader, kites: Index) -> None:
    question = grader.question("fly-a-kite")
    assert grader.grade(question, GOOD) == Grader(kites).grade(question, GOOD)


def test_an_unknown_question_names_the_nearest(grader: Grader) -> None:
    with pytest.raises(NoSuchQuestion, match="fly-a-kite"):
        grader.question("fly-the-kite")


def test_the_command_grades_a_file_and_a_batch(kite_settings: Settings, tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text(GOOD, encoding="utf-8")
    home = ["--home", str(kite_settings.home)]
    one = CliRunner().invoke(app, ["grade", "fly-a-kite", "--answer", str(answer), "--json", *home])
    assert one.exit_code == 0
    row = json.loads(one.stdout)
    assert (row["level"], row["score"]) == ("strong", 1.0)
    assert {"point", "verdict", "words", "citation"} <= set(row["points"][0])
    lines = [
        json.dumps({"id": 1, "question_id": "fly-a-kite", "answer": GOOD}),
        "not json",
        json.dumps({"id": 3, "question_id": "nowhere", "answer": GOOD}),
        json.dumps({"id": 4, "question_id": "fly-a-kite", "answer": ""}),
    ]
    many = CliRunner().invoke(app, ["grade", "--batch", "-", *home], input="\n".join(lines))
    rows = [json.loads(line) for line in many.stdout.splitlines()]
    assert [row["id"] for row in rows] == [1, None, 3, 4]
    assert rows[0]["points"] == row["points"] and "error" in rows[1] and "error" in rows[2]
    assert rows[3]["level"] == "weak" and many.exit_code == 1


def test_wrong_usage_is_exit_two(kite_settings: Settings) -> None:
    for arguments in (["grade"], ["grade", "fly-a-kite"], ["grade", "fly-a-kite", "--batch", "-"]):
        assert CliRunner().invoke(app, arguments).exit_code == 2


@pytest.mark.slow
def test_grading_agrees_with_the_labelled_answers(home: Path) -> None:
    from eval.grading_cases import grade_all, load_answers, measure
    from ingest.pipeline import synchronise

    settings = Settings(home=home, corpus=ROOT / "corpus")
    synchronise(settings, [settings.corpus])
    grader, answers = Grader.open(settings), load_answers()
    found = measure(grade_all(grader, [each for each in answers if each.part == "report"]))
    assert found.covered >= 0.9 and found.missed >= 0.9
    assert found.share("wrong", "weak") == 1.0 and found.share("echo", "weak") == 1.0
    assert found.share("terse", "strong") >= 0.9
    fresh = measure(grade_all(grader, [each for each in answers if each.part == "fresh"]))
    assert fresh.covered >= 0.79 and fresh.missed >= 0.77  # what docs/study.md says, less what an embedder may differ
    assert fresh.share("wrong", "weak") >= 0.8 and fresh.share("echo", "weak") == 1.0
    assert fresh.share("terse", "strong") >= 0.9
