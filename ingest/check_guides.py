"""What can be wrong with one guide: empty parts, missing or old metadata, tables lost, text that hides or commands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from index.passages import Block, Guide, Section
from ingest.finding import Finding
from ingest.wording import INVISIBLE

YEARS = 2  # a guide older than this is stale
FEWEST_WORDS = 40  # a guide with fewer, noise left out, is a stub
SHORT_SECTION = 4  # words under a heading; fewer say nothing that could be cited
HARMLESS = frozenset("\u00ad\ufe0e\ufe0f\u200d\r\x0c")  # hyphenation, the look of an emoji, ends of lines and pages
COMMANDS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+|previous\s+|prior\s+|above\s+)*"
    r"(?:previous|prior|above|earlier|preceding|system|your)\s+(?:instructions?|prompts?|rules|messages?|directions?)\b|"
    r"\b(?:do not|don['’]t|never)\s+(?:tell|inform|reveal (?:this )?to|mention (?:this )?to)\s+the\s+user\b|"
    r"\b(?:dear|attention|note to|instructions? (?:for|to))\s+(?:any\s+|all\s+|the\s+)?"
    r"(?:ai|llms?|language models?|chatbots?|assistants?|ai (?:models?|assistants?|systems?))\s*[:,]|"
    r"\byou are (?:now|no longer)\s+(?:an?\s+)?(?:ai|assistant|chatbot|language model|dan|in \w+ mode)\b|"
    r"\b(?:reveal|print|repeat|output)\s+(?:your|the)\s+(?:hidden\s+|full\s+)?system (?:prompt|message)\b|"
    r"<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?INST\]|<<SYS>>|^\s*(?:system|assistant)\s*:\s*you\b",
    re.I | re.M,
)


def check_guide(guide: Guide, today: date) -> Iterator[Finding]:
    """Everything that can be said of a guide by itself."""
    yield from _warned(guide)
    yield from _sections(guide)
    yield from _metadata(guide)
    yield from _dates(guide, today)
    yield from _tables(guide)
    yield from _commands(guide)
    yield from _invisible(guide)


def _finding(guide: Guide, kind: str, said: tuple[str, str, str], place: str = "") -> Finding:
    where = f"{guide.info.path}, {place}" if place else guide.info.path
    return Finding("warning", kind, where, *said)


def line_of(guide: Guide, at: int) -> str:
    """The line of the extracted text that an offset stands in, counted from 1."""
    return f"line {guide.text.count(chr(10), 0, at) + 1}"


def _warned(guide: Guide) -> Iterator[Finding]:
    for warning in guide.warnings:
        said = (warning, "What the reader could not be sure of may be cited wrongly.", "Look with `inspect`.")
        yield _finding(guide, "reading", said)


def _sections(guide: Guide) -> Iterator[Finding]:
    if guide.info.format == "bank":
        return
    words = {section.position: 0 for section in guide.sections}
    for block in guide.blocks:
        if block.kind != "heading" and block.noise is None:
            words[block.section] += len(guide.raw(block.start, block.end).split())
    if sum(words.values()) < FEWEST_WORDS:
        said = (
            f"the guide holds {sum(words.values())} words",
            "It can answer next to nothing.",
            "Write it or remove it.",
        )
        yield _finding(guide, "stub", said)
    parents = {section.parent for section in guide.sections}
    noise: dict[int, set[str]] = {}
    for block in guide.blocks:
        if block.noise:
            noise.setdefault(block.section, set()).add(block.noise)
    for section in guide.sections[1:]:
        left_out = noise.get(section.position, set())
        known = bool(left_out - {"stub"})  # navigation, related pages, promotion: rightly left out, nothing to mend
        if section.position not in parents and words[section.position] < SHORT_SECTION and not known:
            yield _empty(guide, section, words[section.position])


def _empty(guide: Guide, section: Section, words: int) -> Finding:
    place = f"section “{' > '.join(section.path)}”"
    what, kind = (
        (f"the section holds {words} words", "stub") if words else ("the section has no content", "empty section")
    )
    why = "Its heading promises what no answer can be taken from."
    return _finding(guide, kind, (what, why, "Write it or remove its heading."), place)


def _metadata(guide: Guide) -> Iterator[Finding]:
    info = guide.info
    if info.format == "bank":
        return
    wanted = {"note": ("topic",), "cheatsheet": ("topic",)}.get(info.kind, ("publisher", "source"))
    missing = [name for name in wanted if not getattr(info, name)]
    if not (info.published or info.updated):
        missing.append("published or updated")
    if missing:
        said = (
            f"metadata missing: {', '.join(missing)}",
            "A reader of a citation cannot tell who says it or how old it is, and filters pass it by.",
            f"State it in front matter or in {info.path.rpartition('/')[2].rpartition('.')[0]}.meta.yaml.",
        )
        yield _finding(guide, "metadata", said)


def _dates(guide: Guide, today: date) -> Iterator[Finding]:
    latest = max(filter(None, (guide.info.published, guide.info.updated)), default="")[:10]
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", latest):
        return
    years = today.year - int(latest[:4]) - (latest[5:] > today.isoformat()[5:])
    if years >= YEARS:
        said = (
            f"last dated {latest}, {years} years ago",
            "Rounds, pay and tools change.",
            "Check it and date it anew.",
        )
        yield _finding(guide, "stale", said)
    if latest > today.isoformat():
        said = (f"dated {latest}, which is yet to come", "Its age is shown wrongly.", "Correct the date.")
        yield _finding(guide, "future date", said)


def _tables(guide: Guide) -> Iterator[Finding]:
    cure = "Give it one header row and the same number of cells in every row."
    why = "A figure read without its header, or under the wrong one, is a wrong answer."
    for block in guide.blocks:
        if block.noise:
            continue
        if block.kind == "table" and (what := _odd_table(block, guide)):
            yield _finding(guide, "table", (what, why, cure), line_of(guide, block.start))
        elif block.kind == "paragraph" and _looks_like_rows(guide.raw(block.start, block.end)):
            what = "lines that look like a table were read as text"
            yield _finding(guide, "table", (what, why, cure), line_of(guide, block.start))


def _odd_table(block: Block, guide: Guide) -> str:
    widths = {len(guide.units[at].cells) for at in block.units}
    if not any(block.header):
        return "the table has no header"
    if max(widths, default=0) > len(block.header):
        return f"a row of the table has {max(widths)} cells under {len(block.header)} headers"
    return ""


def _looks_like_rows(raw: str) -> bool:
    rows = [line for line in re.sub(r"\$[^$\n]*\$|`[^`\n]*`", "", raw).splitlines() if line.count("|") >= 2]
    return len(rows) >= 2


def _commands(guide: Guide) -> Iterator[Finding]:
    quoted = [(block.start, block.end) for block in guide.blocks if block.kind == "code"]
    for match in COMMANDS.finditer(guide.text):
        if any(start <= match.start() < end for start, end in quoted):
            continue
        said = (
            f"text that looks like an instruction to a model: “{' '.join(match.group(0).split())}”",
            "A language model that is shown this passage may follow it; without a model it is only quoted.",
            "Read the passage; remove it unless it is there to be studied.",
        )
        yield _finding(guide, "instruction", said, line_of(guide, match.start()))


def _invisible(guide: Guide) -> Iterator[Finding]:
    found = [
        match.start()
        for match in INVISIBLE.finditer(guide.text)
        if match.group() not in HARMLESS and (match.start() or match.group() != "\ufeff")
    ]
    if not found:
        return
    names = sorted({_named(guide.text[at]) for at in found})
    said = (
        f"{len(found)} characters that cannot be seen ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})",
        "They hide text from a reader or break words for search.",
        "Remove them.",
    )
    yield _finding(guide, "invisible", said, line_of(guide, found[0]))


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'control')}"
