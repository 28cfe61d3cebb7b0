"""What a rule says: where something is wrong and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot.content.lint.corpus import Corpus


class Level(Enum):
    """Errors fail the check; warnings are worth a look and fail it only with --strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One complaint. `line` is 1-based; `message` is for editors: what is wrong and what to do.

    `other` is the second file of a complaint about two files, so that it shows when either is asked for.
    """

    code: str
    path: Path
    line: int
    message: str
    other: Path | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}"


@dataclass(frozen=True)
class Rule:
    """A code, a short name in the editors' language, a level and the function that looks through the whole corpus."""

    code: str
    name: str
    level: Level
    check: Callable[[Corpus], Iterable[Finding]]
