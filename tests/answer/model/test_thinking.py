"""A thought at the head of an answer is taken out, however the text is cut up; nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.model.thinking import Thoughts

PARTS = st.sampled_from(["<think>", "</think>", "<", "think", ">", " ", "\n", "a", "The answer.", "</thin"])


def passed_on(pieces: list[str]) -> str:
    thoughts = Thoughts()
    return "".join(thoughts.feed(piece) for piece in pieces) + thoughts.flush()


def oracle(text: str) -> str:
    if not text.lstrip().startswith("<think>"):
        return text
    return re.sub(r"^(?:\s*<think>.*?(?:</think>|$))+\s*", "", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>99 minutes?</think>\n\n40 minutes [1].", "40 minutes [1]."),
        ("\n <think></think>Yes.", "Yes."),
        ("<think>a</think> <think>b</think> Yes.", "Yes."),
        ("<think>for ever", ""),
        ("No <think>thought</think> here.", "No <think>thought</think> here."),
        ("<thinking> is a word", "<thinking> is a word"),
        ("<thin", "<thin"),
        ("", ""),
    ],
)
def test_a_thought_is_what_stands_at_the_head(text: str, answer: str) -> None:
    for size in (1, 3, 100):
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        assert passed_on(pieces) == answer == oracle(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(PARTS, max_size=12))
def test_pieces_make_no_difference(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert passed_on(pieces) == passed_on([text]) == oracle(text)
