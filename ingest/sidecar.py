"""GUIDE.meta.yaml: metadata that a maintainer states beside a guide; it wins over what the guide says."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import Unreadable
from ingest.readers.markdown import stated_fields
from ingest.yaml_text import load_yaml


def load_sidecar(sidecar: Path) -> dict[str, str]:
    """The fields that a sidecar states; none when there is no sidecar."""
    if not sidecar.is_file():
        return {}
    try:
        loaded = load_yaml(sidecar.read_text(encoding="utf-8"), sidecar.name)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{sidecar.name} is not UTF-8: save it again as UTF-8") from error
    if loaded is not None and not isinstance(loaded, dict):
        raise Unreadable(f"{sidecar.name} is no mapping: write lines such as `title: …`")
    return stated_fields(loaded or {})
