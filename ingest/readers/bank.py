"""The bank format: a YAML list of practice questions. Each entry is a section; its fields are sections under it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.passages import BankQuestion, KeyPoint, Source
from ingest.errors import Unreadable
from ingest.outline import Entry, Outline, Part, Span
from ingest.readers.text import decode
from ingest.yaml_text import load_yaml

if TYPE_CHECKING:
    from yaml import Node

LISTS = ("key_points", "outline", "follow_ups", "hints", "mistakes")
BLOCK_MARKS = ("|", ">")


@dataclass
class Bank:
    """The growing outline of one file."""

    text: str
    path: str
    parts: list[Part] = field(default_factory=list)
    questions: list[BankQuestion] = field(default_factory=list)


def read_bank(content: bytes, path: str) -> Outline:
    """The outline of a bank file, with its questions. Raises Unreadable where it is no list of entries."""
    import yaml

    text, warnings = decode(content, path)
    loaded = load_yaml(text, path)
    if not isinstance(loaded, list) or not all(isinstance(entry, dict) for entry in loaded):
        raise Unreadable(f"{path} is no list of questions: start each entry with `- id: …` (see corpus/README.md)")
    tree = yaml.compose(text, Loader=yaml.CSafeLoader)
    bank = Bank(text, path)
    for node, entry in zip(tree.value if tree else (), loaded, strict=True):
        _entry(bank, node, entry)
    return Outline(text, "bank", tuple(bank.parts), {}, warnings, marked=True, questions=tuple(bank.questions))


def _entry(bank: Bank, node: Node, entry: dict[Any, Any]) -> None:
    fields = {str(key.value): (key, value) for key, value in node.value}
    missing = [
        name for name in ("id", "title", "prompt") if not isinstance(entry.get(name), str) or not entry[name].strip()
    ]
    if missing:
        raise Unreadable(
            f"{bank.path} line {node.start_mark.line + 1}: the entry has no {missing[0]}: add `{missing[0]}: …`"
        )
    title, prompt = _span(bank.text, fields["title"][1]), _span(bank.text, fields["prompt"][1])
    bank.parts.append(Part("heading", *title, body=title, level=1))
    bank.parts.append(Part("paragraph", *prompt, body=prompt))
    for name in LISTS:
        if name in fields and isinstance(entry.get(name), list):
            _list(bank, name, *fields[name])
    if "star" in fields and isinstance(entry.get("star"), dict):
        _star(bank, *fields["star"])
    start = node.start_mark.index
    end = start + len(bank.text[start : node.end_mark.index].rstrip())
    bank.questions.append(_question(bank.path, entry, (start, end)))


def _list(bank: Bank, name: str, key: Node, value: Node) -> None:
    entries = []
    for item in value.value:
        scalar = (
            next((v for k, v in item.value if k.value == "point"), None)
            if name == "key_points" and not isinstance(item.value, str)
            else item
        )
        if scalar is not None and isinstance(scalar.value, str):
            entries.append(Entry(*_span(bank.text, scalar)))
    _field(bank, key, entries)


def _star(bank: Bank, key: Node, value: Node) -> None:
    pairs = [
        (_span(bank.text, part), _span(bank.text, words)) for part, words in value.value if isinstance(words.value, str)
    ]
    _field(bank, key, [Entry(label[0], words[1], label=label) for label, words in pairs])


def _field(bank: Bank, key: Node, entries: list[Entry]) -> None:
    if not entries:
        return
    span = _span(bank.text, key)
    # What a good answer holds is for practice, after an attempt: search never shows it, nor takes it for evidence.
    bank.parts.append(Part("heading", *span, body=span, level=2, noise="model answer"))
    whole = (entries[0].start, entries[-1].end)
    bank.parts.append(Part("list", *whole, entries=tuple(entries), lines=len(entries), noise="model answer"))


def _span(text: str, node: Node) -> Span:
    """A scalar's words in the file, without quotation marks or the sign of a block scalar."""
    start, end = node.start_mark.index, node.end_mark.index
    if text[start] in BLOCK_MARKS:
        start = text.index("\n", start) + 1 if "\n" in text[start:end] else end
    elif end - start >= 2 and text[start] in "\"'" and text[end - 1] == text[start]:
        start, end = start + 1, end - 1
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    return left, max(left, start + len(words.rstrip()))


def _question(path: str, entry: dict[Any, Any], span: Span) -> BankQuestion:
    points = entry.get("key_points") or []
    star = entry.get("star") or {}
    asked_by = _strings(entry.get("sources"))
    return BankQuestion(
        id=entry["id"],
        guide=path,
        title=_line(entry["title"]),
        prompt=_line(entry["prompt"]),
        start=span[0],
        end=span[1],
        **{
            name: _line(entry[name])
            for name in ("category", "difficulty", "round", "company", "role")
            if entry.get(name)
        },
        minutes=entry["minutes"] if isinstance(entry.get("minutes"), int) else None,
        key_points=tuple(
            KeyPoint(_line(point.get("point", "")), _line(point.get("source", "")))
            for point in points
            if isinstance(point, dict)
        ),
        star=tuple((str(part), _line(words)) for part, words in star.items()) if isinstance(star, dict) else (),
        hints=_strings(entry.get("hints")),
        outline=_strings(entry.get("outline")),
        follow_ups=_strings(entry.get("follow_ups")),
        mistakes=_strings(entry.get("mistakes")),
        asked_by=asked_by,
        sources=(Source(path, *span),),
    )


def _strings(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value] if value else []
    return tuple(_line(item) for item in items if isinstance(item, (str, int, float)))


def _line(value: Any) -> str:
    return " ".join(str(value).split())
