"""What can go wrong, as a tree. Each stage hangs its own errors under `FootnoteError`, in its own `errors.py`.

FootnoteError                what a command or page shows in one line: what, where, the cure
├── StoreError               the index cannot be used
│   ├── NoIndex              nothing is published in this home yet
│   ├── DamagedIndex         a file does not match its manifest
│   ├── OtherEmbedder        the index was built with another embedding model
│   ├── UnknownGuide         the index holds no guide of this path
│   ├── CannotPublish        the index folder cannot be written
│   └── Locked               another process is publishing
├── EmbedderError            the embedding model cannot be found, verified or run
└── RerankerError            the cross-encoder that was named cannot be found or is none
"""

from __future__ import annotations


class FootnoteError(Exception):
    """Raised on purpose. `str(error)` is one line: what happened, where, and the cure."""


class StoreError(FootnoteError):
    """The index cannot be used."""


class NoIndex(StoreError):
    """Nothing is published in this home yet."""


class DamagedIndex(StoreError):
    """A file of a generation does not match its manifest."""


class OtherEmbedder(StoreError):
    """The index was built with another embedding model than the one configured."""


class UnknownGuide(StoreError):
    """The index holds no guide of this path."""


class CannotPublish(StoreError):
    """The index folder cannot be written: disk full, read-only, not permitted."""


class Locked(StoreError):
    """Another process is publishing into this home."""


class EmbedderError(FootnoteError):
    """The embedding model cannot be found, verified or run."""


class RerankerError(FootnoteError):
    """The cross-encoder that was named cannot be found or is none."""
