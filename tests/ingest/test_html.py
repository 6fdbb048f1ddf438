"""A saved page is understood by what its elements are, whatever tags say so; what is around the text is noise."""

from __future__ import annotations

import pytest

from index.passages import Guide
from tests.ingest.test_formats import guide_of


def page(body: str, *, head: str = "<title>Roses</title>") -> Guide:
    return guide_of("roses.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())


def headings(guide: Guide) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in guide.sections]


def noise(guide: Guide) -> list[str]:
    return [" ".join(guide.raw(block.start, block.end).split()) for block in guide.blocks if block.noise]


def items(guide: Guide) -> list[str]:
    return [unit.text for unit in guide.units if unit.kind == "item"]


SAID = "<p>Roses like loam and hate wind.</p>"


def test_roles_say_what_tags_do_not() -> None:
    guide = page(
        "<div role=heading aria-level=1>Roses</div><div role=heading aria-level=2>Soil</div>" + SAID + "<div role=list>"
        "<div role=listitem>loam</div><div role=listitem>clay</div></div><div role=table><div role=row>"
        "<span role=columnheader>Rose</span><span role=columnheader>Sun</span></div><div role=row>"
        "<span role=cell>Dog</span><span role=cell>6 hours</span></div></div>"
    )
    assert headings(guide) == [(0, "Roses"), (1, "Soil")]
    assert items(guide) == ["loam", "clay"]
    assert [unit.text for unit in guide.units if unit.kind == "row"] == ["Rose: Dog; Sun: 6 hours"]


@pytest.mark.parametrize(
    "folded",
    [
        "<div><button aria-expanded=false>Do roses need sun?</button></div><div class=answer hidden>Six hours.</div>",
        "<button aria-controls=a>About the sun</button><div id=a hidden>Six hours of it are enough.</div>",
        "<details><summary>Do roses need sun?</summary>Six hours.</details>",
        "<details><summary><h3>Do roses need sun?</h3></summary>Six hours.</details>",
    ],
)
def test_what_opens_an_answer_is_its_heading(folded: str) -> None:
    guide = page(f"<h1>Roses</h1><h2>Questions</h2>{folded}")
    assert [level for level, _ in headings(guide)] == [0, 1, 2]
    assert "Six hours" in guide.text


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1>Roses</h1><h2>Soil</h2><p><b>Loam</b></p>" + SAID, [(0, "Roses"), (1, "Soil"), (2, "Loam")]),
        ("<h1>Roses</h1><p><b>Loam</b><br>It holds water.</p>", [(0, "Roses"), (1, "Loam")]),
        ("<h1>Roses</h1><p><b>Loam</b> holds water.</p>", [(0, "Roses")]),
        ("<h1>Roses</h1><p><b>Never plant them in clay.</b></p>" + SAID, [(0, "Roses")]),
        ("<font size=6><b>All roses</b></font><p><b>Soil</b></p>" + SAID, [(0, "All roses"), (1, "Soil")]),
        ("<h1>Roses</h1><ol><li><h3>Dig</h3><p>Two feet.</p></li></ol>", [(0, "Roses"), (1, "Dig")]),
    ],
)
def test_a_short_bold_line_is_a_heading_and_a_sentence_is_none(body: str, found: list[tuple[int, str]]) -> None:
    assert headings(page(body)) == found


@pytest.mark.parametrize(
    "around",
    [
        '<div class="related-posts"><h3>Tulips</h3><p>How tulips are planted in autumn.</p></div>',
        '<div id="newsletter_box"><h4>Never miss a rose</h4><p>We write every week.</p></div>',
        '<ul class="navbar"><li><a href="/">Home</a></li><li><a href="/all">Flowers</a></li></ul>',
        '<ul><li><a href="#soil">Soil</a></li><li><a href="#sun">Sun</a></li></ul>',
        '<p><a href="/">Home</a> | <a href="/all">Flowers</a></p>',
        '<div class="siteFooter">Made in Kent by hand</div>',
    ],
)
def test_what_stands_around_the_text_is_noise_and_no_section(around: str) -> None:
    guide = page(f"<h1>Roses</h1><h2>Soil</h2>{SAID * 3}{around}")
    assert headings(guide) == [(0, "Roses"), (1, "Soil")]
    assert noise(guide)
    assert not any("Roses like" in words for words in noise(guide))


@pytest.mark.parametrize("name", ["related", "menu", "banner", "tags"])
def test_what_makes_up_the_page_is_no_noise_whatever_it_is_called(name: str) -> None:
    assert noise(page(f'<div class="{name}"><h1>Roses</h1><h2>Soil</h2>{SAID * 3}</div>')) == []


def test_links_among_words_and_lists_of_sources_are_no_noise() -> None:
    sources = (
        "<ul><li><a href='https://a.example'>Rose book</a></li><li><a href='https://b.example'>Soil book</a></li></ul>"
    )
    assert noise(page(f"<h1>Roses</h1><p>Read <a href=/a>this</a> and <a href=/b>that</a> first.</p>{sources}")) == []


def test_a_header_of_two_rows_is_one_and_a_grid_for_looks_is_no_table() -> None:
    rows = "<tr><td>Dog</td><td>6</td><td>2</td></tr>"
    head = "<thead><tr><th rowspan=2>Rose</th><th colspan=2>Sun</th></tr><tr><th>least</th><th>most</th></tr></thead>"
    guide = page(f"<h1>Roses</h1><table>{head}{rows}</table>")
    assert [block.header for block in guide.blocks if block.kind == "table"] == [("Rose", "Sun least", "Sun most")]
    laid = page(f"<table><tr><td><ul><li>a</li></ul></td><td><h1>Roses</h1><h2>Soil</h2>{SAID}</td></tr></table>")
    assert not [block for block in laid.blocks if block.kind == "table"]
    assert (1, "Soil") in headings(laid)
