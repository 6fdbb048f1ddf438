"""Who says it, when, and about whom: from front matter where given, else found in the text."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from index.words import STOP_WORDS
from ingest.outline import Outline
from ingest.wording import normalise

MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
DATE = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<slash>\d{1,2}[/.]\d{1,2}[/.]\d{4})|(?P<year_first>\d{4}/\d{1,2}/\d{1,2})|"
    r"(?P<month>[A-Z][a-z]{2,8})\.?\s+(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s*)?(?P<year>\d{4})|"
    r"(?P<day_first>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month_second>[A-Z][a-z]{2,8})\.?,?\s+(?P<year_third>\d{4})"
)
UPDATED = re.compile(r"(?:last\s+)?(?:updated|modified|reviewed|revised)(?:\s+on)?\s*:?\s*", re.I)
PUBLISHED = re.compile(r"(?:published|posted|written|date)(?:\s+on)?\s*:?\s*", re.I)
AUTHOR = re.compile(
    r"(?:^|[|·•\n]\s*)(?:author|written by|by)\s*:?\s+(?P<name>(?-i:[A-Z])[\w.’'-]+(?:[ \t]+(?-i:[A-Z])[\w.’'-]+){0,4})"
    r"(?![\w’'-]|[ \t]+(?-i:[a-z]))",  # "By Bayes theorem" names nobody
    re.M | re.I,
)
RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s*)?"
    r"(?P<name>(?-i:[A-Z])[\w&.’'-]*(?:\s+(?-i:[A-Z])[\w&.’'-]*){0,3}?)(?=\.|,|\s+All|\s*$|\n)",
    re.I,
)
PRODUCT = re.compile(
    r"\b([A-Z][a-z]+[A-Z]\w+|[A-Z][a-z]{3,})(?:\s+AI)?\s+(?:provides|listens|offers|helps|is a real-time|gives you)\b([^.!?\n]{0,160})"
)
TO_THE_READER = re.compile(
    r"\byour?\b.*\b(?:interview|practi[cs]e|prepar|r[ée]sum[ée]|job|career)|\byour (?:actual )?interview", re.I
)
ROLE = re.compile(
    r"\b(?:(?:senior|staff|principal|lead|junior)\s+)?(?:(?:machine learning|ml|ai|data|software|"
    r"research|applied|site reliability|"
    r"cloud|security|front-?end|back-?end|full-?stack|mlops|devops|product|analytics)\s+)+"
    r"(?:engineer|scientist|analyst|manager|architect|researcher|developer|administrator)s?\b",
    re.I,
)
ROLES = {"ml engineer": "Machine Learning Engineer", "mle": "Machine Learning Engineer"}
COMPANIES = (
    "Microsoft Google Meta Amazon Apple Netflix OpenAI Anthropic NVIDIA TikTok ByteDance Uber Airbnb Stripe LinkedIn Spotify Tesla "
    "Salesforce Adobe Oracle IBM Intel Databricks Snowflake DoorDash Lyft Pinterest Snap Twitter Palantir Bloomberg Shopify Atlassian"
).split()


def iso_date(words: str) -> str | None:
    """The first date in `words` as an ISO day; a month without a day stands for its first. None when there is none.

    Three numbers with slashes are month, day, year, unless only day, month, year is possible.
    """
    for match in DATE.finditer(words):
        if day := _day(match):
            return day.isoformat()
    return None


def _day(match: re.Match[str]) -> date | None:
    group = match.groupdict()
    if numeric := group["iso"] or group["year_first"]:
        year, month, day = (int(part) for part in re.split(r"[-/]", numeric))
    elif group["slash"]:
        month, day, year = (int(part) for part in re.split(r"[/.]", group["slash"]))
        if month > 12 or "." in group["slash"]:
            month, day = day, month
    else:
        name = (group["month"] or group["month_second"] or "")[:3].lower()
        month = MONTHS.get(name, 0)
        year = int(group["year"] or group["year_third"] or 0)
        day = int(group["day"] or group["day_first"] or 1)
    try:
        return date(year, month, day) if 1990 <= year <= 2100 else None
    except ValueError:
        return None


def find_metadata(outline: Outline, title: str) -> dict[str, str]:
    """What the file says of itself; front matter first. Keys: title, publisher, author, source, published, updated,
    company, role, topic."""
    found = {key: value for key, value in outline.stated.items() if value}
    text = outline.text
    found["title"] = title
    for key, pattern in (("updated", UPDATED), ("published", PUBLISHED)):
        if key not in found and (day := _stated_date(text, pattern)):
            found[key] = day
    if "author" not in found and (author := AUTHOR.search(text[:4000]) or AUTHOR.search(text[-1500:])):
        found["author"] = normalise(author.group("name"))
    if "publisher" not in found and (publisher := _publisher(outline, found.get("author"))):
        found["publisher"] = publisher
    if "company" not in found and outline.format != "bank" and (company := _company(found["title"], text)):
        found["company"] = company
    if "role" not in found and (role := ROLE.search(found["title"])):
        found["role"] = _role(role.group(0))
    return found


def _stated_date(text: str, pattern: re.Pattern[str]) -> str | None:
    for match in pattern.finditer(text):
        after = text[match.end() : match.end() + 24]
        first = DATE.match(after) or DATE.match(after[1:])
        if first and (day := _day(first)):
            return day.isoformat()
    return None


def _publisher(outline: Outline, author: str | None) -> str | None:
    text = outline.text
    if rights := list(RIGHTS.finditer(text)):
        return normalise(rights[-1].group("name")).rstrip(".")
    if editorial := re.search(
        r"\b((?:[A-Z][\w&]*\s+){1,3}(?:Editorial|Editors|Team|Press|Media|Magazine|Blog))\b", text[:600] + text[-600:]
    ):
        return re.sub(r"\s+(?:Editorial|Editors|Team|Blog)$", "", normalise(editorial.group(1)))
    return _named_product(text) or (
        re.sub(r"\s+(?:Career Experts|Team|Editors|Staff)$", "", author) if author else None
    )


def _named_product(text: str) -> str | None:
    """A made-up name that the page offers to its reader as a product for interviews; no word that the page uses as one."""
    names = Counter(
        name
        for name, offer in PRODUCT.findall(text)
        if TO_THE_READER.search(offer)
        and name.lower() not in STOP_WORDS
        and not re.search(rf"\b{name.lower()}\b", text)
    )
    return names.most_common(1)[0][0] if names else None


def _company(title: str, text: str) -> str | None:
    named = [name for name in COMPANIES if re.search(rf"\b{re.escape(name)}\b", title, re.I)]
    return named[0] if len(named) == 1 and text.count(named[0]) >= 2 else None


def _role(words: str) -> str:
    single = re.sub(r"s$", "", normalise(words))
    return ROLES.get(single.lower(), " ".join(word if word.isupper() else word.capitalize() for word in single.split()))
