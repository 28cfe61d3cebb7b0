"""Every kind of form there is, in the order in which editors see them."""

from __future__ import annotations

from bot.desk.editing.sheets import (
    answers,
    campaigns,
    intents,
    menus,
    notes,
    played,
    replies,
    scripts,
    shelves,
    vacations,
    words,
)
from bot.desk.editing.sheets.sheet import Sheet

SHEETS: tuple[Sheet, ...] = (
    answers.SHEET,
    intents.SHEET,
    replies.SHEET,
    words.DIALECT,
    words.TERMS,
    scripts.SHEET,
    campaigns.SHEET,
    vacations.SHEET,
    *shelves.SHEETS,
    played.QUIZZES,
    played.COMICS,
    menus.SHEET,
    notes.HOTLINES,
    notes.WORDS,
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def sheet_of(relative: str) -> Sheet | None:
    """The form of a file; None: it has none."""
    return next((sheet for sheet in SHEETS if sheet.path.fullmatch(relative)), None)
