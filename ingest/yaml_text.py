"""YAML within bounds: safe types only, and no alias expansion, deep nesting or endless size."""

from __future__ import annotations

from typing import Any

from ingest.errors import TooMuch, Unreadable

MOST_CHARACTERS = 2_000_000
MOST_DEPTH = 40
MOST_ALIASES = 100


def load_yaml(text: str, where: str) -> Any:
    """The value that `text` describes. Counted before it is built, so that a bomb is refused, not expanded."""
    import yaml

    if len(text) > MOST_CHARACTERS:
        raise TooMuch(f"{where}: its YAML is longer than {MOST_CHARACTERS:,} characters: split the file")
    try:
        depth = aliases = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            aliases += isinstance(event, yaml.AliasEvent)
            if depth > MOST_DEPTH or aliases > MOST_ALIASES:
                raise TooMuch(f"{where}: its YAML nests or repeats without bound: write it out plainly")
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise Unreadable(
            f"{where}: its YAML is broken{line} ({getattr(error, 'problem', None) or 'syntax'}): correct it"
        ) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{where}: its YAML holds a value that cannot be read ({error}): correct it") from error
