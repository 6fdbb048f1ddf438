"""A metric is code, so it is tested like code: right answers are damaged on purpose, and it must fall.

For every answerable case a right answer is made of its own gold spans. Each damage is done to it where the case allows,
and the metric that is meant to see it is taken before and after. Minimal edits of corpus sentences measure the support
checker the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from answer.answers import Answer, Citation, EvidencePassage
from answer.claims import sentences_of
from answer.support import judge
from eval.cases import Case
from eval.edits import DAMAGING, change_figure, edits_of, flip_negation, swap_name
from eval.places import gold_of
from eval.scoring import score

SENTENCES = 2000


@dataclass(frozen=True, slots=True)
class Detected:
    """Of `tried` damages of one sort, the metric fell in `seen`."""

    damage: str
    metric: str
    tried: int
    seen: int

    @property
    def rate(self) -> float | None:
        """Share seen."""
        return self.seen / self.tried if self.tried else None


Damage = Callable[[Case, Answer], Answer | None]


def gold_answer(case: Case, texts: Mapping[str, str]) -> Answer | None:
    """A right answer to an answerable case, made of its gold spans; None where a span no longer stands."""
    places = [gold[0] for gold in gold_of(case, texts) if gold]
    if not case.answerable or len(places) != len(case.evidence):
        return None
    citations = tuple(
        Citation(
            number=number,
            guide=place.guide.rsplit("/", 1)[-1],
            path=place.guide,
            title=_title_of(texts[place.guide]),
            publisher=None,
            updated=None,
            section="",
            page=None,
            start=place.start,
            end=place.end,
            quote=texts[place.guide][place.start : place.end],
            revision="",
        )
        for number, place in enumerate(places, start=1)
    )
    lines = [f"- {' '.join(cited.quote.strip('|').split())} [{cited.number}]" for cited in citations]
    passages = tuple(EvidencePassage(cited.path, "", cited.start, cited.end, cited.quote, 1.0) for cited in citations)
    return Answer(case.question, case.question, False, "\n".join(lines), citations=citations, passages=passages)


def _title_of(text: str) -> str:
    found = re.search(r"^(?:# |title: )(.+)$", text, flags=re.MULTILINE)
    return found.group(1) if found else ""


def detection(cases: Sequence[Case], texts: Mapping[str, str]) -> tuple[Detected, ...]:
    """For every damage how often its metric saw it, and for every kind of minimal edit how often the checker did."""
    answers = [(case, answer) for case in cases if (answer := gold_answer(case, texts)) is not None]
    found = [_detected(name, metric, damage, answers, texts) for name, metric, damage in DAMAGES]
    unanswerable = [case for case in cases if not case.answerable]
    bluffs = [score(case, replace(answers[0][1], question=case.question), texts) for case in unanswerable if answers]
    seen = sum(row.figures["refused_when_due"] == 0.0 and not row.is_right for row in bluffs)
    found.append(Detected("answered where a refusal is due", "refused_when_due", len(bluffs), seen))
    return (*found, *edits_caught(texts))


def _detected(
    name: str, metric: str, damage: Damage, answers: Sequence[tuple[Case, Answer]], texts: Mapping[str, str]
) -> Detected:
    tried = seen = 0
    for case, answer in answers:
        damaged = damage(case, answer)
        if damaged is None:
            continue
        before, after = (score(case, each, texts).figures[metric] for each in (answer, damaged))
        if not before:
            continue
        tried += 1
        seen += (after or 0.0) < before
    return Detected(name, metric, tried, seen)


def edits_caught(texts: Mapping[str, str], *, most: int = SENTENCES) -> tuple[Detected, ...]:
    """Minimal edits by kind; "harmless" counts the edits that were left in peace."""
    tried: dict[str, int] = dict.fromkeys((*DAMAGING, "harmless"), 0)
    seen = dict(tried)
    for sentence, section in _sentences(texts, most):
        figures = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", section)
        for edit in edits_of(sentence, figures=figures):
            tried[edit.kind] += 1
            seen[edit.kind] += judge(edit.text, [section]).supported == edit.holds
    return tuple(Detected(f"minimal edit: {kind}", "support", tried[kind], seen[kind]) for kind in tried)


def _sentences(texts: Mapping[str, str], most: int) -> Iterator[tuple[str, str]]:
    """Plain sentences of guides and notes with their sections, spread evenly over the corpus."""
    pairs = [
        (sentence, section)
        for path, text in sorted(texts.items())
        if path.endswith(".md")
        for section in re.split(r"^#+ ", text, flags=re.MULTILINE)[1:]
        if "```" not in section and "$" not in section
        for sentence in sentences_of(section.partition("\n")[2])
        if sentence.endswith(".") and "|" not in sentence and 8 <= len(sentence.split()) <= 40
    ]
    yield from pairs[:: max(1, len(pairs) // most)]


def _edited(change: Callable[[str], str | None]) -> Damage:
    """Change the first line of the answer that can be changed, leaving its marker."""

    def damage(_case: Case, answer: Answer) -> Answer | None:
        lines = answer.answer.splitlines()
        for place, line in enumerate(lines):
            body, marker = line[2 : line.rindex(" [")], line[line.rindex(" [") :]
            changed = change(body)
            if changed is not None and changed != body:
                lines[place] = f"- {changed}{marker}"
                return replace(answer, answer="\n".join(lines))
        return None

    return damage


def _wrong_nugget(case: Case, answer: Answer) -> Answer | None:
    """The figure of a vital nugget changed everywhere."""
    for nugget in case.nuggets:
        if nugget.vital and (number := re.search(r"\d+", nugget.forms[0])):
            other = str(int(number.group()) + 7)
            changed = re.sub(rf"(?<![\d.,]){number.group()}(?![\d])", other, answer.answer)
            return replace(answer, answer=changed) if changed != answer.answer else None
    return None


def _other_guide(_case: Case, answer: Answer) -> Answer:
    cited = [replace(cited, path="guides/another.md", guide="another.md") for cited in answer.citations]
    return replace(answer, citations=tuple(cited))


def _moved_quote(_case: Case, answer: Answer) -> Answer:
    cited = [replace(cited, start=cited.start + 1, end=cited.end + 1) for cited in answer.citations]
    return replace(answer, citations=tuple(cited))


def _no_marker(_case: Case, answer: Answer) -> Answer:
    return replace(answer, answer=re.sub(r" \[\d+\]", "", answer.answer, count=1))


def _dangling_marker(_case: Case, answer: Answer) -> Answer:
    return replace(answer, answer=re.sub(r"\[\d+\]", "[99]", answer.answer, count=1))


def _refusal(case: Case, _answer: Answer) -> Answer:
    return Answer(case.question, case.question, True, "The guides do not say.")


def _nothing(case: Case, _answer: Answer) -> Answer:
    return Answer(case.question, case.question, False, "")


def _garbage(case: Case, answer: Answer) -> Answer:
    return Answer(
        case.question, case.question, False, "Lorem ipsum dolor sit amet [1].", citations=answer.citations[:1]
    )


def _invented(_case: Case, answer: Answer) -> Answer:
    return replace(answer, answer=f"{answer.answer}\n- Violinists in Lisbon tune their kites on Tuesdays [1]")


def _swapped_marker(_case: Case, answer: Answer) -> Answer | None:
    if len(answer.citations) < 2 or len({cited.quote for cited in answer.citations}) < 2:
        return None
    first, second = answer.citations[:2]
    if judge(first.quote, [second.quote]).supported and judge(second.quote, [first.quote]).supported:
        return None
    swap = {"[1]": "[2]", "[2]": "[1]"}
    return replace(answer, answer=re.sub(r"\[[12]\]", lambda match: swap[match.group()], answer.answer))


def _half_the_evidence(_case: Case, answer: Answer) -> Answer:
    return replace(answer, passages=answer.passages[: len(answer.passages) // 2])


DAMAGES: tuple[tuple[str, str, Damage], ...] = (
    ("figure changed", "faithfulness", _edited(change_figure)),
    ("figure of a nugget changed", "right", _wrong_nugget),
    ("negation flipped", "faithfulness", _edited(flip_negation)),
    ("name swapped", "faithfulness", _edited(swap_name)),
    ("wrong guide cited", "quote_exactness", _other_guide),
    ("wrong guide cited", "cited_evidence", _other_guide),
    ("quote moved by one character", "quote_exactness", _moved_quote),
    ("marker dropped", "cited_share", _no_marker),
    ("marker that leads nowhere", "cited_share", _dangling_marker),
    ("markers exchanged", "citation_recall", _swapped_marker),
    ("needless refusal", "answered_when_possible", _refusal),
    ("needless refusal", "right", _refusal),
    ("nothing said", "right", _nothing),
    ("nothing said", "faithfulness", _nothing),
    ("garbage said", "right", _garbage),
    ("invented sentence added", "faithfulness", _invented),
    ("invented sentence added", "citation_recall", _invented),
    ("evidence left out", "evidence_recall", _half_the_evidence),
)
