"""Reports of WeChat's that start no turn: what became of a push, and which notifications a parent allows."""

from __future__ import annotations

import structlog
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database, DatabaseError
from bot.reminders import results
from bot.wechat import consents, inbox
from bot.wechat.incoming import ConsentReport, Incoming, JobResult, NoticeResult

log = structlog.get_logger(__name__)


async def take_report(database: Database, clock: Clock, message: Incoming, parent_key: str) -> None:
    """Write a report down, once however often it is delivered."""
    log.info("wechat.noted", kind=message.kind, status=getattr(message, "status", ""))
    if not isinstance(message, (JobResult, ConsentReport, NoticeResult)):
        return
    try:
        await database.run(_take, clock, message, parent_key)
    except DatabaseError as error:
        # WeChat is not told to come again: what is lost is a confirmation or one consent, not a message.
        log.error("wechat.report_not_kept", kind=message.kind, reason=error.reason)


def _take(session: Session, clock: Clock, message: Incoming, parent_key: str) -> None:
    now = clock.now()
    if isinstance(message, JobResult):  # closing twice changes nothing
        results.note(session, message.msg_id, message.status, now)
    elif isinstance(message, NoticeResult):
        # The answer to a bizsend names no message, so its report is matched by whom it went to.
        results.note_notification(session, parent_key, message.status, now)
    elif isinstance(message, ConsentReport) and inbox.receive(session, message, parent_key, inbox.ANSWERED, now):
        for template_id in message.allowed:
            consents.given(session, parent_key, template_id, now)
        for template_id in message.refused:
            consents.withdrawn(session, parent_key, template_id)
