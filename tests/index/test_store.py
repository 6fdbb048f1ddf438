"""What is published is what is read back and found: whole guides, exact scores, filters, vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Embedder
from index.errors import NoIndex, OtherEmbedder, UnknownGuide
from index.generation import publish
from index.grains import grains_of
from index.passages import BankQuestion, Guide, KeyPoint, Source
from index.settings import Settings
from index.store import Index, IndexReader
from index.weights import Weights
from tests.index.fakes import WordEmbedder, make_guide

GUIDES = (
    make_guide(
        "guides/acme.md",
        {
            "Recruiter screen": ["The screen takes 20 minutes.", "It is held by phone."],
            "Onsite": ["Four rounds fill a day.", "Lunch is not scored."],
        },
        company="Acme",
    ),
    make_guide(
        "guides/globex.md",
        {"Phone screen": ["A screen of 45 minutes tests coding."], "Pay": ["Level 5 earns 200,000 a year."]},
        company="Globex",
    ),
    make_guide("notes/dropout.md", {"Definition": ["Dropout zeroes activations at random."]}),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def opened(settings: Settings) -> Callable[..., Index]:
    def build(*guides: Guide, embedder: Embedder | None = None) -> Index:
        embedder = embedder or WordEmbedder()
        publish(settings, guides or GUIDES, embedder)
        return Index.open(settings, embedder=embedder)

    return build


def test_guides_come_back_equal_to_what_was_published(opened: Callable[..., Index]) -> None:
    question = BankQuestion(
        id="q",
        guide="questions/a.yaml",
        title="Explain dropout",
        prompt="What does it do?",
        start=0,
        end=4,
        minutes=15,
        key_points=(KeyPoint("It zeroes activations.", "notes/dropout.md#Definition"),),
        star=(("situation", "a tight deadline"),),
        sources=(Source("guides/acme.md", 3, 9),),
    )
    from dataclasses import replace

    bank = replace(make_guide("questions/a.yaml", {"One": ["text"]}), questions=(question,), warnings=("odd",))
    index = opened(*GUIDES, bank)
    for guide in (*GUIDES, bank):
        assert index.guide(guide.info.path) == guide
    assert index.guides() == [guide.info for guide in sorted((*GUIDES, bank), key=lambda guide: guide.info.path)]
    assert index.questions() == [question]
    assert index.passage(GUIDES[0].passages[1].id) == GUIDES[0].passages[1]
    assert index.passage("none") is None


def test_a_guide_that_is_not_there_is_named(opened: Callable[..., Index]) -> None:
    with pytest.raises(UnknownGuide, match=r"guides/none\.md"):
        opened().guide("guides/none.md")


def test_search_finds_the_passage_and_the_unit_that_answer(opened: Callable[..., Index]) -> None:
    found = opened().search("how many minutes does the screen take by phone")
    assert found.hits[0].passage.section_path == ("Recruiter screen",)
    assert found.units[0].unit.text.startswith("The screen takes 20 minutes") or "phone" in found.units[0].unit.text
    assert found.units[0].passage == found.hits[0].passage.id
    assert set(found.timings_ms) == {"embed", "score", "read"}


def test_scores_are_the_weighted_sum_of_their_components(opened: Callable[..., Index]) -> None:
    embedder = WordEmbedder()
    index = opened(embedder=embedder)
    weights = Weights(passage_lexical=0, unit_lexical=0, unit_in_passage=0.25, passage_in_unit=0.5)
    found = index.search("screen of 45 minutes", weights=weights)
    grains = grains_of(GUIDES)
    query = embedder.embed(["screen of 45 minutes"])[0]
    own = embedder.embed([passage.search_text for passage in grains.passages]) @ query
    units = embedder.embed([unit.text for unit in grains.units]) @ query
    for hit in found.hits:
        row = grains.passages.index(hit.passage)
        best = max(units[at] for at, unit in enumerate(grains.units) if unit.passage == row)
        assert hit.dense == pytest.approx(own[row], abs=1e-5)
        assert hit.score == pytest.approx(own[row] + 0.25 * best, abs=1e-5)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert len(found.hits) == len(grains.passages)
    assert len(found.units) == len(grains.units)


def test_filters_are_applied_in_the_search_not_after_it(opened: Callable[..., Index]) -> None:
    index = opened()
    found = index.search("recruiter screen by phone", filters={"company": "globex"}, limit=1, unit_limit=1)
    assert [hit.passage.guide for hit in found.hits] == ["guides/globex.md"]
    assert [hit.guide for hit in found.units] == ["guides/globex.md"]
    nobody = index.search("screen", filters={"company": "Nobody"})
    assert not nobody.hits and not nobody.units


def test_other_wordings_can_find_what_the_question_does_not(opened: Callable[..., Index]) -> None:
    index = opened()
    plain = index.search("salary", limit=1)
    helped = index.search("salary", also=["level 5 earns a year"], limit=1)
    assert plain.hits[0].lexical == 0
    assert helped.hits[0].passage.section_path == ("Pay",)


def test_the_vocabulary_counts_units_not_occurrences(opened: Callable[..., Index]) -> None:
    vocabulary = opened().vocabulary()
    assert vocabulary["screen"] == 4  # two headings and two sentences
    assert vocabulary["dropout"] == 1
    assert "the" in vocabulary


def test_noise_is_kept_and_shown_but_never_searched(opened: Callable[..., Index]) -> None:
    from dataclasses import replace

    guide = GUIDES[1]
    noisy = replace(
        guide,
        blocks=tuple(replace(block, noise="promotion") if block.section == 2 else block for block in guide.blocks),
    )
    index = opened(noisy)
    assert index.guide(noisy.info.path) == noisy
    assert all("earns" not in hit.unit.text for hit in index.search("level 5 earns").units)


def test_an_empty_corpus_is_an_index_that_finds_nothing(settings: Settings) -> None:
    publish(settings, [], WordEmbedder())
    index = Index.open(settings, embedder=WordEmbedder())
    found = index.search("anything")
    assert not found.hits and not found.units
    assert index.guides() == []


def test_a_home_without_an_index_says_how_to_make_one(settings: Settings) -> None:
    with pytest.raises(NoIndex, match="python -m ingest"):
        Index.open(settings, embedder=WordEmbedder())


def test_an_index_of_another_embedding_model_is_refused_with_the_cure(settings: Settings) -> None:
    publish(settings, GUIDES, WordEmbedder())
    with pytest.raises(OtherEmbedder, match="FOOTNOTE_EMBEDDER"):
        Index.open(settings, embedder=WordEmbedder(fingerprint="e" * 64))


def test_a_reader_picks_up_a_new_generation_and_the_old_one_stays_usable(settings: Settings) -> None:
    embedder = WordEmbedder()
    publish(settings, GUIDES[:1], embedder)
    reader = IndexReader(settings, embedder=embedder)
    first = reader.current()
    assert reader.current() is first
    publish(settings, GUIDES[1:2], embedder)
    publish(settings, GUIDES[2:], embedder)  # the first generation's folder is gone now
    assert [guide.path for guide in reader.current().guides()] == ["notes/dropout.md"]
    assert first.guide("guides/acme.md") == GUIDES[0]
    assert first.search("screen").hits[0].passage.guide == "guides/acme.md"


def test_the_search_is_deterministic(opened: Callable[..., Index]) -> None:
    index = opened()
    first, second = (index.search("screen minutes") for _ in range(2))
    assert (first.hits, first.units) == (second.hits, second.units)
    np.testing.assert_array_equal(index.embed(["a b"]), index.embed(["a b"]))
