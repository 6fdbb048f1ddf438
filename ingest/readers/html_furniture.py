"""Which elements of a page are no part of what it says: menus, banners, shares, related pages, newsletters, comments.

Told by what authors call them: the words of class and id that browsers' reading modes go by (Mozilla's Readability).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from index.passages import Noise

NAMES: dict[str, Noise] = {
    **dict.fromkeys(
        "nav navbar navigation menu menubar breadcrumb breadcrumbs crumb crumbs toc pagination pager topbar share sharing "
        "sidebar social socials tags taglist skiplink cookie cookies consent gdpr login signin searchbox toolbar".split(),
        "navigation",
    ),
    **dict.fromkeys("related recommended recommendations similar upnext comments disqus respond".split(), "related"),
    **dict.fromkeys(
        "newsletter promo promotion cta ad ads advert advertisement sponsor sponsored subscribe signup popup modal paywall "
        "upsell".split(),
        "promotion",
    ),
    **dict.fromkeys("footer colophon copyright".split(), "contact"),
}
PAIRS: dict[tuple[str, str], Noise] = {
    ("read", "next"): "related",
    ("more", "posts"): "related",
    ("more", "articles"): "related",
    ("also", "like"): "related",
    ("sign", "up"): "promotion",
    ("table", "contents"): "navigation",
    ("on", "page"): "navigation",
}
LONGEST: dict[Noise, int] = {"navigation": 120, "promotion": 120, "related": 1_000, "contact": 200}  # words
MOST = 0.4  # of the page's words: more is what the page says, whatever it is called
TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def furniture_of(page: Any) -> Callable[[Any], Noise | None]:
    """A function that says of an element of this page what kind of noise it is, None for what the page says."""
    whole = len(page.get_text(" ").split()) or 1

    def furniture(tag: Any) -> Noise | None:
        noise = _named(tag)
        if noise is None:
            return None
        words = len(tag.get_text(" ").split())
        if words > LONGEST[noise] or words > MOST * whole or tag.find(["h1", "main", "article"]):
            return None
        return noise

    return furniture


def _named(tag: Any) -> Noise | None:
    """The kind that an element's tag, role, class or id names."""
    if tag.name == "header" and not tag.find(re.compile(r"^h[1-6]$")):
        return "navigation"
    if tag.name in ("ul", "ol") and _leads_within(tag):
        return "navigation"
    classes = tag.get("class") or []
    names = [*(classes if isinstance(classes, list) else [classes]), str(tag.get("id") or "")]
    for name in names:
        tokens = [token.lower() for token in TOKEN.findall(str(name))]
        found = next((NAMES[token] for token in tokens if token in NAMES), None)
        if found is None:
            found = next((PAIRS[pair] for pair in pairwise(tokens) if pair in PAIRS), None)
        if found is not None:
            return found
    return None


def _leads_within(tag: Any) -> bool:
    """Whether a list is a table of contents: each item is a link to a place in the same page."""
    items = tag.find_all("li")
    return len(items) >= 2 and all(
        (link := item.find("a")) is not None and str(link.get("href") or "").startswith("#") for item in items
    )
