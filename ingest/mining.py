"""Practice questions that stand in a guide become bank questions, with the span they stand in.

Three shapes: an entry with a line of facets ("Medium · System Design"), a question with advice behind it ("How to
approach it: …"), and what is listed or headed as a question in a section of questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.passages import BankQuestion, Guide, Section, Source, Unit
from ingest.labels import note_of
from ingest.outline import Outline, Part
from ingest.practice import FACETS, STUB
from ingest.wording import is_question

QUESTIONS = re.compile(r"\b(?:questions?|prompts|problems)\b(?! types)", re.I)
NOT_PRACTICE = re.compile(r"\b(?:faqs?|frequently asked|types?|to ask)\b", re.I)
ANSWERED = re.compile(r"(?:your |common )?(?:q ?(?:&|and) ?a|questions? (?:&|and) answers?)\W*", re.I)
ASKS = re.compile(
    r"[\"“']?(?:design|implement|explain|describe|tell|walk|compare|write|given|how(?! to\b)|what|why|when|build|discuss|define|derive|"
    r"estimate|your|prove|compute)\b",
    re.I,
)
CATEGORIES = (
    ("ML System Design", re.compile(r"\b(?:ml|machine learning) system design\b", re.I)),
    ("System Design", re.compile(r"\bsystem design\b", re.I)),
    ("LLMs & Generative AI", re.compile(r"\b(?:llms?|gen(?:erative )?ai)\b", re.I)),
    ("Coding & Algorithms", re.compile(r"\b(?:coding|algorithms?|data structures)\b", re.I)),
    ("MLOps & Production", re.compile(r"\b(?:mlops|production)\b", re.I)),
    ("Behavioral & Leadership", re.compile(r"\bbehaviou?ral\b", re.I)),
    ("Machine Learning", re.compile(r"\b(?:ml|machine learning|theory|modell?ing)\b", re.I)),
)
LONGEST_TITLE = 200


def mine_questions(outline: Outline, guide: Guide) -> tuple[BankQuestion, ...]:
    """The practice questions of a guide, in reading order, each once."""
    by_start = {part.start: part for part in outline.parts if part.kind == "heading"}
    found: dict[str, BankQuestion] = {}
    entry_end = 0
    for section in guide.sections[1:]:
        part = by_start.get(section.start)
        if section.start < entry_end:
            continue  # an entry's own headings and lists belong to it
        if part is not None and part.role == "practice":
            entry_end = section.end
        for question in _of_section(part, section, guide):
            found.setdefault(question.id, question)
    return tuple(sorted(found.values(), key=lambda question: question.start))


def _of_section(part: Part | None, section: Section, guide: Guide) -> Iterator[BankQuestion]:
    if part is not None and part.role == "practice":
        yield _entry(section, guide)
        return
    above = " / ".join(section.path[:-1])
    if NOT_PRACTICE.search(" / ".join(section.path[-2:])) or any(map(ANSWERED.fullmatch, section.path)):
        return
    if QUESTIONS.search(above) and _asks(section.heading):
        words = [unit for unit in _units(section, guide) if unit.kind != "heading"]
        hint = " ".join(unit.text for unit in words)
        yield _question(
            guide, section.heading, section.heading, section, (section.start, section.end), (hint,) if hint else ()
        )
        return  # what is listed under a question answers it
    yield from _listed(section, guide)


def _entry(section: Section, guide: Guide) -> BankQuestion:
    """A title, a line of facets and what is asked."""
    units = [unit for unit in _units(section, guide) if unit.kind != "heading" or unit.section != section.position]
    facets = next((match for unit in units[:1] if (match := FACETS.match(guide.raw(unit.start, unit.end)))), None)
    asked = [unit for unit in units[1 if facets else 0 :] if not STUB.match(unit.text)]
    prompt = " ".join(unit.text for unit in asked)
    category = _category_named(facets.group("rest"), guide, section) if facets else None
    difficulty = facets.group("difficulty").capitalize() if facets else None
    return _question(
        guide,
        section.heading,
        prompt,
        section,
        (section.start, section.end),
        (),
        category=category,
        difficulty=difficulty,
    )


def _category_named(rest: str, guide: Guide, section: Section) -> str | None:
    """The category of a facets line; what runs on behind it ("…AlgorithmsCoding") is left off."""
    rest = rest.strip(" ·|,-–—:")
    above = guide.sections[section.parent].heading if section.parent is not None else ""
    if above and rest.startswith(above):
        return above
    return re.split(r"(?<=[a-z])(?=[A-Z][a-z]+$)", rest)[0] or None


def _asks(title: str) -> bool:
    """Whether words pose a question or a task: a few of them at least, or with a question mark."""
    words = len(title.split())
    return bool(ASKS.match(title)) and (words > 3 or (words > 2 and is_question(title)))


def _listed(section: Section, guide: Guide) -> Iterator[BankQuestion]:
    """Items with advice behind them anywhere; items that ask, in a section of questions."""
    asks_here = bool(QUESTIONS.search(" / ".join(section.path)))
    for block in guide.blocks:
        if block.section != section.position or block.kind != "list" or block.noise:
            continue
        items = [guide.units[at] for at in block.units]
        for item in items:
            if item.kind != "item":
                continue
            following = next(
                (unit.start for unit in items if unit.kind == "item" and unit.start > item.start), block.end
            )
            end = max(item.end, guide.units[max(u.position for u in items if u.start < following)].end)
            note = note_of(guide.text, item.start, end)
            title = (item.label if item.label and _asks(item.label) else item.text).strip('"“”')
            if len(title) <= LONGEST_TITLE and (note or (asks_here and _asks(title))):
                hints = (" ".join(guide.raw(*note).split()),) if note else ()
                yield _question(guide, title, title, section, (item.start, end), hints)


def _question(
    guide: Guide,
    title: str,
    prompt: str,
    section: Section,
    span: tuple[int, int],
    hints: tuple[str, ...],
    **facets: str | None,
) -> BankQuestion:
    title = " ".join(title.split())
    path = " / ".join(section.path)
    category = facets.get("category") or next((name for name, cue in CATEGORIES if cue.search(path)), None)
    return BankQuestion(
        id=re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80],
        guide=guide.info.path,
        title=title,
        prompt=" ".join(prompt.split()),
        start=span[0],
        end=span[1],
        category=category,
        difficulty=facets.get("difficulty"),
        company=guide.info.company,
        role=guide.info.role,
        hints=hints,
        sources=(Source(guide.info.path, *span),),
    )


def _units(section: Section, guide: Guide) -> list[Unit]:
    return [unit for unit in guide.units if section.start <= unit.start < section.end]
