"""Structure is scored by counts a person works out by hand, and what the readers recover never falls below its floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.commands import structure
from eval.errors import BadCase
from eval.structure import GOLD, KINDS, Labelled, Score, Tally, load_labelled, score_file, total

PAGE = """\
# Choosing a lantern

Lanterns burn for nine hours at most.

## Kinds

- Oil lanterns
- Gas lanterns

| Kind | Hours |
|---|---|
| Oil | 9 |
| Gas | 4 |

## Related guides

- Choosing a tent
"""
LABELS = """\
h0 Choosing a lantern
b Lanterns burn for nine hours at most.
h1 Kinds
i Oil lanterns
i Gas lanterns
t Kind | Hours
r Oil | 9
r Gas | 4
n Related guides
n Choosing a tent
"""


def scored(folder: Path, labels: str) -> Score:
    (folder / "lantern.md").write_text(PAGE, encoding="utf-8")
    (folder / "lantern.md.labels").write_text(labels, encoding="utf-8")
    (labelled,) = load_labelled(folder)
    return score_file(labelled)


def test_a_file_read_as_it_is_labelled_scores_full_marks(tmp_path: Path) -> None:
    score = scored(tmp_path, LABELS)
    assert {kind: (tally.precision, tally.recall) for kind, tally in score.tallies.items()} == dict.fromkeys(
        KINDS, (1.0, 1.0)
    )
    assert score.tallies["table cells"] == Tally(6, 6, 6, 6)
    assert score.tallies["noise"] == Tally(5, 5, 5, 5)
    assert score.misses == ()


@pytest.mark.parametrize(
    ("before", "after", "kind", "tally"),
    [
        ("h1 Kinds", "h2 Kinds", "levels", Tally(1, 2, 1, 2)),
        ("h1 Kinds", "h1 Sorts", "headings", Tally(1, 2, 1, 2)),
        ("i Gas lanterns\n", "", "list items", Tally(1, 2, 1, 1)),
        ("r Gas | 4", "r Gas | 5", "table cells", Tally(5, 6, 5, 6)),
        ("t Kind | Hours", "t Sort | Hours", "table cells", Tally(3, 6, 3, 6)),
        ("n Choosing a tent", "b Choosing a tent", "noise", Tally(2, 5, 2, 2)),
        ("n Choosing a tent", "x Choosing a tent", "noise", Tally(5, 5, 2, 2)),
        ("n Choosing a tent", "n Buying a tent", "noise", Tally(2, 5, 5, 5)),
        ("b Lanterns burn", "n Lanterns burn", "noise", Tally(5, 5, 5, 12)),
        ("b Lanterns burn", "b Torches burn", "kept words", Tally(0, 0, 0, 1)),
        ("h1 Kinds", "h1 Kinds\nq What burns?", "questions", Tally(0, 0, 0, 1)),
    ],
)
def test_a_label_that_differs_is_counted_where_it_differs(
    tmp_path: Path, before: str, after: str, kind: str, tally: Tally
) -> None:
    assert scored(tmp_path, LABELS.replace(before, after)).tallies[kind] == tally


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="line 2 is no label"):
        scored(tmp_path, "h0 Choosing a lantern\nKinds\n")
    (tmp_path / "lantern.md").unlink()
    with pytest.raises(BadCase, match=r"put lantern\.md beside it"):
        load_labelled(tmp_path)
    with pytest.raises(BadCase, match="no labelled files"):
        load_labelled(tmp_path / "nowhere")


def test_a_folder_says_whether_its_files_were_looked_at() -> None:
    assert Labelled(Path("gold/untuned/page.md"), ()).split == "untuned"
    assert Labelled(Path("gold/tuned/page.md"), ()).split == "tuned"


# What `python -m eval structure` reached, rounded down: (precision, recall).
FLOORS = {
    "tuned": {
        "headings": (1.0, 1.0),
        "levels": (1.0, 1.0),
        "list items": (1.0, 1.0),
        "table cells": (1.0, 1.0),
        "questions": (1.0, 1.0),
        "noise": (1.0, 1.0),
        "kept words": (1.0, 1.0),
    },
    "untuned": {
        "headings": (0.993, 0.986),
        "levels": (0.966, 0.959),
        "list items": (0.991, 1.0),
        "table cells": (1.0, 1.0),
        "questions": (1.0, 0.969),
        "noise": (1.0, 0.979),
        "kept words": (1.0, 1.0),
    },
}


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return [score_file(labelled) for labelled in load_labelled(GOLD)]


@pytest.mark.parametrize("split", FLOORS)
def test_what_is_recovered_stays_above_its_floors(scores: list[Score], split: str) -> None:
    tallies = total(score for score in scores if score.split == split)
    low = {
        kind: (tallies[kind].precision, tallies[kind].recall)
        for kind, (precision, recall) in FLOORS[split].items()
        if tallies[kind].precision < precision or tallies[kind].recall < recall
    }
    assert not low


def test_files_of_all_formats_are_labelled_many_of_them_never_looked_at(scores: list[Score]) -> None:
    assert len(scores) >= 25
    assert sum(score.split == "untuned" for score in scores) >= 12
    for suffix in (".txt", ".md", ".html", ".pdf", ".docx"):
        assert any(score.name.endswith(suffix) and score.split == "untuned" for score in scores)


def test_the_command_names_misses_of_tuned_files_alone(tmp_path: Path) -> None:
    for split in ("tuned", "untuned"):
        (tmp_path / split).mkdir()
        scored(tmp_path / split, LABELS.replace("h1 Kinds", f"h1 {split}"))
    assert "headings - tuned" in structure(tmp_path, misses=True, untuned=False).text
    assert "headings - untuned" not in structure(tmp_path, misses=True, untuned=False).text
    assert "headings - untuned" in structure(tmp_path, misses=True, untuned=True).text
    assert structure(tmp_path, misses=False, untuned=False).content["tuned"]["list items"]["recall"] == 1.0
