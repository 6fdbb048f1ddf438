"""After any order of adds, edits, renames and deletes the index is a dictionary's content and a brute-force search."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.generation import publish
from index.grains import grains_of
from index.passages import Guide
from index.settings import Settings
from index.store import Index
from index.weights import DEFAULT_WEIGHTS
from index.words import terms
from tests.index.fakes import WordEmbedder, make_guide

WORDS = "phone screen onsite round coding system design offer salary stock level minutes days panel debrief".split()
COMPANIES = ("Acme", "Globex", "Initech")


def random_guide(path: str, chance: random.Random) -> Guide:
    sections = {
        f"{chance.choice(WORDS)} {at}": [
            " ".join(chance.choices(WORDS, k=chance.randrange(1, 7))) for _ in range(chance.randrange(1, 4))
        ]
        for at in range(chance.randrange(1, 4))
    }
    return make_guide(path, sections, company=chance.choice(COMPANIES))


def change(corpus: dict[str, Guide], chance: random.Random) -> None:
    """One random add, edit, rename or delete."""
    kind = chance.choice(["add", "edit", "rename", "delete"])
    fresh = f"guides/{chance.randrange(30)}.md"
    if kind == "add" or not corpus:
        corpus[fresh] = random_guide(fresh, chance)
        return
    path = chance.choice(sorted(corpus))
    if kind == "edit":
        corpus[path] = random_guide(path, chance)
    elif kind == "delete":
        del corpus[path]
    else:
        moved = corpus.pop(path)
        passages = tuple(
            replace(passage, guide=fresh, facets={**passage.facets, "guide": fresh}) for passage in moved.passages
        )
        corpus[fresh] = replace(moved, info=replace(moved.info, path=fresh), passages=passages)


def bm25(query: str, texts: list[str]) -> list[float]:
    """BM25 as a textbook writes it, one text at a time."""
    rows = [terms(text) for text in texts]
    mean = sum(map(len, rows)) / len(rows)
    scores = []
    for row in rows:
        score = 0.0
        for term in set(terms(query)):
            holds = sum(term in other for other in rows)
            weight = np.log(1 + (len(rows) - holds + 0.5) / (holds + 0.5))
            count = row.count(term)
            score += weight * count / (count + 1.5 * (0.25 + 0.75 * len(row) / mean)) if count else 0.0
        scores.append(score)
    return scores


def check_search(index: Index, corpus: dict[str, Guide], query: str, company: str | None) -> None:
    embedder = WordEmbedder()
    grains = grains_of([corpus[path] for path in sorted(corpus)])
    found = index.search(query, filters={"company": company} if company else None, limit=8, unit_limit=10**6)
    if not grains.passages:
        assert not found.hits and not found.units
        return
    vector = embedder.embed([query])[0]
    texts, units = [passage.search_text for passage in grains.passages], [unit.text for unit in grains.units]
    dense, unit_dense = embedder.embed(texts) @ vector, embedder.embed(units) @ vector
    lexical, unit_lexical = bm25(query, texts), bm25(query, units)
    w = DEFAULT_WEIGHTS
    share, unit_share = most(query, texts), most(query, units)
    own = [w.passage_dense * d + w.passage_lexical * x / share for d, x in zip(dense, lexical, strict=True)]
    unit_own = [
        w.unit_dense * d + w.unit_lexical * x / unit_share for d, x in zip(unit_dense, unit_lexical, strict=True)
    ]
    expected = []
    for row, passage in enumerate(grains.passages):
        best = max((unit_own[at] for at, unit in enumerate(grains.units) if unit.passage == row), default=0.0)
        if company in (None, passage.facets["company"]):
            expected.append((own[row] + w.unit_in_passage * best, row))
    expected.sort(key=lambda pair: (-pair[0], pair[1]))
    assert [hit.score for hit in found.hits] == pytest.approx([score for score, _ in expected[:8]], abs=1e-4)
    allowed = {row for _, row in expected}
    unit_scores = {
        (grains.passages[each.passage].guide, each.unit.position): unit_own[at] + w.passage_in_unit * own[each.passage]
        for at, each in enumerate(grains.units)
        if each.passage in allowed
    }
    assert {(hit.guide, hit.unit.position): hit.score for hit in found.units} == pytest.approx(unit_scores, abs=1e-4)


def most(query: str, texts: list[str]) -> float:
    """The sum of the weights of the query's terms that some text has; 1 where there are none."""
    rows = [set(terms(text)) for text in texts]
    total = 0.0
    for term in set(terms(query)):
        holds = sum(term in row for row in rows)
        total += float(np.log(1 + (len(rows) - holds + 0.5) / (holds + 0.5))) if holds else 0.0
    return total or 1.0


def walk(settings: Settings, steps: int) -> None:
    chance, corpus = random.Random(steps), dict[str, Guide]()
    for step in range(steps):
        for _ in range(chance.randrange(1, 4)):
            change(corpus, chance)
        publish(settings, list(corpus.values()), WordEmbedder())
        index = Index.open(settings, embedder=WordEmbedder())
        assert {info.path: index.guide(info.path) for info in index.guides()} == corpus
        if step % 5 == 0:
            query = " ".join(chance.choices(WORDS, k=3))
            check_search(index, corpus, query, chance.choice([None, *COMPANIES]))


def test_three_hundred_random_steps_agree_with_the_oracle(tmp_path: Path) -> None:
    walk(Settings(home=tmp_path), steps=300)


@pytest.mark.slow
def test_two_thousand_random_steps_agree_with_the_oracle(tmp_path: Path) -> None:
    walk(Settings(home=tmp_path), steps=2000)
