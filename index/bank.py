"""The bank as one list: a question that several guides ask is one entry with several sources.

Two entries ask the same when their titles hold nearly the same words, and so do their prompts, or one's prompt says no
more than its title. Words are compared as search reads them, stemmed and without the common ones; by Jaccard's measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from index.passages import BankQuestion, Source
from index.words import terms, words

SAME_TITLE, SAME_PROMPT = 0.8, 0.6
FILLED = ("category", "difficulty", "round", "company", "role")


@dataclass(slots=True)
class _Entry:
    """An entry and all that ask the same; the first one leads."""

    asked: list[BankQuestion]
    title: frozenset[str]
    prompt: frozenset[str]


def one_entry_each(questions: Sequence[BankQuestion]) -> list[BankQuestion]:
    """The bank with every question once, in order; ids are unique.

    The entry that the maintainer wrote, the one with key points, leads; else the first. It gets the sources of all, and
    those facets that it lacks and on which the others agree.
    """
    entries: list[_Entry] = []
    holders: dict[str, list[_Entry]] = {}
    for question in sorted(questions, key=lambda question: not question.key_points):
        title, prompt = _told(question.title), _told(question.prompt)
        known = {id(entry): entry for word in title for entry in holders.get(word, ())}
        same = next((entry for entry in known.values() if _asks_the_same(entry, title, prompt)), None)
        if same is not None:
            same.asked.append(question)
            continue
        entries.append(_Entry([question], title, prompt))
        for word in title:
            holders.setdefault(word, []).append(entries[-1])
    place = {id(question): at for at, question in enumerate(questions)}
    entries.sort(key=lambda entry: place[id(entry.asked[0])])
    return _with_own_ids([_merged(entry.asked) for entry in entries])


def _told(text: str) -> frozenset[str]:
    return frozenset(terms(text) or words(text))


def _asks_the_same(entry: _Entry, title: frozenset[str], prompt: frozenset[str]) -> bool:
    if _shared(entry.title, title) < SAME_TITLE:
        return False
    no_more = prompt <= title or entry.prompt <= entry.title
    return (no_more and len(title) > 2) or _shared(entry.prompt, prompt) >= SAME_PROMPT


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _merged(asked: Sequence[BankQuestion]) -> BankQuestion:
    first, *others = asked
    if not others:
        return first
    sources = dict.fromkeys(source for question in asked for source in _sources(question))
    filled = {}
    for name in FILLED:
        said = {value for question in others if (value := getattr(question, name))}
        if getattr(first, name) is None and len(said) == 1:
            filled[name] = said.pop()
    hints = first.hints or next((question.hints for question in others if question.hints), ())
    return replace(first, sources=tuple(sources), hints=hints, **filled)


def _sources(question: BankQuestion) -> tuple[Source, ...]:
    return question.sources or (Source(question.guide, question.start, question.end),)


def _with_own_ids(questions: list[BankQuestion]) -> list[BankQuestion]:
    """The entries with ids that differ: the first one with key points keeps its id, the others get a mark of their own.

    An id that a maintainer wrote is named by tracks and records; one that a guide's title happens to give is not.
    """
    keeps: dict[str, BankQuestion] = {}
    for question in sorted(questions, key=lambda question: not question.key_points):
        keeps.setdefault(question.id, question)
    return [question if keeps[question.id] is question else _marked(question) for question in questions]


def _marked(question: BankQuestion) -> BankQuestion:
    mark = blake2b(f"{question.guide}\x1f{question.prompt}".encode(), digest_size=3).hexdigest()
    return replace(question, id=f"{question.id}-{mark}")
