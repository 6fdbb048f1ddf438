"""The key is taken out of every text, however it is cut up; what endpoints say becomes plain words of one line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.errors import ModelUnavailable
from answer.model.address import Address
from answer.model.faults import Redactor, _words_of, fault_of, redacted, unavailable
from answer.model.usage import Prices, Usage, counted

KEY = "abab-key"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet="ab-key ", max_size=6) | st.just(KEY), max_size=12))
def test_a_text_in_pieces_loses_the_key_and_nothing_else(pieces: list[str]) -> None:
    redactor = Redactor(KEY)
    shown = "".join(redactor.feed(piece) for piece in pieces) + redactor.flush()
    assert shown == "".join(pieces).replace(KEY, "[key]")


def test_nothing_is_held_back_that_cannot_be_the_key() -> None:
    redactor = Redactor(KEY)
    assert [redactor.feed(piece) for piece in ("Forty", " minutes a", " day")] == ["Forty", " minutes ", "a day"]
    assert Redactor(None).feed("abab-ke") == "abab-ke"


@pytest.mark.parametrize(
    "text",
    [f"no {KEY} here", "Bearer abcdefgh1234", "key: sk-proj-12345678", "Incorrect API key provided: sk-ab***wxyz"],
)
def test_what_looks_like_a_key_goes_too(text: str) -> None:
    shown = redacted(text, KEY)
    assert "[key]" in shown and not any(part in shown for part in ("abab", "abcdefgh", "12345678", "wxyz"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": {"message": "no such model"}}, ' ("no such model")'),
        ({"error": "no such model"}, ' ("no such model")'),
        ({"detail": "no such model"}, ' ("no such model")'),
        ("<html>Bad gateway</html>", ""),
        ({"error": {"message": "two\nlines\u202e\x1b[31m"}}, ' ("two lines [31m")'),
        ({"error": [1]}, ""),
        ("x" * 5000, f' ("{"x" * 160}…")'),
        (None, ""),
    ],
)
def test_what_an_endpoint_says_is_quoted_in_short(body: object, words: str) -> None:
    assert _words_of(body, KEY) == words


def test_an_unknown_error_still_says_where_and_what_to_do() -> None:
    where = Address("openai", "m", "http://127.0.0.1:1/v1")
    said = unavailable(where, fault_of(KeyError("secret thing"), KEY))
    assert isinstance(said, ModelUnavailable)
    assert str(said) == (
        "openai:m at 127.0.0.1:1 sent what cannot be read as an answer (KeyError). Try another server or model."
    )


def test_a_total_with_an_unknown_part_has_no_cost() -> None:
    priced, unpriced = (counted(1000, 10, prices, estimated=False) for prices in (Prices(1.0, 2.0), None))
    assert (Usage() + priced + priced).cost == pytest.approx(2 * 0.00102)
    assert (Usage() + priced + unpriced).cost is None and (Usage() + unpriced + priced).cost is None
    assert (Usage() + unpriced + unpriced).answers == 2
