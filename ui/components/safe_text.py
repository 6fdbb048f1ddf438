"""Guides, titles and answers are written by others: the one place where their text becomes Markdown safe to draw.

`safe_markdown` parses the text and writes it again from what was understood: paragraphs, headings, lists, tables,
quotes, code, emphasis, formulas and http(s) links. Everything else (HTML, images, other links, Streamlit's own colour,
icon and emoji codes, diagrams) comes out as the characters that were written, inert. Nothing it returns loads anything.

`[1]` becomes a citation chip where a citation of that number exists; elsewhere, and in code, it stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from index.words import visible as visible  # what is drawn loses the same characters as what a model reads

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

_SPECIAL = re.compile(r"[\\`*_\[\]<>$~|&]")
_REWRITTEN = re.compile(r":(?=[\w+-]+:|material/)|(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)")
_DIRECTIVE = re.compile(r":(?=[A-Za-z:])")
_LINE_START = re.compile(r"\s*(?:(\d{1,9})([.)])|([-+]|#{1,6}|-{3,}|={1,}|:{2,}))(?=\s|$|[A-Za-z:])")
_MARKER = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
_FORMULA = re.compile(r"\$(?=[^\s$])((?:\\.|[^$\\`])*?)(?<=[^\s\\])\$(?!\d)", re.DOTALL)
_DISPLAY = re.compile(r"\$\$((?:\\.|[^$\\`])+?)\$\$", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9+#-]{0,19}")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_WEB = re.compile(r"https?://[^\s<>\"'()\[\]\\`|$\x00-\x20]+", re.IGNORECASE)

KEPT = 1024  # texts that are remembered: every answer draws those of its whole chat again
Chips = Mapping[int, str]


def plain(text: str) -> str:
    """Any text as Markdown that draws exactly these characters, on one line: for labels, captions and titles."""
    return _escaped(" ".join(visible(text).split()))


def chip(number: int, anchor: str, title: str) -> str:
    """A citation's chip: a link to `#cite-<anchor>` with the source as its tooltip."""
    line = " ".join(visible(title).split())
    tooltip = "".join(mark if mark.isalnum() or mark == " " else f"&#{ord(mark)};" for mark in line)
    return f'[:blue-badge[{number:d}]](#cite-{anchor} "{tooltip}")'


def safe_markdown(text: str, chips: Chips | None = None) -> str:
    """The text as safe Markdown; `chips` gives, per citation number, the chip that stands for its marker."""
    return _written(text, tuple((chips or {}).items()))


@lru_cache(maxsize=KEPT)
def _written(text: str, chips: tuple[tuple[int, str], ...]) -> str:
    from markdown_it.tree import SyntaxTreeNode

    tree = SyntaxTreeNode(_parser().parse(visible(text.replace("\r\n", "\n"))))
    return _Writer(dict(chips)).blocks(tree)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.disable(["reference", "html_block", "html_inline"])
    parser.inline.ruler.before("escape", "formula", _formula_rule)
    return parser


def _formula_rule(state: StateInline, silent: bool) -> bool:
    """`$…$` and `$$…$$` by the usual rule: no space inside the marks, no digit after the last one (that is money)."""
    if state.src[state.pos] != "$":
        return False
    match = _DISPLAY.match(state.src, state.pos) or _FORMULA.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content, token.markup = match.group(1), "$$" if match.re is _DISPLAY else "$"
    state.pos = match.end()
    return True


def _escaped(text: str) -> str:
    """The text as one line of Markdown that draws these characters, also where Streamlit would rewrite them."""
    start = _LINE_START.match(text)
    if start:
        at = start.start(2) if start[1] else start.start(3)
        return text[:at] + "\\" + text[at] + _escaped_inside(text[at + 1 :])
    return _escaped_inside(text)


def _escaped_inside(text: str) -> str:
    parts, done = [], 0
    for match in _REWRITTEN.finditer(text):
        first = text[match.start()]
        parts += [_backslashed(text[done : match.start()]), f":color[{_backslashed(first)}]"]
        done = match.start() + 1
    return "".join([*parts, _backslashed(text[done:])])


def _backslashed(text: str) -> str:
    return _DIRECTIVE.sub(r"\\:", _SPECIAL.sub(lambda match: "\\" + match.group(), text))


def _longest_run(mark: str, text: str) -> int:
    return max((len(run) for run in re.findall(re.escape(mark) + "+", text)), default=0)


def _indented(text: str, lead: str) -> str:
    """The text with its first line behind `lead` and the others as far in."""
    return lead + text.replace("\n", "\n" + " " * len(lead))


class _Writer:
    """Writes a parsed text back as Markdown, block by block."""

    def __init__(self, chips: Chips) -> None:
        self._chips = chips

    def blocks(self, parent: SyntaxTreeNode) -> str:
        """The children of a node, an empty line between them."""
        tight = any(child.type == "paragraph" and child.hidden for child in parent.children)
        gap = "\n" if tight else "\n\n"
        return gap.join(filter(None, (self._block(child) for child in parent.children)))

    def _block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "paragraph":
                return self._paragraph(node)
            case "heading":
                return "#" * max(4, int(node.tag[1])) + " " + self.inline(node)
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "blockquote":
                return "\n".join(f"> {line}".rstrip() for line in self.blocks(node).split("\n"))
            case "fence" | "code_block":
                return self._code(node)
            case "table":
                return self._table(node)
            case "hr":
                return "---"
        return self.inline(node)

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        inline = node.children[0].children
        if len(inline) == 1 and inline[0].type == "formula" and inline[0].markup == "$$":
            return "$$\n" + " ".join(inline[0].content.split()) + "\n$$"
        return self.inline(node)

    def _list(self, node: SyntaxTreeNode) -> str:
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        leads = [f"{first + order}. " if first is not None else "- " for order in range(len(node.children))]
        return "\n".join(_indented(self.blocks(item), lead) for lead, item in zip(leads, node.children, strict=True))

    def _code(self, node: SyntaxTreeNode) -> str:
        language = _LANGUAGE.fullmatch(node.info.strip()) if node.type == "fence" else None
        name = language.group() if language and language.group().lower() != "mermaid" else "text"
        fence = "`" * max(3, _longest_run("`", node.content) + 1)
        return f"{fence}{name}\n{node.content.rstrip(chr(10))}\n{fence}"

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [
            "| " + " | ".join(_BARE_PIPE.sub(r"\\|", self.inline(cell)) for cell in row.children) + " |"
            for part in node.children
            for row in part.children
        ]
        columns = len(node.children[0].children[0].children)
        return "\n".join([rows[0], "|" + "---|" * columns, *rows[1:]])

    def inline(self, node: SyntaxTreeNode) -> str:
        """The inline text of a node."""
        return "".join(self._inline(child) for child in node.children)

    def _inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text":
                return self._text(visible(node.content))
            case "softbreak":
                return " "
            case "hardbreak":
                return "\\\n"
            case "code_inline":
                return self._code_inline(node.content)
            case "formula":
                return self._formula(node)
            case "strong" | "em" | "s":
                mark = {"strong": "**", "em": "*", "s": "~~"}[node.type]
                return f"{mark}{self.inline(node)}{mark}"
            case "link":
                return self._link(node)
            case "image":
                return self._text(visible(node.content))
        return self.inline(node)

    def _text(self, text: str) -> str:
        parts, done = [], 0
        for match in _MARKER.finditer(text):
            numbers = [int(number) for number in match.group(1).split(",")]
            if all(number in self._chips for number in numbers):
                parts += [_escaped(text[done : match.start()]), *(self._chips[number] for number in numbers)]
                done = match.end()
        return "".join([*parts, _escaped(text[done:])])

    def _code_inline(self, content: str) -> str:
        fence = "`" * (_longest_run("`", content) + 1)
        pad = " " if content.startswith("`") or content.endswith("`") else ""
        return f"{fence}{pad}{content}{pad}{fence}"

    def _formula(self, node: SyntaxTreeNode) -> str:
        content = " ".join(node.content.split()).replace("|", r"\vert ")
        return f"{node.markup}{content}{node.markup}"

    def _link(self, node: SyntaxTreeNode) -> str:
        shown, address = self.inline(node), str(node.attrs.get("href", ""))
        return f"[{shown}]({address})" if _WEB.fullmatch(address) else shown
