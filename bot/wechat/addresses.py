"""Who is behind a parent_key: the only place, and the only table, where an openid is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from bot.wechat import sql
from bot.wechat.incoming import Incoming, Subscribe
from bot.wechat.tables import address

FOLLOWING, LEFT, DEAD = "following", "left", "dead"

_ALLOWANCE = ["granted", "used", "granted_until"]
_CONTACT = sql.upsert(
    address,
    ["parent_key", "openid", "state", "first_seen_at", "followed_at", *_ALLOWANCE],
    ["state", *_ALLOWANCE],
)
_FOLLOW = sql.upsert(
    address,
    ["parent_key", "openid", "state", "first_seen_at", "followed_at", "left_at", "scene", *_ALLOWANCE],
    ["state", "followed_at", "left_at", "scene", *_ALLOWANCE],
)
_OPENID = sql.Prepared(
    select(address.c.openid).where(
        address.c.parent_key == bindparam("parent_key"), address.c.state == bindparam("state")
    )
)


class ParentKeys:
    """Makes parent keys: HMAC-SHA256 of the openid, 128 bits of it as base32 (26 characters), after a "p"."""

    def __init__(self, secret_key: str) -> None:
        if not secret_key:
            raise ValueError("JIASHU_SECRET_KEY is empty: without it parent keys could be guessed from openids")
        self._start = hmac.new(secret_key.encode(), digestmod=hashlib.sha256)
        self._cached = lru_cache(maxsize=4096)(self._make)

    def parent_key_for(self, openid: str) -> str:
        return self._cached(openid)

    def _make(self, openid: str) -> str:
        keyed = self._start.copy()
        keyed.update(openid.encode())
        return "p" + base64.b32encode(keyed.digest()[:16]).decode().rstrip("=").lower()


def note_contact(
    session: Session, parent_key: str, message: Incoming, granted: int, until: datetime, now: datetime
) -> None:
    """A message or event came, so its sender follows us; it grants `granted` messages `until` then."""
    values = {
        "parent_key": parent_key,
        "openid": message.sender,
        "state": FOLLOWING,
        "first_seen_at": now,
        "followed_at": now,
        "granted": granted,
        "used": 0,
        "granted_until": until,
    }
    if isinstance(message, Subscribe):
        _FOLLOW.run(session, **values, left_at=None, scene=message.scene or None)
    else:
        _CONTACT.run(session, **values)


def note_left(session: Session, parent_key: str, now: datetime, state: str = LEFT) -> None:
    """The parent unfollowed (LEFT), or WeChat says that the openid is none of ours (DEAD)."""
    session.execute(update(address).where(address.c.parent_key == parent_key).values(state=state, left_at=now))


def openid_for(session: Session, parent_key: str) -> str | None:
    """The openid of a parent who may be written to; None: unknown, left, dead or erased."""
    openid: str | None = _OPENID.run(session, parent_key=parent_key, state=FOLLOWING).scalar_one_or_none()
    return openid


def is_following(session: Session, parent_key: str) -> bool:
    return openid_for(session, parent_key) is not None


def is_unknown(session: Session, parent_key: str) -> bool:
    """Whether nothing is kept of the parent: a stranger, or one who was erased."""
    return session.execute(select(address.c.state).where(address.c.parent_key == parent_key)).first() is None


@dataclass(frozen=True)
class Standing:
    """A follower: the openid, and how many messages of the allowance are left until when."""

    openid: str
    left: int
    until: datetime


def standings(session: Session, keys: Collection[str]) -> dict[str, Standing]:
    """Those of these parents who follow."""
    columns = (address.c.parent_key, address.c.openid, address.c.granted - address.c.used, address.c.granted_until)
    follow = (address.c.parent_key.in_(list(keys)), address.c.state == FOLLOWING)
    return {key: Standing(*rest) for key, *rest in session.execute(select(*columns).where(*follow))}


def openids_of(session: Session, keys: Collection[str]) -> dict[str, str]:
    """The openids of those of these parents who follow."""
    follow = (address.c.parent_key.in_(list(keys)), address.c.state == FOLLOWING)
    return dict(session.execute(select(address.c.parent_key, address.c.openid).where(*follow)).all())


def followers(session: Session, after: str, most: int) -> list[str]:
    """Parent keys of followers, in order, from behind `after`."""
    found = select(address.c.parent_key).where(address.c.parent_key > after, address.c.state == FOLLOWING)
    return list(session.execute(found.order_by(address.c.parent_key).limit(most)).scalars())


def left_before(session: Session, moment: datetime, limit: int) -> list[str]:
    """Parent keys of those who left before `moment`, at most `limit`."""
    gone = (address.c.state != FOLLOWING, address.c.left_at < moment)
    return list(session.execute(select(address.c.parent_key).where(*gone).limit(limit)).scalars())


def erase(session: Session, parent_key: str) -> int:
    """Forget the openid; returns the number of rows."""
    return int(session.execute(delete(address).where(address.c.parent_key == parent_key)).rowcount)
