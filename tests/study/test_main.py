"""`python -m study` does what the pages do: one JSON object on stdout, one line on stderr when something fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from index.settings import Settings
from study.__main__ import app
from tests.study.conftest import GOOD, WRONG


@pytest.fixture
def home(kite_settings: Settings, tmp_path: Path) -> Path:
    shutil.copytree(kite_settings.home / "index", tmp_path / "index")
    (tmp_path / "models").symlink_to(kite_settings.home / "models")
    return tmp_path


def run(home: Path, *arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)], input=given)


def told(home: Path, *arguments: str, given: str = "") -> dict[str, Any]:
    result = run(home, *arguments, "--json", given=given)
    assert result.exit_code == 0, result.stderr
    row: dict[str, Any] = json.loads(result.stdout)
    return row


def test_the_bank_is_listed_and_the_model_answer_hidden(home: Path) -> None:
    assert [each["id"] for each in told(home, "practise", "--filter", "round=Coding")["questions"]] == ["choose-a-spar"]
    assert "key_points" not in told(home, "practise", "fly-a-kite")
    assert run(home, "practise", "--filter", "colour=red").exit_code == 1
    assert run(home, "practise", "--filter", "red").exit_code == 2


def test_cards_are_due_rated_undone_and_written(home: Path, tmp_path: Path) -> None:
    card = told(home, "due")["due"][0]
    assert set(card["next"]) == {"1", "2", "3", "4"}
    told(home, "due", card["id"], "--rate", "4")
    assert card["id"] not in [each["id"] for each in told(home, "due")["due"]]
    assert told(home, "due", "--undo")["undone"] == card["id"]
    assert card in told(home, "due")["due"]
    files = told(home, "due", "--anki", str(tmp_path / "a.apkg"), "--csv", str(tmp_path / "a.csv"))
    assert files["cards"] == 3 and all(Path(file).stat().st_size for file in files["files"])
    assert run(home, "due", "nothing", "--rate", "3").exit_code == 1
    assert run(home, "due", "nothing").exit_code == 2


def test_a_mock_is_held_step_by_step(home: Path, tmp_path: Path) -> None:
    assert told(home, "mock", "loops")["loops"][0]["rounds"][0]["minutes"] == [30, 30]
    assert run(home, "mock", "answer", "--answer", "-").exit_code == 1
    opened = told(home, "mock", "begin", "--guide", "pilot", "--seed", "1")
    assert opened["asks"].startswith("Which weather")
    assert told(home, "mock", "answer", "--answer", "-", given=WRONG)["pending"]
    told(home, "mock", "pause")
    assert told(home, "mock", "resume")["put_at"]
    told(home, "mock", "answer", "--answer", "-", given=GOOD)
    assert told(home, "mock", "finish")["finished"]
    report = run(home, "mock", "report", "--html", str(tmp_path / "report.html"))
    assert "not enough to judge" in report.stdout and "<h1>" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert run(home, "mock", "dance").exit_code in (1, 2)
    assert run(home, "mock", "begin", "--guide", "nowhere").exit_code == 1


def test_a_plan_is_made_ticked_and_written_as_a_calendar(home: Path, tmp_path: Path) -> None:
    assert run(home, "plan").exit_code == 1
    past = run(home, "plan", "--interview", "2001-01-01")
    assert past.exit_code == 1 and len(past.stderr.strip().splitlines()) == 1
    assert run(home, "plan", "--interview", "tomorrow").exit_code == 1
    day = "2126-01-01"
    assert run(home, "plan", "--interview", day).exit_code == 1  # more than a year away
    from datetime import UTC, datetime, timedelta

    soon = (datetime.now(UTC).date() + timedelta(days=20)).isoformat()
    made = told(home, "plan", "--interview", soon, "--hours", "5", "--off", "sunday", "--rating", "coding=2")
    uid = made["items"][0]["uid"]
    after = told(home, "plan", "--tick", uid, "--calendar", str(tmp_path / "plan.ics"))
    assert [item["done"] for item in after["items"] if item["uid"] == uid] == [True]
    assert (tmp_path / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert uid in [item["uid"] for item in told(home, "plan", "--again")["items"] if item["done"]]


def test_progress_export_and_import(home: Path, tmp_path: Path) -> None:
    told(home, "due")
    assert told(home, "progress")["topics"]
    told(home, "export", str(tmp_path / "all.json"))
    assert json.loads(run(home, "export").stdout)["tables"]["cards"]
    assert told(home, "import", str(tmp_path / "all.json"))["rows"]["cards"] == 3
    wrong = run(home, "import", "-", given="{}")
    assert wrong.exit_code == 1 and "no export" in wrong.stderr


def test_a_missing_index_is_one_line(tmp_path: Path) -> None:
    result = run(tmp_path, "grade", "x", "--answer", "-", given="text")
    assert result.exit_code == 1 and "python -m ingest" in result.stderr
