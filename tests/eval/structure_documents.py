"""Writes the PDF and Word files of eval/gold/structure from their labels: `python tests/eval/structure_documents.py [NAME …]`.

What such a file must be understood as is written by hand in its labels; this script only lays it out, in a different
style for each, the way printers, browsers, typesetters and word processors do. Some styles need programs or libraries
that the project does not use (Chromium, reportlab, WeasyPrint): a file whose program is missing is left as it is.
"""

from __future__ import annotations

import html
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent.parent.parent / "eval" / "gold" / "structure"
PLAIN = "body{font:11pt/1.45 serif} table{border-collapse:collapse} td,th{padding:4pt 8pt;text-align:left;border:1px solid #888}"
RUNNING = (
    PLAIN + "@page{margin:25mm 20mm;@top-center{content:'Apiary Press handbooks';font-size:8pt}"
    "@bottom-right{content:counter(page) ' / ' counter(pages);font-size:8pt}} h2{break-before:auto} table{width:100%}"
)
TYPESET = (
    "@page{size:A5;margin:20mm 16mm;@bottom-center{content:counter(page);font-size:9pt}} body{font:10pt/1.3 serif;counter-reset:a}"
    "p,li{text-align:justify;hyphens:auto;margin:0 0 4pt} h1{text-align:center;font-size:16pt} h2{font-size:12pt;"
    "counter-increment:a;counter-reset:b} h3{font-size:10.5pt;counter-increment:b} h2:before{content:counter(a) '  '}"
    "h3:before{content:counter(a) '.' counter(b) '  '} table{width:100%} td,th{text-align:left;padding:1pt 4pt}"
)
Label = tuple[str, str]


def labels_of(file: Path) -> list[Label]:
    return [tuple(line.split(" ", 1)) for line in file.read_text(encoding="utf-8").splitlines() if line[:1] not in "q"]  # type: ignore[misc]


def page_of(labels: Sequence[Label], style: str, *, title: str = "") -> str:
    """The labels as a page of HTML."""
    out = []
    for kind, group in groupby(labels, key=lambda label: {"r": "t", "i2": "i", "o2": "o"}.get(label[0], label[0])):
        lines = list(group)
        if kind == "t":
            rows = "".join(_html_row(words, "th" if sign == "t" else "td") for sign, words in lines)
            head, body = rows.split("</tr>", 1)
            out.append(f"<table><thead>{head}</tr></thead><tbody>{body}</tbody></table>")
        elif kind in "io":
            out.append(_html_list(lines, "ul" if kind == "i" else "ol"))
        else:
            tag = f"h{int(kind[1]) + 1}" if kind[0] == "h" else "p"
            out += [f"<{tag}>{html.escape(words, quote=False)}</{tag}>" for _, words in lines]
    return f"<html lang=en><head><meta charset=utf-8><title>{title}</title><style>{style}</style></head><body>{''.join(out)}</body></html>"


def _html_row(words: str, tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{html.escape(cell)}</{tag}>' for cell in words.split(' | '))}</tr>"


def _html_list(lines: Sequence[Label], tag: str) -> str:
    out, inside = "", False
    for sign, words in lines:
        deeper = sign.endswith("2")
        if inside != deeper:
            out = out.removesuffix("</li>") + f"<{tag}>" if deeper else out + f"</{tag}></li>"
        out += f"<li>{html.escape(words)}</li>"
        inside = deeper
    return f"<{tag}>{out}{f'</{tag}></li>' if inside else ''}</{tag}>"


def by_chromium(labels: Sequence[Label], style: str = PLAIN) -> bytes | None:
    """Printed by a browser, with the date, title and page number that it puts at the edges."""
    browser = shutil.which("chromium")
    if browser is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(page_of(labels, style, title=labels[0][1]), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}"]
        subprocess.run([browser, *options, str(page)], check=True, capture_output=True)
        return out.read_bytes()


def by_weasyprint(labels: Sequence[Label], style: str = RUNNING) -> bytes | None:
    """Typeset from a page: running heads and page numbers, or numbered headings and justified lines with hyphens."""
    try:
        from weasyprint import HTML  # type: ignore[import-not-found]
    except ImportError:
        return None
    return bytes(HTML(string=page_of(labels, style)).write_pdf())


def by_reportlab(labels: Sequence[Label]) -> bytes | None:
    """Two justified columns under a running head."""
    try:
        from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-not-found]
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table  # type: ignore[import-not-found]
    except ImportError:
        return None

    def head(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 815, "County Roads Department - Careers")
        canvas.drawRightString(545, 25, f"Page {document.page}")

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13, spaceAfter=6, alignment=4)
    body.hyphenationLang, body.embeddedHyphenation = "en_GB", 1
    flow, rows = [], []
    for sign, words in [*labels, ("end", "")]:
        if rows and sign != "r":
            flow.append(
                Table(rows, style=[("FONTSIZE", (0, 0), (-1, -1), 9), ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9)])
            )
            rows = []
        if sign in ("t", "r"):
            rows.append(words.split(" | "))
        elif sign[0] == "h":
            size = 18 - 3 * int(sign[1])
            flow.append(
                Paragraph(
                    words,
                    ParagraphStyle(
                        sign, fontName="Helvetica-Bold", fontSize=size, leading=size * 1.25, spaceBefore=8, spaceAfter=5
                    ),
                )
            )
        elif sign[0] in "io" and sign != "end":
            flow.append(
                Paragraph(
                    words,
                    ParagraphStyle(
                        "item",
                        parent=body,
                        leftIndent=28 if sign.endswith("2") else 14,
                        bulletIndent=14 if sign.endswith("2") else 0,
                    ),
                    bulletText="\u2022" if sign[0] == "i" else f"{_number(labels, words)}.",
                )
            )
        elif sign == "b":
            flow.append(Paragraph(words, body))
    out = io.BytesIO()
    columns = [Frame(50, 50, 240, 740, id="left"), Frame(305, 50, 240, 740, id="right")]
    BaseDocTemplate(out, pageTemplates=[PageTemplate("two", columns, onPage=head)], invariant=1).build(flow)
    return out.getvalue()


def _number(labels: Sequence[Label], words: str) -> int:
    """Which item of its list an item is."""
    at = [label[1] for label in labels].index(words)
    first = at
    while first and labels[first - 1][0] == labels[at][0]:
        first -= 1
    return at - first + 1


def by_fpdf(labels: Sequence[Label]) -> bytes:
    """Printed simply: hyphens for bullets, a ruled table that goes on over pages."""
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    paper = FPDF()
    paper.set_auto_page_break(True, margin=20)
    paper.add_page()
    for kind, group in groupby(labels, key=lambda label: "t" if label[0] in "tr" else label[0]):
        lines = [words for _, words in group]
        if kind == "t":
            paper.set_font("Helvetica", size=10)
            with paper.table(headings_style=FontFace(emphasis="BOLD")) as table:
                for words in lines:
                    table.row(words.split(" | "))
            paper.ln(4)
            continue
        size = {"h0": 20, "h1": 15, "h2": 12}.get(kind, 10)
        paper.set_font("Helvetica", style="B" if kind[0] == "h" else "", size=size)
        for at, words in enumerate(lines, 1):
            mark = {"i": "- ", "i2": "    - ", "o": f"{at}. "}.get(kind, "")
            paper.multi_cell(0, size * 0.5, mark + words, new_x="LMARGIN", new_y="NEXT")
            paper.ln(2 if kind in ("b", "h0", "h1", "h2") else 0)
    return bytes(paper.output())


def by_word(labels: Sequence[Label], *, styled: bool = True) -> bytes:
    """A Word file with styles, or one made by hand: bold lines for headings, typed bullets and numbers."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Personnel department, confidential"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    table, number = None, 0
    for sign, words in labels:
        table = table if sign == "r" else None
        number = number + 1 if sign == "o" else number if sign == "o2" else 0
        if sign in "tr":
            cells = words.split(" | ")
            table = table or document.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, each in zip(table.add_row().cells, cells, strict=True):
                cell.text = each
        elif sign[0] == "h" and styled:
            document.add_heading(words, int(sign[1]))
        elif sign[0] == "h":
            run = document.add_paragraph().add_run(words)
            run.bold, run.font.size = True, Pt(20 - 3 * int(sign[1]))
        elif sign[0] in "io" and styled:
            style = "List Bullet" if sign[0] == "i" else "List Number"
            document.add_paragraph(words, style=f"{style} 2" if sign.endswith("2") else style)
        else:
            mark = {"i": "\u2022\t", "i2": "\t\u25e6\t", "o2": "\t\u25e6\t", "o": f"{number}.\t"}.get(sign, "")
            document.add_paragraph(mark + words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_outline(labels: Sequence[Label]) -> bytes:
    """A Word file as another program exports it: own style names with outline levels, lists by numbering alone."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()

    def with_property(paragraph: Any, name: str, *inner: tuple[str, str], value: str | None = None) -> None:
        element = OxmlElement(name)
        if value is not None:
            element.set(qn("w:val"), value)
        for child, of in inner:
            below = OxmlElement(child)
            below.set(qn("w:val"), of)
            element.append(below)
        paragraph.get_or_add_pPr().append(element)

    for level in range(6):
        style = document.styles.add_style(f"Custom Head {level}", 1)
        with_property(style.element, "w:outlineLvl", value=str(level))
    table = None
    for sign, words in labels:
        table = table if sign == "r" else None
        if sign in "tr":
            cells = words.split(" | ")
            table = table or document.add_table(rows=0, cols=len(cells))
            for cell, each in zip(table.add_row().cells, cells, strict=True):
                cell.text = each
        elif sign[0] == "h":
            document.add_paragraph(words, style=f"Custom Head {sign[1]}")
        else:
            paragraph = document.add_paragraph(words)
            if sign[0] in "io":
                depth = "1" if sign.endswith("2") else "0"
                with_property(paragraph._p, "w:numPr", ("w:ilvl", depth), ("w:numId", "1" if sign[0] == "i" else "2"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


STYLES: dict[str, Callable[[Sequence[Label]], bytes | None]] = {
    "tuned/mason-fpdf.pdf": by_fpdf,
    "tuned/mason-browser.pdf": by_chromium,
    "tuned/mason-typeset.pdf": lambda labels: by_weasyprint(labels, TYPESET),
    "tuned/mason-running.pdf": by_weasyprint,
    "tuned/mason-columns.pdf": by_reportlab,
    "tuned/purser-styles.docx": by_word,
    "tuned/purser-by-hand.docx": lambda labels: by_word(labels, styled=False),
    "tuned/purser-outline.docx": by_outline,
    "untuned/bridge-inspector.pdf": by_reportlab,
    "untuned/bridge-glossary.pdf": by_fpdf,
    "untuned/night-nurse.pdf": by_chromium,
    "untuned/cartographer.pdf": lambda labels: by_weasyprint(labels, TYPESET),
    "untuned/beekeeping-inspector.pdf": by_weasyprint,
    "untuned/archivist.docx": by_word,
    "untuned/ground-crew.docx": lambda labels: by_word(labels, styled=False),
    "untuned/glazier.docx": by_outline,
}

if __name__ == "__main__":
    for name, write in STYLES.items():
        if (GOLD / name).exists() and name not in sys.argv[1:]:
            continue  # a browser dates what it prints: only what is asked for is written anew
        content = write(labels_of(GOLD / f"{name}.labels"))
        if content is not None:
            (GOLD / name).write_bytes(content)
        sys.stdout.write(f"{name}: {len(content) if content else 'left as it is'}\n")
