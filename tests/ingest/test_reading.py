"""One file, understood: scraped text, Markdown and the bank format give the same kind of guide."""

from __future__ import annotations

from index.passages import Guide
from ingest.reading import understand
from ingest.splitting import split_guide

PAGE = """\
Zorbex Press
Zorbex Data Gardener Interview Guide 2031
By Ada Quill | Published: 3/9/2031
How a gardener loop runs
The loop has four stages. It takes about three weeks, e.g. when travel is needed.
Call with the recruiter (20 min)
Background, motivation, and pay
Practical round (2 × 50 min)
Prune a tree of decisions, then explain it
What to bring
- Shears – sharp ones, cleaned the day before.
- Notebook – with the three plots you are proud of.
Pay bands
| Level | Base | Bonus |
|---|---|---|
| G1 | 100 | 5 |
| G2 | 140 | 9 |
FAQ
Q: Is mud a problem?
A: No. Bring boots.
Related Guides
Quux Data Gardener Interview Guide
Quux runs six rounds and pays 900.
© 2031 Zorbex Press. All rights reserved.
"""


def guide_of(text: str, path: str = "guides/zorbex-data-gardener.txt") -> Guide:
    return split_guide(understand(text.encode(), path=path, kind="guide"), None, 256)


def test_a_scraped_page_shows_its_headings_lists_tables_and_questions() -> None:
    guide = guide_of(PAGE)
    assert guide.info.title == "Zorbex Data Gardener Interview Guide 2031"
    assert (guide.info.publisher, guide.info.published) == ("Zorbex Press", "2031-03-09")
    headings = [section.heading for section in guide.sections]
    for heading in (
        "How a gardener loop runs",
        "Call with the recruiter (20 min)",
        "What to bring",
        "Pay bands",
        "FAQ",
    ):
        assert heading in headings
    assert [unit.label for unit in guide.units if unit.kind == "item"] == ["Shears", "Notebook"]
    assert "Level: G2; Base: 140; Bonus: 9" in [unit.text for unit in guide.units]
    assert [unit.text for unit in guide.units if unit.label == "Is mud a problem?"] == ["No.", "Bring boots."]


def test_what_a_page_says_of_other_guides_is_noise() -> None:
    guide = guide_of(PAGE)
    searched = " ".join(passage.text for passage in guide.passages)
    assert "Quux" not in searched and "900" not in searched and "rights reserved" not in searched


def test_every_unit_is_an_exact_span_inside_its_block() -> None:
    guide = guide_of(PAGE)
    for unit in guide.units:
        block = guide.blocks[unit.block]
        assert block.start <= unit.start < unit.end <= block.end
        assert guide.text[unit.start : unit.end].strip() == guide.text[unit.start : unit.end]


def test_every_word_that_is_not_noise_is_in_a_passage() -> None:
    guide = guide_of(PAGE)
    covered = {unit for passage in guide.passages for unit in passage.units}
    for block in guide.blocks:
        if not block.noise and block.kind != "heading":
            assert set(block.units) <= covered


def test_markdown_keeps_its_front_matter_and_marks_out_of_what_is_read() -> None:
    text = "---\ntitle: Pruning\ntopic: Trees\n---\n\n# Pruning\n\n## Why\n\nIt is **good** for `trees`.\n\n1. Cut.\n2. Sweep.\n"
    guide = guide_of(text, "notes/pruning.md")
    assert (guide.info.title, guide.info.topic) == ("Pruning", "Trees")
    assert [section.path for section in guide.sections] == [(), ("Why",)]
    assert [unit.text for unit in guide.units if unit.kind == "sentence" and unit.section] == ["It is good for trees."]
    assert [unit.text for unit in guide.units if unit.kind == "item"] == ["Cut.", "Sweep."]


def test_a_bank_file_gives_its_questions_with_their_spans() -> None:
    text = (
        "- id: prune-a-tree\n  title: Prune a tree\n  prompt: >-\n    Say when to prune,\n    and why.\n"
        "  category: Machine Learning\n  difficulty: Easy\n  minutes: 12\n  key_points:\n"
        "    - point: Prune in winter.\n      source: notes/pruning.md#Why\n"
    )
    guide = guide_of(text, "questions/trees.yaml")
    (question,) = guide.questions
    assert (question.id, question.prompt, question.minutes) == ("prune-a-tree", "Say when to prune, and why.", 12)
    assert question.key_points[0].source == "notes/pruning.md#Why"
    assert guide.text[question.start : question.end] == text.removeprefix("- ").rstrip()
    assert guide.passages[0].facets["difficulty"] == "Easy"


def test_a_name_ends_with_its_line_and_a_line_of_reading_time_is_no_heading() -> None:
    text = (
        "Pruning Interview Guide 2031\n\nAuthor: Ada Quill\n\nPublished: 3/9/2031\n\n"
        "7 min readUpdated Apr 2, 2031\n\nThe loop has four stages.\n\nHow it runs\n\n"
        "A PruneTreeLoader loads. Prune a tree: the TreeLoader and the PruneLoader load a tree.\n"
    )
    guide = guide_of(text)
    assert guide.info.author == "Ada Quill"
    assert [section.heading for section in guide.sections[1:]] == ["How it runs"]
    assert "A PruneTreeLoader loads." in [unit.text for unit in guide.units]
