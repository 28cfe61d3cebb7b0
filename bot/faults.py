"""What may be logged of an exception: its kind and its place. Its message could quote a parent's words."""

from __future__ import annotations

import traceback


def place(error: BaseException) -> str:
    """Function and line of the innermost frame; "" for an exception that was never raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
