"""A cross-encoder that reads question and text together, if one is named; without one nothing of it is imported."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import RerankerError
from index.settings import Settings

BATCH = 32


class Reranker:
    """A sentence-transformers cross-encoder with one output. Loading it costs seconds; scoring 30 texts about half of one."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self._model = model

    @classmethod
    def of(cls, settings: Settings) -> Reranker | None:
        """The reranker of the settings, None where none is named. Raises RerankerError when it cannot be loaded."""
        if not settings.reranker:
            return None
        from sentence_transformers import CrossEncoder

        name = settings.reranker
        folder = Path(name).expanduser()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = CrossEncoder(str(folder) if folder.is_dir() else name, device="cpu", trust_remote_code=False)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise RerankerError(f"Cannot load the reranker {name}: {why} Name another in FOOTNOTE_RERANKER.") from error
        if model.num_labels != 1:
            raise RerankerError(
                f"The model {name} gives {model.num_labels} scores, not one. Name a reranker in FOOTNOTE_RERANKER."
            )
        return cls(name, model)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How well each text answers, (n,), the best 1 and the worst 0: whatever the model's own scale is."""
        if not texts:
            return np.zeros(0, np.float32)
        raw = self._model.predict([(question, text) for text in texts], batch_size=BATCH, show_progress_bar=False)
        found = np.asarray(raw, np.float32)
        spread = float(found.max() - found.min())
        return (found - found.min()) / spread if spread > 0 else np.ones_like(found)
