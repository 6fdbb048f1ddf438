"""What the readers understood of a file, against labels made by hand: precision and recall of each kind of structure.

Labels stand beside their file (`NAME.labels`), one a line in reading order, a sign and the words as a person reads them:

    h0 title, h1 … h6 heading     i, o item of a list; i2, o2 … nested     t header | row, r cell | cell
    q practice question           n noise      x neither counted nor held against the reader      b words of the guide

Headings, items, cells (each with its column's header) and questions are compared as bags of words-and-figures; noise by
the word: what stands nowhere in the extracted text was left out, and so recognised. `b` only has to stand outside noise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.errors import BadCase
from ingest.inspecting import as_json
from ingest.reading import format_of, read_bytes, understand

GOLD = Path(__file__).parent / "gold" / "structure"
SUFFIX = ".labels"
KINDS = ("headings", "levels", "list items", "table cells", "questions", "noise", "kept words")
SIGN = re.compile(r"(?P<sign>h[0-6]|[io][2-4]?|[trqnxb])\s(?P<words>.*)$")
HIDDEN = re.compile(r"\]\([^()\s]*\)|<[^<>]{1,400}>")  # link targets and tags, which nobody reads
WORD = re.compile(r"[^\W_]+")
MOSTLY = 0.9  # of a sentence's words outside noise: it is kept


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file and its labels: (sign, words) in reading order."""

    file: Path
    labels: tuple[tuple[str, str], ...]

    @property
    def split(self) -> str:
        """ "untuned" in a folder of that name: never looked at while the readers were changed; else "tuned"."""
        return "untuned" if "untuned" in self.file.parts[-2:-1] else "tuned"


@dataclass(frozen=True, slots=True)
class Tally:
    """`right` of `found` things are labelled; `reached` of `wanted` labels were found."""

    right: int = 0
    found: int = 0
    reached: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.found + other.found,
            self.reached + other.reached,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """1 where nothing is labelled."""
        return self.reached / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """One file's tallies by kind, and what was missed ("-") or found unasked ("+"), by kind."""

    name: str
    split: str
    tallies: dict[str, Tally]
    misses: tuple[tuple[str, str, str], ...] = field(default=())


def load_labelled(folder: Path) -> list[Labelled]:
    """All files of a folder and those below it that have labels. Raises BadCase for a line that is no label."""
    found = []
    for labels in sorted(folder.rglob(f"*{SUFFIX}")):
        file = labels.with_name(labels.name.removesuffix(SUFFIX))
        if not file.is_file() or format_of(file.name) is None:
            raise BadCase(f"{labels} labels no file that can be read: put {file.name} beside it")
        found.append(Labelled(file, tuple(_labels(labels))))
    if not found:
        raise BadCase(f"{folder} holds no labelled files: each needs its labels beside it, NAME{SUFFIX}")
    return found


def _labels(file: Path) -> Iterable[tuple[str, str]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        label = SIGN.match(line)
        if label is None:
            raise BadCase(
                f"{file} line {number} is no label: start it with a sign of eval/structure.py, then the words"
            )
        yield label.group("sign"), label.group("words").strip()


def score_file(labelled: Labelled) -> Score:
    """What the reader makes of a file, against its labels. Raises IngestError where it cannot be read."""
    name = labelled.file.name
    shown = as_json(understand(read_bytes(labelled.file), path=f"guides/{name}", kind="guide"))
    tallies: dict[str, Tally] = {}
    misses: list[tuple[str, str, str]] = []
    wanted, found = _wanted(labelled.labels), _found(shown)
    either = {_key(words) for sign, words in labelled.labels if sign == "x"}
    for kind, labels in wanted.items():
        found[kind] = Counter(
            {
                words: min(count, labels[words]) if words.split(" ")[-1] in either else count
                for words, count in found[kind].items()
            }
        )
        tallies[kind] = _bag(labels, found[kind])
        misses += [(kind, "-", words) for words in (labels - found[kind]).elements()]
        misses += [(kind, "+", words) for words in (found[kind] - labels).elements()]
    for kind, tally, lost in _words(labelled.labels, shown):
        tallies[kind] = tally
        misses += [(kind, sign, words) for sign, words in lost]
    return Score(name, labelled.split, tallies, tuple(misses))


def total(scores: Iterable[Score]) -> dict[str, Tally]:
    """The tallies of several files together, by kind."""
    sums = dict.fromkeys(KINDS, Tally())
    for score in scores:
        for kind, tally in score.tallies.items():
            sums[kind] += tally
    return sums


def _bag(wanted: Counter[str], found: Counter[str]) -> Tally:
    both = (wanted & found).total()
    return Tally(both, found.total(), both, wanted.total())


def _key(words: str) -> str:
    return "".join(WORD.findall(words)).casefold() or words.strip()


def _wanted(labels: Sequence[tuple[str, str]]) -> dict[str, Counter[str]]:
    titles = {(sign, _key(words)) for sign, words in labels if sign == "h0"}  # shown twice, it is still one
    headings = [*titles, *((sign, _key(words)) for sign, words in labels if sign[0] == "h" and sign != "h0")]
    return {
        "headings": Counter(words for _, words in headings),
        "levels": Counter(f"{sign[1]} {words}" for sign, words in headings),
        "list items": Counter(_key(words) for sign, words in labels if sign[0] in "io"),
        "table cells": Counter(_labelled_cells(labels)),
        "questions": Counter(_key(words) for sign, words in labels if sign == "q"),
    }


def _labelled_cells(labels: Sequence[tuple[str, str]]) -> Iterable[str]:
    header: list[str] = []
    for sign, words in labels:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", words)]
        if sign == "t":
            header = cells
            yield from _row([], header)
        elif sign == "r":
            yield from _row(header, cells)


def _row(header: Sequence[str], cells: Sequence[str]) -> Iterable[str]:
    names = [*header, *[""] * len(cells)]
    return [f"{_key(name)}: {_key(cell)}" for name, cell in zip(names, cells, strict=False) if cell.strip()]


def _found(shown: dict[str, Any]) -> dict[str, Counter[str]]:
    headings = [(section["level"], _key(section["heading"])) for section in shown["sections"]]
    cells = [
        cell
        for table in shown["tables"]
        for cell in (
            *_row([], table["header"]),
            *(cell for row in table["rows"] for cell in _row(table["header"], row)),
        )
    ]
    return {
        "headings": Counter(words for _, words in headings),
        "levels": Counter(f"{level} {words}" for level, words in headings),
        "list items": Counter(_key(item) for each in shown["lists"] for item in each["items"]),
        "table cells": Counter(cells),
        "questions": Counter(_key(question["title"]) for question in shown["questions"]),
    }


def _words(labels: Sequence[tuple[str, str]], shown: dict[str, Any]) -> list[tuple[str, Tally, list[tuple[str, str]]]]:
    """Noise and kept words: tally, and what was missed or found unasked."""
    text = HIDDEN.sub(lambda hidden: " " * len(hidden.group()), shown["text"])
    words = [(match.start(), match.group().casefold()) for match in WORD.finditer(text)]
    spans = [(span["start"], span["end"]) for span in shown["noise"]]
    noisy = [any(start <= at < end for start, end in spans) for at, _ in words]
    placed = _placed(labels, [word for _, word in words])
    excused: set[int] = set()
    noise, lost = Tally(), []
    for sign, told, at, count in placed:
        if sign in "nx":
            excused.update(range(at, at + count) if at >= 0 else ())
        if sign == "n":
            reached = sum(noisy[at : at + count]) if at >= 0 else count
            noise += Tally(0, 0, reached, count)
            lost += [("-", told)] if reached < count else []
    right = sum(noise_here and at in excused for at, noise_here in enumerate(noisy))
    noise += Tally(right, sum(noisy))
    lost += [
        ("+", run)
        for run in _runs([word if noisy[at] and at not in excused else "" for at, (_, word) in enumerate(words)])
    ]
    kept = [
        (told, at >= 0 and noisy[at : at + count].count(False) >= MOSTLY * count)
        for sign, told, at, count in placed
        if sign == "b"
    ]
    hits = sum(good for _, good in kept)
    return [
        ("noise", noise, lost),
        ("kept words", Tally(hits, hits, hits, len(kept)), [("-", told) for told, good in kept if not good]),
    ]


def _placed(labels: Sequence[tuple[str, str]], words: Sequence[str]) -> list[tuple[str, str, int, int]]:
    """Sign, words, index of the first of them in the text (-1 where they stand nowhere) and their number, in order.

    Each label is sought behind the one before it, and only then from the top.
    """
    placed, cursor = [], 0
    for sign, told in labels:
        sought = [word.casefold() for word in WORD.findall(told)]
        at = _index(words, sought, cursor)
        at = at if at >= 0 else _index(words, sought, 0)
        placed.append((sign, told, at, len(sought)))
        cursor = at + len(sought) if at >= 0 and sign != "q" else cursor
    return placed


def _index(words: Sequence[str], sought: Sequence[str], start: int) -> int:
    if not sought:
        return -1
    return next(
        (at for at in range(start, len(words) - len(sought) + 1) if list(words[at : at + len(sought)]) == list(sought)),
        -1,
    )


def _runs(words: Sequence[str]) -> list[str]:
    """Neighbouring words, joined; empty ones part them."""
    return [run for run in " ".join(word or "\n" for word in words).split("\n") if run.strip()]
