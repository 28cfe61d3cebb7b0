"""Which words cannot wait: the patterns of the safety scripts, which need no model, no memory and no database."""

from __future__ import annotations

from bot import services
from bot.content.safety import SafetyScript
from bot.text.plain import squash


def script_for(text: str) -> SafetyScript | None:
    """The most urgent script of which a pattern fires, without the models that know better what is told and what is happening.

    Takes some 2 ms: for what goes slowly or failed, not for every message.
    """
    squashed = squash(text)
    return next((each for each in services.library().safety.values() if each.matches(squashed)), None)


def is_urgent(text: str) -> bool:
    """Whether a parent who writes this may not be kept waiting behind anything."""
    return script_for(text) is not None


async def fires(text: str) -> bool:
    """The same, as the wire asks it."""
    return is_urgent(text)
