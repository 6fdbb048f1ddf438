"""What the corpus as a whole knows: how rare each term is, which companies and publishers it speaks of, its own words.

Built once per generation from the index; everything later asks it instead of scanning guides again.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.passages import GuideInfo
from index.values import NUMBER_WORDS
from index.words import stem, words

# Employers people ask about; a corpus that names none of them must still notice that one of them was meant.
KNOWN_COMPANIES = frozenset(
    """adobe airbnb alibaba amazon amd anthropic apple atlassian baidu bloomberg bytedance cisco citadel coinbase databricks
    deepmind deepseek dell doordash dropbox ebay epic facebook figma github gmail google huawei huggingface ibm instacart instagram intel
    jpmorgan linkedin lyft meta microsoft mistral netflix nvidia openai oracle palantir paypal pinterest qualcomm
    quora reddit robinhood roblox salesforce samsung sap shopify slack snap snapchat snowflake spotify square stripe
    tencent tesla tiktok tinder twitch twitter uber visa walmart waymo whatsapp xai yahoo yelp youtube zillow zoom""".split()
)
# Those whose names are words: a capital, "at", "for", "like" … before them or "interview", "rounds" … after them says
# that the company is meant.
_WORDS_TOO = frozenset("apple meta oracle slack snap square stripe visa zoom".split())
_ANY = f"(?:{'|'.join(sorted(_WORDS_TOO))})"
_AS_COMPANY = re.compile(
    rf"\b(?:at|for|from|with|like|by|join|joining|of|or|the) (?P<after>{_ANY})\b"
    rf"(?! (?:learning|error|loss|root|sponsor\w*|status|analysis|tags?|data|call|channel))|"
    rf"\b(?P<before>{_ANY})(?:'s)? (?:interviews?|onsite|on-site|loop|rounds?|process|recruiter|offers?|salar\w+|levels?|pay|"
    rf"engineers?|ml|swe|mle|roles?|jobs?|screen|style)\b",
    re.IGNORECASE,
)


Related = Mapping[str, Mapping[str, float]]  # stem -> stems that mean nearly the same, with how nearly in (0, 1)


@dataclass(frozen=True)
class Lexicon:
    """`vocabulary` maps each lower-case word of the corpus to the number of units that hold it; `units` is their count."""

    vocabulary: Mapping[str, int]
    units: int
    guides: tuple[GuideInfo, ...]

    @cached_property
    def _frequency(self) -> Counter[str]:
        frequency: Counter[str] = Counter()
        for word, count in self.vocabulary.items():
            frequency[stem(word)] += count
        return frequency

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a stem, 0 for one in every unit, about log(units) for one in none."""
        return math.log1p((self.units + 1) / (self._frequency.get(term, 0) + 0.5))

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """Stems of the guides' titles, publishers and companies: they tell which guides, not which of their claims."""
        about = (part for info in self.guides for part in (info.title, info.publisher, info.company, info.role) if part)
        return frozenset(stem(word) for part in about for word in words(part))

    def share(self, asked: Iterable[str], told: Collection[str], related: Related | None = None) -> float:
        """How much of the asked stems is told, rare ones counting more, in [0, 1].

        `related` gives for an asked stem the stems that mean nearly the same and how nearly; such a one tells it in part.
        """
        return told_share(self.weights(asked), told, related)

    def weights(self, asked: Iterable[str]) -> dict[str, float]:
        """The asked stems with what each counts, rare ones more; together they count 1."""
        rarity = {term: self.rarity(term) for term in asked}
        total = sum(rarity.values()) or 1.0
        return {term: weight / total for term, weight in rarity.items()}

    @cached_property
    def companies(self) -> frozenset[str]:
        """Companies that guides are about, in lower case."""
        return frozenset(guide.company.lower() for guide in self.guides if guide.company)

    @cached_property
    def publishers(self) -> frozenset[str]:
        """Who published the guides, in lower case."""
        return frozenset(guide.publisher.lower() for guide in self.guides if guide.publisher)

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of companies and publishers: a unit need not repeat what its guide is about."""
        return frozenset(stem(word) for name in self.companies | self.publishers for word in words(name))

    @cached_property
    def _topics(self) -> frozenset[tuple[str, ...]]:
        """The titles and aliases of notes, as stems."""
        notes = (info for info in self.guides if info.kind == "note")
        return frozenset(_named(name) for info in notes for name in (info.title, *(info.aliases or "").split(",")))

    def is_topic(self, phrase: str) -> bool:
        """Whether a phrase is the title of a note or another name of its concept."""
        return _named(phrase) in self._topics

    def names_publisher(self, text: str) -> bool:
        """Whether a text names a publisher of the corpus."""
        plain = " ".join(word.removesuffix("'s") for word in words(text))
        return any(" ".join(words(publisher)) in plain for publisher in self.publishers)

    def is_company(self, name: str) -> bool:
        """Whether a name is that of a company a guide is about, or a well-known employer."""
        return name.lower() in KNOWN_COMPANIES or name.lower() in self.companies

    def is_company_or_publisher(self, name: str) -> bool:
        """Whether a name is that of a company or of one who publishes guides."""
        return self.is_company(name) or name.lower() in self.publishers

    def companies_in(self, text: str) -> frozenset[str]:
        """The companies a text names, in lower case."""
        if text not in self._named:
            self._named[text] = self._companies_in(text)
        return self._named[text]

    @cached_property
    def _named(self) -> dict[str, frozenset[str]]:
        return {}

    def uncovered_companies(self, text: str) -> frozenset[str]:
        """The companies a text names that no guide is about and none is published by, in lower case."""
        return self.companies_in(text) - self.publishers - self.companies

    def _companies_in(self, text: str) -> frozenset[str]:
        found = {word.removesuffix("'s") for word in words(text)}
        several = {company for company in self.companies if " " in company and company in text.lower()}
        meant = {name[name.lastgroup or 0].lower() for name in _AS_COMPANY.finditer(text)} | _capitalised(text)
        return frozenset(
            {
                word
                for word in found
                if self.is_company(word) and (word not in _WORDS_TOO - self.companies or word in meant)
            }
            | several
        )


def _capitalised(text: str) -> set[str]:
    """The words of a text that are written with a capital, in lower case; none where the whole text is."""
    return set() if text.isupper() else {word.lower() for word in re.findall(r"\b[A-Z][a-z]+", text)}


def _named(name: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(name) if word not in ("a", "an", "the"))


def told_share(weights: Mapping[str, float], told: Collection[str], related: Related | None = None) -> float:
    """How much of the weighed stems is told, those with a related stem in part; see `Lexicon.share`."""
    said = 0.0
    for term, weight in weights.items():
        if term in told:
            said += weight
        elif related and term in related:
            said += weight * _nearest_told(related[term], told)
    return said


def _nearest_told(others: Mapping[str, float], told: Collection[str]) -> float:
    nearest = 0.0
    for other, near in others.items():  # a plain loop: this runs some thousand times a question
        if near > nearest and other in told:
            nearest = near
    return nearest


@lru_cache(maxsize=65536)
def figures_in(text: str) -> frozenset[str]:
    """The figures of a text as digits: "six-week plan, level 63 (IC5)" → {"6", "63", "5"}."""
    return frozenset(_as_digits(words(text)))


def _as_digits(found: Iterable[str]) -> Iterable[str]:
    for word in found:
        if word[0].isdigit():
            yield word.rstrip("0").rstrip(".") if "." in word else word
        elif word in NUMBER_WORDS:
            yield f"{NUMBER_WORDS[word]:g}"
