"""A model's text is cut into the same parts however it comes in, and a sentence is given as soon as it is known to be whole."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.model.splitting import Part, Splitter, numbers_in, without_markers

TEXT = """\
The screen takes 30 minutes [1]. It checks fit. [2][3] Some say, e.g. Buzz, that smoke matters [1, 2]! No marker here. Last [4].

The rounds are [2]:
- **Hive**: 75 min [1].
* Tasting [2]. It is `jar[1]. Full` of honey [3].
  1. nested at 3.5 p.m. in U.S. gardens [4]

| Level | Base |
|---|---|
| 3 | 41,000 [1] |
| 4 | 52,500 [2] |

```python
hive[1]. Bees
```
## Heading
A wrapped line that
goes on here [5].
It costs $180,000 [1]. Or $5 [2].
Last without a stop"""
PARTS = [
    Part("sentence", "The screen takes 30 minutes [1].", "paragraph"),
    Part("sentence", "It checks fit. [2][3]"),
    Part("sentence", "Some say, e.g. Buzz, that smoke matters [1, 2]!"),
    Part("sentence", "No marker here."),
    Part("sentence", "Last [4]."),
    Part("sentence", "The rounds are [2]:", "paragraph"),
    Part("sentence", "**Hive**: 75 min [1].", "item", "- "),
    Part("sentence", "Tasting [2].", "item", "- "),
    Part("sentence", "It is `jar[1]. Full` of honey [3]."),
    Part("sentence", "nested at 3.5 p.m. in U.S. gardens [4]", "item", "  1. "),
    Part("header", "| Level | Base |", "paragraph"),
    Part("row", "| 3 | 41,000 [1] |"),
    Part("row", "| 4 | 52,500 [2] |"),
    Part("code", "hive[1]. Bees", "paragraph"),
    Part("heading", "Heading", "paragraph"),
    Part("sentence", "A wrapped line that goes on here [5].", "paragraph"),
    Part("sentence", "It costs $180,000 [1]."),
    Part("sentence", "Or $5 [2]."),
    Part("sentence", "Last without a stop"),
]


def cut(pieces: list[str]) -> list[Part]:
    splitter = Splitter()
    return [part for piece in pieces for part in splitter.feed(piece)] + splitter.finish()


def test_sentences_items_rows_headings_and_code_are_told_apart() -> None:
    assert cut([TEXT]) == PARTS


@pytest.mark.parametrize("seed", range(100))
def test_the_parts_are_the_same_however_the_text_comes_in(seed: int) -> None:
    draw, pieces, rest = Random(seed), [], TEXT
    while rest:
        size = draw.randint(1, 12)
        pieces.append(rest[:size])
        rest = rest[size:]
    assert cut(pieces) == PARTS


def test_a_sentence_is_given_with_its_full_stop_when_its_marker_stands_before_it() -> None:
    splitter = Splitter()
    assert splitter.feed("The screen takes 30 minutes [1]") == []
    assert [part.text for part in splitter.feed(".")] == ["The screen takes 30 minutes [1]."]


def test_a_sentence_with_its_marker_behind_the_stop_is_given_with_the_next_word() -> None:
    splitter = Splitter()
    assert splitter.feed("It takes 30 minutes. [1]") == []
    assert [part.text for part in splitter.feed(" ") + splitter.feed("It")] == ["It takes 30 minutes. [1]"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a [1] b [3][2].", (1, 3, 2)),
        ("a [1, 3; 5].", (1, 3, 5)),
        ("a [2-4].", (2, 3, 4)),
        ("a [1-999999999].", ()),
        ("a 【7†source】.", (7,)),
        ("a [^2].", (2,)),
        ("code `x[1]` only.", ()),
        ("a link [1](http://x.example).", ()),
        ("no marker [a].", ()),
    ],
)
def test_markers_are_read_in_all_their_spellings_and_never_from_code(text: str, numbers: tuple[int, ...]) -> None:
    assert numbers_in(text) == numbers


def test_what_is_left_without_markers_reads_like_a_sentence() -> None:
    assert without_markers("It takes [1] 30 minutes, [2] `x[1]` says [3].") == "It takes 30 minutes, `x[1]` says."


@pytest.mark.parametrize(
    "text", ["", "\n\n", "```", "| a", "|---|", "- ", "[1]", "#", "`", "$", ". . .", "[" * 500, "|" * 300]
)
def test_odd_texts_end(text: str) -> None:
    cut(list(text))


TEXTS = st.lists(
    st.one_of(st.text(max_size=5), st.sampled_from("\n . [1] [2]. ` ``` | |--- - # > * e.g. A b $".split(" ")))
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(pieces=TEXTS)
def test_any_text_gives_the_same_parts_letter_by_letter_and_whole(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert cut(list(text)) == cut([text])


def test_a_long_answer_is_cut_in_time() -> None:
    parts = cut(["word " * 200 + "[1]. "] * 100)
    assert len(parts) == 100
