"""Where a list goes on: the id of the last row, as it came back from an address that anybody may have edited."""

from __future__ import annotations

import re

# More digits than a row id of the database has would be an error there.
_ROW_ID = re.compile(r"[0-9]{1,18}")


def row_id(text: str) -> int | None:
    """The id; None: it is none, so the list begins at its start."""
    return int(text) if _ROW_ID.fullmatch(text) else None
