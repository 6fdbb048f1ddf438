"""One evaluation of filters for everything: facets of passages, metadata of llama-index's objects.

Filters are a mapping of facet to value (all must be equal, letter case aside) or llama-index's `MetadataFilters`, which
are recognised by their shape, so that a search needs no llama-index. The meaning of every operator is that of
`llama_index.core.vector_stores.utils.build_metadata_filter_fn`, with nested filters, which that function refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any

Labels = Mapping[str, Any]
Matcher = Callable[[Labels], bool]


def matcher(filters: Any) -> Matcher:
    """A function that says whether labels pass the filters; None and no filters pass everything."""
    if filters is None:
        return _everything
    if isinstance(filters, Mapping):
        wanted = {key: _folded(value) for key, value in filters.items()}
        return lambda labels: all(_folded(labels.get(key)) == value for key, value in wanted.items())
    return _group(filters)


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _everything(_: Labels) -> bool:
    return True


def _group(filters: Any) -> Matcher:
    parts = [_group(part) if hasattr(part, "filters") else _single(part) for part in filters.filters]
    condition = _name(filters.condition or "and")
    if condition not in CONDITIONS:
        raise ValueError(f"Unknown filter condition {condition!r}: use one of {', '.join(CONDITIONS)}.")
    if not parts:
        return _everything
    # Every part is judged, so that one that cannot be compared is reported whatever the others say.
    return lambda labels: CONDITIONS[condition]([part(labels) for part in parts])


def _single(part: Any) -> Matcher:
    operator, wanted = _name(part.operator), part.value
    if operator == "is_empty":
        return lambda labels: labels.get(part.key) in (None, "", [])
    if operator not in OPERATORS:
        raise ValueError(f"Unknown filter operator {operator!r}: use one of {', '.join([*OPERATORS, 'is_empty'])}.")
    compare = OPERATORS[operator]

    def passes(labels: Labels) -> bool:
        value = labels.get(part.key)
        return operator in ("!=", "nin") if value is None else bool(compare(value, wanted))

    return passes


def _name(value: Any) -> str:
    return str(getattr(value, "value", value))


def _contains_text(value: Any, wanted: Any) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return wanted in value
    raise TypeError(f"A text filter compares text with text, not {type(value).__name__} with {type(wanted).__name__}.")


def _contains_folded(value: Any, wanted: Any) -> bool:
    return _contains_text(_lowered(value), _lowered(wanted))


def _lowered(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


CONDITIONS: dict[str, Callable[[list[bool]], bool]] = {"and": all, "or": any, "not": lambda passed: not any(passed)}
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda value, wanted: bool(value == wanted),
    "!=": lambda value, wanted: bool(value != wanted),
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
    "in": lambda value, wanted: value in wanted,
    "nin": lambda value, wanted: value not in wanted,
    "contains": lambda value, wanted: wanted in value,
    "text_match": _contains_text,
    "text_match_insensitive": _contains_folded,
    "all": lambda value, wanted: all(each in value for each in wanted),
    "any": lambda value, wanted: any(each in value for each in wanted),
}
