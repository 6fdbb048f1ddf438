"""The scorecard of a mock interview, and its report as Markdown and as HTML to print."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from answer.answers import Citation
from index.passages import BankQuestion
from study.judging import level_of
from study.mock import Mock

NOT_ENOUGH = "not enough to judge"
NOTHING_JUDGED = "Nothing was judged: answer at least one question next time."
NOTHING_MISSED = "Nothing was missed that was asked. Raise the difficulty."
SHOWN = 3  # quotes of each sort for a round
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #999;padding:.3rem .5rem;text-align:left}}
blockquote{{margin:.3rem 0 .8rem;padding-left:.8rem;border-left:3px solid #999}}
@media print{{h2{{break-after:avoid}}}}</style></head><body>
{body}
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A round or a dimension: its level, one of four or `NOT_ENOUGH`, and how many answers it rests on."""

    name: str
    level: str
    score: float | None
    answers: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """What was said or missed about a key point, beside its source."""

    question: str
    round: str
    point: str
    verdict: str
    words: str
    source: str
    quote: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The verdicts of a mock, and what to do next."""

    title: str
    overall: Line
    rounds: tuple[Line, ...]
    dimensions: tuple[Line, ...]
    quoted: tuple[Quoted, ...]
    questions: tuple[str, ...]  # bank questions to practise again
    cards: tuple[str, ...]
    sections: tuple[str, ...]  # to read again
    notes: tuple[str, ...] = ()


def score(mock: Mock, bank: Mapping[str, BankQuestion]) -> Scorecard:
    """The scorecard: for each question the last grade, which is of everything said to it."""
    last = {each.question: each for each in mock.exchanges if each.grade is not None}
    by_round: dict[str, list[dict[str, Any] | None]] = {stage.name: [] for stage in mock.stages}
    by_category: dict[str, list[dict[str, Any] | None]] = {}
    for stage in mock.stages:
        for question in stage.questions:
            grade = last[question].grade if question in last else None
            by_round[stage.name].append(grade)
            category = bank[question].category if question in bank else None
            by_category.setdefault(category or "General", []).append(grade)
    grades = [grade for each in by_round.values() for grade in each]
    weak = [question for question, each in last.items() if each.grade and each.grade["level"] in ("weak", "fair")]
    quoted = tuple(_quoted(mock, last))
    lacking = [each for each in quoted if each.verdict != "covered"]
    return Scorecard(
        title=mock.title,
        overall=_line("Overall", grades),
        rounds=tuple(_line(name, each) for name, each in by_round.items()),
        dimensions=tuple(_line(name, each) for name, each in sorted(by_category.items())),
        quoted=quoted,
        questions=tuple(weak),
        cards=tuple(f"question:{question}" for question in weak),
        sections=tuple(dict.fromkeys(each.source for each in lacking if each.source))[:8],
        notes=tuple(dict.fromkeys(each.note for each in mock.exchanges if each.note)),
    )


def _line(name: str, grades: Iterable[dict[str, Any] | None]) -> Line:
    judged = [grade["score"] for grade in grades if grade is not None and grade["enough"]]
    if not judged:
        return Line(name, NOT_ENOUGH, None, 0)
    mean = sum(judged) / len(judged)
    return Line(name, level_of(mean), round(mean, 3), len(judged))


def _quoted(mock: Mock, last: Mapping[str, Any]) -> Iterable[Quoted]:
    for question, exchange in last.items():
        for point in exchange.grade["points"]:
            cited = point["citation"]
            source = f"{cited['title']}, {cited['section']}" if cited else ""
            quote = " ".join(cited["quote"].split()) if cited else ""
            words = " ".join(point["words"].split())
            name = mock.stages[exchange.stage].name
            where = Citation(**cited) if cited else None
            yield Quoted(question, name, point["point"], point["verdict"], words, source, quote, where)


def as_markdown(card: Scorecard) -> str:
    """The report as Markdown."""
    parts = [f"# {card.title}", f"Overall: **{card.overall.level}**{_percent(card.overall)}"]
    for heading, lines in (("Rounds", card.rounds), ("Dimensions", card.dimensions)):
        rows = [
            f"| {line.name} | {line.level} | {_percent(line).strip(' ()') or '–'} | {line.answers} |" for line in lines
        ]
        parts += [f"## {heading}", "\n".join(["| | Level | Score | Answers |", "|---|---|---|---|", *rows])]
    for line in card.rounds:
        parts += _round_parts(card, line.name)
    parts += _next_parts(card)
    return "\n\n".join([*parts, *(f"*{note}*" for note in card.notes)]) + "\n"


def _round_parts(card: Scorecard, name: str) -> list[str]:
    of_round = [each for each in card.quoted if each.round == name]
    parts = [f"## {name}"] if of_round else []
    for heading, verdicts in (
        ("Said well", ("covered",)),
        ("To put right", ("contradicted",)),
        ("Missing", ("missed", "partly")),
    ):
        chosen = [each for each in of_round if each.verdict in verdicts][:SHOWN]
        if chosen:
            parts.append(f"### {heading}")
        for each in chosen:
            said = f"\n  You said: “{each.words}”" if each.words else ""
            source = f"\n  Source: {each.source}: “{each.quote}”" if each.source else ""
            parts.append(f"- {each.point}{said}{source}")
    return parts


def _next_parts(card: Scorecard) -> list[str]:
    parts = ["## What to do next"]
    for label, values in (("Practise again", card.questions), ("Read again", card.sections)):
        if values:
            parts.append("\n".join([f"{label}:", *(f"- {value}" for value in values)]))
    if len(parts) == 1:
        parts.append(NOTHING_JUDGED if card.overall.score is None else NOTHING_MISSED)
    return parts


def as_html(card: Scorecard) -> str:
    """The report as one HTML page to print; everything said or quoted is escaped."""
    text = html.escape
    body = [
        f"<h1>{text(card.title)}</h1>",
        f"<p>Overall: <strong>{card.overall.level}</strong>{_percent(card.overall)}</p>",
    ]
    for heading, lines in (("Rounds", card.rounds), ("Dimensions", card.dimensions)):
        rows = "".join(
            f"<tr><td>{text(line.name)}</td><td>{line.level}{_percent(line)}</td><td>{line.answers}</td></tr>"
            for line in lines
        )
        body.append(f"<h2>{heading}</h2><table><tr><th>Name</th><th>Level</th><th>Answers</th></tr>{rows}</table>")
    body.append("<h2>What was said</h2>")
    for each in card.quoted:
        said = f"<br>You said: “{text(each.words)}”" if each.words else ""
        body.append(f"<p><strong>{each.verdict}</strong>: {text(each.point)}{said}</p>")
        if each.source:
            body.append(f"<blockquote>{text(each.quote)}<br><small>{text(each.source)}</small></blockquote>")
    items = "".join(f"<li>{text(each)}</li>" for each in (*card.questions, *card.sections))
    body.append(f"<h2>What to do next</h2><ul>{items}</ul>")
    return _PAGE.format(title=text(card.title), body="\n".join(body))


def _percent(line: Line) -> str:
    return "" if line.score is None else f" ({line.score:.0%})"
