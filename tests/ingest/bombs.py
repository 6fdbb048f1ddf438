"""One file of each known kind that is made to hang or fill its reader, by name: small to write, endless to read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAID = "The keeper trims the wick. "


def word(document: bytes, **more: bytes) -> bytes:
    """A Word file with this main part; `more` are further parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", document)
        for name, content in more.items():
            package.writestr(name, content)
    return out.getvalue()


def body(inside: str) -> bytes:
    """A Word file's main part."""
    return f'<?xml version="1.0"?><w:document {WORD}><w:body>{inside}</w:body></w:document>'.encode()


def paragraph(words: str) -> str:
    """A paragraph of Word."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def laughs(levels: int = 9) -> str:
    """A document type whose entities expand tenfold at each level."""
    names = [f"e{level}" for level in range(levels)]
    inside = "".join(
        f'<!ENTITY {name} "{f"&{names[at - 1]};" * 10 if at else "ha" * 50}">' for at, name in enumerate(names)
    )
    return f"<!DOCTYPE bomb [{inside}]>"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A PDF stream."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def page_of(contents: bytes, *more: bytes) -> bytes:
    """A PDF of one page with this content stream as object 4, a font as object 5, and more objects."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %b >> >>"
    own = b"/XObject << /X 6 0 R >>" if more else b""
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page % own, contents, font, *more])


def _deflated(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def _shown(line: bytes, times: int) -> bytes:
    return b"BT /F1 10 Tf " + line * times + b" ET"


def pdf_nested_filters() -> bytes:
    """300 MB behind three layers of deflation."""
    content = _deflated(b"(a) Tj " * 43_000_000, 3)
    return page_of(stream(content, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"))


def pdf_wide_stream() -> bytes:
    """60 MB of drawing in one page."""
    content = _deflated(_shown(b"1 0 0 1 10 10 Tm (a) Tj ", 2_500_000), 1)
    return page_of(stream(content, b"/Filter /FlateDecode"))


def pdf_page_loop() -> bytes:
    """A page tree that holds itself."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])


def pdf_deep_pages() -> bytes:
    """A page tree 20,000 deep."""
    deep = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(20_000)]
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *deep, b"<< /Type /Page /MediaBox [0 0 9 9] >>"])


def pdf_many_pages() -> bytes:
    """One page listed 200,000 times."""
    kids = b"3 0 R " * 200_000
    tree = b"<< /Type /Pages /Kids [%b] /Count 200000 >>" % kids
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    said = stream(_shown(b"1 0 0 1 10 10 Tm (The keeper trims the wick.) Tj ", 3))
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, said, font])


def pdf_form_loop() -> bytes:
    """A drawing that draws itself twice."""
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return page_of(stream(b"/X Do /X Do"), form)


def pdf_deep_array() -> bytes:
    """An object of arrays in arrays."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R /Odd %b%b >>" % (b"[" * 100_000, b"]" * 100_000)])


def _html(inside: str) -> bytes:
    return f"<html><body><main><h1>Lamps</h1><p>{SAID}</p>{inside}</main></body></html>".encode()


def _yaml_aliases() -> bytes:
    lines = ['a0: &a0 ["x","x","x","x","x","x","x","x","x"]']
    lines += [f"a{at}: &a{at} [{','.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 10)]
    return "\n".join(lines).encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "zip.docx": lambda: word(b" " * 800_000_000),
    "parts.docx": lambda: word(body(paragraph(SAID)), **{f"word/part{at}.xml": b"<a/>" for at in range(30_000)}),
    "laughs.docx": lambda: word(body(paragraph("&e8;")).replace(b"?>", b"?>" + laughs().encode(), 1)),
    "deep.docx": lambda: word(body("<w:p>" * 100_000 + "</w:p>" * 100_000)),
    "tables.docx": lambda: word(body("<w:tbl><w:tr><w:tc>" * 3_000 + paragraph(SAID) + "</w:tc></w:tr></w:tbl>" * 3_000)),
    "paragraphs.docx": lambda: word(body(paragraph(SAID) * 400_000)),
    "cells.docx": lambda: word(body("<w:tbl><w:tr>" + f"<w:tc>{paragraph('x')}</w:tc>" * 100_000 + "</w:tr></w:tbl>")),
    "laughs.html": lambda: laughs().encode() + _html("&e8;"),
    "laughs.xhtml": lambda: b'<?xml version="1.0"?>' + laughs().encode() + _html("&e8;"),
    "deep.html": lambda: _html("<div>" * 200_000 + SAID),
    "lists.html": lambda: _html("<ul><li>a" * 10_000),
    "quotes.html": lambda: _html("<b><i>" * 100_000 + SAID),
    "large.html": lambda: _html(f"<p>{SAID}</p>" * 1_300_000),
    "items.html": lambda: _html("<ul>" + f"<li>{SAID}</li>" * 200_000 + "</ul>"),
    "spans.html": lambda: _html("<p>" + "<span>a</span>" * 1_000_000 + "</p>"),
    "row.html": lambda: _html("<table><tr>" + "<td>x</td>" * 300_000 + "</tr></table>"),
    "spanning.html": lambda: _html('<table><tr><td colspan="1000000" rowspan="1000000">x</td></tr></table>'),
    "tables.html": lambda: _html("<table><tr><td>" * 5_000 + SAID),
    "attributes.html": lambda: _html("<p " + " ".join(f"a{at}=x" for at in range(300_000)) + ">x</p>"),
    "deep.yaml": lambda: b"[" * 200_000 + b"]" * 200_000,
    "indented.yaml": lambda: b"".join(b" " * at + b"a:\n" for at in range(1_500)),
    "aliases.yaml": _yaml_aliases,
    "large.yaml": lambda: b"- a: b\n" * 6_000_000,
    "deep.json.md": lambda: b"```json\n" + b'{"a":' * 500_000 + b"\n```\n",
    "filters.pdf": pdf_nested_filters,
    "drawing.pdf": pdf_wide_stream,
    "loop.pdf": pdf_page_loop,
    "tree.pdf": pdf_deep_pages,
    "pages.pdf": pdf_many_pages,
    "forms.pdf": pdf_form_loop,
    "arrays.pdf": pdf_deep_array,
    "huge.txt": lambda: b"a lamp \n" * 25_000_000,
    "large.txt": lambda: SAID.encode() * 1_800_000,
    "lines.txt": lambda: f"{SAID}\n".encode() * 1_700_000,
    "line.txt": lambda: SAID.encode() * 350_000,
    "word.txt": lambda: b"a" * 9_000_000,
    "headings.md": lambda: b"# a\n\n" * 400_000,
    "levels.md": lambda: "".join(f"{'#' * (at % 6 + 1)} Part {at}\n\n{SAID}\n\n" for at in range(100_000)).encode(),
    "front.md": lambda: b"---\ntitle: " + b"&a [" * 100_000 + b"\n---\n# Lamps\n",
    "lists.md": lambda: "".join(" " * at + "- a\n" for at in range(9_500)).encode(),
    "quotes.md": lambda: (">" * 100_000 + " a\n").encode(),
    "row.md": lambda: ("|" + " a |" * 300_000 + "\n|" + "---|" * 300_000 + "\n|" + " b |" * 300_000 + "\n").encode(),
    "rows.md": lambda: ("| a | b |\n|---|---|\n" + "| c | d |\n" * 300_000).encode(),
    **{
        f"run-{name}.{ending}": lambda sign=sign: b"# Lamps\n\n" + sign * (100_000 // len(sign)) + b"\n\nOil.\n"
        for ending in ("md", "txt")
        for name, sign in {
            "dash": b"-",
            "pipe": b"|",
            "pipes": b"| ",
            "star": b"*",
            "stars": b"* ",
            "digit": b"1",
            "digits": b"1 ",
            "numbers": b"1. ",
            "bracket": b"[",
            "link": b"[a](",
            "image": b"![",
            "tick": b"`",
            "ticks": b"`a",
            "dollar": b"$",
            "dollars": b"$a ",
            "under": b"_",
            "emphasis": b"**a ",
            "tag": b"<a ",
            "comment": b"<!--",
            "entity": b"&",
            "space": b" ",
            "spaces": b"a  ",
            "tab": b"\t",
            "colon": b":",
            "labels": b"a: ",
            "dot": b".",
            "stops": b"A. ",
            "ends": b"a?",
            "quote": b'"',
            "paren": b"(",
            "capital": b"Aa",
            "capitals": b"A",
            "joined": b"wordWord",
            "hyphens": b"a-",
            "slashes": b"a/",
            "backslash": b"\\",
            "tilde": b"~",
            "equals": b"=",
            "hash": b"#",
            "money": b"$1,000-",
            "months": b"Jan 1 ",
            "returns": b"\r",
            "newline": b"\n",
            "short": b"a\n",
            "question": b"Q: a? A: b ",
        }.items()
    },
}  # fmt: skip
