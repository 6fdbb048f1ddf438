"""The configured model as a writer of answers: what it is offered, and what it is verified against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from answer.answers import Answer, Question
from answer.drafting import Draft, Span, span_of
from answer.errors import ModelUnavailable
from answer.evidence import Candidate, Evidence
from answer.model.consulting import Consultation, Model
from answer.model.evidence import offered, tells
from answer.model.strictness import ProperNames
from answer.model.verifying import Verifier
from answer.model.writing import Commission, Composition
from answer.streaming import Streamed
from index.settings import Settings
from index.store import Index

WORDS_SHARED = 0.6  # of the question by the best evidence; below, the question is searched for in other words too
MOST_ALSO = 12  # spans that those words may add


class Author:
    """Writes answers with a model; without one that can be used it says why under each answer."""

    def __init__(self, model: Model | None, *, trouble: str = "") -> None:
        self._model, self._trouble = model, trouble
        self._named: tuple[Index, ProperNames] | None = None

    @classmethod
    def open(cls, settings: Settings, *, must: bool = False) -> Author:
        """The settings' model, nothing sent yet. Raises ModelUnavailable where there `must` be one and there is none."""
        from answer.model.endpoint import open_endpoint

        try:
            return cls(open_endpoint(settings))
        except ModelUnavailable as error:
            if must:
                raise
            return cls(None, trouble=str(error))

    def consult(self, *, stopped: Callable[[], bool] = lambda: False) -> Consultation | None:
        """The requests of one more question."""
        return Consultation(self._model, stopped=stopped) if self._model is not None else None

    def compose(
        self,
        question: Question,
        answer: Answer,
        draft: Draft,
        evidence: Evidence,
        index: Index,
        consultation: Consultation | None,
    ) -> Streamed:
        """The answer in the model's words, as far as they hold; `answer` where they don't."""
        if consultation is None:
            return Streamed(replace(answer, notes=(*answer.notes, f"No model wrote this answer. {self._trouble}")))
        asked = answer.standalone_question
        also = _found_otherwise(asked, evidence.candidates, index, question.filters, consultation)
        commission = Commission(asked, question.history, draft, offered(draft, evidence.candidates, also=also))
        names = self._names_of(index)
        return Composition(answer, commission, consultation, lambda spans: Verifier(spans, names=names))

    def _names_of(self, index: Index) -> ProperNames:
        """The proper names of a generation, read once."""
        if self._named is None or self._named[0] is not index:
            self._named = index, ProperNames.of(index.guide(info.path).text for info in index.guides())
        return self._named[1]


def _found_otherwise(
    asked: str,
    candidates: Sequence[Candidate],
    index: Index,
    filters: Mapping[str, str],
    consultation: Consultation,
) -> list[Span]:
    """What a question that shares few words with its evidence finds in the model's wordings of it."""
    if max((candidate.features.covered_around for candidate in candidates[:5]), default=0.0) >= WORDS_SHARED:
        return []
    wordings = consultation.other_wordings(asked)
    if not wordings:
        return []
    units = index.search(asked, also=wordings, filters=dict(filters) or None, unit_limit=MOST_ALSO).units
    guides = [(index.guide(hit.guide), hit.unit) for hit in units]
    return [span_of(guide, unit) for guide, unit in guides if guide.info.kind != "question" and tells(guide, unit)]
