"""What a citation puts before a reader: who says it and when, under which heading, the table's header, and the quote.

The assistant may say all of that in its own lead ("PracHub (2026-04-12): …", "Level 63, base salary: …"), so a statement
is held against it. Nothing else of the guide counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from answer.answers import Answer, Citation

_ENTRY = re.compile(r"^- id:", re.MULTILINE)
_FIELD = re.compile(r"^  (?:category|difficulty|round|company|role|minutes): .+$", re.MULTILINE)


def cited_texts(answer: Answer, texts: Mapping[str, str]) -> dict[int, str]:
    """Citation number → what it shows; `texts` are the guides by path."""
    return {cited.number: _shown(cited, texts.get(cited.path, "")) for cited in answer.citations}


def _shown(cited: Citation, text: str) -> str:
    source = " ".join(part for part in (cited.publisher, cited.updated, cited.title) if part)
    around = header_of(text, cited.start) or entry_fields(text, cited)
    return "\n".join(part for part in (f"{source}: {cited.section}", around, cited.quote) if part)


def header_of(text: str, start: int) -> str:
    """The header line of the Markdown table that `start` stands in; "" outside of tables."""
    line_start = text.rfind("\n", 0, start) + 1
    header = ""
    while text.startswith("|", line_start):
        header = text[line_start : text.find("\n", line_start)]
        if not line_start:
            break
        line_start = text.rfind("\n", 0, line_start - 1) + 1
    return header


def entry_fields(text: str, cited: Citation) -> str:
    """The category, difficulty and so on of the bank entry that a citation stands in."""
    if not cited.path.endswith((".yaml", ".yml")):
        return ""
    starts = [match.start() for match in _ENTRY.finditer(text)]
    start = max((place for place in starts if place <= cited.start), default=0)
    end = min((place for place in starts if place > cited.start), default=len(text))
    return "\n".join(_FIELD.findall(text[start:end]))
