"""The same guide in five formats is understood the same; what cannot be read is rejected with reason and cure."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from index.passages import Guide
from ingest.errors import IngestError, TooMuch, Unreadable
from ingest.reading import understand
from tests.ingest import formats

WRITERS: dict[str, Callable[[], bytes]] = {
    "zorbex.md": formats.markdown,
    "zorbex.txt": formats.text,
    "zorbex.html": formats.html,
    "zorbex.docx": formats.word,
    "zorbex.pdf": formats.pdf,
}


def guide_of(name: str, content: bytes) -> Guide:
    return understand(content, path=f"guides/{name}", kind="guide")


@pytest.mark.parametrize("name", WRITERS)
def test_headings_list_table_and_sentences_are_the_same_in_every_format(name: str) -> None:
    guide = guide_of(name, WRITERS[name]())
    assert guide.info.title == formats.TITLE
    headings = [section.heading for section in guide.sections]
    assert formats.ROUNDS in headings
    assert formats.PAY in headings
    assert [unit.text for unit in guide.units if unit.kind == "item"] == list(formats.ITEMS)
    assert tuple(unit.text for unit in guide.units if unit.kind == "sentence") == formats.SENTENCES
    (table,) = [block for block in guide.blocks if block.kind == "table"]
    assert table.header == formats.HEADER
    rows = [guide.units[at] for at in table.units if guide.units[at].kind == "row"]
    assert [tuple(guide.raw(*cell) for cell in row.cells) for row in rows] == list(formats.ROWS)


@pytest.mark.parametrize("name", WRITERS)
def test_every_unit_is_an_exact_span(name: str) -> None:
    guide = guide_of(name, WRITERS[name]())
    for unit in guide.units:
        assert guide.raw(unit.start, unit.end).strip() == guide.raw(unit.start, unit.end) != ""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_text_is_read_in_every_encoding_that_editors_write(encoding: str) -> None:
    guide = guide_of("zorbex.txt", formats.text().decode().encode(encoding))
    assert guide.text == formats.text().decode()


def test_a_page_keeps_its_metadata_and_loses_its_scripts_and_navigation() -> None:
    guide = guide_of("zorbex.html", formats.html())
    assert (guide.info.publisher, guide.info.updated) == ("Zorbex Press", "2031-03-04")
    assert not any(word in guide.text for word in ("alert", "All guides", "Follow us"))


def test_running_heads_go_and_citations_know_their_page() -> None:
    guide = guide_of("zorbex.pdf", formats.pdf(pages=4))
    assert "Zorbex Press" not in guide.text
    (unit,) = [unit for unit in guide.units if "needs 8 weeks" in unit.text]
    assert guide.blocks[unit.block].page == 4


PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("locked.pdf", formats.pdf(password="secret"), "encrypted"),
        ("cut.pdf", formats.pdf()[:300], "damaged"),
        ("empty.md", b"", "no text"),
        ("blank.docx", b"PK\x03\x04 no archive", "no Word file"),
        ("old.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        ("picture.txt", PNG, "an image"),
        ("page.md", formats.pdf(), "a PDF"),
        ("odd.txt", bytes(range(1, 32)) * 40, "binary"),
        ("deep.html", b"<div>" * 3000 + b"words here" + b"</div>" * 3000, "nest"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: bytes, says: str) -> None:
    with pytest.raises(IngestError, match=says) as caught:
        guide_of(name, content)
    assert name in str(caught.value)


def test_a_word_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(300_000_000))
    with pytest.raises(TooMuch, match="unpacks to 300 MB"):
        guide_of("bomb.docx", out.getvalue())


def mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randint(1, len(changed))] if chance.random() < 0.4 else changed)


def outcomes(count: int) -> int:
    chance, read = random.Random(20260), 0
    for round_ in range(count):
        name = list(WRITERS)[round_ % len(WRITERS)]
        try:
            guide_of(name, mutated(WRITERS[name](), chance))
            read += 1
        except (Unreadable, TooMuch) as error:
            assert name in str(error)
    return read


def test_damaged_files_are_read_or_rejected_never_anything_else() -> None:
    assert 0 < outcomes(60) < 60


@pytest.mark.slow
def test_five_hundred_damaged_files_are_read_or_rejected() -> None:
    assert 0 < outcomes(500) < 500
