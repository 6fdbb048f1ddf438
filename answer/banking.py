"""Bank questions asked for in the chat: found by topic and facets, shown as they stand in the bank."""

from __future__ import annotations

from collections.abc import Mapping

from answer.drafting import Draft
from answer.lexicon import Lexicon
from answer.reading import Reading
from index.store import Index


def bank_answer(reading: Reading, index: Index, lexicon: Lexicon, *, filters: Mapping[str, str]) -> Draft | None:
    """The bank questions that fit, or None where the question does not ask for one or none fits."""
    return None
