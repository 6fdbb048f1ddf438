"""Cards for other programs: an Anki deck with stable ids, so that a new export updates the old, and CSV.

The only file that imports genanki.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from study.cards import Card

DECK, MODEL = 1_704_310_257, 1_704_310_258  # chosen once; Anki knows the deck and its card type by them


def write_anki(cards: Sequence[Card], target: Path) -> None:
    """Write an .apkg file. A note's id comes from its card's id alone: re-import updates, never doubles."""
    import genanki

    model = genanki.Model(
        MODEL,
        "Footnote",
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Source"}],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Front}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Back}}<p><small>{{Source}}</small></p>",
            }
        ],
    )
    deck = genanki.Deck(DECK, "Footnote")
    for card in cards:
        fields = [html.escape(text).replace("\n", "<br>") for text in (card.text.front, card.text.back, _place(card))]
        identity = genanki.guid_for("footnote", card.text.id)
        tags = [card.text.topic.replace(" ", "-"), card.text.kind]
        deck.add_note(genanki.Note(model=model, fields=fields, guid=identity, tags=tags))
    genanki.Package(deck).write_to_file(str(target), timestamp=_version(cards))


def as_csv(cards: Sequence[Card]) -> str:
    """The cards as CSV with a header: id, topic, front, back, source, due."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["id", "topic", "front", "back", "source", "due"])
    for card in cards:
        text = card.text
        values = [text.id, text.topic, text.front, text.back, _place(card), card.memory.due.isoformat()]
        rows.writerow([f"'{value}" if value.startswith(("=", "+", "@")) else value for value in values])
    return written.getvalue()


def _place(card: Card) -> str:
    return f"{card.text.guide}, characters {card.text.start} to {card.text.end}"


def _version(cards: Sequence[Card]) -> float:
    """A time for the file that depends on its cards only: the same cards give the same file."""
    digest = blake2b("".join(card.text.digest for card in cards).encode(), digest_size=4).digest()
    return 1_700_000_000.0 + int.from_bytes(digest, "big") % 100_000_000
