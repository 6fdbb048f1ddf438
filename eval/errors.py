"""What can go wrong in the benchmark.

FootnoteError
└── EvalError
    ├── BadCase        a line of a case file is not a case: file, line and what is wrong
    ├── NoRun          a run of that name is not stored
    ├── OtherCorpus    two runs were made over different corpora
    ├── JudgeError     the model that judges cannot be reached or gave nothing usable
    └── NotMeasured    a process whose speed was to be measured failed
"""

from __future__ import annotations

from index.errors import FootnoteError


class EvalError(FootnoteError):
    """The benchmark cannot do what was asked."""


class BadCase(EvalError):
    """A line of a case file is not a case."""


class NoRun(EvalError):
    """No run of that name is stored."""


class OtherCorpus(EvalError):
    """Two runs were made over different corpora, so their rows cannot be compared."""


class JudgeError(EvalError):
    """The model that judges cannot be reached, or what it said cannot be used."""


class NotMeasured(EvalError):
    """A process whose speed was to be measured failed."""
