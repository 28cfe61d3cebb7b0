"""Hear danger while something else makes a parent wait: by the whole pipeline if that answers in time, else by the patterns alone.

Most calls for help fire a pattern; those in words that no editor thought of are heard by the model only, and must not wait either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from bot import services
from bot.content.safety import SafetyScript
from bot.nlu_keys import DANGER
from bot.wechat.urgent import script_for

log = structlog.get_logger(__name__)

# Seconds for understanding one sentence, which takes a fortieth of it where nothing hangs. Of the 4.5 in which danger can be answered a
# second may have gone for the inbox and three for the turn.
UNDERSTOOD_WITHIN = 0.4

Parse = Callable[[str], Awaitable[Mapping[str, Any]]]


class Hearing:
    """What a sentence calls for. `parse`: Rasa's `parse_message`."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse

    async def script(self, text: str, parsed: Mapping[str, Any] | None = None) -> tuple[SafetyScript, str] | None:
        """The safety script for `text` and what heard it ("classifier" or "patterns"); None: it is no danger.

        `parsed`: what was understood of it already.
        """
        understood = parsed or await self._understood(text)
        if understood is None:
            script = script_for(text)
            return (script, "patterns") if script else None
        found = understood.get(DANGER) or {}
        script = services.library().safety.get(str(found.get("script")))
        return (script, str(found.get("by"))) if script else None

    async def urgent(self, text: str) -> bool:
        """Whether a parent who writes this may not be kept waiting behind anything; a pattern is reason enough, right or wrong."""
        return script_for(text) is not None or await self.script(text) is not None

    async def _understood(self, text: str) -> Mapping[str, Any] | None:
        try:
            return await asyncio.wait_for(self._parse(text), UNDERSTOOD_WITHIN)
        except asyncio.TimeoutError:
            log.warning("hearing.late", seconds=UNDERSTOOD_WITHIN)
        except Exception as error:  # noqa: BLE001 - whatever a broken model raises: the patterns need none
            log.error("hearing.failed", error=type(error).__name__)
        return None
