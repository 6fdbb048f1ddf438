"""An answer in a model's words, of which only verified sentences are shown; else the extractive answer, and why.

prompt → deltas → parts → verdicts → what holds is shown at once; what does not is asked for once more at the end,
or dropped. Too little left, a contradiction, a disagreement told from one side, an endpoint that fails: the
extractive answer stands, and `notes` say why.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from answer.answers import Answer, Dropped, Turn, Writing
from answer.drafting import Draft
from answer.errors import ModelUnavailable
from answer.model.consulting import Consultation
from answer.model.evidence import Offered
from answer.model.page import Entry, Page, cells_of
from answer.model.prompts import NOTHING, Excerpt, Prompt, answer_prompt, fitting, repair_prompt, tokens_of
from answer.model.splitting import Part, Splitter
from answer.model.verifying import Verdict, Verifier
from answer.streaming import Streamed

REPAIRS = 3  # sentences that are asked for once more
REPAIR_SECONDS = 20.0  # after which nothing more is asked for
ENOUGH = 0.5  # share of the model's sentences that must hold
ENOUGH_WORDS = 4
LIST = 4  # items or rows from which on a list must be told at least in half
LONGEST_ANSWER = 60  # parts; what comes after them is not read

Key = tuple[str, int, int]  # of a span


@dataclass(frozen=True, slots=True)
class Commission:
    """What is to be written, and from what."""

    question: str
    history: tuple[Turn, ...]
    draft: Draft
    offered: tuple[Offered, ...]


@dataclass(slots=True)
class _Course:
    """How far the writing has come."""

    page: Page = field(default_factory=Page)
    header: tuple[str, ...] = ()
    repaired: int = 0
    said: str = ""


class Composition(Streamed):
    """The answer as the model writes it: only verified pieces; `last` ends as the whole answer, whoever wrote it."""

    def __init__(
        self,
        extractive: Answer,
        commission: Commission,
        consultation: Consultation,
        verifier: Callable[[Sequence[Offered]], Verifier],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(extractive)
        self._extractive, self._consultation, self._clock = extractive, consultation, clock
        self._prompt, self._offered = _fitted(commission, consultation)
        self._commission = commission
        self._verifier = verifier(self._offered)
        self._course = _Course()
        self._begun = clock()

    def stop(self) -> None:
        """End the model's answer; what was verified so far stays."""
        self._consultation.stop()

    def __iter__(self) -> Iterator[str]:
        failure = ""
        try:
            for entry in self._written():
                shown = len(self.last.answer) if self.last is not self._extractive else 0
                if self._course.page.add(entry):
                    self.last = self._answered(self._course.page)
                    yield self.last.answer[shown:]
            self._repair()
        except ModelUnavailable as error:
            failure = str(error)
        except GeneratorExit:
            self._consultation.stop()
            raise
        finally:
            self.last = self._finished(failure)

    def _written(self) -> Iterator[Entry]:
        """The parts of the model's answer with their verdicts, as they come."""
        splitter, count = Splitter(), 0
        deltas = self._consultation.deltas(self._prompt)
        for delta in deltas:
            self._course.said += delta[: 200 - len(self._course.said)]
            for part in splitter.feed(delta):
                yield self._judged(part)
                count += 1
            if count > LONGEST_ANSWER:
                deltas.close()  # type: ignore[attr-defined]
                return
        yield from map(self._judged, splitter.finish())

    def _judged(self, part: Part) -> Entry:
        if part.kind == "header":
            self._course.header = cells_of(part.text)
            return Entry(part, None)
        if part.kind in ("heading", "code"):
            why = "headings carry no source" if part.kind == "heading" else "code that no guide holds word for word"
            return Entry(part, Verdict(part.text, (), (why,)))
        if part.kind == "row":
            return Entry(part, self._verifier.row(cells_of(part.text), self._course.header))
        return Entry(part, self._verifier.check(part.text))

    def _repair(self) -> None:
        """Ask for what does not hold once more, one sentence a request."""
        page = self._course.page
        for place, entry in list(enumerate(page.entries)):
            late = self._clock() - self._begun > REPAIR_SECONDS
            if late or self._consultation.stopped or self._course.repaired >= REPAIRS:
                return
            if entry.verdict is None or entry.verdict.holds or entry.part.kind != "sentence" or entry.only_introduces:
                continue
            if entry.part.text.strip(" .") == NOTHING:
                continue
            self._course.repaired += 1
            try:
                mended = self._asked_again(entry.part, entry.verdict)
            except ModelUnavailable:
                return
            if mended is not None and not page.says(mended.verdict):
                page.replace(place, mended)

    def _asked_again(self, part: Part, verdict: Verdict) -> Entry | None:
        evidence = [each.excerpt for each in self._offered]
        prompt = repair_prompt(
            self._commission.question, part.text, verdict.reasons, evidence, delimiter=self._consultation.delimiter()
        )
        splitter = Splitter()
        said = self._consultation.text(prompt)
        parts = [*splitter.feed(said), *splitter.finish()]
        if len(parts) != 1 or parts[0].kind != "sentence":
            return None
        again = self._verifier.check(parts[0].text)
        return Entry(replace(parts[0], begins=part.begins, mark=part.mark), again) if again.holds else None

    def _answered(self, page: Page) -> Answer:
        """The answer made of what holds so far."""
        markdown, citations, disagreements = page.render(self._offered, self._commission.draft.disputes)
        notes = _notes(page, stopped=self._consultation.stopped)
        return replace(
            self._extractive,
            answer=markdown,
            citations=citations,
            disagreements=disagreements,
            composer="model",
            notes=(*self._extractive.notes, *notes),
            writing=self._writing(page),
        )

    def _finished(self, failure: str) -> Answer:
        """The whole answer: the model's, or the extractive one and why."""
        page = self._course.page
        why = failure or self._refused(page)
        if not why:
            return self._timed(self._answered(page))
        note = f"These are the guides' own words, because the model's were not used: {why}"
        notes = (*self._extractive.notes, note)
        return self._timed(replace(self._extractive, notes=notes, writing=self._writing(page)))

    def _refused(self, page: Page) -> str:
        """Why the model's answer is not shown; "" where it is."""
        kept, dropped = page.kept(), page.failed()
        if self._course.said.strip(" .\n*") == NOTHING or not (kept or dropped):
            return "it found no answer in the evidence."
        if not kept:
            unnamed = all(not entry.numbers for entry in dropped)
            return "it named no source." if unnamed else "none of its sentences is supported by the guides."
        if page.word_count < ENOUGH_WORDS:
            return "too few of its words are left."
        return "" if self._consultation.stopped else self._misleading(page)

    def _misleading(self, page: Page) -> str:
        """Why what is left of the model's answer would mislead; "" where it would not."""
        kept, dropped = page.kept(), page.failed()
        against = sum(entry.verdict is not None and entry.verdict.contradicts for entry in dropped)
        if against > 1 or (against and dropped[0] is page.entries[0]):
            return "it contradicts the guides."
        if len(kept) < ENOUGH * (len(kept) + len(dropped)):
            return f"only {len(kept)} of its {len(kept) + len(dropped)} sentences are supported by the guides."
        cited = {self._offered[number - 1].span.key for entry in kept for number in entry.numbers}
        if _one_sided(self._commission.draft, cited):
            return "the guides disagree, and it told one side only."
        return "it left out more than half of the list." if _incomplete(self._commission.draft, cited) else ""

    def _writing(self, page: Page) -> Writing:
        """What the model did, for whoever wants to know."""
        consultation = self._consultation
        dropped = tuple(
            Dropped(entry.verdict.text or entry.part.text, entry.verdict.reasons)
            for entry in page.dropped()
            if entry.verdict is not None
        )
        spent = consultation.spent
        usage = {"read": spent.read, "written": spent.written, "cost": spent.cost, "estimated": spent.estimated}
        return Writing(
            model=consultation.model.name,
            called=consultation.called,
            prompt=self._prompt.hash,
            dropped=dropped,
            repaired=page.repaired,
            wordings=consultation.wordings,
            usage=usage,
        )

    def _timed(self, answer: Answer) -> Answer:
        spent = 1000 * (self._clock() - self._begun)
        timings = answer.timings_ms
        later = {name: timings[name] + spent for name in ("compose", "total") if name in timings}
        return replace(answer, timings_ms=timings | later | {"model": spent})


def _fitted(commission: Commission, consultation: Consultation) -> tuple[Prompt, tuple[Offered, ...]]:
    """The prompt with as much evidence as the model can read, and the spans that are in it."""

    def prompt_of(excerpts: Sequence[Excerpt]) -> Prompt:
        delimiter = consultation.delimiter()
        return answer_prompt(commission.question, excerpts, commission.history, delimiter=delimiter)

    bare = prompt_of(())
    room = consultation.model.context_tokens - consultation.model.answer_tokens
    excerpts = fitting(
        [each.excerpt for each in commission.offered], tokens=room - tokens_of(bare.system) - tokens_of(bare.user)
    )
    return prompt_of(excerpts), commission.offered[: len(excerpts)]


def _notes(page: Page, *, stopped: bool) -> tuple[str, ...]:
    dropped = len(page.failed())
    left_out = (
        f"{dropped} of the model's sentences {'was' if dropped == 1 else 'were'} left out: the guides don't support "
        f"{'it' if dropped == 1 else 'them'}."
    )
    return (*([left_out] if dropped else []), *(["Stopped before the model had finished."] if stopped else []))


def _one_sided(draft: Draft, cited: Collection[Key]) -> bool:
    """Whether a disagreement of the guides is told without one of its sides."""
    sides = [side for dispute in draft.disputes for side in dispute.sides]
    return not all(any(span.key in cited for span in side.spans) for side in sides)


def _incomplete(draft: Draft, cited: Collection[Key]) -> bool:
    """Whether a list or table that the guides give as one is told only in a smaller part."""
    listed = [line for line in draft.lines if line.style in ("item", "row")]
    told = sum(any(span.key in cited for span in line.spans) for line in listed)
    return len(listed) >= LIST and told < ENOUGH * len(listed)
