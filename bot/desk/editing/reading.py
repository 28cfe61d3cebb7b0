"""Reading and writing what somebody typed as a file, where YAML itself gives up in another way than by saying what is wrong.

A day that no calendar has, or brackets a thousand deep, must not take away the pages on which they can be mended.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from bot.content import nested, writing
from bot.content.writing import WritingError

P = ParamSpec("P")
T = TypeVar("T")

_DEEP = "括号一层套一层，套得太深了，请改得平一点"
# No form of ours goes deeper than five. YAML's parser needs seconds for a thousand, before it gives up.
_TOO_DEEP = re.compile(r"(?:[\[{]\s*){50}")


def too_deep(text: str) -> bool:
    """Whether no loader is to try it, the one in C least of all."""
    return bool(_TOO_DEEP.search(text))


def _said(work: Callable[P, T]) -> Callable[P, T]:
    @wraps(work)
    def said(*arguments: P.args, **more: P.kwargs) -> T:
        if any(isinstance(each, str) and too_deep(each) for each in arguments):
            raise WritingError(_DEEP)
        try:
            return work(*arguments, **more)
        except ValueError as error:
            raise WritingError("有一处写得像日子，日历上却没有那一天（比如 2026-02-30），请改对；不是日子的，加上英文双引号") from error
        except RecursionError as error:
            raise WritingError(_DEEP) from error

    return said


@lru_cache(maxsize=16)
def _values(text: str) -> dict[str, object]:
    return nested.values_of(text)


@_said
def values_of(text: str) -> dict[str, object]:
    """What stands in a file; a page asks for it several times. Its own copy for each.

    Raises:
        WritingError: it cannot be read, or is no mapping.
    """
    return copy.deepcopy(_values(text))


rewritten = _said(nested.rewritten)
changed_lesson = _said(writing.changed_lesson)
