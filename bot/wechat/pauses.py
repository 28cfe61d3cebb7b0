"""Times in which nothing is sent to anybody: after a quota, a rate limit or a lost right. Shared by all processes.

A pause of one way of pushing (template, subscription, mass) does not stop the others, and no answer to a parent.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import BEIJING
from bot.wechat import sql
from bot.wechat.errors import Action
from bot.wechat.tables import pause

_BEGIN = sql.upsert(pause, ["reason", "until"], ["until"])


# How long: the rate limit is one a minute; what a human must repair is tried again after a while, so that the repair
# shows without a restart, and not so often that WeChat takes it for an attack.
_LENGTHS = {
    Action.BACK_OFF: timedelta(seconds=60),
    Action.STOP_ALARM: timedelta(minutes=10),
    Action.SWITCH_OFF: timedelta(hours=1),
}


def next_midnight(now: datetime) -> datetime:
    """When WeChat's daily quotas begin anew: midnight in Beijing."""
    day = now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    return (day + timedelta(days=1)).astimezone(timezone.utc)


def begin(session: Session, action: Action, now: datetime, way: str = "") -> datetime | None:
    """Pause sending if the action asks for it; returns until when. `way`: only this way of pushing."""
    length = _LENGTHS.get(action)
    until = next_midnight(now) if action is Action.UNTIL_MIDNIGHT else now + length if length else None
    if until is None:
        return None
    # Wrong credentials or a wrong address stop everything, whichever call found out.
    reason = f"{way}:{action.value}" if way and action is not Action.STOP_ALARM else action.value
    _BEGIN.run(session, reason=reason[:32], until=until)
    return until


def paused_until(session: Session, now: datetime) -> datetime | None:
    """Until when no answer may be sent; None: go on."""
    of_all = (pause.c.until > now, pause.c.reason.not_like("%:%"))
    until: datetime | None = session.execute(select(func.max(pause.c.until)).where(*of_all)).scalar()
    return until


def all_pauses(session: Session, now: datetime) -> dict[str, datetime]:
    """Every pause that lasts, by reason; the reason of one that concerns a single way begins with it and a colon."""
    return dict(session.execute(select(pause.c.reason, pause.c.until).where(pause.c.until > now)).all())
