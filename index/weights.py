"""How the component scores of a hit are combined into one.

A passage and a unit each have a score of their own, `dense · cosine + lexical · coverage`, where coverage is the BM25
score as a share of the most that the question's terms could give (the sum of their inverse document frequencies, for
the saturated term frequency stays below 1), so that it lies in [0, 1] and means the same for every question. Then each
grain lends to the other: a passage gains from its best unit, a unit from its passage.

Six weights searched at random on half of three labelled sets (questions with their headings, SQuAD2, ClapNQ) and tried
on the other half moved the mean reciprocal rank of passages by 0.000, +0.007 and -0.014: these defaults are on the
plateau already, so they stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a linear combination. Only their ratios matter within a grain."""

    passage_dense: float = 1.0
    passage_lexical: float = 0.5
    unit_dense: float = 1.0
    unit_lexical: float = 0.5
    unit_in_passage: float = 0.7  # how much of its best unit's own score a passage gains
    passage_in_unit: float = 0.5  # how much of its passage's own score a unit gains


DEFAULT_WEIGHTS = Weights()
