"""How often a damaged sentence of a model is blocked, and how often a true one is lost.

True sentences of three sorts, each with the spans it cites among others: corpus units word for word, lines of our own answers
to the gold questions, and sentences retold by hand (`gold/retold.jsonl`). Each is damaged in one place, in every way it
allows: figure, name, negation, direction, source, marker. Everything is drawn from the sentence itself, so that the
same corpus gives the same set.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from answer.assistant import Assistant
from answer.drafting import Span, shown, span_of
from answer.model.evidence import Offered, numbered
from answer.model.splitting import numbers_in, without_markers
from answer.model.strictness import ProperNames
from answer.model.verifying import Verdict, Verifier
from eval.cases import Case
from eval.edits import edits_of
from eval.errors import BadCase
from index.passages import Guide, Unit
from index.words import terms

RETOLD = Path(__file__).resolve().parent / "gold" / "retold.jsonl"
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w.]*\d)")
DAMAGES = ("figure", "name", "negation", "direction", "modality", "quantifier", "source", "marker")
LEAST = {"figure": 0.99, "name": 0.99, "marker": 0.99, "negation": 0.90, "direction": 0.90}
MOST_LOST = 0.05
BESIDE = 6  # other spans that are offered with a sentence


@dataclass(frozen=True, slots=True)
class Told:
    """A true sentence with its markers, and the spans that were offered."""

    sort: str  # "corpus", "answer" or "retold"
    written: str
    offered: tuple[Offered, ...]

    @property
    def text(self) -> str:
        """Without markers."""
        return without_markers(self.written)

    @property
    def markers(self) -> str:
        """As they stand at its end."""
        return "".join(f"[{number}]" for number in numbers_in(self.written))


@dataclass(frozen=True, slots=True)
class Blocked:
    """Of `tried` sentences of one kind, `blocked` were not shown."""

    kind: str
    tried: int
    blocked: int
    wrong: tuple[str, ...] = ()  # damaged ones that were shown, or true ones that were lost, with the reasons

    @property
    def is_enough(self) -> bool:
        """Whether it reaches what is asked for: damage blocked often enough, true sentences seldom."""
        return self.share <= MOST_LOST if self.kind.startswith("true") else self.share >= LEAST.get(self.kind, 0.0)

    @property
    def share(self) -> float:
        """0 to 1; 0 where nothing was tried."""
        return self.blocked / self.tried if self.tried else 0.0


def blocked(told: Sequence[Told], names: ProperNames) -> tuple[Blocked, ...]:
    """Each kind of damage, then each sort of true sentence."""
    verdicts: dict[str, list[tuple[str, Verdict]]] = {}
    for each in told:
        verifier = Verifier(each.offered, names=names)
        verdicts.setdefault(f"true: {each.sort}", []).append((each.written, verifier.check(each.written)))
        for kind, written in damaged(each, names):
            verdicts.setdefault(kind, []).append((written, verifier.check(written)))
    order = [*DAMAGES, *sorted(kind for kind in verdicts if kind.startswith("true"))]
    return tuple(_counted(kind, verdicts[kind]) for kind in order if kind in verdicts)


def _counted(kind: str, verdicts: Sequence[tuple[str, Verdict]]) -> Blocked:
    is_true = kind.startswith("true")
    wrong = [f"{text}  ({'; '.join(found.reasons)})" for text, found in verdicts if found.holds != is_true]
    stopped = sum(not found.holds for _, found in verdicts)
    return Blocked(kind, len(verdicts), stopped, tuple(wrong))


def damaged(told: Told, names: ProperNames) -> Iterator[tuple[str, str]]:
    """(kind, sentence) for every damage that the sentence allows; `names` are those of the corpus."""
    draw = Random(told.text)
    around = " ".join(each.text for each in told.offered)
    for edit in edits_of(told.text, figures=NUMBER.findall(around)):
        if not edit.holds and not (edit.kind == "figure" and _same_figures(edit.text, told)):
            yield edit.kind, _with_markers(edit.text, told.markers)
    moved = _figure_of_the_source(told, draw)
    if moved is not None:
        yield "figure", _with_markers(moved, told.markers)
    renamed = _other_name(told, names, draw)
    if renamed is not None:
        yield "name", _with_markers(renamed, told.markers)
    other = _other_source(told, draw)
    if other is not None:
        yield "source", _with_markers(told.text, f"[{other}]")
    yield "marker", draw.choice((told.text, f"{told.text} `{told.markers}`", _with_markers(told.text, "[99]")))


def _same_figures(text: str, told: Told) -> bool:
    """Whether a changed figure happens to be what the cited spans give as well, such as "3" for "three"."""
    return set(NUMBER.findall(text)) <= set(NUMBER.findall(told.text))


def _figure_of_the_source(told: Told, draw: Random) -> str | None:
    """A figure replaced by another one of the same cited spans: each figure is there, but says something else."""
    cited = " ".join(each.text for each in told.offered if each.number in numbers_in(told.written))
    own = NUMBER.findall(told.text)
    others = sorted(set(NUMBER.findall(cited)) - set(own))
    if not own or not others or len(set(NUMBER.findall(cited))) < 2:
        return None
    old = draw.choice(own)
    return re.sub(rf"(?<![\w.]){re.escape(old)}(?![\w.]*\d)", draw.choice(others), told.text, count=1)


def _other_name(told: Told, names: ProperNames, draw: Random) -> str | None:
    """A name put in the place of another: one that stands in the other spans where there is one, else one of the corpus."""
    own = [word for word in re.findall(r"[A-Z][\w+#]*", told.text) if word.lower() in names.words]
    cited = " ".join(f"{each.text} {each.around}" for each in told.offered if each.number in numbers_in(told.written))
    beside = {word for each in told.offered for word in re.findall(r"[A-Z][\w+#]*", each.text)}
    there = names.named(f"{told.text} {cited}")
    others = sorted(word for word in beside if word.lower() in names.words and not names.named(word) & there)
    others = others or sorted(word.title() for word in names.words if not names.named(word) & there)
    if not own or not others:
        return None
    return re.sub(rf"\b{re.escape(draw.choice(own))}\b", draw.choice(others), told.text, count=1)


def _other_source(told: Told, draw: Random) -> int | None:
    """An offered span that speaks of something else."""
    said = set(terms(told.text))
    cited = numbers_in(told.written)
    others = [
        each.number
        for each in told.offered
        if each.number not in cited and len(said & set(terms(f"{each.text} {each.around}"))) < 0.5 * len(said)
    ]
    return draw.choice(others) if others else None


def _with_markers(text: str, markers: str) -> str:
    stop = re.search(r"[.!?:]$", text)
    return f"{text[: stop.start()]} {markers}{stop.group()}" if stop else f"{text} {markers}"


def corpus_sentences(guides: Iterable[Guide], *, most: int) -> Iterator[Told]:
    """Units of guides and notes word for word, spread evenly over the corpus."""
    told = (guide for guide in guides if guide.info.kind in ("guide", "note"))
    units = [(guide, unit) for guide in told for unit in guide.units if _is_sentence(guide, unit)]
    for guide, unit in units[:: max(1, len(units) // most)]:
        yield _told("corpus", shown(unit), [span_of(guide, unit)], guide)


def _is_sentence(guide: Guide, unit: Unit) -> bool:
    text = shown(unit)
    plain = unit.kind in ("sentence", "item") and "$" not in text and not text.endswith((":", "?"))
    return plain and not guide.blocks[unit.block].noise and 8 <= len(text.split()) <= 40


def answer_lines(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Told]:
    """The cited sentences and items of our answers to gold questions."""
    for case in cases:
        answer = assistant.ask(case.asked())
        spans = {
            cited.number: Span(assistant.index.guide(cited.path), 0, cited.start, cited.end)
            for cited in answer.citations
        }
        for line in answer.answer.splitlines():
            numbers = numbers_in(line)
            text = re.sub(r"\\(?=[\[\]#>*+-])", "", without_markers(line)).lstrip("- ")
            if numbers and not line.startswith("|") and "\\[" not in line and len(set(numbers)) == 1:
                yield _told("answer", text, [_whole(spans[number]) for number in numbers], spans[numbers[0]].guide)


def _whole(span: Span) -> Span:
    """The span with its section."""
    unit = next((unit for unit in span.guide.units if (unit.start, unit.end) == (span.start, span.end)), None)
    return Span(span.guide, unit.section if unit else 0, span.start, span.end)


def retold(guide_at: Callable[[str], Guide], *, file: Path = RETOLD, split: str | None = None) -> Iterator[Told]:
    """The sentences told anew by hand, with the units whose words they tell. Raises BadCase for a quote that is gone."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if split is None or row["split"] == split:
            spans = [
                span for quoted in row["evidence"] for span in _spans_of(guide_at(quoted["guide"]), quoted["quote"])
            ]
            yield _told("retold", row["sentence"], spans, spans[0].guide)


def _spans_of(guide: Guide, quote: str) -> list[Span]:
    start = guide.text.find(quote)
    end = start + len(quote)
    units = [unit for unit in guide.units if unit.kind != "heading" and unit.start < end and unit.end > start >= 0]
    if not units:
        raise BadCase(f"{RETOLD.name}: {guide.info.path} does not say “{quote}”.")
    return [span_of(guide, unit) for unit in units]


def _told(sort: str, text: str, spans: Sequence[Span], guide: Guide) -> Told:
    """The sentence with its spans first among those offered, and others of the same guide after them."""
    cited = numbered(spans)
    units = [unit for unit in guide.units if _is_sentence(guide, unit)]
    beside = Random(text).sample(units, min(BESIDE, len(units)))
    offered = numbered([*(each.span for each in cited), *(span_of(guide, unit) for unit in beside)])
    return Told(sort, _with_markers(text, "".join(f"[{each.number}]" for each in cited)), offered)
