"""The failures that a person can mend, each in one line that says how."""

from __future__ import annotations

import errno

from bot.content.documents import ContentError
from bot.db import DatabaseError
from bot.model.errors import TrainingError
from bot.settings import SettingsError


class CommandError(Exception):
    """A command cannot do what was asked; the message says what to do."""


EXPECTED = (CommandError, ContentError, DatabaseError, SettingsError, TrainingError, OSError)


def in_one_line(error: Exception) -> str:
    """What went wrong and what to do, without a traceback."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full; free some space and start again, nothing was lost"
    if isinstance(error, OSError) and error.filename and error.errno in (errno.EROFS, errno.EACCES):
        return f"{error.filename} may not be written; give this user the right to, or set JIASHU_VAR to another folder"
    return " ".join(str(error).split())
