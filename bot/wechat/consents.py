"""How many notifications (订阅通知) a parent still allows: one for every time the parent tapped 允许."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.wechat.tables import consent


def given(session: Session, parent_key: str, template_id: str, now: datetime) -> None:
    """The parent tapped 允许: one more may be sent."""
    mine = (consent.c.parent_key == parent_key, consent.c.template_id == template_id)
    more = update(consent).where(*mine).values(remaining=consent.c.remaining + 1, changed_at=now)
    if not session.execute(more).rowcount:
        values = {"parent_key": parent_key, "template_id": template_id, "remaining": 1, "changed_at": now}
        session.execute(consent.insert().values(**values))


def withdrawn(session: Session, parent_key: str, template_id: str) -> None:
    """The parent switched these notifications off, or WeChat says that none is left (43101)."""
    session.execute(delete(consent).where(consent.c.parent_key == parent_key, consent.c.template_id == template_id))


def take_many(session: Session, keys: Sequence[str], template_id: str) -> set[str]:
    """Use up one of each of these parents; returns who had one."""
    free = (consent.c.parent_key.in_(list(keys)), consent.c.template_id == template_id, consent.c.remaining > 0)
    having = list(session.execute(select(consent.c.parent_key).where(*free).with_for_update()).scalars())
    if having:
        mine = (consent.c.parent_key.in_(having), consent.c.template_id == template_id)
        session.execute(update(consent).where(*mine).values(remaining=consent.c.remaining - 1))
    return set(having)


def give_back(session: Session, parent_key: str, template_id: str) -> None:
    """WeChat did not take the notification, so it did not count it."""
    mine = (consent.c.parent_key == parent_key, consent.c.template_id == template_id)
    session.execute(update(consent).where(*mine).values(remaining=consent.c.remaining + 1))


def left(session: Session, keys: Collection[str], template_id: str) -> dict[str, int]:
    """How many each of these parents still allows; those without any are missing."""
    mine = (consent.c.parent_key.in_(list(keys)), consent.c.template_id == template_id, consent.c.remaining > 0)
    return dict(session.execute(select(consent.c.parent_key, consent.c.remaining).where(*mine)).all())


def erase(session: Session, parent_key: str) -> int:
    """Forget a parent's consents."""
    return int(session.execute(delete(consent).where(consent.c.parent_key == parent_key)).rowcount)
