"""Big corpora are the same every time, and their vectors lie near those they came from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.errors import NotMeasured
from eval.speed.made import NOISE, NearCorpus, material_of, write_guides
from ingest.reading import read_guide
from tests.index.fakes import WordEmbedder

GUIDE = """---
title: Boats
---

# Boats

## Canoes

A canoe is a narrow boat that one or two people paddle.

- The first canoe of the harbour was built in spring.
- The second canoe of the harbour was built in autumn.

## Rafts

A raft is flat and floats because its wood is lighter than water.
"""


def folder_with(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "boats.md").write_text(GUIDE, encoding="utf-8")
    return tmp_path / "corpus"


def test_material_is_headings_and_whole_paragraphs(tmp_path: Path) -> None:
    material = material_of(folder_with(tmp_path))
    assert material.headings == ("Canoes", "Rafts")
    assert [paragraph.split()[0] for paragraph in material.paragraphs] == ["A", "-", "A"]
    assert not any("title:" in paragraph for paragraph in material.paragraphs)


def test_a_folder_without_paragraphs_is_refused_and_one_without_headings_is_not(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("# Boats\n", encoding="utf-8")
    with pytest.raises(NotMeasured, match="no Markdown paragraphs"):
        material_of(tmp_path)
    (tmp_path / "plain.md").write_text("One long enough paragraph that stands under no heading at all.\n")
    assert material_of(tmp_path).headings == ("Section",)


def test_made_guides_are_the_same_every_time_and_about_as_many_passages_as_wanted(tmp_path: Path) -> None:
    material = material_of(folder_with(tmp_path))
    for name in ("one", "two"):
        write_guides(material, tmp_path / name, passages=60)
    texts = [[file.read_bytes() for file in sorted((tmp_path / name).iterdir())] for name in ("one", "two")]
    assert texts[0] == texts[1] and len(texts[0]) == 3
    guides = [
        read_guide(file, path=f"guides/{file.name}", kind="guide", token_counter=lambda text: len(text.split()))
        for file in sorted((tmp_path / "one").iterdir())
    ]
    assert 54 <= sum(len(guide.passages) for guide in guides) <= 72
    assert guides[0].info.company == "Aldebaran"


def test_a_made_vector_lies_near_one_of_the_pool_and_is_the_same_for_the_same_texts() -> None:
    embedder = WordEmbedder()
    pool = embedder.embed(["boat", "raft", "pier"])
    near = NearCorpus(pool, embedder)
    texts = [f"text {number}" for number in range(200)]
    vectors = near.embed(texts)
    assert np.array_equal(vectors, near.embed(texts))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    nearest = (vectors @ pool.T).max(axis=1)
    assert nearest.min() > 1 / (1 + NOISE**2) ** 0.5 - 0.1
    assert len(np.unique((vectors @ pool.T).argmax(axis=1))) == 3
