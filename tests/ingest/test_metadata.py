"""Who says it is found in the text, and nobody is made up from words that only look like a name."""

from __future__ import annotations

import pytest

from ingest.reading import understand


@pytest.mark.parametrize(
    ("text", "author", "publisher"),
    [
        ("By Ada Brook\n\nWe open hives in May.", "Ada Brook", "Ada Brook"),
        ("By Ada Brook | 6 min read\n\nWe open hives in May.", "Ada Brook", "Ada Brook"),
        ("By Bayes theorem (see below),\n\nthe chance is a half.", None, None),
        ("HiveCoach listens to your interview in real time.", None, "HiveCoach"),
        ("This provides a way to prepare your interview.", None, None),
        ("Kafka provides your team with queues.", None, None),
        ("The page holds copyright information and more.", None, None),
        ("We open hives in May.\n\n© 2031 Apiary Press. All rights reserved.", None, "Apiary Press"),
    ],
)
def test_author_and_publisher_are_named_by_the_text_or_not_at_all(
    text: str, author: str | None, publisher: str | None
) -> None:
    info = understand(f"# Hives\n\n{text}\n".encode(), path="hives.md", kind="guide").info
    assert (info.author, info.publisher) == (author, publisher)
