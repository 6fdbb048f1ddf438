"""The metrics, each a pure function of one case and one answer. None means: says nothing about this row.

Sources: nuggets after TREC's RAG track (vital and okay facts, accepted wordings); citation precision and recall after
ALCE (a statement is recalled when the union of its citations supports it; a citation is precise when it is needed);
the score of CRAG (+1 right, 0 refused, -1 wrong); nDCG and MRR with one gain for each gold span first held at a rank.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from answer.answers import Answer, EvidencePassage
from eval.cases import Case
from eval.places import Gold, Place, first_words, is_held, is_touched, merged
from eval.statements import Statement, statements_of
from eval.wordings import says, says_any, tokens_of

WORDS = 1000
Cited = Mapping[int, str]  # citation number → what it shows: `eval.citing`
Judge = Callable[[str, Sequence[str]], bool]  # is this claim supported by these texts?


def evidence_recall(gold: Sequence[Gold], passages: Sequence[EvidencePassage], *, words: int = WORDS) -> float | None:
    """Share of the gold spans that lie inside the first `words` words of the evidence."""
    return _held_share(gold, merged(first_words(passages, words)))


def recall_at(gold: Sequence[Gold], passages: Sequence[EvidencePassage], k: int) -> float | None:
    """Share of the gold spans that lie inside the first k passages."""
    return _held_share(gold, merged(Place(part.guide, part.start, part.end) for part in passages[:k]))


def reciprocal_rank(gold: Sequence[Gold], passages: Sequence[EvidencePassage]) -> float | None:
    """1 / rank of the first passage that holds (or completes) a gold span; 0 where none does."""
    return next((1 / rank for rank, gain in enumerate(gains(gold, passages), 1) if gain), 0.0) if gold else None


def ndcg(gold: Sequence[Gold], passages: Sequence[EvidencePassage], k: int = 10) -> float | None:
    """Discounted gain of the first k passages against holding one more gold span at every rank from the first."""
    if not gold:
        return None
    got = sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains(gold, passages)[:k], 1))
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(gold)) + 1))
    return min(1.0, got / best)


def gains(gold: Sequence[Gold], passages: Sequence[EvidencePassage]) -> list[int]:
    """How many gold spans become held at each rank."""
    left, ground, counts = list(gold), list[Place](), list[int]()
    for passage in passages:
        ground = merged([*ground, Place(passage.guide, passage.start, passage.end)])
        missing = [span for span in left if not is_held(span, ground)]
        counts.append(len(left) - len(missing))
        left = missing
    return counts


def cited_evidence(gold: Sequence[Gold], answer: Answer) -> float | None:
    """Share of the gold spans that a citation of the answer touches."""
    if not gold:
        return None
    cited = [Place(citation.path, citation.start, citation.end) for citation in answer.citations]
    return sum(is_touched(span, cited) for span in gold) / len(gold)


def quote_exactness(answer: Answer, texts: Mapping[str, str]) -> float | None:
    """Share of the quotes that are the very characters of their guide at their offsets."""
    if not answer.citations:
        return None
    exact = [texts.get(cited.path, "")[cited.start : cited.end] == cited.quote != "" for cited in answer.citations]
    return sum(exact) / len(exact)


def cited_share(answer: Answer) -> float | None:
    """Share of the sentences, items and rows that end in a marker, and whose markers all resolve."""
    if answer.abstained:
        return None
    statements = statements_of(answer.answer)
    known = {citation.number for citation in answer.citations}
    cited = [bool(statement.citations) and known.issuperset(statement.citations) for statement in statements]
    return sum(cited) / len(cited) if cited else 0.0


def citation_recall(answer: Answer, cited: Cited, judge: Judge) -> float | None:
    """ALCE: share of the statements that the union of their citations supports."""
    if answer.abstained:
        return None
    statements = statements_of(answer.answer)
    if not statements:
        return 0.0
    return sum(_supported(statement, cited, judge) for statement in statements) / len(statements)


def citation_precision(answer: Answer, cited: Cited, judge: Judge) -> float | None:
    """ALCE: share of the citations that are needed: they support alone, or the others do not without them."""
    if answer.abstained:
        return None
    needed = [
        _is_needed(statement, number, cited, judge)
        for statement in statements_of(answer.answer)
        for number in statement.citations
    ]
    return sum(needed) / len(needed) if needed else 0.0


def faithfulness(answer: Answer, cited: Cited, judge: Judge) -> float | None:
    """Share of the statements that all of the answer's citations together support."""
    if answer.abstained:
        return None
    statements = statements_of(answer.answer)
    texts = list(cited.values())
    return sum(judge(statement.text, texts) for statement in statements) / len(statements) if statements else 0.0


def missing_nuggets(case: Case, answer: Answer) -> tuple[str, ...]:
    """The first wording of every vital nugget that the answer does not say."""
    said = tokens_of(answer.answer)
    return tuple(part.forms[0] for part in case.nuggets if part.vital and not says_any(said, part.forms))


def said_wrongly(case: Case, answer: Answer) -> tuple[str, ...]:
    """What must not be said and is."""
    said = tokens_of(answer.answer)
    return tuple(form for form in case.must_not if says(said, form))


def nugget_recall(case: Case, answer: Answer) -> float | None:
    """Share of the nuggets said, vital and okay; a refusal says none."""
    if not case.answerable or not case.nuggets:
        return None
    said = tokens_of("" if answer.abstained else answer.answer)
    return sum(says_any(said, nugget.forms) for nugget in case.nuggets) / len(case.nuggets)


def is_right(case: Case, answer: Answer) -> float:
    """1 for an answer with all vital nuggets and nothing forbidden, or for a refusal where that is due; else 0."""
    if answer.abstained or not case.answerable:
        return float(answer.abstained and not case.answerable)
    return float(bool(answer.answer.strip()) and not missing_nuggets(case, answer) and not said_wrongly(case, answer))


def crag_score(case: Case, answer: Answer) -> float:
    """CRAG: 1 right, 0 refused without need, -1 wrong. A due refusal is right."""
    if is_right(case, answer):
        return 1.0
    return 0.0 if answer.abstained else -1.0


def refusal_recall(case: Case, answer: Answer) -> float | None:
    """Over cases that must be refused: 1 when it was."""
    return None if case.answerable else float(answer.abstained)


def answer_rate(case: Case, answer: Answer) -> float | None:
    """Over answerable cases: 1 when something was answered."""
    return float(not answer.abstained) if case.answerable else None


def words_of(answer: Answer) -> int:
    """Words of the answer without markers."""
    return sum(len(statement.text.split()) for statement in statements_of(answer.answer))


def _held_share(gold: Sequence[Gold], ground: Sequence[Place]) -> float | None:
    return sum(is_held(span, ground) for span in gold) / len(gold) if gold else None


def _supported(statement: Statement, cited: Cited, judge: Judge) -> bool:
    texts = [cited[number] for number in statement.citations if number in cited]
    return bool(texts) and judge(statement.text, texts)


def _is_needed(statement: Statement, number: int, cited: Cited, judge: Judge) -> bool:
    if number not in cited or not _supported(statement, cited, judge):
        return False
    if judge(statement.text, [cited[number]]):
        return True
    others = [cited[other] for other in statement.citations if other != number and other in cited]
    return not (others and judge(statement.text, others))
