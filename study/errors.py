"""What can go wrong with the study record, as a tree under `FootnoteError`.

StudyError          the study record cannot be used
├── DamagedRecord   the file is not a sound SQLite database
├── NewerRecord     a newer version of Footnote wrote it
├── UnusableRecord  the file cannot be opened, read or written: rights, space, a lock held too long
├── NoSuchChat      the chat was deleted, or never was
├── NoSuchCard      the record holds no card of this id
├── NoSuchMock      the record holds no such mock interview, or it cannot go on
├── CannotPlan      the wishes make no plan: a date in the past, no hours, no free day
├── CannotImport    the file is no export of a study record
├── UnreadableInput a file or line given to a command cannot be read
└── NoSuchQuestion  the bank holds no question of this id
"""

from __future__ import annotations

from index.errors import FootnoteError


class StudyError(FootnoteError):
    """The study record cannot be used."""


class DamagedRecord(StudyError):
    """The file is not a sound SQLite database."""


class NewerRecord(StudyError):
    """A newer version of Footnote wrote the file."""


class UnusableRecord(StudyError):
    """The file cannot be opened, read or written."""


class NoSuchChat(StudyError):
    """The chat was deleted, or never was."""


class NoSuchQuestion(StudyError):
    """The bank holds no question of this id."""


class UnreadableInput(StudyError):
    """A file or line given to a command cannot be read."""


class NoSuchCard(StudyError):
    """The record holds no card of this id, or it was withdrawn."""


class NoSuchMock(StudyError):
    """The record holds no such mock interview, or it cannot go on."""


class CannotPlan(StudyError):
    """The wishes for a plan make none: a date in the past, no hours, no free day."""


class CannotImport(StudyError):
    """The file is no export of a study record."""
