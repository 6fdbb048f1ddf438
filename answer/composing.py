"""Composing by the kind of question, of the guides' own words: the direct answer first, then support, no more than needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answer.comparing import compare
from answer.disagreement import agreeing, agreement_lines, claims, dispute_lines, dispute_of
from answer.drafting import Draft, Line, Span, Style, dangles, shown, span_of
from answer.enumerating import counted_off
from answer.evidence import Candidate, Evidence
from answer.explaining import asks_beyond, design_of, guide_meant, note_meant, overview
from answer.lexicon import Lexicon
from answer.listing import Container, best_rows, containers
from answer.outlines import introduces, item_lines, listed_under, table_lines, units_of
from answer.pointing import only_points
from answer.reading import Reading
from answer.selecting import Limits, in_reading_order, pick
from answer.surveying import survey
from answer.tables import asked_cell, rows_told
from answer.telling import says_something, told
from answer.wording import DESIGN
from index.passages import Block, Guide, Unit
from index.values import has_value
from index.words import normalise

FACT = Limits(words=80, units=4, margin=4.0, per_guide=3)
STANCE = Limits(words=80, units=4, margin=4.0, per_guide=2)
EXPLAIN = Limits(words=120, units=6, margin=5.0, per_guide=5)
PARAPHRASED = Limits(words=120, units=7, margin=12.0, per_guide=3)
SHARED_WORDS = 0.6  # of the question's words, rare ones counting more
MEANING = 12.0  # what the cosine weighs more where words are not shared
RUN_WORDS = 70
OWN_QUESTION = 0.5  # how much of the question the guide's own question must tell
CLAIM_MARGIN = 6.0
LIST_WORDS = 200
NAME_WORDS = 4  # words of a question that may be a mere name
GOES_ON = 2  # sentences of its paragraph after the best sentence of a list told in prose


def compose(reading: Reading, evidence: Evidence, lexicon: Lexicon) -> Draft:
    """The answer to a question that the evidence holds. `evidence` has at least one candidate."""
    candidates = evidence.candidates
    cell = asked_cell(candidates, reading, lexicon)
    if cell:
        return Draft.of(cell)
    known = _summed_up(reading, candidates) or _designed(reading, candidates, lexicon)
    if known:
        return Draft.of(known)
    if reading.kind not in ("compare", "bank", "list") and _paraphrases(candidates):
        return Draft.of(_paraphrased(reading, _by_meaning(candidates), lexicon))
    positions = _positions(reading, candidates, lexicon)
    if positions is not None:
        return positions
    if reading.kind == "compare":
        return Draft.of(compare(reading, candidates, lexicon))
    if reading.across:
        return Draft.of(survey(_sayable(candidates, reading)))
    if reading.kind == "list":
        return Draft.of(_list_lines(reading, candidates, lexicon))
    if reading.kind == "explain" or _names_a_note(reading, candidates, lexicon):
        return Draft.of(_explained(reading, candidates, lexicon))
    run = answering_run(candidates, words=RUN_WORDS)
    if run:
        return Draft.of(_prose(run, reading, lexicon))
    chosen = pick(_sayable(candidates, reading), STANCE if reading.kind == "yes-no" else FACT)
    whole = _announced(candidates[0]) or _whole_list(chosen, reading) if reading.value is None else []
    return Draft.of(whole or _prose(chosen, reading, lexicon))


def _positions(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> Draft | None:
    """Claims of the sort of value asked for, where they differ or where several guides make the same one."""
    found = claims(candidates, reading, lexicon, margin=CLAIM_MARGIN)
    dispute = dispute_of(found, reading)
    if dispute is not None:
        return Draft(tuple(dispute_lines(found)), (dispute,))
    same = agreeing(found, reading, lexicon)
    return Draft(tuple(agreement_lines(same))) if same else None


def answering_run(candidates: Sequence[Candidate], *, words: int) -> list[Candidate]:
    """The start of an answer the guide gives to this very question, when the best unit stands in one; else nothing.

    A guide's own question (a FAQ's, or a heading that asks) is answered from its first sentence on, so the run starts
    there and goes on to the best unit while the words last.
    """
    best = candidates[0]
    asks = best.unit.label or best.heading
    if not asks.rstrip().endswith("?") or best.features.titled < OWN_QUESTION:
        return []
    return _answer_of(best, candidates, words=words)


def _answer_of(best: Candidate, candidates: Sequence[Candidate], *, words: int) -> list[Candidate]:
    """The answer that a unit stands in, from its first sentence on while the words last, and the unit itself."""
    same = [c for c in candidates if c.guide is best.guide and c.unit.section == best.unit.section]
    found = {c.unit.position: c for c in same}
    units = [
        unit
        for unit in best.guide.units
        if unit.section == best.unit.section
        and unit.label == best.unit.label
        and unit.kind != "heading"
        and not best.guide.blocks[unit.block].noise
        and not only_points(best.guide, unit)
        and (listed_under(best.guide, unit) or not shown(unit).endswith(":"))
    ]
    run: list[Candidate] = []
    spent = 0
    for unit in units:
        spent += len(unit.text.split())
        if run and spent > words:
            break
        run.append(found.get(unit.position) or replace(best, unit=unit))
    return run if best in run or best.unit.kind == "heading" or not run else [run[0], best]


def _paraphrases(candidates: Sequence[Candidate]) -> bool:
    """Whether the question shares so few words with the best evidence that only its meaning can rank it."""
    return max(candidate.features.covered_around for candidate in candidates[:5]) < SHARED_WORDS


def _by_meaning(candidates: Sequence[Candidate]) -> list[Candidate]:
    nearer = [replace(c, score=c.score + MEANING * c.features.dense) for c in candidates]
    return sorted(nearer, key=lambda candidate: (-candidate.score, candidate.key))


def _names_a_note(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """Whether a few words are nothing but the name of a concept that has a note ("softmax", "learning rate")."""
    if reading.kind != "fact" or reading.value is not None or len(reading.text.split()) > NAME_WORDS:
        return False
    note = note_meant(candidates, reading, lexicon)
    return note is not None and not asks_beyond(note, reading)


def _paraphrased(reading: Reading, nearest: Sequence[Candidate], lexicon: Lexicon) -> list[Line]:
    """What is nearest in meaning: a guide's answer to its own question where two of the nearest stand in it."""
    if reading.across:
        return survey(_sayable(nearest, reading))
    chosen = pick(_sayable(nearest, reading), PARAPHRASED)
    first = chosen[0]
    asked = first.unit.label or first.heading
    same = [c for c in chosen[:4] if c.guide is first.guide and (c.unit.label or c.heading) == asked]
    if asked.rstrip().endswith("?") and len(same) > 1:
        return _prose(_answer_of(first, chosen, words=RUN_WORDS), reading, lexicon)
    return _prose(chosen, reading, lexicon)


def _designed(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Line]:
    """How the system is built that a question wants designed, by the note on it."""
    note = note_meant(candidates, reading, lexicon) if DESIGN.search(reading.text) else None
    return [] if note is None else [told(note, unit, ()) for unit in design_of(note)]


def _summed_up(reading: Reading, candidates: Sequence[Candidate]) -> list[Line]:
    guide = guide_meant(candidates, reading)
    return [] if guide is None else [told(guide, unit, ()) for unit in overview(guide)]


def _explained(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Line]:
    note = note_meant(candidates, reading, lexicon)
    if note is None:
        run = answering_run(candidates, words=EXPLAIN.words)
        chosen = pick(_sayable(candidates, reading), EXPLAIN)
        whole = [] if run else _announced(candidates[0]) or _whole_list(chosen, reading)
        return whole or _prose(run or in_reading_order(chosen), reading, lexicon)
    if asks_beyond(note, reading):
        own = [candidate for candidate in _sayable(candidates, reading) if candidate.guide is note]
        best, *rest = pick(own, EXPLAIN)
        return _prose([best, *in_reading_order(rest)], reading, lexicon)
    return [told(note, unit, ()) for unit in overview(note)]


def _sayable(candidates: Sequence[Candidate], reading: Reading) -> list[Candidate]:
    """Candidates that say something by themselves: no titles, no bare headings, nothing that only introduces a list."""
    return [c for c in candidates if _says_something(c, reading)] or list(candidates)


def _is_title(text: str) -> bool:
    """Whether a line is written as a title is: no stop, and nearly every word of any length with a capital."""
    longer = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in longer)
    return len(longer) > 2 and text[-1].isalnum() and capital >= 0.7 * len(longer)


def _is_tail(candidate: Candidate) -> bool:
    """Whether a sentence only goes on after a displayed formula ("where t is the time")."""
    guide, unit = candidate.guide, candidate.unit
    before = guide.units[unit.position - 1] if unit.position else unit
    return shown(unit)[:1].islower() and guide.blocks[before.block].kind == "formula"


def _says_something(candidate: Candidate, reading: Reading) -> bool:
    """A heading says something by giving a value of the sort asked for."""
    unit, info = candidate.unit, candidate.guide.info
    text = shown(unit)
    only_leads = text.endswith(":") and (reading.value is not None or not says_something(candidate.guide, unit))
    if only_leads or text.rstrip(" .").lower() in normalise(info.title).lower():
        return False
    if unit.kind == "sentence" and (_is_title(text) or _is_tail(candidate)):
        return False
    if unit.kind != "heading":
        return True
    return reading.value is not None and has_value(text, reading.value) and not text.endswith("?")


def _prose(chosen: Sequence[Candidate], reading: Reading, lexicon: Lexicon) -> list[Line]:
    lines: list[Line] = []
    said: list[str] = []
    tables: set[tuple[str, int]] = set()
    for candidate in chosen:
        guide, unit = candidate.guide, candidate.unit
        block = guide.blocks[unit.block]
        if unit.kind == "row":
            if (guide.info.path, block.position) not in tables:
                rows = [c.unit for c in chosen if c.guide is guide and c.unit.block == block.position]
                lines.extend(rows_told(candidate, block, rows, reading, lexicon))
            tables.add((guide.info.path, block.position))
            continue
        before = guide.units[unit.position - 1] if unit.position else None
        if before is not None and dangles(unit) and before.block == unit.block and unit.kind == "sentence":
            lines.extend(_line(guide, before, said, "sentence") if span_of(guide, before) not in _spans(lines) else ())
            said.append(candidate.heading.rstrip(" :"))
        lines.extend(_line(guide, unit, said, "item" if unit.kind == "item" and len(chosen) > 1 else "sentence"))
    return lines


def _spans(lines: Sequence[Line]) -> list[Span]:
    return [span for line in lines for span in line.spans]


def _line(guide: Guide, unit: Unit, said: list[str], style: Style) -> list[Line]:
    line = told(guide, unit, said)
    if line.text != shown(unit):
        said.append(unit.label or guide.sections[unit.section].heading.rstrip(" :"))
    return [replace(line, style=style)]


def _list_lines(reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Line]:
    found = containers(candidates, reading, lexicon)
    prose = [c for c in candidates if c.unit.kind != "row" and not c.unit.text.rstrip().endswith(":")]
    prose = [c for c in prose if not only_points(c.guide, c.unit)] or prose or list(candidates)
    best_unit = max(prose, key=lambda candidate: candidate.score + _enumerates(candidate.unit))
    steps = counted_off(best_unit.guide, best_unit.unit)
    if steps and (not found or best_unit is candidates[0] or best_unit.score > found[0].score):
        return [told(best_unit.guide, unit, ()) for unit in (best_unit.unit, *steps)]
    if not found or best_unit.score + _enumerates(best_unit.unit) > found[0].score:
        chosen = pick([best_unit, *_sayable(candidates, reading)], FACT)
        return _whole_list(chosen, reading) or _prose(_gone_on(chosen), reading, lexicon)
    return _container_lines(found[0], reading, lexicon)


def _announced(best: Candidate) -> list[Line]:
    """The list that a unit introduces, if it does nothing else and the list is too long to be told in a line."""
    if says_something(best.guide, best.unit):
        return []
    listed = (block for block in best.guide.blocks if block.lead == best.unit.position and block.kind == "list")
    return next((item_lines(best.guide, block) for block in listed if _is_short(best.guide, block)), [])


def _is_short(guide: Guide, block: Block) -> bool:
    return sum(len(unit.text.split()) for unit in units_of(guide, block)) <= LIST_WORDS


def _whole_list(chosen: Sequence[Candidate], reading: Reading) -> list[Line]:
    """The list that the best and another of the chosen are items of, or that the best announces; else []."""
    best = chosen[0]
    for block in best.guide.blocks:
        announced = introduces(best.guide, best.unit, block)
        if block.kind != "list" or not (announced or block.position == best.unit.block):
            continue
        items = [
            c for c in chosen if c.unit.kind == "item" and c.guide is best.guide and c.unit.block == block.position
        ]
        asked = announced and reading.kind == "list"
        if (asked or len(items) + announced > 1) and _is_short(best.guide, block):
            opening = [told(best.guide, best.unit, ())] if announced and block.lead != best.unit.position else []
            return [*opening, *item_lines(best.guide, block)]
    return []


def _gone_on(chosen: Sequence[Candidate]) -> list[Candidate]:
    """A list's best sentence, what its paragraph says next, then the others while words last."""
    best = chosen[0]
    following = best.guide.units[best.unit.position + 1 : best.unit.position + 1 + GOES_ON]
    next_ones = [unit for unit in following if unit.block == best.unit.block and best.unit.kind == "sentence"]
    run = [best, *(replace(best, unit=unit) for unit in next_ones), *(c for c in chosen[1:] if c.unit not in next_ones)]
    kept: list[Candidate] = []
    for candidate in run:
        if kept and sum(len(each.unit.text.split()) for each in (*kept, candidate)) > FACT.words:
            break
        kept.append(candidate)
    return kept


def _enumerates(unit: Unit) -> float:
    """What a sentence gains for being itself a list ("… a, b, c and d")."""
    return 0.4 * min(unit.text.count(","), 5)


def _container_lines(container: Container, reading: Reading, lexicon: Lexicon) -> list[Line]:
    block, guide = container.block, container.guide
    if block is not None and block.kind == "table":
        rows = best_rows(block, guide, reading, lexicon)
        if rows and len(rows) < len(units_of(guide, block)):
            return table_lines(guide, block, [guide.units[row] for row in rows])
    return container.lines()
