"""The assistant: one question in, one cited answer or refusal out. The only door to answering for commands, app and eval."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from answer.answers import Answer, Composer, EvidencePassage, Question
from answer.banking import Bank, answered_by_key_points, asks_for_solution, shown_questions
from answer.citations import render
from answer.composing import compose
from answer.compounds import joined, parts_of
from answer.conversation import standalone_question
from answer.dating import dated
from answer.drafting import Draft
from answer.evidence import Evidence, gather
from answer.explaining import guide_meant, is_named, note_meant
from answer.gate import Verdict, judge, missing_outright
from answer.generalising import SURE, general_note, in_general, of_no_company, stands_under
from answer.lexicon import Lexicon
from answer.outlines import with_headings
from answer.reading import Reading, read_question
from answer.refusing import nearby, refusal_text
from answer.streaming import Streamed
from index.reranking import Reranker
from index.settings import Settings
from index.store import Index, IndexReader

if TYPE_CHECKING:
    from answer.model.author import Author
    from answer.model.consulting import Consultation

LONGEST_QUESTION = 400  # words; what stands beyond is not read
EVIDENCE_WORDS = 1200


@dataclass(frozen=True, slots=True)
class _Corpus:
    """An open index and what was learnt from it once."""

    index: Index
    lexicon: Lexicon
    bank: Bank
    reranker: Reranker | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A question as read, and the evidence found for it."""

    reading: Reading
    evidence: Evidence
    lexicon: Lexicon
    notes: tuple[str, ...] = ()  # what the person should know about how it was read


class Assistant:
    """Answers questions from the published index; picks up a new generation without a restart."""

    def __init__(self, reader: IndexReader, *, author: Author | None = None, reranker: Reranker | None = None) -> None:
        self._reader = reader
        self._author = author
        self._reranker = reranker
        self._corpus: _Corpus | None = None

    @classmethod
    def open(cls, settings: Settings, *, composer: Composer | None = None) -> Assistant:
        """Open the index of the settings' home. Raises StoreError or RerankerError with the cure.

        The configured model writes, unless `composer` is "extractive"; without one nothing of `answer.model` is imported.
        Raises ModelUnavailable where `composer` is "model" and the settings make none.
        """
        author = _author(settings, composer)
        assistant = cls(IndexReader(settings), author=author, reranker=Reranker.of(settings))
        assistant._current()
        return assistant

    @property
    def index(self) -> Index:
        """The generation that the next question is answered from."""
        return self._current().index

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        """The answer to a question: cited, or a refusal."""
        return self.stream(question, explain=explain).whole()

    def stream(
        self, question: Question, *, explain: bool = False, stopped: Callable[[], bool] = lambda: False
    ) -> Streamed:
        """The answer's Markdown in pieces; the whole answer is the stream's own `last`, so that sessions never mix.

        A model's sentences come as soon as they are verified; refusals, and questions from the bank, never go to one.
        While a model is waited for, `stopped` is asked every 50 ms; it ends the model's part, or raises what is to pass.
        """
        started = time.perf_counter()
        corpus = self._current()
        consultation = self._author.consult(stopped=stopped) if self._author is not None else None
        standalone, examined = _examined(question, corpus, consultation)
        if examined is None:
            return Streamed(_nothing_asked(question, standalone))
        answer, draft = self._answer(question, examined, corpus)
        general = _in_general(question, examined, corpus, refused=answer.abstained)
        if general is not None:
            examined, (answer, draft) = general, self._answer(question, general, corpus)
        reading, evidence = examined.reading, examined.evidence
        total = 1000 * (time.perf_counter() - started)
        timings = {"search": evidence.search_ms, "compose": total - evidence.search_ms, "total": total}
        answer = replace(
            answer,
            standalone_question=standalone,
            passages=_passages(evidence, corpus.index),
            timings_ms=timings,
            explanation=_explanation(reading, evidence) | answer.explanation if explain else {},
        )
        if self._author is None or draft is None:
            return Streamed(answer)
        return self._author.compose(question, answer, draft, evidence, corpus.index, consultation)

    def written_by(self, author: Author | None) -> Assistant:
        """The same assistant over the same open index with another author; None leaves the guides' own words."""
        other = Assistant(self._reader, author=author, reranker=self._reranker)
        other._corpus = self._corpus
        return other

    def examine(self, question: Question) -> Examined | None:
        """What is read and found for a question, before anything is judged or composed; None where nothing is asked."""
        return _examined(question, self._current())[1]

    def starters(self) -> list[str]:
        """Six questions the corpus answers, to begin with."""
        return starter_questions(self._current().index)

    def _answer(self, question: Question, examined: Examined, corpus: _Corpus) -> tuple[Answer, Draft | None]:
        """The extractive answer, and its draft where it is one that a model may tell in its own words."""
        reading, evidence = examined.reading, examined.evidence
        notes: tuple[str, ...] = ()
        draft = dated(reading, evidence.candidates)
        if draft is None:
            draft, notes = _bank_draft(question, examined, corpus)
        if draft is None:
            draft, notes = _of_parts(question, reading, corpus)
        verdict = Verdict(True, 1.0) if draft is not None else _judged(reading, evidence, corpus)
        if not verdict.answers:
            text = refusal_text(verdict.missing, evidence)
            near = nearby(evidence)
            return Answer(question.text, reading.text, True, text, nearest=near, explanation=_gate(verdict)), None
        tellable = reading.kind != "bank"
        draft = draft or compose(reading, evidence, corpus.lexicon)
        markdown, citations, disagreements = render(draft)
        answer = Answer(
            question.text,
            reading.text,
            False,
            markdown,
            citations=citations,
            disagreements=disagreements,
            notes=(*examined.notes, *notes, *verdict.notes),
            explanation=_gate(verdict),
        )
        return answer, draft if tellable else None

    def _current(self) -> _Corpus:
        index = self._reader.current()
        if self._corpus is None or self._corpus.index is not index:
            units = index.manifest.counts["searched units"]
            lexicon = Lexicon(index.vocabulary(), units, tuple(index.guides()))
            self._corpus = _Corpus(index, lexicon, Bank.of(index), self._reranker)
        return self._corpus


def _author(settings: Settings, composer: Composer | None) -> Author | None:
    if composer == "extractive" or (composer is None and not settings.has_model):
        return None
    from answer.model.author import Author

    return Author.open(settings, must=composer == "model")


def _examined(
    question: Question, corpus: _Corpus, consultation: Consultation | None = None
) -> tuple[str, Examined | None]:
    """The standalone question, and what is read and found for it."""
    text = " ".join(question.text.split()[:LONGEST_QUESTION])
    standalone = standalone_question(text, question.history, is_company=corpus.lexicon.is_company_or_publisher)
    if consultation is not None:
        standalone = consultation.standalone(text, question.history, otherwise=standalone)
    return standalone, _found(standalone, question, corpus)


def _found(text: str, question: Question, corpus: _Corpus) -> Examined | None:
    reading = read_question(text, vocabulary=corpus.lexicon.vocabulary, is_word=corpus.index.is_word)
    if not reading.terms:
        return None
    evidence = gather(corpus.index, reading, corpus.lexicon, filters=question.filters, reranker=corpus.reranker)
    return Examined(reading, evidence, corpus.lexicon)


def _in_general(question: Question, examined: Examined, corpus: _Corpus, *, refused: bool) -> Examined | None:
    """What the guides hold for a question without its company, where it asks for advice and they answer that; else None.

    Where they do speak of the company under a heading of its own, that stands, unless it was `refused`.
    """
    reading = examined.reading
    text, named = in_general(reading, corpus.lexicon)
    if not refused and stands_under(named, examined.evidence, corpus.lexicon):
        return None
    found = _found(text, question, corpus) if text else None
    if found is None:
        return None
    general = replace(found, evidence=of_no_company(found.evidence), notes=(general_note(named, reading.text),))
    verdict = _judged(general.reading, general.evidence, corpus)
    return general if verdict.answers and verdict.confidence >= SURE else None


def _of_parts(question: Question, reading: Reading, corpus: _Corpus) -> tuple[Draft | None, tuple[str, ...]]:
    """The answers to the parts of a question that asks several things, and a note on each part that has none.

    No draft where one thing is asked, or where no part is answered.
    """
    parts = parts_of(reading.text, is_company=corpus.lexicon.is_company_or_publisher, is_topic=corpus.lexicon.is_topic)
    found = [(part, _found(part, question, corpus)) for part in parts if len(parts) > 1]
    drafts, notes = [], []
    for part, examined in found:
        if examined is not None and _judged(examined.reading, examined.evidence, corpus).answers:
            drafts.append(compose(examined.reading, examined.evidence, corpus.lexicon))
        else:
            notes.append(f"The guides don't answer this part: {part.rstrip(' ?')}.")
    return (joined(drafts), tuple(notes)) if drafts else (None, ())


def _bank_draft(question: Question, examined: Examined, corpus: _Corpus) -> tuple[Draft | None, tuple[str, ...]]:
    """The answer from the bank where the bank is asked, or a bank question is asked as it stands; else None.

    Where no question is of the difficulty that is asked for, one of another comes with a note.
    """
    reading, evidence = examined.reading, examined.evidence
    same = corpus.bank.asked_as_it_stands(reading)
    if same is not None:
        return answered_by_key_points(same, corpus.index), ()
    if reading.kind != "bank" or asks_for_solution(reading):
        return None, ()
    shown = "\n".join(turn.assistant for turn in question.history)
    for wanted in (reading, replace(reading, difficulty=None)):
        found = corpus.bank.asked_for(wanted, evidence, corpus.lexicon, question.filters, shown)
        if found:
            other = wanted.difficulty != reading.difficulty
            note = f"The bank has no {str(reading.difficulty).lower()} question that fits; here is the nearest."
            return shown_questions(found, corpus.index), (note,) if other else ()
    return None, ()


def _judged(reading: Reading, evidence: Evidence, corpus: _Corpus) -> Verdict:
    """The gate's verdict. A solution that the guides leave empty is missing, however well they cover the question."""
    if asks_for_solution(reading) and (
        corpus.lexicon.names_publisher(reading.text) or corpus.bank.has_no_solution(reading, evidence, corpus.lexicon)
    ):
        return Verdict(False, 0.0, "a solution; the guides only pose the question")
    if asks_for_solution(reading) and corpus.bank.poses(reading):
        return Verdict(False, 0.0, "a model answer to read before an attempt; practice shows it after one")
    if guide_meant(evidence.candidates, reading) is not None:
        return Verdict(True, 1.0)
    note = note_meant(evidence.candidates, reading, corpus.lexicon) if reading.kind == "explain" else None
    if note is not None and is_named(note, reading) and not missing_outright(reading, evidence, corpus.lexicon):
        return Verdict(True, 1.0)  # the concept has a note of its own
    return judge(reading, evidence, corpus.lexicon)


def starter_questions(index: Index) -> list[str]:
    """Questions of different kinds, made from what the index holds."""
    companies = sorted({info.company for info in index.guides() if info.company})
    at = f" at {companies[0]}" if companies else ""
    notes = [info.title for info in index.guides() if info.kind == "note"]
    explained = [f"Explain {_inside_a_sentence(title)}" for title in notes[:: max(1, len(notes) // 2)][:2]]
    return [
        f"How long is the recruiter screen{at}?",
        "What topics come up in the ML fundamentals round?",
        "How should I structure an ML system design answer?",
        *explained,
        "A medium ML system design question",
        "What are common mistakes to avoid?",
        "How long should I prepare?",
    ][:6]


def _inside_a_sentence(title: str) -> str:
    """A title with a small first letter, unless its first word is a name or an abbreviation ("A/B testing", "LoRA")."""
    word = title.split()[0] if title.split() else ""
    return title[:1].lower() + title[1:] if word[1:].isalpha() and word[1:].islower() else title


def _nothing_asked(question: Question, standalone: str) -> Answer:
    text = "I didn't find a question in that. Ask about a round, a topic or a concept, for instance how long a round takes."
    return Answer(question.text, standalone, True, text)


def _passages(evidence: Evidence, index: Index) -> tuple[EvidencePassage, ...]:
    passages, spent = [], 0
    for hit in evidence.hits:
        passage, guide = hit.passage, index.guide(hit.passage.guide)
        start = with_headings(guide, passage.section, passage.start)
        section = " > ".join(passage.section_path)
        text = guide.raw(start, passage.end)
        passages.append(EvidencePassage(passage.guide, section, start, passage.end, text, round(hit.score, 6)))
        spent += len(text.split())
        if spent >= EVIDENCE_WORDS:
            break
    return tuple(passages)


def _gate(verdict: Verdict) -> dict[str, Any]:
    return {
        "gate": {"answers": verdict.answers, "confidence": round(verdict.confidence, 4), "missing": verdict.missing}
    }


def _explanation(reading: Reading, evidence: Evidence) -> dict[str, Any]:
    return {"read": _reading(reading), "weighed": _weighed(evidence.candidates)}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        name: getattr(reading, name) for name in ("text", "kind", "value", "terms", "figures", "across", "corrections")
    }


def _weighed(candidates: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {
            "guide": c.guide.info.path,
            "section": " > ".join(c.guide.sections[c.unit.section].path),
            "unit": c.unit.kind,
            "text": c.unit.text,
            "score": round(c.score, 3),
            "features": {
                name: round(getattr(c.features, name), 3)
                for name in c.features.__dataclass_fields__
                if getattr(c.features, name)
            },
        }
        for c in candidates[:15]
    ]
