"""Patterns of a safety script in words, for those who write no regular expressions: 掉/摔 粪坑/沼气池.

A space: something may stand between, up to eight characters; a slash: one of these. What says more than that stays as it is.
"""

from __future__ import annotations

import re

BETWEEN = ".{0,8}"
_WORD = r"[0-9A-Za-z\u3400-\u9fff]+"
_PLAIN = re.compile(rf"{_WORD}(?:[/／\s]+{_WORD})*")
_ONE_OF = re.compile(rf"\(({_WORD}(?:\|{_WORD})+)\)|({_WORD})")


def pattern(line: str) -> str:
    """The regular expression that a line means; itself, if it is one."""
    if not _PLAIN.fullmatch(line):
        return line
    parts = re.sub(r"\s*[/／]+\s*", "/", line).split()
    return BETWEEN.join(f"({part.replace('/', '|')})" if "/" in part else part for part in parts)


def words(expression: str) -> str:
    """The same as somebody would write it here; the expression, where words do not say it."""
    parts = expression.split(BETWEEN)
    if not all(_ONE_OF.fullmatch(part) for part in parts):
        return expression
    said = " ".join(part.strip("()").replace("|", "/") for part in parts)
    return said if pattern(said) == expression else expression


def fault(expression: str) -> str:
    """What is wrong with it; "" where it can be used."""
    try:
        re.compile(expression)
    except (re.error, RecursionError, OverflowError) as error:
        return getattr(error, "msg", "") or type(error).__name__
    return ""
