"""The history of what editors see as one file; of a taught question it is put together from that of three."""

from __future__ import annotations

from itertools import pairwise

from bot.content import history
from bot.content.history import Version
from bot.content.writing import WritingError
from bot.desk.editing import files, taught

# Each version of a taught question asks git a dozen times.
_MOST = 15


def versions(path: str) -> list[Version]:
    """The commits that changed it, newest first.

    Raises:
        HistoryError: it is not kept in git.
    """
    folder = files.folder_of(path)
    if not taught.name_of(path):
        return history.versions(folder, path)
    found = {each.commit: each for file in taught.FILES for each in history.versions(folder, file)}
    latest = sorted(found.values(), key=lambda each: each.at, reverse=True)[:_MOST]
    texts = [*(text_at(path, each.commit) for each in latest), ""]
    return [each for each, (now, before) in zip(latest, pairwise(texts), strict=True) if now != before]


def text_at(path: str, commit: str) -> str:
    """What stood in it at a commit; "" where it was not there, or could not be read.

    Raises:
        HistoryError: there is no such commit.
    """
    folder, name = files.folder_of(path), taught.name_of(path)
    if not name:
        return history.text_at(folder, commit, path)
    try:
        return taught.text_of(name, lambda file: history.text_at(folder, commit, file))
    except WritingError:
        return ""
