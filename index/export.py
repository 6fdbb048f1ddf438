"""A sentence-transformers model, verified and exported to ONNX: the only file that imports torch.

Encoder, pooling and normalisation are traced together with the TorchScript exporter (`dynamo=False`, opset 17); the
dynamo exporter gives an invalid model for BERT here.
"""

from __future__ import annotations

import shutil
import warnings
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError
from index.models import PACKAGED, PACKAGED_WEIGHTS, Card, digest_of, local_folder, stage, weights_of
from index.settings import Settings

OPSET = 17
PROBES = (
    "How long is the recruiter screen?",
    "A short one",
    "Level: 63; Base: $158,000; Stock: 30–45 % a year (vesting over four years).",
    "Regularisation trades a little bias for less variance, so that error on rows never seen falls. " * 3,
    "Ünïcödé, 数学, and a very long list of words: " + "gradient descent with momentum and warm restarts; " * 60,
)


def load_sentence_transformer(name: str, *, threads: int = 0) -> Any:
    """The model, on the CPU, in evaluation mode, from safetensors only.

    Raises EmbedderError when it is not found or the packaged weights are not upstream's own.
    """
    folder = local_folder(name)
    if name == PACKAGED and folder and (found := weights_of(folder)) != PACKAGED_WEIGHTS:
        raise EmbedderError(f"The weights in {folder} have sha256 {found[:16]}…, not upstream's. Reinstall {PACKAGED}.")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if threads:
        torch.set_num_threads(threads)
    try:
        model = SentenceTransformer(
            str(folder or name), device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EmbedderError(
            f"Cannot load the embedding model {name}: {why} Name another in FOOTNOTE_EMBEDDER."
        ) from error
    return model.eval()


def export_model(settings: Settings) -> tuple[Card, NDArray[np.float32]]:
    """Exports the settings' embedder into a staged folder: its card, and the vectors of `PROBES` it must agree with.

    Where tracing fails, the card says so (`trusted` False). Takes some 15 seconds.
    """
    model = load_sentence_transformer(settings.embedder)
    folder = stage(settings)
    reason = _trace(model, folder / "model.onnx")
    model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    source = local_folder(settings.embedder)
    card = Card(
        name=settings.embedder,
        weights=weights_of(source) if source else _state_digest(model),
        dimension=int(model.get_embedding_dimension()),
        token_limit=int(model.max_seq_length),
        pad=int(model.tokenizer.pad_token_id or 0),
        folder=folder,
        files={path.name: digest_of(path) for path in sorted(folder.iterdir())},
        trusted=not reason,
        reason=reason,
    )
    expected = model.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False)
    return card, np.asarray(expected, dtype=np.float32)


def discard(card: Card) -> None:
    """Removes a staged export."""
    shutil.rmtree(card.folder, ignore_errors=True)


def _trace(model: Any, path: Path) -> str:
    """Writes the ONNX file; returns why it could not, or an empty string."""
    import torch

    takes_types = "token_type_ids" in model.tokenizer.model_input_names

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if takes_types:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            features = self.model(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=1), features["token_embeddings"]

    ids = torch.full((2, 9), 7, dtype=torch.long)
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    axes = {0: "batch", 1: "tokens"}
    try:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Encoder(),
                (ids, mask),
                str(path),
                dynamo=False,
                opset_version=OPSET,
                input_names=["input_ids", "attention_mask"],
                output_names=["embedding", "states"],
                dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}, "states": axes},
            )
    except (RuntimeError, ValueError, TypeError, KeyError) as error:
        path.unlink(missing_ok=True)
        return f"export failed: {error}".splitlines()[0]
    return ""


def _state_digest(model: Any) -> str:
    digest = sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensor.detach().cpu().numpy()).tobytes())
    return digest.hexdigest()
