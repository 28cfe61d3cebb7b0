"""The one exception of this room."""


class TrainingError(Exception):
    """No model came out; the message says why."""
