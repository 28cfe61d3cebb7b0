"""All rules, by code."""

from __future__ import annotations

from bot.content.lint import (
    calendar,
    campaigns,
    danger,
    near_copies,
    numbers,
    parts,
    played,
    questions,
    reading_level,
    replies,
    shape,
    shelf,
    tables,
    wording,
)
from bot.content.lint.findings import Rule

_MODULES = (
    shape,
    questions,
    near_copies,
    replies,
    wording,
    numbers,
    parts,
    reading_level,
    danger,
    tables,
    shelf,
    campaigns,
    calendar,
    played,
)

RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: rule.code)
)
