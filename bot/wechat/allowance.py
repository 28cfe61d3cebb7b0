"""How many customer-service messages a parent may still be sent: WeChat counts them, so we count first.

5 within 48 h after a message; 3 within 1 minute after a menu tap, a scan or a follow; the next action resets the count
and nothing is added up (developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage). A tap on our
`bizmsgmenu` links arrives as a text message and is counted as one. Passive replies are free. The count stands in the
parent's address row, where each message resets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.wechat.incoming import Click, Incoming, Scan, Subscribe
from bot.wechat.tables import address

AFTER_MESSAGE = (5, timedelta(hours=48))
AFTER_ACTION = (3, timedelta(minutes=1))

# The last one is kept for a safety notice that cannot wait.
RESERVE = 1


def granted_by(message: Incoming) -> tuple[int, timedelta]:
    """How many messages this action allows, and for how long."""
    return AFTER_ACTION if isinstance(message, (Click, Scan, Subscribe)) else AFTER_MESSAGE


def take(session: Session, parent_key: str, now: datetime, urgent: bool = False) -> bool:
    """Use one up, if there is one; only `urgent` may use the last."""
    reserve = 0 if urgent else RESERVE
    free = (
        address.c.parent_key == parent_key,
        address.c.granted_until > now,
        address.c.used < address.c.granted - reserve,
    )
    return bool(session.execute(update(address).where(*free).values(used=address.c.used + 1)).rowcount)


def take_many(session: Session, keys: Sequence[str], now: datetime) -> set[str]:
    """Use up one of each of these parents, never the last; returns who had one."""
    free = (
        address.c.parent_key.in_(list(keys)),
        address.c.granted_until > now,
        address.c.used < address.c.granted - RESERVE,
    )
    having = list(session.execute(select(address.c.parent_key).where(*free).with_for_update()).scalars())
    if having:
        session.execute(update(address).where(address.c.parent_key.in_(having)).values(used=address.c.used + 1))
    return set(having)


def give_back(session: Session, parent_key: str) -> None:
    """WeChat refused the message, so it did not count it."""
    mine = (address.c.parent_key == parent_key, address.c.used > 0)
    session.execute(update(address).where(*mine).values(used=address.c.used - 1))


def exhaust(session: Session, parent_key: str) -> None:
    """WeChat says that nothing is left (45015, 45047): believe it rather than our own count."""
    session.execute(update(address).where(address.c.parent_key == parent_key).values(used=address.c.granted))


def left(session: Session, parent_key: str, now: datetime) -> int:
    """How many may still be sent, the reserve included."""
    found = select(address.c.granted - address.c.used)
    found = found.where(address.c.parent_key == parent_key, address.c.granted_until > now)
    return int(session.execute(found).scalar_one_or_none() or 0)
