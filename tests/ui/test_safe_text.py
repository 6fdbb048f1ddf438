"""Text of others becomes Markdown that draws the same characters and does nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from ui.components.safe_text import chip, plain, safe_markdown, visible

CHIPS = {1: "<1>", 2: "<2>"}


def shown(markdown: str) -> str:
    """What a Markdown renderer shows: the oracle for "draws exactly these characters"."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    parts = [
        child.content for token in tokens for child in token.children or () if child.type in ("text", "text_special")
    ]
    return re.sub(r":color\[(.*?)\](?!\()", r"\1", "".join(parts))


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("A **bold** and *soft* word.", "A **bold** and *soft* word."),
        ("![pixel](http://evil.example/x.png)", "pixel"),
        ("[go](javascript:alert(1))", r"\[go\](javascript\:alert(1))"),
        ("[data](data:text/html,x)", r"\[data\](data\:text/html,x)"),
        ("[site](https://good.example/a_b?c=1)", "[site](https://good.example/a_b?c=1)"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        (":red[boo]", r"\:red\[boo\]"),
        (":material/home:", ":color[:]material/home:"),
        (":tada:", ":color[:]tada:"),
        ("a -> b", r"a :color[-]\> b"),
        ("It pays $14–$16.", r"It pays \$14–\$16."),
        ("It costs $5 and $6.", r"It costs \$5 and \$6."),
        (r"The loss is $\sigma^2_a * b$.", r"The loss is $\sigma^2_a * b$."),
        ("$$\nx = 1\n$$", "$$\nx = 1\n$$"),
        ("```mermaid\ngraph TD\n```", "```text\ngraph TD\n```"),
        ("```python\nx = '$1'\n```", "```python\nx = '$1'\n```"),
        ("# Title", "#### Title"),
        ("- one\n- two\n  - three", "- one\n- two\n  - three"),
        ("3. one\n4. two", "3. one\n4. two"),
        ("| a | b |\n|---|---|\n| `x` | 1 |", "| a | b |\n|---|---|\n| `x` | 1 |"),
        ("[1]: http://evil.example\n\n[1]", "<1>: http://evil.example\n\n<1>"),
        ("Thirty minutes [1][2].", "Thirty minutes <1><2>."),
        ("Thirty minutes [1, 2].", "Thirty minutes <1><2>."),
        ("No such source [3].", r"No such source \[3\]."),
        ("`[1]` is code.", "`[1]` is code."),
        ("zero\u200bwidth \u202eturned", "zerowidth turned"),
        ("&#x202e;hidden &amp; seen", r"hidden \& seen"),
    ],
)
def test_markdown_is_written_again_from_what_was_understood(written: str, safe: str) -> None:
    assert safe_markdown(written, CHIPS) == safe


@given(some.text(alphabet=some.sampled_from(list("ab1 *_`[]()<>#+-.!|~$:\\&{}=@/\"'\u200b\n")), max_size=40))
def test_plain_text_is_drawn_character_by_character(text: str) -> None:
    line = " ".join(visible(text).split())
    markdown = plain(text)
    assert "\n" not in markdown
    assert shown(markdown).strip() == line


@given(some.text(alphabet=some.sampled_from(list("ab1 *_`[]()<>#-!|~$:\\&\n")), max_size=60))
def test_no_text_makes_an_image_or_html_or_a_link_that_is_not_web(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark").enable("table").parse(safe_markdown(text, CHIPS).replace("<1>", "").replace("<2>", ""))
    )
    kinds = {child.type for token in tokens for child in token.children or ()} | {token.type for token in tokens}
    assert not kinds & {"image", "html_inline", "html_block", "link_open"}


def test_half_an_answer_while_it_streams_is_safe_too() -> None:
    whole = "- a **bold** ![x](http://evil.example/p.png) [1]\n\n```mermaid\ngraph\n```"
    shown = [safe_markdown(whole[:length], CHIPS) for length in range(len(whole) + 1)]
    assert not [text for text in shown if re.search(r"(?<!\\)\]\(|```mermaid", text)]


def test_a_chip_is_a_link_whose_tooltip_cannot_be_left() -> None:
    assert chip(2, "7-2", 'A "b" $c$ [d](e)\u200b') == (
        '[:blue-badge[2]](#cite-7-2 "A &#34;b&#34; &#36;c&#36; &#91;d&#93;&#40;e&#41;")'
    )
