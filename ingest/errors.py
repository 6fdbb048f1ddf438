"""What can go wrong while reading and publishing guides.

IngestError                  a folder or file cannot be taken in
├── Unreadable               this file cannot be read: damaged, encrypted, empty, binary, only images
├── TooMuch                  this file exceeds a bound on size, nesting, expansion, time or memory
├── WouldDrop                publishing would drop guides of a folder that was not named
├── NotFound                 a folder, file or guide that was named does not exist
└── BadName                  a file's name would mislead, or overwrite another guide
"""

from __future__ import annotations

from index.errors import FootnoteError


class IngestError(FootnoteError):
    """A folder or file cannot be taken in."""


class Unreadable(IngestError):
    """This file cannot be read. The message says why and what to do."""


class TooMuch(IngestError):
    """This file exceeds a bound on size, nesting, expansion, time or memory."""


class WouldDrop(IngestError):
    """Publishing would drop guides of a folder that was not named."""


class NotFound(IngestError):
    """A folder, file or guide that was named does not exist."""


class BadName(IngestError):
    """A file's name would mislead, or overwrite another guide."""
