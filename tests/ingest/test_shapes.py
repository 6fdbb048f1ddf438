"""Headings without marks are told from pairs, steps and questions; a line at a page's foot is no text of the guide."""

from __future__ import annotations

import pytest

from index.passages import Guide
from tests.ingest.test_formats import guide_of

SAID = "Lofts hire in late autumn, when the season is over.\n"


def headings(guide: Guide) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in guide.sections[1:]]


def text(words: str) -> Guide:
    return guide_of("sailmaker.txt", f"Sailmaker guide\n\n{SAID}\n{words}".encode())


def test_pairs_of_a_name_and_what_it_says_are_no_headings() -> None:
    assert headings(text(f"Offer\n\nBase: 34,000\nBonus: 2,500\nShares: none\n\nPlace\n\n{SAID}")) == [
        (1, "Offer"),
        (1, "Place"),
    ]


def test_steps_stand_below_what_they_are_steps_of() -> None:
    found = headings(text(f"How hiring works\n{SAID}Step 1: Write\n{SAID}Step 2: Visit\n{SAID}What lofts pay\n{SAID}"))
    assert found == [(1, "How hiring works"), (2, "Step 1: Write"), (2, "Step 2: Visit"), (1, "What lofts pay")]


def test_a_line_above_questions_heads_them_and_they_are_practice_questions() -> None:
    asked = "Why sails and not tents?\nThey want to hear about shape, for a sail never keeps still.\n"
    more = "How do you mend a tear?\nSay first what you would take out, and then what you would put in.\n"
    guide = text(f"Questions you will be asked\n{asked}{more}")
    assert headings(guide)[0] == (1, "Questions you will be asked")
    assert [question.title for question in guide.questions] == ["Why sails and not tents?", "How do you mend a tear?"]


def test_a_title_is_signed_by_the_line_under_it() -> None:
    words = f"Loft Jobs Online\n\nHome\n\nSail Prep: All of It\n\nUpdated on 14 February 2026\n\nHiring\n\n{SAID}"
    assert guide_of("page.txt", words.encode()).info.title == "Sail Prep: All of It"


@pytest.mark.parametrize(
    "foot",
    [
        "[Edit this page](https://e.example) or [report an issue](https://i.example)",
        "Like this post? Subscribe to my newsletter for more.",
        "This text may be shared under the Creative Commons licence.",
        "Posted in: Sails, Work",
    ],
)
def test_a_line_at_a_pages_foot_is_noise(foot: str) -> None:
    guide = guide_of("sailmaker.md", f"# Sails\n\n## Hiring\n\n{SAID}\n---\n\n{foot}\n".encode())
    assert [guide.raw(block.start, block.end) for block in guide.blocks if block.noise] == [foot]


def test_a_table_that_names_its_rows_has_no_header() -> None:
    rows = "".join(
        f"<tr><th>{hour}</th><td>{work}</td></tr>" for hour, work in (("06:30", "Weighing"), ("09:00", "Flying"))
    )
    guide = guide_of("day.html", f"<h1>A day</h1><table>{rows}</table>".encode())
    assert [unit.text for unit in guide.units if unit.kind == "row"] == ["06:30; Weighing", "09:00; Flying"]


def test_a_hint_under_a_numbered_question_is_its_advice() -> None:
    guide = text(
        "Practice questions\n\n1. Why is a rope laid to the right?\nHint: think of the hand.\n\n2. Explain a splice.\nHint: draw it.\n"
    )
    assert [(question.title, question.hints) for question in guide.questions] == [
        ("Why is a rope laid to the right?", ("Hint: think of the hand.",)),
        ("Explain a splice.", ("Hint: draw it.",)),
    ]


@pytest.mark.parametrize("name", ["Search", "Home", "Answer"])
def test_a_heading_named_like_a_menu_is_none_where_something_stands_under_it(name: str) -> None:
    guide = guide_of("sailmaker.md", f"# Sails\n\n## {name}\n\n{SAID}".encode())
    assert headings(guide) == [(1, name)]
    assert not any(block.noise for block in guide.blocks)


def test_a_row_of_links_is_navigation_and_a_sentence_with_links_is_none() -> None:
    guide = guide_of(
        "sails.md", f"# Sails\n\n{SAID}\n[Home](/) · [Notes](/n)\n\nRead [this](/a) or [that](/b) first.\n".encode()
    )
    assert [guide.raw(block.start, block.end) for block in guide.blocks if block.noise] == ["[Home](/) · [Notes](/n)"]
