"""How close embedding comes to a bare ONNX Runtime loop over the same token batches, and both to the processor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.speed.clock import interleaved
from index.embedding import batches, load_embedder
from index.errors import EmbedderError
from index.models import Card, find_card
from index.settings import Settings, forbid_telemetry

Batch = dict[str, Any]


def against_bare_loop(home: Path, texts: Sequence[str], *, repeats: int) -> dict[str, Any]:
    """Seconds of our embedder and of the bare loop over the same texts, in turn; and the work they hold."""
    settings = Settings(home=home)
    card = find_card(settings)
    if card is None:
        raise EmbedderError(f"{home} holds no exported model yet. Run `python -m ingest --home {home}`.")
    embedder = load_embedder(settings)
    prepared = token_batches(card, texts)
    loop = bare_loop(card, prepared)
    embedder.embed(texts[:64])
    ours, bare = interleaved((lambda: embedder.embed(texts), loop), repeats=repeats)
    return {
        "ours": ours,
        "bare": bare,
        "texts": len(texts),
        "tokens": int(sum(batch["attention_mask"].sum() for batch in prepared)),
        "gigaflop": sum(flops_of(card.folder / "model.onnx", *batch["input_ids"].shape) for batch in prepared) / 1e9,
    }


def token_batches(card: Card, texts: Sequence[str]) -> list[Batch]:
    """The arrays that the encoder is given, batched as our embedder batches them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(card.folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(card.token_limit)
    token_ids = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]
    prepared = []
    for rows in batches([len(ids) for ids in token_ids]):
        ids = np.full((len(rows), max(len(token_ids[row]) for row in rows)), card.pad, dtype=np.int64)
        mask = np.zeros_like(ids)
        for at, row in enumerate(rows):
            ids[at, : len(token_ids[row])] = token_ids[row]
            mask[at, : len(token_ids[row])] = 1
        prepared.append({"input_ids": ids, "attention_mask": mask})
    return prepared


def bare_loop(card: Card, prepared: Sequence[Batch]) -> Callable[[], None]:
    """A loop over the batches with nothing around it, in a session of ONNX Runtime's own defaults."""
    forbid_telemetry()
    from onnxruntime import InferenceSession

    session = InferenceSession(str(card.folder / "model.onnx"), providers=["CPUExecutionProvider"])

    def loop() -> None:
        for batch in prepared:
            session.run(["embedding"], batch)

    return loop


def flops_of(model: Path, rows: int, tokens: int) -> float:
    """Floating-point operations of the encoder's matrix products over a batch (padding included).

    Products with weights take 2 x their size for each token; the two of each layer's attention take
    2 x tokens x width for each token.
    """
    import onnx

    graph = onnx.load(str(model), load_external_data=False).graph
    sizes = {each.name: (int(np.prod(each.dims)), tuple(each.dims)) for each in graph.initializer}
    weights, attentions, width = 0, 0, 0
    for each in graph.node:
        if each.op_type not in ("MatMul", "Gemm"):
            continue
        size, shape = sizes.get(each.input[1], (0, ()))
        weights += size
        width = width or (shape[0] if shape else 0)
        attentions += not size
    return rows * tokens * 2.0 * (weights + attentions * tokens * width)
