"""The types of answering: a question, an answer, its citations; and the JSON contract they are printed in.

The engine's surface is `answer.assistant.Assistant`: `Assistant.open(settings)`, `assistant.ask(question) -> Answer`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Composer = Literal["extractive", "model"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of the conversation so far."""

    user: str
    assistant: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, what was said before, and the facets the search is limited to ("company" -> "Microsoft")."""

    text: str
    history: tuple[Turn, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact span behind a sentence: `quote` is the extracted text of `guide` at [start, end)."""

    number: int
    guide: str  # file name
    path: str  # under the corpus
    title: str
    publisher: str | None
    updated: str | None
    section: str  # "Interview rounds > Recruiter screen"
    page: int | None
    start: int
    end: int
    quote: str
    revision: str


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a disagreement."""

    says: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Guides that give different values for the same attribute of the same subject."""

    about: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A passage that was looked at, in rank order."""

    guide: str
    section: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class NearbyTopic:
    """What the guides do cover near a question they don't answer."""

    title: str
    section: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of a model that is not shown, and why."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a model did for an answer, also where its words were not used in the end."""

    model: str  # as it is configured
    called: str  # as its endpoint calls it
    prompt: str  # version and hash of the prompt
    dropped: tuple[Dropped, ...] = ()
    repaired: int = 0  # sentences that held when they were asked for once more
    wordings: tuple[str, ...] = ()  # the question in other words, which were searched for too
    usage: dict[str, Any] = field(default_factory=dict)  # tokens read and written, cost in dollars or None, estimated


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or a refusal (`abstained`), which carries no citation but names what is covered nearby.

    `answer` is Markdown; every sentence, list item and table row ends in its markers, "… 45 minutes [1].".
    """

    question: str
    standalone_question: str
    abstained: bool
    answer: str
    citations: tuple[Citation, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    passages: tuple[EvidencePassage, ...] = ()
    nearest: tuple[NearbyTopic, ...] = ()
    composer: Composer = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what the person should know about this answer, e.g. why a model's text was not used
    explanation: dict[str, Any] = field(default_factory=dict)  # per stage, filled when asked to explain
    writing: Writing | None = None  # where a model was asked

    @property
    def is_grounded(self) -> bool:
        """Whether anything is claimed, and all of it with a source."""
        return not self.abstained and bool(self.citations)

    def as_json(self, *, id: str | None = None) -> dict[str, Any]:
        """The contract's object; `notes`, `explanation` and `writing` only where there are any."""
        row = asdict(self)
        for optional in ("notes", "explanation", "writing"):
            if not row[optional]:
                del row[optional]
        return row if id is None else {"id": id, **row}
