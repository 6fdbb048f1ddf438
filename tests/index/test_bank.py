"""A question that several guides ask is one entry of the bank with all its sources."""

from __future__ import annotations

from index.bank import one_entry_each
from index.passages import BankQuestion, KeyPoint, Source


def asked(title: str, prompt: str = "", guide: str = "a.md", **more: object) -> BankQuestion:
    identity = title.lower().replace(" ", "-").strip("?")
    sources = (Source(guide, 0, len(title)),)
    return BankQuestion(identity, guide, title, prompt or title, 0, len(title), sources=sources, **more)  # type: ignore[arg-type]


def test_the_same_question_in_two_guides_is_one_entry_with_two_sources() -> None:
    first = asked("Trim a wick that smokes", "How do you trim a wick that smokes at night?", hints=("Cut it square",))
    again = asked("Trim a wick that smokes!", "How would you trim wicks that smoke at night?", "b.md", company="Wick")
    other = asked("Fill a lamp with whale oil", guide="b.md")
    bank = one_entry_each([first, again, other])
    assert [question.title for question in bank] == [first.title, other.title]
    assert [source.guide for source in bank[0].sources] == ["a.md", "b.md"]
    assert (bank[0].company, bank[0].hints) == ("Wick", ("Cut it square",))


def test_a_title_alone_is_the_question_that_another_guide_spells_out() -> None:
    bank = one_entry_each(
        [asked("Choose a wick for a tall flame"), asked("Choose a wick for a tall flame", "Why?", "b.md")]
    )
    assert len(bank) == 1


def test_the_entry_that_the_maintainer_wrote_leads_wherever_it_stands() -> None:
    found = asked("Choose a wick for a tall flame", guide="guides/a.md", difficulty="Hard")
    points = (KeyPoint("A round wick gives a tall flame.", "notes/wick.md#Definition"),)
    written = asked("Choose a wick for a tall flame", "Which one, and why?", "questions/w.yaml", key_points=points)
    (entry,) = one_entry_each([found, written])
    assert (entry.guide, entry.key_points, entry.difficulty) == ("questions/w.yaml", points, "Hard")
    assert {source.guide for source in entry.sources} == {"guides/a.md", "questions/w.yaml"}


def test_other_questions_stay_apart_and_every_id_is_used_once() -> None:
    one = asked("Caching", "How do you keep lamps warm in a cellar without oil?")
    two = asked("Caching", "Draw the shelves of a store that sells wicks to sailors.", "b.md")
    near = asked("Trim a wick that burns")
    bank = one_entry_each([one, two, near, asked("Fill a wick that burns")])
    assert len(bank) == 4 and len({question.id for question in bank}) == 4
    assert bank == one_entry_each([one, two, near, asked("Fill a wick that burns")])


def test_what_guides_disagree_on_is_left_open() -> None:
    title = "Choose a wick for a tall flame"
    bank = one_entry_each([asked(title, guide=f"{name}.md", company=name) for name in ("Wick", "Lamp")])
    assert bank[0].company == "Wick"  # the first one's own
    bank = one_entry_each(
        [asked(title), *(asked(title, guide=f"{name}.md", company=name) for name in ("Wick", "Lamp"))]
    )
    assert bank[0].company is None


def test_the_entry_with_key_points_keeps_the_id_wherever_it_stands() -> None:
    points = (KeyPoint("A round wick gives a tall flame.", "notes/wick.md#Definition"),)
    found = asked("Choose a wick", "How do sailors choose a wick at sea?", "guides/a.md")
    written = asked("Choose a wick", "Which cloth burns longest under glass?", "questions/w.yaml", key_points=points)
    bank = one_entry_each([found, written])
    assert {question.guide: question.id == "choose-a-wick" for question in bank} == {
        "guides/a.md": False,
        "questions/w.yaml": True,
    }
