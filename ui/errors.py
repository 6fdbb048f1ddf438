"""What a person can do wrong on a page.

Unacceptable    an uploaded file that is too large to become a guide
"""

from __future__ import annotations

from index.errors import FootnoteError


class Unacceptable(FootnoteError):
    """An uploaded file is too large to become a guide. The message says why and what to do."""
