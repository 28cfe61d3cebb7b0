"""Two versions of a file side by side, as its form says things; as it stands where it has no form or cannot be read."""

from __future__ import annotations

from bot import services
from bot.content.writing import WritingError
from bot.desk.editing import shown
from bot.desk.editing.sheets import plain
from bot.desk.editing.sheets.table import sheet_of


def rows(path: str, before: str, after: str) -> list[shown.Row]:
    """The lines of both, with those that are alike folded away."""
    sheet, content = sheet_of(path), services.settings().content_path
    if sheet is None:
        return shown.comparison(before, after)
    try:
        old, new = (plain.lines(sheet, content, text) if text else [] for text in (before, after))
    except WritingError:
        return shown.comparison(before, after)
    # Only remarks, or the way it is written: whoever looks it through should see that too.
    return shown.beside(old, new) if old != new else shown.comparison(before, after)
