"""How long, and how often, a human may still write to a parent: for staff, who never see an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.wechat import allowance, pauses
from bot.wechat.addresses import FOLLOWING
from bot.wechat.tables import address


@dataclass(frozen=True)
class Window:
    """`open_until` None: closed; what is written now waits for the parent's next message. `left`: messages until then.

    `following` False: the parent has left, or was erased; nothing can be sent any more.
    """

    open_until: datetime | None
    left: int
    following: bool


def window(session: Session, parent_key: str, now: datetime, may_send: bool = True) -> Window:
    """What WeChat still allows towards this parent. `may_send`: settings.may_send; without that right only answers to a message go.

    The last message of the allowance is kept for a safety notice and is not counted here.
    """
    found = select(address.c.state, address.c.granted_until).where(address.c.parent_key == parent_key)
    row = session.execute(found).one_or_none()
    if row is None or row.state != FOLLOWING:
        return Window(None, 0, following=False)
    left = max(0, allowance.left(session, parent_key, now) - allowance.RESERVE)
    if not may_send or left == 0 or pauses.paused_until(session, now):
        return Window(None, 0, following=True)
    return Window(row.granted_until, left, following=True)
