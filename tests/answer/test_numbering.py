"""A numbered thing or a figure that a question names must be told next to its thing, alone or in a range."""

from __future__ import annotations

import pytest

from answer.numbering import untold_number

PLAN = "Week: 3; Focus: frames"
RANGE = "Weeks 7–8: winter feeding"


@pytest.mark.parametrize(
    ("question", "told", "missing"),
    [
        ("base salary at level 4", "Level: 4; Base salary: 52,500", ""),
        ("base salary at level 5", "Level: 4; Base salary: 52,500", "level 5"),
        ("base salary at L5", "Beekeepers at IC5 earn 63,000", ""),
        ("bonus at level 12", "A bonus of 12 percent is paid at level 3", "level 12"),
        ("what is due in week 3", PLAN, ""),
        ("what is due in week 8", RANGE, ""),
        ("the six-week plan: what is due in week 8", RANGE, "week 8"),
        ("the 10 week plan: what is due in week 8", f"A plan of 10 weeks. {RANGE}", ""),
        ("what is due in week 8", f"{PLAN}; 8 frames", "week 8"),
        (
            "which frames does a Langstroth 50 hive take",
            "A Langstroth 10 hive takes ten frames, 50 at most in all",
            "Langstroth 50",
        ),
        ("which frames does a Langstroth 10 hive take", "A Langstroth-10 hive takes ten frames", ""),
        ("how much honey in FY 2031", "In FY 2030 the hives gave 40 kg", "FY 2031"),
        ("how much honey at a rise from 5.0% to 5.1%", "A rise from 5.0% to 5.5% gives 40 kg", "5.1"),
        ("how much honey at 5.5%", "A rise from 5.0% to 5.5% gives 40 kg", ""),
        ("how many hives of 3 frames", "Hives have frames", ""),
    ],
)
def test_a_number_that_no_text_tells_is_missing(question: str, told: str, missing: str) -> None:
    assert untold_number(question, [told]) == missing


def test_of_a_premise_only_the_numbered_thing_must_be_told() -> None:
    assert untold_number("does level 4 pay 90,000", ["Level: 4; Base salary: 52,500"], figures=False) == ""
    assert untold_number("does level 9 pay 90,000", ["Level: 4; Base salary: 52,500"], figures=False) == "level 9"
