"""What only its own name means must be told by the evidence: another role, a term of employment, a person."""

from __future__ import annotations

import pytest

from answer.naming import tells_name, untold

PAY = "The median bonus at level 5 is 7,250 and the recruiter checks motivation."


@pytest.mark.parametrize(
    ("question", "near", "missing"),
    [
        ("rounds for a product manager", PAY, "product manager"),
        ("rounds for a beekeeper", PAY, ""),
        ("signing bonus at level 5", PAY, "signing"),
        ("bonus at level 5", PAY, ""),
        ("how many vacation days are there", "Employees get 25 days of holiday.", ""),
        ("what is the passing score", "Candidates score better after practice.", "passing score"),
        ("what is the passing score", "The passing score is 70 percent.", ""),
        ("who is the CEO of Quill Labs", PAY, "a person's name"),
        ("who wrote the handbook", "The handbook by Ada Brook is short.", ""),
        ("who wrote the handbook", "Ada Brook, \u201cThe hive handbook\u201d", ""),
        ("who runs the hive round", PAY, ""),
        ("do they sponsor an H1B visa", "They sponsor a visa.", "H1B"),
        ("is plan b at level 1 paid 250k", "plan", ""),
        ("who is the CEO of Quill Labs", "Ada Brook, the CEO and a beekeeper, keeps bees.", ""),
        ("who is the founder of Quill Labs", "Its founder is Ada Brook.", ""),
        ("how does Hive.all behave", "A hive behaves well.", "Hive.all"),
        ("how does Hive.all behave", "Hive.all() waits for every bee.", ""),
        ("what do Q4_K_M frames cost", PAY, "Q4_K_M"),
        ("is hive.io any good", PAY, ""),
        ("how long from B5 to B6", "From B4 to B5 it takes a year.", "from B5 to B6"),
        ("several hives, a reference frame", PAY, ""),
        ("what is the notice period", PAY, "notice period"),
        ("how would I notice swarming", PAY, ""),
        ("monthly pay of an intern", "Internship: 2,000 a month", ""),
    ],
)
def test_a_name_that_no_near_text_tells_is_missing(question: str, near: str, missing: str) -> None:
    assert untold(question, [near]) == missing


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("BBB", "figures of the Bureau of Bee Breeding", True),
        ("BBB", "a bee and a big hive", False),
        ("Zephyr", "the zephyr apiary", True),
        ("Zephyr", "the apiary", False),
    ],
)
def test_a_name_is_told_by_itself_or_by_what_its_letters_stand_for(name: str, text: str, told: bool) -> None:
    assert tells_name(name, text) is told
