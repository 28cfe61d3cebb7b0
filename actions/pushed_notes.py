"""Which pushed message a reply is about, and the parent's answer to it, kept."""

from __future__ import annotations

import structlog

from bot import services
from bot.db import DatabaseError
from bot.reminders import context
from bot.reminders.context import PushedContext
from bot.reunion import follow_through
from bot.reunion.follow_through import NOT_YET, Asked

# Begins the name of a step that no message asked about; a message that is open meanwhile stays open.
TOLD_UNASKED = "told_"

log = structlog.get_logger(__name__)


async def open_for(parent_key: str) -> PushedContext | None:
    """The pushed message that a short reply is about now; None also when the database cannot say."""
    try:
        return await services.database().read(context.open_for, parent_key, services.clock().now())
    except DatabaseError as error:
        log.error("pushed.not_readable", reason=error.reason)
        return None


async def note(parent_key: str, answer: str, pushed: PushedContext) -> None:
    """Keep the answer; done or not to be done is not asked about again, not yet is."""
    now = services.clock().now()
    asked = Asked(pushed.campaign, pushed.occurrence, pushed.step, pushed.expect)
    try:
        if pushed.expect:
            await services.database().run(follow_through.note, parent_key, asked, answer, now)
        if pushed.step.startswith(TOLD_UNASKED):
            return
        if answer == NOT_YET and not pushed.step.endswith("?"):
            await services.database().run(context.close, parent_key)
        else:
            await services.database().run(context.answered, parent_key, pushed, now)
    except DatabaseError as error:
        log.error("pushed.not_kept", reason=error.reason)


async def note_call(parent_key: str, answer: str) -> None:
    """How a call went was told: if a pushed message had asked for it, that is answered too."""
    pushed = await open_for(parent_key)
    if pushed is not None and pushed.expect == "call_done":
        await note(parent_key, answer, pushed)
