"""The one failure of this room."""

from __future__ import annotations


class ScrubError(Exception):
    """A text could not be anonymised. Whoever asked withholds it: no part of it may be stored or shown.

    The message names the recogniser, never the text.
    """
