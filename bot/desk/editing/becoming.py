"""Which files a draft becomes: its own, as a rule, with the pictures that it shows; a taught question three of the project's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot import services
from bot.content.writing import WritingError
from bot.desk.editing import comics, files, taught
from bot.desk.editing.drafts import Draft

_PICTURE = re.compile(r"\]\(/?(pictures/[a-z0-9][a-z0-9_-]{0,80}\.(?:png|jpg))\)")


def texts(drafts: Iterable[Draft]) -> dict[str, str | None]:
    """The files with all of these drafts in them, by their paths; None: the file goes.

    Raises:
        WritingError: a taught question is not finished, or a file that it stands in cannot be read.
    """
    made: dict[str, str | None] = {}

    def standing(path: str) -> str:
        return (made[path] or "") if path in made else files.project_text(path)

    for draft in drafts:
        made |= taught.files_with(draft.path, draft.text, standing) if taught.name_of(draft.path) else {draft.path: draft.text}
    return made


def is_whole(draft: Draft) -> bool:
    """Whether there is enough in it to make files of: a taught question that is only begun would spoil what is tried beside it."""
    try:
        return not taught.name_of(draft.path) or taught.is_whole(draft.text)
    except WritingError:
        return False


def written(draft: Draft) -> Mapping[str, bytes | None]:
    """What is written when the draft is finished; paths are below `files.folder_of` it.

    Raises:
        WritingError: as with `texts`.
    """
    content = services.settings().content_path
    pictures = {name for name in _PICTURE.findall(draft.text) if (content / name).is_file()}
    shown = {name: (content / name).read_bytes() for name in sorted([*pictures, *comics.drawings(draft.path)])}
    return {path: None if text is None else text.encode() for path, text in texts([draft]).items()} | shown
