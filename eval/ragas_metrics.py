"""ragas behind one door: the only file that imports it, with its traps wrapped.

Offline: its id-based context metrics and its `Faithfulness` with our verdict in place of a model's, and a metric of our
own on its `BaseMetric`. With a model: its judged metrics over any OpenAI-compatible endpoint. What is guarded against:
telemetry (forbidden before the import), NaN passed off as a score, fewer verdicts than statements, refusals scored as
failures, answers cut at 1,024 tokens, rows dropped or reordered by its own loops (none of those is used).
"""

from __future__ import annotations

import asyncio
import math
import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from answer.answers import Answer
from answer.errors import ModelUnavailable
from answer.support import judge
from eval.cases import Case
from eval.citing import cited_texts
from eval.errors import JudgeError
from eval.places import Gold, Place, first_words, gold_of, is_held
from eval.statements import statements_of
from index.settings import Settings, forbid_telemetry

OFFLINE = ("ragas_faithfulness", "ragas_context_recall", "ragas_context_precision")
LONGEST_REPLY = 4096  # tokens; ragas' own 1,024 cuts verdicts off
PATIENCE = 60.0  # seconds for one call


def offline_scores(case: Case, answer: Answer, texts: Mapping[str, str]) -> dict[str, float | None]:
    """ragas' figures for one row without a model. None where ragas has nothing to say, never NaN."""
    gold = gold_of(case, texts)
    scores: dict[str, float | None] = dict.fromkeys(OFFLINE)
    if gold:
        scores |= _id_scores(gold, answer)
    statements = [] if answer.abstained else [statement.text for statement in statements_of(answer.answer)]
    if statements:
        given = _classes()["faithfulness"](statements).grounded(
            answer.question, list(cited_texts(answer, texts).values())
        )
        scores["ragas_faithfulness"] = finite(given)
    return scores


def _id_scores(gold: Sequence[Gold], answer: Answer) -> dict[str, float | None]:
    """Context recall and precision by ids: a passage has the ids of the gold spans it holds, or one of its own."""
    held: list[str] = []
    for place in first_words(answer.passages, 1000):
        ids = [f"gold {number}" for number, span in enumerate(gold) if is_held(span, [place])]
        held += ids or [_name(place)]
    sample = {
        "retrieved_context_ids": held or ["nothing"],
        "reference_context_ids": [f"gold {n}" for n in range(len(gold))],
    }
    recall, precision = (_classes()[name](sample) for name in ("id recall", "id precision"))
    return {"ragas_context_recall": finite(recall), "ragas_context_precision": finite(precision)}


def finite(value: object) -> float | None:
    """A score as a number, None for NaN and for what is no number."""
    number = float(value) if isinstance(value, int | float) else math.nan
    return None if math.isnan(number) else number


@lru_cache(maxsize=1)
def _tamed() -> None:
    """No telemetry, and no file with a user's number outside the home, which ragas writes even where it may not track."""
    forbid_telemetry()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ragas._analytics as analytics

    def nowhere(**_: object) -> str:
        raise OSError("ragas gets no folder of its own")

    setattr(analytics, "user_data_dir", nowhere)  # noqa: B010 - a name that ragas does not export


@lru_cache(maxsize=1)
def _classes() -> dict[str, Any]:
    """ragas' parts, imported on first use (two seconds), each wrapped into a plain call."""
    _tamed()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ragas.dataset_schema import SingleTurnSample
        from ragas.metrics import IDBasedContextPrecision, IDBasedContextRecall
        from ragas.metrics.collections import Faithfulness
        from ragas.metrics.collections.faithfulness.util import NLIStatementOutput, StatementFaithfulnessAnswer

    class Grounded(Faithfulness):
        """ragas' Faithfulness with the statements and verdicts made by us."""

        def __init__(self, statements: Sequence[str]) -> None:
            self._statements = list(statements)
            super().__init__(llm=None)  # type: ignore[arg-type]

        def _validate_llm(self) -> None:
            """No model takes part."""

        async def _create_statements(self, question: str, response: str) -> list[str]:  # noqa: ARG002
            return self._statements

        async def _create_verdicts(self, statements: list[str], context: str) -> Any:
            verdicts = [
                StatementFaithfulnessAnswer(statement=text, reason="", verdict=int(judge(text, [context]).supported))
                for text in statements
            ]
            return NLIStatementOutput(statements=verdicts)

        def grounded(self, question: str, contexts: list[str]) -> float:
            return float(asyncio.run(self.ascore(question, "\n".join(self._statements), contexts or ["-"])).value)

    def by_ids(metric: Any) -> Any:
        return lambda sample: asyncio.run(metric.single_turn_ascore(SingleTurnSample(**sample)))

    return {
        "faithfulness": Grounded,
        "id recall": by_ids(IDBasedContextRecall()),
        "id precision": by_ids(IDBasedContextPrecision()),
    }


class ModelJudges:
    """ragas' model-judged metrics over the configured endpoint; one `ascore` a metric and row."""

    def __init__(self, settings: Settings, *, patience: float = PATIENCE) -> None:
        from answer.model.address import address_of, key_of
        from answer.model.client import openai_client

        try:
            address, key = address_of(settings), key_of(settings)
        except ModelUnavailable as error:
            raise JudgeError(str(error)) from error
        if address.provider == "anthropic":
            raise JudgeError(f"{address.says} cannot judge here; configure an OpenAI-compatible endpoint.")
        _tamed()
        self._patience, self._key = patience, key
        client = openai_client(address, key, seconds=patience, attempts=3)
        self._metrics = _judged_metrics(settings, address.name, client)

    async def ascore(self, metric: str, row: Mapping[str, Any]) -> float:
        """One score in [0, 1]. Raises JudgeError for whatever is not one: no reply, cut off, NaN, verdicts missing."""
        wanted = {name: row[name] for name in _FIELDS[metric]}
        try:
            given = await asyncio.wait_for(self._metrics[metric].ascore(**wanted), 4 * self._patience)
        except JudgeError:
            raise
        except TimeoutError as error:
            raise JudgeError(f"{metric}: the model took longer than {4 * self._patience:.0f} s.") from error
        except _foreign_errors() as error:
            from answer.model.faults import redacted

            raise JudgeError(f"{metric}: {type(error).__name__}: {redacted(str(error)[:200], self._key)}") from None
        score = finite(given.value)
        if score is None or not 0.0 <= score <= 1.0:
            raise JudgeError(f"{metric}: the model's verdicts give no score.")
        return score


_FIELDS = {
    "faithfulness": ("user_input", "response", "retrieved_contexts"),
    "answer_relevancy": ("user_input", "response"),
    "context_precision": ("user_input", "reference", "retrieved_contexts"),
    "context_recall": ("user_input", "retrieved_contexts", "reference"),
    "factual_correctness": ("response", "reference"),
}


def _foreign_errors() -> tuple[type[Exception], ...]:
    """What ragas, instructor and the client raise when a reply is missing or cannot be used."""
    from instructor.core import InstructorError

    from answer.model.client import foreign_errors

    return (InstructorError, *foreign_errors())


def _judged_metrics(settings: Settings, name: str, client: Any) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ragas.llms import llm_factory
        from ragas.metrics import collections
        from ragas.metrics.collections.faithfulness.util import NLIStatementOutput

    class Complete(collections.Faithfulness):
        """Faithfulness that wants a verdict for every statement: one for five would score 1.0."""

        async def _create_verdicts(self, statements: list[str], context: str) -> NLIStatementOutput:
            given = await super()._create_verdicts(statements, context)
            if len(given.statements) != len(statements):
                raise JudgeError(f"faithfulness: {len(given.statements)} verdicts for {len(statements)} statements.")
            return given

    llm = llm_factory(name, client=client, max_tokens=LONGEST_REPLY, temperature=0.0)
    return {
        "faithfulness": Complete(llm=llm),
        "answer_relevancy": collections.AnswerRelevancy(llm=llm, embeddings=_embeddings(settings)),
        "context_precision": collections.ContextPrecision(llm=llm),
        "context_recall": collections.ContextRecall(llm=llm),
        "factual_correctness": collections.FactualCorrectness(llm=llm),
    }


def _embeddings(settings: Settings) -> Any:
    """Our embedder as ragas wants one."""
    from ragas.embeddings.base import BaseRagasEmbedding

    from index.embedding import load_embedder

    embedder = load_embedder(settings)

    class Ours(BaseRagasEmbedding):
        def embed_text(self, text: str, **_: Any) -> list[float]:
            return [float(number) for number in embedder.embed([text])[0]]

        async def aembed_text(self, text: str, **_: Any) -> list[float]:
            return self.embed_text(text)

    return Ours()


def _name(place: Place) -> str:
    return f"{place.guide}:{place.start}-{place.end}"
