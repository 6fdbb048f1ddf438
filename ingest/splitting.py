"""Guide → passages: neighbouring blocks of one section, within the embedder's limit, each with its context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.passages import BankQuestion, Block, Guide, GuideInfo, Passage, Section, Unit, passage_id

AIM_WORDS = 110
SMALL_WORDS = 25
WORDS_PER_TOKEN = 0.6  # without a tokenizer: a cautious guess

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a block's units that stays together in a passage, or a part of one long unit."""

    start: int
    end: int
    text: str
    units: tuple[int, ...]
    block: int


def split_guides(guides: Sequence[Guide], count: Count | None, limit: int) -> list[Guide]:
    """The guides with their passages."""
    return [split_guide(guide, count, limit) for guide in guides]


def split_guide(guide: Guide, count: Count | None, limit: int) -> Guide:
    """The guide with its passages. No `search_text` is longer than `limit` tokens of `count`; no word is dropped."""
    counted = count or (lambda text: int(len(text.split()) / WORDS_PER_TOKEN) + 2)
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    passages = []
    for section, blocks in _by_section(guide):
        context = context_of(guide.info, section)
        for pieces in _pack(_pieces(guide, blocks, _Room(counted, limit, context)), _Room(counted, limit, context)):
            start, end = pieces[0].start, max(piece.end for piece in pieces)
            raw = guide.text[start:end]
            identity = passage_id(guide.info.path, section.path, raw, seen[section.path, raw])
            seen[section.path, raw] += 1
            passages.append(
                Passage(
                    id=identity,
                    guide=guide.info.path,
                    section=section.position,
                    section_path=section.path,
                    start=start,
                    end=end,
                    text="\n".join(piece.text for piece in pieces),
                    context=context,
                    units=tuple(dict.fromkeys(unit for piece in pieces for unit in piece.units)),
                    facets=facets_of(guide.info, _question_at(guide, start)),
                    page=guide.blocks[pieces[0].block].page,
                )
            )
    return replace(guide, passages=tuple(passages))


def context_of(info: GuideInfo, section: Section) -> str:
    """What stands before a passage's text when it is embedded: publisher, title, heading path, company and role."""
    head = f"{info.publisher}: {info.title}" if info.publisher and info.publisher not in info.title else info.title
    about = [value for value in (info.company, info.role) if value and value.lower() not in info.title.lower()]
    return " > ".join([" · ".join([head, *about]), *section.path])


def _question_at(guide: Guide, position: int) -> BankQuestion | None:
    return next((question for question in guide.questions if question.start <= position < question.end), None)


def facets_of(info: GuideInfo, question: BankQuestion | None = None) -> dict[str, str]:
    """The filterable metadata of a passage: its guide's, and that of the practice question it belongs to."""
    pairs = {
        "guide": info.path,
        "kind": info.kind,
        "publisher": info.publisher,
        "company": info.company,
        "role": info.role,
        "topic": info.topic,
    }
    if question:
        own = {name: getattr(question, name) for name in ("round", "category", "difficulty", "company", "role")}
        pairs |= {name: value for name, value in own.items() if value}
    return {key: value for key, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class _Room:
    """How much a passage may hold."""

    count: Count
    limit: int
    context: str

    def fits(self, text: str) -> bool:
        return self.count(f"{self.context}\n{text}") <= self.limit


def _by_section(guide: Guide) -> list[tuple[Section, list[Block]]]:
    """Sections with their own blocks, noise left out; small sections that follow each other are given to the parent."""
    own: dict[int, list[Block]] = {}
    for block in guide.blocks:
        if not block.noise:
            own.setdefault(block.section, []).append(block)
    grouped: list[tuple[Section, list[Block]]] = []
    for section in guide.sections:
        blocks = own.get(section.position, [])
        if not blocks:
            continue
        small = section.parent not in (None, 0) and _words(guide, blocks) <= SMALL_WORDS
        parent = guide.sections[section.parent] if small and section.parent is not None else section
        if small and grouped and grouped[-1][0] is parent:
            grouped[-1][1].extend(blocks)
        else:
            grouped.append((parent, list(blocks)))
    return [(section, blocks) for section, blocks in grouped if any(block.kind != "heading" for block in blocks)]


def _words(guide: Guide, blocks: Sequence[Block]) -> int:
    return sum(len(guide.units[unit].text.split()) for block in blocks for unit in block.units)


def _pieces(guide: Guide, blocks: Sequence[Block], room: _Room) -> list[Piece]:
    """The blocks cut into pieces that each fit: units, rows with their header's names, parts of long units."""
    pieces: list[Piece] = []
    headings = len({block.section for block in blocks}) > 1
    for block in blocks:
        if block.kind == "heading" and not headings:
            continue
        for position in block.units:
            unit = guide.units[position]
            pieces.extend(_cut(guide, unit, block, room))
    return pieces


def _cut(guide: Guide, unit: Unit, block: Block, room: _Room) -> list[Piece]:
    shown = unit.text if unit.kind != "item" or not unit.depth else "  " * unit.depth + unit.text
    if room.fits(shown):
        return [Piece(unit.start, unit.end, shown, (unit.position,), block.position)]
    return [
        Piece(start, end, " ".join(guide.text[start:end].split()), (unit.position,), block.position)
        for start, end in _parts_that_fit(guide.text, unit.start, unit.end, room)
    ]


def _parts_that_fit(text: str, start: int, end: int, room: _Room) -> list[tuple[int, int]]:
    """A long span halved at the best boundary near its middle until every part fits."""
    words = text[start:end]
    if room.fits(" ".join(words.split())) or len(words) < 2:
        return [(start, end)]
    middle = len(words) // 2
    window = range(max(1, middle // 2), min(len(words) - 1, middle + middle // 2) + 1)
    best = max(window, key=lambda at: (_boundary(words, at), -abs(at - middle)), default=middle)
    left = _parts_that_fit(text, start, start + len(words[:best].rstrip()), room) if words[:best].strip() else []
    gap = len(words[best:]) - len(words[best:].lstrip())
    right = _parts_that_fit(text, start + best + gap, end, room) if words[best:].strip() else []
    return left + right


def _boundary(words: str, at: int) -> int:
    """How good it is to cut before character `at`: after a clause, at a space, anywhere."""
    if not words[at - 1].isspace():
        return 0
    return 2 if words[: at - 1].endswith((";", ",", ".", ":", ")", "\n")) else 1


def _pack(pieces: list[Piece], room: _Room) -> list[list[Piece]]:
    """Pieces put together in order, up to about `AIM_WORDS` words and never over the limit."""
    packed: list[list[Piece]] = []
    for piece in pieces:
        together = "\n".join([*(other.text for other in packed[-1]), piece.text]) if packed else ""
        if packed and len(together.split()) <= AIM_WORDS and room.fits(together):
            packed[-1].append(piece)
        else:
            packed.append([piece])
    return packed
