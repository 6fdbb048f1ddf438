"""What can go wrong while answering.

AnswerError                  a question cannot be answered for a reason that is not the corpus'
├── BadQuestions             a batch or history file does not hold questions
└── ModelUnavailable         no model is configured, or it gave no whole answer
"""

from __future__ import annotations

from index.errors import FootnoteError


class AnswerError(FootnoteError):
    """A question cannot be answered for a reason that is not the corpus'."""


class BadQuestions(AnswerError):
    """A batch or history file does not hold questions; the message names file and line."""


class ModelUnavailable(AnswerError):
    """No model is configured, or its endpoint gave no whole answer: what, where and the cure, without the key."""
