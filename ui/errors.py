"""What a person can do wrong on a page.

Unacceptable    an uploaded file that cannot become a guide: its name, format or size
"""

from __future__ import annotations

from index.errors import FootnoteError


class Unacceptable(FootnoteError):
    """An uploaded file cannot become a guide. The message says why and what to do."""
