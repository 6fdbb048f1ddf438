"""Words that ran together are set apart; identifiers are left whole."""

from __future__ import annotations

import pytest

from ingest.reading import understand

MENU = "# Loop\n\nThe loop has an HR Screen, an Onsite and a Technical Screen.\n\nHR ScreenOnsiteTechnical Screen\n"


def test_names_of_a_menu_that_ran_together_are_set_apart() -> None:
    shown = [unit.text for unit in understand(MENU.encode(), path="loop.md", kind="guide").units]
    assert "HR Screen · Onsite · Technical Screen" in shown


@pytest.mark.parametrize(
    "line",
    [
        "Journals of ext3/ext4 file systems:",
        "num1 ^= num2; num2 ^= num1; num1 ^= num2",
        "copy the files of dir1 to dir2",
        "GET /readUsersItemsList?personid=1234",
    ],
)
def test_identifiers_are_left_whole(line: str) -> None:
    known = "\n\nA num is a dir of ext files. Users read their items in a list.\n"
    shown = [
        unit.text for unit in understand(f"# Files{known}\n{line}\n".encode(), path="files.md", kind="guide").units
    ]
    assert line in shown
