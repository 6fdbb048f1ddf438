"""Before a guide changes, the citations and cards that hang on its words are named; the record is only read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from answer.answers import Answer, Citation
from index.settings import Settings
from ingest.pins import invalidated, pin_lines
from study.chats import Chats
from study.store import Store
from tests.index.fakes import make_guide

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OIL, GAS = "Oil lamps burn for nine hours on one filling.", "Gas lamps hiss and burn for four hours at most."
LAMPS = make_guide("lamps.md", {"Oil": [OIL], "Gas": [GAS]})
BRIGHTER = make_guide("lamps.md", {"Oil": [OIL.replace("nine", "eleven")], "Gas": [GAS]})


def cited(quote: str, path: str = "lamps.md") -> Citation:
    start = LAMPS.text.index(quote)
    return Citation(1, path, path, "Lamps", None, None, "Oil", None, start, start + len(quote), quote, "sha256:1")


def kept(settings: Settings) -> None:
    """A chat that cites both lamps, and a card on each."""
    with Store(settings.study_db) as store:
        chats = Chats(store)
        chat = chats.create("lamps", at=NOW)
        for quote in (OIL, GAS):
            answer = Answer(f"what of {quote[:3].lower()}?", "", False, f"{quote} [1]", citations=(cited(quote),))
            chats.append(chat.id, answer, filters={}, at=NOW)
            place = (LAMPS.text.index(quote), LAMPS.text.index(quote) + len(quote))
            row = (
                quote[:3],
                "note",
                "Lamps",
                f"Card of {quote[:3]}",
                quote,
                "lamps.md",
                *place,
                "d",
                "active",
                "{}",
                "x",
            )
            store.write(
                lambda inside, row=row: inside.execute(f"INSERT INTO cards VALUES ({', '.join('?' * 12)})", row)
            )


def test_what_hangs_on_words_that_go_is_named_and_the_rest_is_not(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    kept(settings)
    lost = invalidated(settings, {"lamps.md": LAMPS}, {"lamps.md": BRIGHTER})
    assert [(pin.kind, pin.name, pin.quote) for pin in lost] == [
        ("citation", "what of oil?", OIL),
        ("card", "Card of Oil", OIL),
    ]
    assert invalidated(settings, {"lamps.md": LAMPS}, {"lamps.md": LAMPS}) == ()
    assert len(invalidated(settings, {"lamps.md": LAMPS}, {})) == 4
    assert invalidated(settings, {}, {"lamps.md": BRIGHTER}) == ()


def test_a_home_without_a_record_or_with_a_damaged_one_has_nothing_to_lose(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert invalidated(settings, {"lamps.md": LAMPS}, {}) == () and not settings.study_db.exists()
    settings.study_db.write_bytes(b"no database at all" * 100)
    assert invalidated(settings, {"lamps.md": LAMPS}, {}) == ()


def test_a_person_reads_how_many_and_which(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    kept(settings)
    lines = pin_lines(invalidated(settings, {"lamps.md": LAMPS}, {"lamps.md": BRIGHTER}))
    assert lines[0] == "1 citation and 1 card would no longer find their words:"
    assert lines[1] == f"  citation: what of oil? · lamps.md: “{OIL}”"
    assert pin_lines(()) == []
