"""One made-up guide, written as Markdown, text, HTML, Word and PDF: the same headings, list, table and figures."""

from __future__ import annotations

import io

import docx
from fpdf import FPDF

TITLE = "Zorbex gardener interview"
ROUNDS, PAY = "Interview rounds", "Pay bands"
SENTENCES = ("The first call takes 25 minutes by phone.", "It checks motivation and allergies, and nothing else.")
ITEMS = ("Prune a rose in ten minutes", "Name four kinds of soil", "Explain what mulch does")
HEADER, ROWS = ("Level", "Base", "Bonus"), (("G1", "41,000", "2,000"), ("G2", "52,500", "4,500"))


def markdown() -> bytes:
    table = "\n".join(f"| {' | '.join(row)} |" for row in (HEADER, ("---",) * 3, *ROWS))
    items = "\n".join(f"- {item}" for item in ITEMS)
    return f"# {TITLE}\n\n## {ROUNDS}\n\n{' '.join(SENTENCES)}\n\n{items}\n\n## {PAY}\n\n{table}\n".encode()


def text() -> bytes:
    table = "\n".join(f"| {' | '.join(row)} |" for row in (HEADER, ("---",) * 3, *ROWS))
    items = "\n".join(f"- {item}" for item in ITEMS)
    return f"{TITLE}\n\n{ROUNDS}\n\n{' '.join(SENTENCES)}\n\n{items}\n\n{PAY}\n\n{table}\n".encode()


def html() -> bytes:
    rows = "".join(
        f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in row)}</tr>"
        for tag, row in (("th", HEADER), *(("td", row) for row in ROWS))
    )
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    return (
        f"<html><head><title>{TITLE}</title><meta property='og:site_name' content='Zorbex Press'>"
        "<meta property='article:modified_time' content='2031-03-04T10:00'><script>alert('no')</script></head><body>"
        f"<nav><a href='/'>Home</a> <a href='/all'>All guides</a></nav><main><h1>{TITLE}</h1><h2>{ROUNDS}</h2>"
        f"<p>{' '.join(SENTENCES)}</p><ul>{items}</ul><h2>{PAY}</h2><table>{rows}</table></main>"
        "<footer>Follow us everywhere</footer></body></html>"
    ).encode()


def word() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading(ROUNDS, 1)
    document.add_paragraph(" ".join(SENTENCES))
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    document.add_heading(PAY, 1)
    table = document.add_table(rows=0, cols=3)
    for row in (HEADER, *ROWS):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(*, password: str | None = None, pages: int = 1) -> bytes:
    """The guide as PDF; with more pages each repeats a running head and its number. The table is lines of cells."""
    paper = FPDF()
    for page in range(pages):
        paper.add_page()
        if pages > 1:
            _write(paper, f"Zorbex Press - page {page + 1}", 8)
        if page == 0:
            _write(paper, TITLE, 22)
            _write(paper, ROUNDS, 16)
            _write(paper, " ".join(SENTENCES), 11)
            for item in ITEMS:
                _write(paper, f"- {item}", 11)
            _write(paper, PAY, 16)
            for row in (HEADER, ("---",) * 3, *ROWS):
                _write(paper, f"| {' | '.join(row)} |", 11)
        else:
            _write(paper, f"Chapter {page + 1}", 16)
            _write(paper, f"Chapter {page + 1} says that compost needs {page + 5} weeks of rest.", 11)
    if password:
        paper.set_encryption(owner_password=password, user_password=password)
    return bytes(paper.output())


def _write(paper: FPDF, words: str, size: int) -> None:
    paper.set_font("Helvetica", size=size)
    paper.multi_cell(0, size * 0.55, words, new_x="LMARGIN", new_y="NEXT")
