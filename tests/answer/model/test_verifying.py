"""A sentence is shown only if the spans it cites say it: figures, names, columns, sources, denials, addresses."""

from __future__ import annotations

import pytest

from answer.drafting import span_of
from answer.model.evidence import Offered, numbered
from answer.model.inert import addresses_in, inert
from answer.model.strictness import ProperNames
from answer.model.verifying import Verifier
from index.passages import Guide
from index.settings import CHECKOUT
from ingest.reading import read_guide

GUIDE = """\
---
title: Quill Labs beekeeper interview
publisher: Apiary Press
updated: 2031-05-02
company: Quill Labs
---

# Quill Labs beekeeper interview

## Recruiter screen

The recruiter screen at Quill Labs takes 20 to 30 minutes by phone and checks motivation, not beekeeping.

Larger hives need more frames than smaller ones, but they swarm later.

AlphaComb is faster than BetaComb at Quill Labs, whereas others use GammaComb.

## Pay

| Level | Base salary (USD) | Bonus (USD) |
|---|---|---|
| 4 | 52,500 | 4,500 |

## Common mistakes

- Wearing perfume near the hive.
"""
OTHER = GUIDE.replace("Apiary Press", "Buzzword Weekly").replace("20 to 30", "45 to 60")
NAMES = ProperNames.of(["we use AlphaComb, AlphaComb, BetaComb, BetaComb, GammaComb, GammaComb and Quill, Quill"])


@pytest.fixture(scope="module")
def offered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Offered, ...]:
    folder = tmp_path_factory.mktemp("guides")
    spans = []
    for name, text in (("quill.md", GUIDE), ("buzz.md", OTHER)):
        (folder / name).write_text(text, encoding="utf-8")
        guide: Guide = read_guide(folder / name, path=f"guides/{name}", kind="guide", token_counter=None)
        spans += [span_of(guide, unit) for unit in guide.units if unit.kind != "heading"]
    return numbered(spans)


def number(offered: tuple[Offered, ...], words: str) -> int:
    return next(each.number for each in offered if words in each.text)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The recruiter screen at Quill Labs takes 20–30 minutes, by phone.", "20 to 30"),
        ("It checks motivation rather than beekeeping.", "20 to 30"),
        ("According to Apiary Press (2031-05-02), the phone screen takes 20 to 30 minutes.", "20 to 30"),
        ("Level 4 earns a base salary of $52,500 and a bonus of 4,500 USD.", "52,500"),
        ("Avoid wearing perfume near the hive.", "perfume"),
        ("Smaller hives need fewer frames than larger ones.", "Larger hives"),
    ],
)
def test_what_a_span_says_in_other_words_holds(offered: tuple[Offered, ...], sentence: str, words: str) -> None:
    verdict = Verifier(offered, names=NAMES).check(f"{sentence[:-1]} [{number(offered, words)}].")
    assert verdict.reasons == ()
    assert verdict.text == sentence


@pytest.mark.parametrize(
    ("sentence", "words", "why"),
    [
        ("The recruiter screen takes 20 to 40 minutes by phone", "20 to 30", "figure 40"),
        ("The recruiter screen takes 30 to 20 minutes by phone", "20 to 30", "not 30 to 20"),
        ("The recruiter screen at Honey Labs takes 20 to 30 minutes", "20 to 30", "name honey"),
        ("The recruiter screen at google takes 20 to 30 minutes by phone", "20 to 30", "name googl"),
        ("The recruiter screen does not take 20 to 30 minutes by phone", "20 to 30", "denies"),
        ("Level 4 earns a base salary of 4,500 dollars", "52,500", "Base salary (USD) is 52500, not 4500"),
        ("Level 4,500 earns a base salary of 52,500 dollars", "52,500", "Level is 4, not 4500"),
        ("Larger hives need fewer frames than smaller ones", "Larger hives", ""),
        ("Smaller hives need more frames than larger ones", "Larger hives", ""),
        ("DeltaComb is faster than BetaComb at Quill Labs", "AlphaComb", "name"),
        ("AlphaComb is slower than BetaComb at Quill Labs", "AlphaComb", "other way"),
        ("The recruiter screen checks beekeeping, not motivation", "20 to 30", "something else"),
        ("Larger hives do not swarm later", "Larger hives", "denies"),
        ("The recruiter screen takes more than 30 minutes", "20 to 30", ""),
        ("Larger hives always swarm", "Larger hives", ""),
        ("Wear perfume near the hive", "perfume", "list this under"),
        ("Sing loudly", "perfume", "not in the evidence"),
        ("Yes", "perfume", "not in the evidence"),
        ("...", "20 to 30", "nothing that can be checked"),
    ],
)
def test_what_a_span_does_not_say_is_refused(offered: tuple[Offered, ...], sentence: str, words: str, why: str) -> None:
    verdict = Verifier(offered, names=NAMES).check(f"{sentence} [{number(offered, words)}].")
    assert not verdict.holds
    assert why in "; ".join(verdict.reasons)


def test_each_source_says_its_own_figures(offered: tuple[Offered, ...]) -> None:
    first, second = number(offered, "20 to 30"), number(offered, "45 to 60")
    verifier = Verifier(offered, names=NAMES)
    right = f"The recruiter screen takes 20 to 30 minutes at Apiary Press, but 45 to 60 at Buzzword Weekly [{first}][{second}]."
    assert verifier.check(right).holds
    wrong = right.replace("20 to 30", "x to y").replace("45 to 60", "20 to 30").replace("x to y", "45 to 60")
    assert "does not say" in "; ".join(verifier.check(wrong).reasons)


@pytest.mark.parametrize("marker", ["", "[99]", "`[1]`", "[1][99]", "[0]", "[a]", "(1)"])
def test_a_sentence_without_its_source_is_refused(offered: tuple[Offered, ...], marker: str) -> None:
    said = offered[0].text.rstrip(".")
    verdict = Verifier(offered, names=NAMES).check(f"{said} {marker}.")
    assert not verdict.holds
    assert "source" in verdict.reasons[0]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Bold** and *soft* and __loud__ and ~~gone~~", "Bold and soft and loud and gone"),
        ('see [the page](https://evil.example/a(b)c "x")', "see the page"),
        ("![alt](https://evil.example/p.png?secret)", "alt"),
        ("![alt][ref] and [text][ref]", "alt and text"),
        ("<img src=x onerror=alert(1)>after", "after"),
        ("<script>alert(1)</script>after", "after"),
        ("<style>*{}</style>a<!-- b -->c", "a c"),
        ("an <a href='x'>[![i](y)](z)</a> end", "an i end"),
        ("[out](<javascript:x>) [![i](a)](b)", "out i"),
        ("zero\u200bwidth \u202edir", "zerowidth dir"),
        ("a < b and 3 * 4 * 5 and snake_case_name", "a < b and 3 * 4 * 5 and snake_case_name"),
        ("`<b>code</b> [x](y)` stays", "`<b>code</b> [x](y)` stays"),
    ],
)
def test_markup_is_reduced_to_its_words(written: str, shown: str) -> None:
    assert " ".join(inert(written).split()) == shown


def test_addresses_are_found_however_they_are_written() -> None:
    text = "see https://a.example/x, www.b.example. mailto:c@d.example javascript:alert(1) data:text/html,x"
    assert len(addresses_in(text)) == 5


def test_names_are_the_words_that_have_a_capital_wherever_they_stand() -> None:
    names = ProperNames.of(["in Lisbon and to Lisbon, the Round of a round, some Round"])
    assert "lisbon" in names.words
    assert "round" not in names.words
    assert names.named("lisbon's google") == {"lisbon", "googl"}


def test_the_shipped_corpus_names_its_tools(tmp_path: object) -> None:
    texts = [file.read_text(encoding="utf-8") for file in (CHECKOUT / "corpus" / "notes").glob("*.md")]
    assert {"lora", "xgboost", "pytorch"} <= ProperNames.of(texts).words
    assert not {"model", "training", "the"} & ProperNames.of(texts).words
