"""Guides, cases and answers that a person can check by hand."""

from __future__ import annotations

from answer.answers import Answer, Citation, EvidencePassage
from eval.cases import Case, Nugget, Span

TEXTS = {
    "guides/boats.md": "# Boats\n\nThe harbour tour takes 40 minutes. It starts at the pier.\n\n"
    "| Boat | Price |\n|---|---|\n| Canoe | 12 euros |\n| Raft | 30 euros |\n",
    "guides/trains.md": "# Trains\n\nThe night train leaves at 9. Sleepers cost 75 euros.\n",
}


def span(quote: str, guide: str = "guides/boats.md", *others: Span) -> Span:
    return Span(guide, quote, others)


def case(**given: object) -> Case:
    fields: dict[str, object] = {
        "id": "tour",
        "kind": "fact",
        "question": "how long is the harbour tour",
        "answerable": True,
        "evidence": (span("The harbour tour takes 40 minutes."),),
        "nuggets": (Nugget(("40 minutes",)),),
        "split": "tune",
    }
    return Case(**(fields | given))  # type: ignore[arg-type]


def passage(text: str, guide: str = "guides/boats.md", score: float = 1.0) -> EvidencePassage:
    start = TEXTS[guide].index(text)
    return EvidencePassage(guide, "", start, start + len(text), text, score)


def citation(number: int, quote: str, guide: str = "guides/boats.md") -> Citation:
    start = TEXTS[guide].index(quote)
    name = guide.rsplit("/", 1)[-1]
    return Citation(number, name, guide, name, None, None, "", None, start, start + len(quote), quote, "sha256:0")


def answer(text: str = "The harbour tour takes 40 minutes [1].", **given: object) -> Answer:
    fields: dict[str, object] = {
        "question": "how long is the harbour tour",
        "standalone_question": "how long is the harbour tour",
        "abstained": False,
        "answer": text,
        "citations": (citation(1, "The harbour tour takes 40 minutes."),),
        "passages": (passage("The harbour tour takes 40 minutes. It starts at the pier."),),
        "timings_ms": {"search": 1.0, "total": 2.0},
    }
    return Answer(**(fields | given))  # type: ignore[arg-type]


def refusal() -> Answer:
    return Answer("q", "q", True, "The guides do not say how deep the water is.")


def unanswerable(**given: object) -> Case:
    return case(id="deep", kind="not in corpus", answerable=False, evidence=(), nuggets=(), **given)
