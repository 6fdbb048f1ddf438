"""A hand-made guide, index and assistant for the pages: small enough to check by eye."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from answer.answers import Answer, Citation, Disagreement, NearbyTopic, Position, Question
from index.errors import StoreError
from index.passages import (
    BankQuestion,
    Block,
    BlockKind,
    Format,
    Guide,
    GuideInfo,
    Section,
    Unit,
    UnitKind,
    revision_of,
)

Part = tuple[str, object]


@dataclass
class Maker:
    """Writes a guide part by part and keeps count of where everything stands."""

    markdown: bool = True
    text: str = ""
    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    def write(self, text: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += text
        return start, len(self.text)

    def unit(self, kind: UnitKind, span: tuple[int, int], **more: object) -> int:
        section = len(self.sections)
        raw = self.text[span[0] : span[1]]
        self.units.append(Unit(len(self.units), len(self.blocks), section, kind, *span, raw, **more))  # type: ignore[arg-type]
        return len(self.units) - 1

    def block(self, kind: BlockKind, units: Sequence[int], **more: object) -> None:
        start, end = self.units[units[0]].start, self.units[units[-1]].end
        block = Block(len(self.blocks), len(self.sections), kind, start, end, tuple(units), **more)  # type: ignore[arg-type]
        self.blocks.append(block)

    def heading(self, level: int, text: str) -> None:
        start = len(self.text)
        if self.markdown:
            self.write("#" * level + " ")
        unit = self.unit("heading", self.write(text))
        self.units[unit] = replace(self.units[unit], section=len(self.sections) + 1)
        self.block("heading", [unit])
        self.blocks[-1] = replace(self.blocks[-1], section=len(self.sections) + 1)
        above = [section for section in self.sections if section.level < level]
        path = (*(above[-1].path if above else ()), text)
        parent = above[-1].position if above else 0
        self.sections.append(Section(len(self.sections) + 1, parent, level, text, path, start, start))
        self.write("\n\n")

    def paragraph(self, *sentences: str) -> None:
        units = []
        for sentence in sentences:
            units.append(self.unit("sentence", self.write(sentence)))
            self.write(" ")
        self.block("paragraph", units)
        self.write("\n\n")

    def items(self, *texts: str, bullet: str = "- ") -> None:
        units = []
        for text in texts:
            self.write(bullet)
            units.append(self.unit("item", self.write(text)))
            self.write("\n")
        self.block("list", units)
        self.write("\n")

    def table(self, header: tuple[str, ...], *rows: tuple[str, ...]) -> None:
        head = self.write("| " + " | ".join(header) + " |")
        self.write("\n|" + "---|" * len(header) + "\n")
        units = []
        for row in rows:
            start, cells = len(self.text), []
            for cell in row:
                self.write("| ")
                cells.append(self.write(cell))
                self.write(" ")
            units.append(self.unit("row", (start, self.write("|")[1]), cells=tuple(cells)))
            self.write("\n")
        self.block("table", units, header=header, header_span=head)
        self.write("\n")

    def code(self, *lines: str) -> None:
        self.write("```python\n")
        units = []
        for line in lines:
            units.append(self.unit("line", self.write(line)))
            self.write("\n")
        self.block("code", units)
        self.write("```\n\n")

    def made(self, path: str, title: str, *, format: Format = "markdown", **more: str) -> Guide:
        ends = [*(section.start for section in self.sections[1:]), len(self.text)]
        closed = [
            replace(section, end=self._end_of(section, ends[number])) for number, section in enumerate(self.sections)
        ]
        whole = Section(0, None, 0, title, (), 0, len(self.text))
        info = GuideInfo(path, revision_of(self.text.encode()), format, "guide", title, **more)  # type: ignore[arg-type]
        return Guide(info, self.text, (whole, *closed), tuple(self.blocks), tuple(self.units))

    def _end_of(self, section: Section, otherwise: int) -> int:
        after = [each.start for each in self.sections if each.start > section.start and each.level <= section.level]
        return min(after, default=len(self.text)) if after or otherwise else len(self.text)


def bakery() -> Guide:
    """A Markdown guide with everything in it: marks, a table, a list, code, a formula."""
    make = Maker()
    make.heading(1, "How a bakery hires")
    make.heading(2, "Rounds")
    make.paragraph("There are **two rounds** before an offer.", "Each is held on *one* morning.")
    make.table(("Round", "Length"), ("Trial shift", "four hours"), ("Talk with the `baker`", "30 minutes"))
    make.heading(3, "Trial shift")
    make.paragraph("The trial shift lasts four hours.", "It begins at 4 a.m., see [the map](https://map.example/b).")
    make.items("Bring an apron.", "Know your **sourdough** by $w = f \\cdot h$.", "Leave the phone at home.")
    make.code("dough = flour + water", "assert dough")
    make.heading(2, "Pay")
    make.paragraph("An apprentice earns $14–$16 an hour.")
    return make.made(
        "guides/bakery.md", "How a bakery hires", publisher="Crumb Weekly", updated="2026-02-03", company="Crumb"
    )


def mill() -> Guide:
    """Scraped text without any marks, with invisible characters and odd spaces in it."""
    make = Maker(markdown=False)
    make.heading(1, "Mill and bakery careers")
    make.paragraph("The trial\u202fshift takes six hours in\u200b a mill\u2011bakery.")
    make.items("Wear shoes that close.", "Arrive early.", bullet="• • ")
    return make.made("guides/mill.txt", "Mill and bakery careers", format="text", publisher="Miller's Gazette")


HOSTILE_WORDS = (
    "<script>window.hacked = 1</script> <img src=x onerror='window.hacked = 1'>"
    " ![pixel](http://127.0.0.1:9/pixel.png) [go](javascript:window.hacked=1) :red[boo] :material/home: :tada: $x$"
)


def hostile() -> Guide:
    """A guide that tries to run script, load an image and speak Streamlit's own codes."""
    make = Maker()
    make.heading(1, "Hostile <b>guide</b> :red[title]")
    make.paragraph(HOSTILE_WORDS, "Trust nobody.")
    make.write("```mermaid\ngraph TD\n```\n")
    return make.made(
        "guides/hostile.md", "Hostile <b>guide</b> :red[title]", publisher="![p](http://127.0.0.1:9/p.png)"
    )


GUIDES = {guide.info.path: guide for guide in (bakery(), mill(), hostile())}


def cite(number: int, guide: Guide, quote: str, section: str) -> Citation:
    """The citation of the first place where the guide says `quote`."""
    start = guide.text.index(quote)
    info = guide.info
    return Citation(
        number=number,
        guide=info.path.split("/")[-1],
        path=info.path,
        title=info.title,
        publisher=info.publisher,
        updated=info.updated,
        section=section,
        page=None,
        start=start,
        end=start + len(quote),
        quote=quote,
        revision=info.revision,
    )


def answers() -> dict[str, Answer]:
    """What the fake assistant says, by a word of the question."""
    here, there, evil = bakery(), mill(), hostile()
    row = "| Talk with the `baker` | 30 minutes |"
    item = "Know your **sourdough** by $w = f \\cdot h$."
    shift = (
        cite(1, here, "The trial shift lasts four hours.", "Rounds > Trial shift"),
        cite(2, there, "The trial\u202fshift takes six hours in\u200b a mill\u2011bakery.", "Mill and bakery careers"),
    )
    return {
        "trial": Answer(
            "",
            "How long is the trial shift?",
            False,
            "The trial shift lasts four hours [1]. A mill says six hours [2].",
            shift,
            (Disagreement("the trial shift", (Position("four hours", (1,)), Position("six hours", (2,)))),),
        ),
        "bring": Answer(
            "",
            "",
            False,
            f"For the bakery:\n\n- Bring an apron. [1]\n- {item} [2]\n\n| Round | Length |\n|---|---|\n| Talk | 30 minutes [3] |",
            (
                cite(1, here, "Bring an apron.", "Rounds > Trial shift"),
                cite(2, here, item, "Rounds > Trial shift"),
                cite(3, here, row, "Rounds"),
            ),
        ),
        "hostile": Answer(
            "",
            "",
            False,
            f"{HOSTILE_WORDS} [1] Trust nobody. [2]",
            (cite(1, evil, HOSTILE_WORDS, "Hostile > :red[x]"), cite(2, evil, "Trust nobody.", "<i>Hostile</i>")),
        ),
        "pay": Answer(
            "",
            "",
            False,
            "An apprentice earns $14–$16 an hour [1].",
            (cite(1, here, "An apprentice earns $14–$16 an hour.", "Pay"),),
        ),
    }


class FakeIndex:
    """The guides above, as an open index."""

    number = 1
    notices: tuple[str, ...] = ()

    def guides(self) -> list[GuideInfo]:
        return [guide.info for guide in GUIDES.values()]

    def questions(self) -> list[BankQuestion]:
        return [BankQuestion("knead", "guides/bakery.md", "Knead", "Knead it.", 0, 1, round="Trial", role="Baker")]

    def guide(self, path: str) -> Guide:
        if path not in GUIDES:
            raise StoreError(f"No guide {path}.")
        return GUIDES[path]


class FakeAssistant:
    """Answers by the first word it knows; refuses what it does not know."""

    index = FakeIndex()

    def starters(self) -> list[str]:
        return [
            "How long is the trial shift?",
            "What should I bring?",
            "How is the pay at :red[Crumb]?",
            "Who bakes?",
            "What is *hostile* here?",
            "When do they decide?",
        ]

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        answer = self._ask(question)
        return replace(answer, explanation={"gate": {"confidence": 0.75}}) if explain else answer

    def _ask(self, question: Question) -> Answer:
        if "explode" in question.text:
            raise ValueError("a fault of the programmer")
        if "broken" in question.text:
            raise StoreError("The oven is out. Run `python -m ingest`.")
        text = question.text.casefold()
        for word, answer in answers().items():
            if word in text:
                return replace(
                    answer, question=question.text, standalone_question=answer.standalone_question or question.text
                )
        return Answer(
            question.text,
            question.text,
            True,
            "The guides don't say who bakes. They cover the rounds and the pay.",
            nearest=(
                NearbyTopic("How a bakery hires", "Rounds > Trial shift"),
                NearbyTopic("How a bakery hires", "Pay"),
            ),
        )

    def stream(self, question: Question, *, stopped: object = None) -> FakeStream:
        return FakeStream(self.ask(question), pause=1.5 if "slowly" in question.text else 0.0)


class FakeStream:
    """An answer word by word, each after a pause of so many seconds."""

    def __init__(self, answer: Answer, *, pause: float) -> None:
        self.last = answer
        self._pause = pause

    def __iter__(self) -> Iterator[str]:
        for word in re.split(r"(?<= )", self.last.answer):
            yield word
            time.sleep(self._pause)
