"""Parts that a page carries but a guide does not say: menus, blurbs of other articles, promotion, contact, stubs."""

from __future__ import annotations

import re
from dataclasses import replace

from index.passages import Noise
from ingest.lines import is_byline
from ingest.outline import Part, words_of
from ingest.sentences import sentence_spans
from ingest.wording import is_question, is_sentence, joins, normalise, ran_together, word_list

STUB = re.compile(
    r"(?:(?:sample |view |show |see |model )?(?:solution|answer)s?|(?:\d+ )?comments?(?: \(\d+\))?|"
    r"leave a (?:comment|reply)|no comments yet.*|"
    r"to be (?:completed|done|added|announced|determined|written)|tbd|tbc|todo|coming soon|"
    r"under construction|work in progress|"
    r"lorem ipsum.*|n/a|loading|content goes here|placeholder|\[?answer (?:here|pending)\]?|"
    r"no answer(?: yet)?|discuss(?:ion)?)[.:!… ]*",
    re.I,
)
RELATED = re.compile(
    r"(?:(?:related|recommended|similar|popular|latest|recent|trending|other|more|further|"
    r"featured)\b.{0,30}\b(?:articles?|guides?|posts?|"
    r"reads?|reading|stories|interviews?|pages?|content|topics)|you (?:may|might) also (?:like|enjoy|"
    r"be interested).*|read (?:next|also)|"
    r"keep reading|more from .*|more like this|people also (?:read|viewed)|what to read next|see also|up next)\W*",
    re.I,
)
ENDS_RELATED = re.compile(r"(?:Related|Recommended|Similar) (?:\w+ )?(?:Articles|Guides|Posts|Interviews?)$")
NAVIGATION = re.compile(
    r"(?:view|browse|see|show|explore|load) (?:all|more|\d+\+?)\b.{0,60}|back to (?:top|home|.{0,20})|"
    r"skip to .{0,20}|share(?: this.{0,20})?|"
    r"(?:log|sign) ?(?:in|up|out)|subscribe|menu|search|home|next|previous|read more.{0,12}|"
    r"table of contents|contents|on this page|"
    r"in this (?:article|guide|post)|jump to.{0,20}|copy link|print|.{0,30}\blogo|interview guide|"
    r"advertisement|cookie .{0,20}|tags?|was this (?:page |article )?helpful\b.{0,20}",
    re.I,
)
MENU_TITLE = re.compile(
    r"(?:product|browse|support|legal|company|menu|navigation|follow us|social|quick links|links|"
    r"about us|contact(?: us)?)",
    re.I,
)
LONGEST_LICENCE = 25  # words of a line that only says under which licence the page is
CODE = re.compile(r"`|<(?:code|kbd|pre)\b", re.I)
FOOT = re.compile(
    r"\b(?:edit (?:this page|on github)|report an issue|improve this page|suggest (?:an )?edits?)\b", re.I
)
MOST_FOOT = 20  # words of a line at a page's foot
SHARED_AT = re.compile(r"facebook|twitter|linkedin|instagram|pinterest|reddit|whatsapp|youtube|rss|e-?mail", re.I)
CONTENTS = re.compile(
    r"(?:table of )?contents|on this page|in this (?:article|guide|post)|jump to\b.{0,20}|tags?", re.I
)
TAGS = re.compile(r"(?:tags?|keywords|filed under|labels)\W*", re.I)
CONTACT = re.compile(
    r"©|\(c\) ?\d{4}|all rights reserved|\bcopyright\b|privacy policy|terms of (?:service|use)|"
    r"^[\w.+-]+@[\w-]+\.[\w.]+$|^\+?[\d(][\d\s().-]{7,}$|licen[cs]ed under|creative commons",
    re.I,
)
LICENCE = re.compile(
    r"\b(?:licen[cs]ed under|(?:copied|shared|reused|used|distributed|available|released) under (?:the|a)\b.{0,60}licen[cs]e|"
    r"creative commons|cc[ -]by\b|(?:mit|apache|bsd|gpl)\b.{0,12} licen[cs]e)",
    re.I,
)
STATED = re.compile(
    r"(?:(?:author|by|written by|reviewed by|published|posted|posted in|filed under|updated|last (?:updated|modified|"
    r"reviewed)|date|reading time|topics?|tags?|"
    r"keywords|categor(?:y|ies))\s*:\s*.+|(?:last )?(?:updated|published)(?: on)? .{4,20}|"
    r"\d{1,4}[-–\s]{0,3}(?:\d{1,4} )?min(?:ute)?s? read\b.*)",
    re.I,
)
AFFILIATE = re.compile(r"https?://\S*(?:[?&](?:tag|ref|aff\w*|utm_\w+)=)\S*", re.I)
CALLS = (
    r"\bfree (?:tier|trial|plan|account)\b",
    r"\bno credit card\b",
    r"\bchrome (?:extension|web store|side panel)\b",
    r"\bsign up\b",
    r"\bget started\b",
    r"\binstall\b.{0,30}\b(?:extension|app)\b",
    r"\$\d+(?:\.\d+)?\s?/\s?(?:mo|month|yr|year)\b",
    r"\bno subscription\b",
    r"\bdiscount\b",
    r"\breal[- ]time (?:help|coaching|voice|interview|assistance|copilot)\b",
    r"\blive (?:assistance|copilot|coaching)\b",
    r"\bai[- ]powered\b",
    r"\bour (?:ai|app|tool|platform|product|users|coaches|course)\b",
    r"\btry .{2,30} (?:for|today|now|free)\b",
    r"\b(?:browse|explore|unlock|access) \d[\d,]*\+",
    r"\bjoin (?:our|thousands|now)\b",
    r"\bget instant\b",
    r"\bwith ai\b",
    r"\binstant feedback\b",
    r"\bsee a professional\b",
    r"\bdownload (?:our|the|now)\b",
    r"\bready to\b.{0,30}\?",
    r"\bland the\b",
    r"\bmaster your\b",
    r"\bfrom top companies\b",
    r"\blistens to your\b",
    r"\bread more at\b",
    r"\bsession pass\b",
    r"\bupgrade\b",
    r"\bbuy (?:now|it)\b",
    r"\bsponsor",
    r"\bour (?:community|discord)\b",
    r"\bnewsletter\b",
    r"\b(?:like|enjoy(?:ed)?|found) this (?:post|article|guide)\b",
    r"\bduring your actual\b",
    r"\bbook (?:a|your) (?:call|demo|session)\b",
)
CALL = re.compile("|".join(CALLS), re.I)


WITHIN = re.compile(r"\[([^\[\]]{1,200})\]\(#[^()\s]{0,200}\)")
OFFER = re.compile(r"(?:try|get|install|download|join|meet|start|discover)\b", re.I)
ADVICE = re.compile(r"(?:how|what|when|where|why|tips)\b", re.I)  # a heading that promises some
LINKED = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{0,500}\)")
ROW_OF_LINKS = re.compile(rf"{LINKED.pattern}(?:\s*[·|•›»/]\s*{LINKED.pattern}){{1,20}}\s*")
TEASER = re.compile(r"[.!?] [^.!?]{3,200}[^\W\d_](?:\.\.\.|…)$")  # whole sentences, then one cut off: a page's blurb


def mark_noise(parts: list[Part], text: str, publisher: str | None) -> list[Part]:
    """The same parts, each that is noise marked with its kind."""
    vocabulary = frozenset(word.lower() for word in word_list(text))
    marked = [replace(part, noise=part.noise or own_noise(part, text, vocabulary)) for part in parts]
    marked = _related(marked, text)
    marked = _promotion(marked, text, publisher)
    marked = _menus(marked, text)
    return _empty_headings(_filled(marked, text))


def own_noise(part: Part, text: str, vocabulary: frozenset[str]) -> Noise | None:
    """The kind of noise that a part is by its own words, whatever stands around it."""
    if part.kind in ("table", "code", "formula"):
        return None
    if part.kind == "list":
        return _list_noise(part, text)
    words = normalise(words_of(part, text)).strip("*_ ")
    if STUB.fullmatch(words):
        return "stub"
    if _is_contact(words):
        return "contact"
    if STATED.fullmatch(words) or (
        is_byline(words) and not is_sentence(words) and re.search(r"min read|\d{4}|editorial", words, re.I)
    ):
        return "front matter"
    if NAVIGATION.fullmatch(words) and not is_sentence(words):
        return "navigation"
    return _paragraph_noise(part, words, text, vocabulary) if part.kind == "paragraph" else None


def _is_contact(words: str) -> bool:
    """Whether words say whom to write to, who owns the page or under which licence it is."""
    if len(words.split()) <= LONGEST_LICENCE and LICENCE.search(words) and ". " not in words:
        return True
    owned = "©" in words or "rights reserved" in words.lower()
    return len(words) <= 240 and bool(CONTACT.search(words)) and (owned or not is_sentence(words))


def _paragraph_noise(part: Part, words: str, text: str, vocabulary: frozenset[str]) -> Noise | None:
    if SHARED_AT.fullmatch(words):
        return "navigation"
    if TEASER.search(words):
        return "related"
    if _leads_within(text[part.start : part.end]) or (len(words.split()) <= MOST_FOOT and FOOT.search(words)):
        return "navigation"
    breaks = joins(words, vocabulary)
    if CODE.search(text[part.start : part.end]):
        return None
    tagged = part.role is None and not is_sentence(words) and not re.search(r"[,;:]", words)
    if tagged and ran_together(words, vocabulary):
        return "navigation"
    if len(breaks) >= 2 and not is_sentence(words) and "read" not in words.lower()[:12]:
        return "navigation" if len(breaks) >= 3 and len(breaks) * 6 > len(words.split()) else None
    return None


def _leads_within(raw: str) -> bool:
    """Whether a paragraph of Markdown is little but links to places of its own page, or a row of any links."""
    pattern = LINKED if ROW_OF_LINKS.fullmatch(raw) else WITHIN
    links = pattern.findall(raw)
    letters = sum(map(str.isalnum, pattern.sub("", raw)))
    return len(links) >= 2 and letters <= sum(sum(map(str.isalnum, link)) for link in links)


def _list_noise(part: Part, text: str) -> Noise | None:
    items = [normalise(text[entry.start : entry.end]) for entry in part.entries]
    if sum(bool(CONTACT.search(item)) for item in items) * 2 > len(items):
        return "contact"
    links = sum(bool(re.fullmatch(r"\[[^\]]*\]\(#[^)]*\)", item)) for item in items)
    return "navigation" if items and links == len(items) else None


def _related(parts: list[Part], text: str) -> list[Part]:
    """From a heading of related articles on: its list, or the titles and blurbs that follow it."""
    found, inside, level, listed = [], False, 0, False
    for at, part in enumerate(parts):
        words = normalise(words_of(part, text)) if part.kind in ("heading", "paragraph") else ""
        opens = bool(RELATED.fullmatch(words) or ENDS_RELATED.search(words)) and len(words.split()) <= 14
        if opens:
            inside, level, listed = True, part.level, False
        elif (
            inside
            and part.kind == "heading"
            and part.level
            and part.level <= level
            and level
            and not _blurb(parts, at, text)
        ) or (inside and listed and part.kind != "list"):
            inside = False
        listed = (
            inside and part.kind == "list" and at > 0 and bool(RELATED.search(normalise(words_of(parts[at - 1], text))))
        )
        ours = part.noise in ("contact", "front matter", "promotion")
        found.append(replace(part, noise="related") if inside and not ours else part)
    return found


def _blurb(parts: list[Part], at: int, text: str) -> bool:
    """Whether a heading with one short paragraph stands here, as another article's blurb does."""
    after = parts[at + 1 : at + 3]
    return bool(after) and after[0].kind in ("paragraph", "heading") and len(words_of(after[0], text).split()) <= 60


def _promotion(parts: list[Part], text: str, publisher: str | None) -> list[Part]:
    """Paragraphs that sell the publisher's product; advice before the sales talk in one paragraph is kept apart."""
    name = re.compile(rf"\b{re.escape(publisher)}\b", re.I) if publisher and len(publisher) > 3 else None
    found: list[Part] = []
    offers = False  # whether the heading above sells
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        words = normalise(words_of(part, text)) if part.kind in ("heading", "paragraph") else ""
        words = re.sub(r"([A-Z]{2})(?=[A-Z][a-z]{2})", r"\1 ", words)  # "by BBCRadio": two that ran together
        offers = bool(CALL.search(words)) and not ADVICE.match(words) if part.kind == "heading" else offers
        if part.kind == "heading" and offers and not part.noise and part.role is None and _is_bare(after):
            found.append(_sold(part))
            continue
        if part.kind != "paragraph" or part.noise or part.role:
            found.append(part)
            continue
        limit = 1 if len(words.split()) <= 16 else 2
        sells = _sells(words, name) >= limit or bool(name and _names_only(words, name))
        offers = offers or (sells and not is_sentence(words))  # a line that sells heads what follows
        found.extend([part] if not sells else _without_advice(part, text, name) if not offers else [_sold(part)])
    return found


def _is_bare(after: Part | None) -> bool:
    """Whether nothing stands under a heading, given what comes after it."""
    return after is None or after.kind == "heading"


def _names_only(words: str, name: re.Pattern[str]) -> bool:
    """Whether a short line asks to take the publisher's product ("Try Crumb Coach")."""
    return bool(OFFER.match(words) and name.search(words)) and len(words.split()) <= 8 and not is_sentence(words)


def _sold(part: Part) -> Part:
    return replace(part, noise="promotion")


def _sells(words: str, name: re.Pattern[str] | None) -> int:
    """How many signs of promotion there are in `words`."""
    score = len({match.group(0).lower() for match in CALL.finditer(words)}) + 2 * bool(AFFILIATE.search(words))
    return score + bool(name and name.search(words) and score)


def _without_advice(part: Part, text: str, name: re.Pattern[str] | None) -> list[Part]:
    """What a paragraph says before it begins to sell, and the rest; a question there only leads to what is sold."""
    spans = sentence_spans(text, *part.body)
    said = [normalise(text[slice(*span)]) for span in spans]
    first = next((at for at, words in enumerate(said) if _sells(words, name) or (name and name.search(words))), 0)
    if all(map(is_question, said[:first])):
        return [_sold(part)]
    cut = spans[first][0]
    kept = replace(part, end=spans[first - 1][1], body=(part.body[0], spans[first - 1][1]))
    return [kept, _sold(replace(part, start=cut, body=(cut, part.body[1])))]


def _menus(parts: list[Part], text: str) -> list[Part]:
    """Lists of links under the headings of a page's foot ("Product", "Legal"), and tags under theirs."""
    found = list(parts)
    for at, part in enumerate(parts[:-1]):
        after = parts[at + 1]
        if part.kind == "heading" and after.kind in ("paragraph", "list") and _are_tags(part, after, text):
            found[at] = replace(part, noise=part.noise or "navigation")
            found[at + 1] = replace(after, noise=after.noise or "navigation")
        title = part.kind in ("heading", "paragraph") and MENU_TITLE.fullmatch(normalise(words_of(part, text)))
        if (
            title
            and after.kind == "list"
            and all(len(text[entry.start : entry.end].split()) <= 5 for entry in after.entries)
        ):
            found[at] = replace(part, noise=part.noise or after.noise or "navigation")
            found[at + 1] = replace(after, noise=after.noise or "navigation")
    return found


def _are_tags(heading: Part, part: Part, text: str) -> bool:
    words = normalise(text[part.start : part.end])
    named = TAGS.fullmatch(normalise(words_of(heading, text)))
    return named is not None and not is_sentence(words) and len(words.split()) <= 20


def _filled(parts: list[Part], text: str) -> list[Part]:
    """A heading that would be a stub ("Answer") or a menu's ("Search") is none where something stands right under it."""
    return [
        replace(part, noise=None) if part.kind == "heading" and _is_filled(part, after, text) else part
        for part, after in zip(parts, [*parts[1:], None], strict=True)
    ]


def _is_filled(heading: Part, after: Part | None, text: str) -> bool:
    """Whether a heading's words make it noise, and what stands under it says something."""
    if after is None or after.noise or after.kind == "heading":
        return False
    if heading.noise == "navigation":
        return after.kind != "list" and not CONTENTS.fullmatch(normalise(words_of(heading, text)))
    return heading.noise == "stub"


def _empty_headings(parts: list[Part]) -> list[Part]:
    """A heading under which there is nothing but noise is noise of the same kind."""
    found = list(parts)
    for at in range(len(parts) - 1, -1, -1):
        part = found[at]
        if part.kind != "heading" or part.noise or part.role == "title":
            continue
        inside = []
        for after in found[at + 1 :]:
            if after.kind == "heading" and after.level <= part.level:
                break
            inside.append(after)
        if (
            inside
            and all(after.noise for after in inside)
            and inside[0].noise != "stub"
            and inside[0].noise != "front matter"
        ):
            found[at] = replace(part, noise=inside[0].noise)
    return found
