"""One guide as text, Markdown, HTML, PDF and Word: the same questions are answered with the same figures and refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from answer.answers import Question
from answer.assistant import Assistant
from index.settings import Settings
from ingest.pipeline import synchronise
from tests.eval.structure_documents import Label, by_fpdf, by_outline, by_word, page_of

GUIDE: tuple[Label, ...] = (
    ("h0", "Fenwick Tram driver interview"),
    ("b", "Fenwick Trams hires about 60 drivers a year, and the whole selection takes four weeks."),
    ("h1", "Stages"),
    ("h2", "Reaction test"),
    ("b", "The reaction test takes 12 minutes and has 60 signals. Four missed signals end the day."),
    ("h2", "Group task"),
    ("b", "The group task takes 45 minutes. Six candidates plan a diversion with one map."),
    ("h2", "Interview with the depot manager"),
    ("b", "The interview with the depot manager takes 30 minutes and is about shifts and safety."),
    ("h1", "What to bring"),
    ("i", "A licence that you have held for 3 years"),
    ("i", "Glasses, if you need them, and a spare pair"),
    ("i", "A pen, because the forms are on paper"),
    ("h1", "Pay"),
    ("t", "Grade | Hourly pay | Night bonus"),
    ("r", "Trainee | 17.40 EUR | none"),
    ("r", "Driver | 21.85 EUR | 4.20 EUR"),
    ("r", "Instructor | 26.10 EUR | 4.20 EUR"),
    ("h1", "Preparation"),
    ("o", "Learn the 40 signals by heart in the first week."),
    ("o", "Practise reaction tests for 10 minutes a day."),
    ("o", "Sleep before midnight on the last 3 days."),
    ("h1", "FAQ"),
    ("h2", "Can I retake the reaction test?"),
    ("b", "Yes, once, after 12 months. The fee is 45 crowns."),
)
ASKED = {
    "How long does the reaction test take?": ("12",),
    "How many signals does the reaction test have?": ("60",),
    "How long is the group task?": ("45",),
    "How many candidates plan the diversion?": ("six",),
    "How long does the interview with the depot manager take?": ("30",),
    "What is the hourly pay of an instructor?": ("26.10",),
    "What is the night bonus of a driver?": ("4.20",),
    "Compare the hourly pay of a trainee and a driver.": ("17.40", "21.85"),
    "What should I bring?": ("licence", "glasses", "pen"),
    "How should I prepare for the interview?": ("40 signals", "10 minutes", "midnight"),
    "Can I retake the reaction test?": ("12 months", "45 crowns"),
    "How many drivers does Fenwick Trams hire a year?": ("60",),
}
NOT_SAID = ("What is the pension of a driver?", "How long is the medical examination?")


def plain(*, marked: bool) -> bytes:
    """The guide as Markdown, or as text without marks for its headings."""
    out, number = [], 0
    for at, (sign, words) in enumerate(GUIDE):
        number = number + 1 if sign == "o" else 0
        opens = at > 0 and GUIDE[at - 1][0] not in (sign, "t")
        if sign[0] == "h":
            out.append(f"\n{'#' * (int(sign[1]) + 1)} {words}\n" if marked else f"\n{words}\n")
        elif sign in "tr":
            out.append(f"| {words} |" + ("\n|---|---|---|" if sign == "t" else ""))
        else:
            mark = {"i": "- ", "o": f"{number}. "}.get(sign, "")
            out.append(("\n" if opens else "") + mark + words)
    return ("\n".join(out) + "\n").encode()


WRITERS: dict[str, Callable[[], bytes]] = {
    "txt": lambda: plain(marked=False),
    "md": lambda: plain(marked=True),
    "html": lambda: page_of(GUIDE, "").encode(),
    "pdf": lambda: by_fpdf(GUIDE),
    "docx": lambda: by_word(GUIDE),
    "by-hand.docx": lambda: by_word(GUIDE, styled=False),
    "outline.docx": lambda: by_outline(GUIDE),
}


@pytest.fixture(scope="module", params=WRITERS)
def assistant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, models: Path) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("formats")
    (folder / "corpus" / "guides").mkdir(parents=True)
    (folder / "corpus" / "guides" / f"fenwick-tram-driver.{request.param}").write_bytes(WRITERS[request.param]())
    (folder / "home").mkdir()
    (folder / "home" / "models").symlink_to(models)
    settings = Settings(home=folder / "home")
    synchronise(settings, [folder / "corpus"])
    return Assistant.open(settings, composer="extractive")


@pytest.mark.parametrize("asked", ASKED)
def test_a_question_is_answered_with_the_same_figures_in_every_format(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(Question(asked))
    assert not answer.abstained
    missing = [words for words in ASKED[asked] if words.casefold() not in answer.answer.casefold()]
    assert not missing, answer.answer


@pytest.mark.parametrize("asked", NOT_SAID)
def test_what_the_guide_does_not_say_is_refused_in_every_format(assistant: Assistant, asked: str) -> None:
    assert assistant.ask(Question(asked)).abstained
