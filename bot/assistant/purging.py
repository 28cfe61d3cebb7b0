"""What is past its time is deleted: the talk, the record, reunions of last year, whoever left. Again and again, whatever fails once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot import services
from bot.assistant import tracker_store
from bot.db import DatabaseError
from bot.logs import keeping
from bot.people.erasure import erase_everywhere
from bot.reunion import plans as reunion
from bot.wechat import forget

log = structlog.get_logger(__name__)

PURGE_EVERY = timedelta(hours=6)
# A plan is of use until two weeks after the parting; a little longer for who asks what went wrong.
PLANS_KEPT = timedelta(days=180)


async def purge_forever() -> None:
    """Until cancelled."""
    while True:
        try:
            await purge()
        except DatabaseError as error:
            log.error("purge.failed", reason=error.reason)
        except Exception as error:  # noqa: BLE001
            # A bug must not end the purging: what parents wrote would stay.
            log.error("purge.failed", reason=type(error).__name__)
        await asyncio.sleep(PURGE_EVERY.total_seconds())


async def purge() -> None:
    """Delete what is past its time: the talk, the inbox, answers that waited too long, reunions of last year."""
    now, days = services.clock().now(), services.settings().retention_days
    turns = await services.database().run(tracker_store.purge, now - timedelta(days=days))
    wire = await services.database().run(forget.purge, now, days)
    talks, kept_since = 0, now - timedelta(days=services.settings().log_retention_days)
    # A few hundred a transaction: parents are answered in between.
    while gone := await services.database().run(keeping.purge, kept_since):
        talks += gone
    plans = await services.database().run(reunion.purge, (now - PLANS_KEPT).date())
    left = 0
    while gone := await services.database().run(_erase_who_left, now):
        left += gone
    log.info("purge.done", turns=turns, talks=talks, plans=plans, left=left, **wire)


def _erase_who_left(session: Session, now: datetime) -> int:
    """Some of those who unfollowed long ago, in every room. The record is of nobody by then and has its own time."""
    gone = forget.left_long_ago(session, now)
    for parent_key in gone:
        erase_everywhere(session, parent_key, but={"logs"})
    return len(gone)
