"""What somebody wrote since a publishing that is taken back: kept as a draft, so that nothing of it is lost."""

from __future__ import annotations

from datetime import datetime

from bot.content import history
from bot.db import Database
from bot.desk.editing import drafts, files
from bot.desk.errors import DeskError
from bot.publish.reverting import Keep


def keeper(database: Database, by: str, at: datetime) -> Keep:
    """Makes drafts in the name of who changed the file last, for a second pair of eyes like every draft; `by` where nobody is known."""

    def keep(relative: str, text: str, was: str) -> bool:
        try:
            files.known(relative, new=True)
        except DeskError:
            return False
        author = history.last_author(files.folder_of(relative), relative) or by
        with database.session() as session:
            # Somebody is writing already: the file stays as it is, and whoever goes back is told so.
            if drafts.open_for(session, relative):
                return False
            drafts.save(session, relative, text, drafts.digest(was), 0, author, at)
        return True

    return keep
