"""Frozen dataclasses as rows of SQLite and back. Text, numbers and truth values stay themselves; the rest is JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

Value = TypeVar("Value")
PLAIN: tuple[type, ...] = (str, int, float, type(None))


class Record(Generic[Value]):
    """How one dataclass is kept: its columns, and the way to and from a row of them."""

    def __init__(self, kind: type[Value]) -> None:
        self.kind = kind

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The fields, in order."""
        return tuple(field.name for field in fields(self.kind))  # type: ignore[arg-type]

    @cached_property
    def columns(self) -> str:
        """The columns for a SELECT, quoted, for `end` is a word of SQL."""
        return ", ".join(f'"{name}"' for name in self.names)

    @cached_property
    def _json(self) -> list[tuple[int, TypeAdapter[Any]]]:
        hints = get_type_hints(self.kind)
        return [(at, TypeAdapter(hints[name])) for at, name in enumerate(self.names) if not _is_plain(hints[name])]

    @cached_property
    def _truths(self) -> list[int]:
        hints = get_type_hints(self.kind)
        return [at for at, name in enumerate(self.names) if hints[name] is bool]

    def to_row(self, value: Value) -> tuple[Any, ...]:
        """A dataclass as a row."""
        row = [getattr(value, name) for name in self.names]
        for at, adapter in self._json:
            row[at] = adapter.dump_json(row[at]).decode() if row[at] else None
        return tuple(row)

    def of_row(self, row: Sequence[Any]) -> Value:
        """A row as a dataclass."""
        cells = list(row)
        for at, adapter in self._json:
            cells[at] = adapter.validate_json(cells[at] or self._empty[at])
        for at in self._truths:
            cells[at] = bool(cells[at])
        return self.kind(*cells)

    def of_rows(self, rows: Iterable[Sequence[Any]]) -> Iterator[Value]:
        """Rows as dataclasses."""
        return map(self.of_row, rows)

    @cached_property
    def _empty(self) -> dict[int, str]:
        hints = get_type_hints(self.kind)
        return {at: _empty_json(hints[self.names[at]]) for at, _ in self._json}


def _empty_json(hint: Any) -> str:
    """What an empty value of this type is in JSON: empty and absent values are both kept as NULL."""
    if type(None) in get_args(hint):
        return "null"
    return "{}" if get_origin(hint) is dict else "[]"


def _is_plain(hint: Any) -> bool:
    if get_origin(hint) is Literal:
        return True
    arguments = get_args(hint)
    if arguments and get_origin(hint) not in (tuple, dict, list):
        return all(_is_plain(argument) for argument in arguments)
    return hint is bool or hint in PLAIN
