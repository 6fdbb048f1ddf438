"""The exported model is the sentence-transformers model: same vectors, verified before loading."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedding import BATCH_TOKENS, OnnxEmbedder, batches, load_embedder
from index.errors import EmbedderError
from index.models import find_card, read_verified, verified
from index.settings import Settings


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home)


def test_the_export_is_trusted_and_its_rows_have_length_one(settings: Settings) -> None:
    embedder = load_embedder(settings)
    assert isinstance(embedder, OnnxEmbedder)
    texts = ["a screen by phone", "", "words " * 400, "level 63"]
    vectors = embedder.embed(texts)
    assert vectors.shape == (4, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    for text, vector in zip(texts, vectors, strict=True):  # a text's vector does not depend on its neighbours
        np.testing.assert_allclose(embedder.embed([text])[0], vector, atol=2e-6)


def test_similar_texts_are_nearer_than_others(settings: Settings) -> None:
    phone, screen, cake = load_embedder(settings).embed(
        ["The recruiter calls for half an hour.", "A 30 minute phone screen with HR", "Fold the eggs into the flour."]
    )
    assert phone @ screen > phone @ cake + 0.2


def test_tokens_are_counted_uncut_with_the_models_own_marks(settings: Settings) -> None:
    embedder = load_embedder(settings)
    assert embedder.count_tokens("recruiter screen") == len(["[CLS]", "recruit", "##er", "screen", "[SEP]"])
    assert embedder.count_tokens("word " * 1000) == 1002


def test_progress_counts_every_text_once(settings: Settings) -> None:
    done: list[int] = []
    load_embedder(settings).embed(["one", "two two", "three three three"] * 5, progress=done.append)
    assert sum(done) == 15


def test_batches_hold_every_position_once_within_the_budget() -> None:
    lengths = [int(value) for value in np.random.default_rng(0).integers(1, 257, 2000)]
    found = list(batches(lengths))
    assert sorted(position for batch in found for position in batch) == list(range(2000))
    assert all(len(batch) * max(lengths[position] for position in batch) <= BATCH_TOKENS for batch in found)


def test_a_damaged_model_is_refused_before_it_is_parsed(settings: Settings, tmp_path: Path) -> None:
    card = find_card(settings)
    assert card is not None
    damaged = replace(card, folder=tmp_path)
    (tmp_path / "tokenizer.json").write_bytes(b"[" + (card.folder / "tokenizer.json").read_bytes()[1:])
    with pytest.raises(EmbedderError, match="damaged"):
        read_verified(damaged, "tokenizer.json")
    with pytest.raises(EmbedderError, match="damaged"):
        verified(damaged, "tokenizer.json")
    for read in (read_verified, verified):
        with pytest.raises(EmbedderError, match="Cannot read"):
            read(damaged, "model.onnx")
    assert verified(card, "model.onnx").read_bytes() == read_verified(card, "model.onnx")


def test_a_model_that_is_nowhere_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match=r"no model\.safetensors"):
        load_embedder(Settings(home=tmp_path / "home", embedder=str(tmp_path)))


def test_embedding_needs_neither_torch_nor_transformers_once_exported(settings: Settings) -> None:
    program = (
        "import sys; from pathlib import Path; from index.settings import Settings; "
        "from index.embedding import load_embedder; "
        f"load_embedder(Settings(home=Path({str(settings.home)!r}))).embed(['x']); "
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers', 'llama_index'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
