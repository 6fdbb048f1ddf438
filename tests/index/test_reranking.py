"""A named cross-encoder reads the best units again; none is the default, and a wrong name says what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import RerankerError
from index.models import PACKAGED, local_folder
from index.reranking import Reranker
from index.settings import Settings

TEXTS = ["Queens lay up to 2,000 eggs a day.", "Drones leave in autumn.", "Smoke calms a colony."]


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny cross-encoder with drawn weights and a real tokenizer."""
    return build(tmp_path_factory.mktemp("reranker"), labels=1)


def build(folder: Path, *, labels: int) -> Path:
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    tokenizer = AutoTokenizer.from_pretrained(str(local_folder(PACKAGED)))
    shape = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        initializer_range=0.5,
    )  # fmt: skip
    shape.num_labels = labels
    BertForSequenceClassification(shape).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_no_reranker_is_the_default(tmp_path: Path) -> None:
    assert Reranker.of(Settings(home=tmp_path)) is None


def test_scores_are_the_models_own_from_worst_to_best(cross_encoder: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    reranker = Reranker.of(Settings(home=tmp_path, reranker=str(cross_encoder)))
    assert reranker is not None
    scores = reranker.scores("how many eggs does a queen lay", TEXTS)
    own = CrossEncoder(str(cross_encoder), device="cpu").predict([("how many eggs does a queen lay", t) for t in TEXTS])
    assert list(np.argsort(scores)) == list(np.argsort(own))
    assert (float(scores.min()), float(scores.max())) == (0.0, 1.0)
    assert np.allclose(scores, (own - own.min()) / (own.max() - own.min()), atol=1e-5)


def test_texts_that_are_scored_alike_stay_level(cross_encoder: Path, tmp_path: Path) -> None:
    reranker = Reranker.of(Settings(home=tmp_path, reranker=str(cross_encoder)))
    assert reranker is not None
    assert list(reranker.scores("queens", [TEXTS[0]])) == [1.0]
    assert list(reranker.scores("queens", [])) == []


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match="FOOTNOTE_RERANKER"):
        Reranker.of(Settings(home=tmp_path, reranker=str(tmp_path)))


def test_a_model_of_several_scores_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match="gives 3 scores"):
        Reranker.of(Settings(home=tmp_path, reranker=str(build(tmp_path, labels=3))))
