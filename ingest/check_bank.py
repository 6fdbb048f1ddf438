"""The bank's schema: ids, fixed lists, key points and the sections that tell them. See corpus/README.md."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from index.passages import BankQuestion, Guide, KeyPoint, Section
from index.words import terms
from ingest.finding import Finding, Level, Library
from ingest.wording import normalise

CATEGORIES = (
    "Machine Learning",
    "Deep Learning",
    "LLMs & Generative AI",
    "ML System Design",
    "System Design",
    "Coding & Algorithms",
    "Software Engineering Fundamentals",
    "MLOps & Production",
    "Statistics & Experimentation",
    "Behavioral & Leadership",
)
DIFFICULTIES = ("Easy", "Medium", "Hard")
ROUNDS = (
    "Phone screen",
    "Coding",
    "ML fundamentals",
    "LLM",
    "ML system design",
    "Behavioural",
    "Project deep dive",
    "Case study",
)
FIXED = {"category": CATEGORIES, "difficulty": DIFFICULTIES, "round": ROUNDS}
KEY_POINTS = range(4, 11)
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
STAR = ("situation", "task", "action", "result")
TOLD, SURELY_TOLD = 0.4, 0.6  # shares of a key point's words that its section must hold: below is an error, a warning


def check_bank(library: Library) -> Iterator[Finding]:
    """Every entry of every bank file. Where `library` is no whole corpus, sections are not looked up."""
    places: dict[str, list[str]] = defaultdict(list)
    for guide in library.guides.values():
        if guide.info.format != "bank":
            continue
        for question in guide.questions:
            places[question.id].append(guide.info.path)
            yield from _entry(question)
            if library.whole:
                yield from _links(question, library)
    for name, where in places.items():
        if len(where) > 1:
            said = (f"{len(where)} entries have the id {name} ({', '.join(sorted(where))})",)
            why = "Cards, tracks and reviews know a question by its id."
            yield Finding("error", "id", f"{where[1]}, {name}", *said, why, "Give each an id of its own.")


def _finding(question: BankQuestion, kind: str, said: tuple[str, str, str], level: Level = "error") -> Finding:
    return Finding(level, kind, f"{question.guide}, {question.id}", *said)


def _entry(question: BankQuestion) -> Iterator[Finding]:
    if not ID.fullmatch(question.id):
        said = ("the id is not lower case with hyphens", "It is part of addresses and file names.", "Rename it.")
        yield _finding(question, "id", said)
    for field, allowed in FIXED.items():
        value = getattr(question, field)
        if value not in allowed:
            what = f"{field} {value!r} is not one of the fixed ones" if value else f"the entry has no {field}"
            yield _finding(question, field, (what, "Filters pass it by.", f"Choose one of: {', '.join(allowed)}."))
    if len(question.key_points) not in KEY_POINTS:
        what = f"{len(question.key_points)} key points instead of {KEY_POINTS.start} to {KEY_POINTS.stop - 1}"
        yield _finding(question, "key points", (what, "An answer is graded by them.", "Add or merge some."))
    if not question.minutes or question.minutes < 0:
        said = ("no number of minutes", "Plans and mock interviews need it.", "Add `minutes: …`.")
        yield _finding(question, "minutes", said)
    if not question.outline and not question.star:
        said = ("neither outline nor star", "There is no model answer to learn from.", "Add `outline:` or `star:`.")
        yield _finding(question, "outline", said)
    missing = [part for part in STAR if part not in dict(question.star)] if question.star else []
    if missing:
        said = (f"star lacks {', '.join(missing)}", "The model story is incomplete.", "Add what is missing.")
        yield _finding(question, "star", said)


def _links(question: BankQuestion, library: Library) -> Iterator[Finding]:
    for path in question.asked_by:
        if path not in library.guides:
            said = (f"its source {path} is not there", "A reader cannot see who asks it.", "Correct the path.")
            yield _finding(question, "source", said)
    for point in question.key_points:
        yield from _supported(question, point, library)


def _supported(question: BankQuestion, point: KeyPoint, library: Library) -> Iterator[Finding]:
    path, _, heading = point.source.partition("#")
    guide = library.guides.get(path)
    sections = sections_named(guide, heading) if guide else []
    short = f"key point “{point.point[:80]}”"
    if not sections:
        what = f"{short} names {point.source or 'no source'}, and there is no such section"
        said = (what, "Nothing supports it, so no answer can cite it.", "Name a file and one of its headings.")
        yield _finding(question, "key point", said)
        return
    share = max(told_share(point.point, guide.raw(section.start, section.end)) for section in sections if guide)
    if share < SURELY_TOLD:
        what = f"{short}: {point.source} holds {share:.0%} of its words"
        said = (what, "The section does not seem to say it.", "Say it there outright, or name the section that does.")
        yield _finding(question, "key point", said, "error" if share < TOLD else "warning")


def sections_named(guide: Guide, heading: str) -> list[Section]:
    """The sections of this heading; letter case and spacing do not matter, and "A > B" is B under A."""
    wanted = [normalise(part).casefold() for part in heading.split(" > ")]
    return [
        section
        for section in guide.sections[1:]
        if [normalise(part).casefold() for part in section.path][-len(wanted) :] == wanted
    ]


def told_share(point: str, text: str) -> float:
    """The share of a point's words, stemmed and without the common ones, that a text holds too."""
    said = set(terms(point))
    return len(said & set(terms(text))) / len(said) if said else 1.0
