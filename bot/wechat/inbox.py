"""The inbox: one row a message, so that a crash between receipt and answer loses nothing.

States: received (behind another message of the same parent) → running → answered. A row in work carries a lease; its
process may be presumed dead when the lease has run out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select, text, update
from sqlalchemy.orm import Session

from bot.wechat import sql
from bot.wechat.incoming import Incoming
from bot.wechat.tables import inbox

RECEIVED, RUNNING, ANSWERED = "received", "running", "answered"

# Written out, not as a parameter: only so does SQLite see that its partial index fits.
_OPEN = text("state != 'answered'")

_RECEIVE = sql.insert_new(
    inbox,
    ["dedup_key", "parent_key", "kind", "body", "state", "attempts", "received_at", "leased_until"],
)
_FINISH = sql.Prepared(
    update(inbox)
    .where(inbox.c.dedup_key == bindparam("key"))
    .values(state=bindparam("new_state"), finished_at=bindparam("now"))
)

_TAKEN = (
    update(inbox)
    .where(inbox.c.dedup_key == bindparam("key"), inbox.c.state != bindparam("answered"))
    .values(state=bindparam("new_state"), attempts=inbox.c.attempts + 1, leased_until=bindparam("lease"))
)
_STEAL = sql.Prepared(_TAKEN)
_CLAIM = sql.Prepared(_TAKEN.where(inbox.c.leased_until < bindparam("now")))
# A row that nobody works on yet is for whoever comes first, and that is only one.
_BEGIN = sql.Prepared(_TAKEN.where(or_(inbox.c.state == bindparam("received"), inbox.c.leased_until < bindparam("now"))))

# Longer than the longest turn: two attempts of 60 s each, and the retries of the API after it.
LEASE = timedelta(minutes=4)


@dataclass(frozen=True)
class Row:
    """A message in work. `attempts`: how often it was begun, this time included once it is claimed."""

    id: int
    dedup_key: str
    parent_key: str
    kind: str
    body: str
    attempts: int


def receive(session: Session, message: Incoming, parent_key: str, state: str, now: datetime) -> bool:
    """Write the message down; False: it is there already."""
    values = {
        "dedup_key": message.dedup_key(parent_key),
        "parent_key": parent_key,
        "kind": message.kind,
        "body": message.dump(),
        "state": state,
        "attempts": 1 if state == RUNNING else 0,
        "received_at": now,
        "leased_until": now + LEASE,
    }
    return bool(_RECEIVE.run(session, **values).rowcount)


def claim(session: Session, dedup_key: str, now: datetime, steal: bool) -> bool:
    """Take the row for this process; `steal`: also when its lease still runs (its holder is known to be us or gone)."""
    taken = _STEAL.run(session, **_taking(dedup_key, now)) if steal else _CLAIM.run(session, **_taking(dedup_key, now), now=now)
    return bool(taken.rowcount)


def begin(session: Session, dedup_key: str, now: datetime, steal: bool) -> bool:
    """Take a row that was received and not begun, or whose lease has run out; of several processes one gets it. `steal`: as in `claim`."""
    if steal:
        return claim(session, dedup_key, now, steal)
    return bool(_BEGIN.run(session, **_taking(dedup_key, now), received=RECEIVED, now=now).rowcount)


def knows(session: Session, dedup_key: str) -> bool:
    """Whether the message is written down; not so when its parent was erased."""
    return session.execute(select(inbox.c.id).where(inbox.c.dedup_key == dedup_key)).first() is not None


def _taking(dedup_key: str, now: datetime) -> dict[str, object]:
    return {"key": dedup_key, "new_state": RUNNING, "answered": ANSWERED, "lease": now + LEASE}


def finish(session: Session, dedup_key: str, now: datetime) -> bool:
    """The message is answered; False: its row is gone (the parent was erased meanwhile)."""
    return bool(_FINISH.run(session, key=dedup_key, new_state=ANSWERED, now=now).rowcount)


def unanswered(session: Session, now: datetime, everything: bool, limit: int = 1000) -> list[Row]:
    """Messages without an answer, oldest first; `everything`: also those whose lease still runs."""
    columns = (inbox.c.id, inbox.c.dedup_key, inbox.c.parent_key, inbox.c.kind, inbox.c.body, inbox.c.attempts)
    found = select(*columns).where(_OPEN).order_by(inbox.c.received_at, inbox.c.id).limit(limit)
    if not everything:
        found = found.where(inbox.c.leased_until < now)
    return [Row(*row) for row in session.execute(found)]


def seen_since(session: Session, moment: datetime, keys: Collection[str] | None = None) -> dict[str, datetime]:
    """Parents (of these, if they are given) of whom something came since then, and when the last of it did."""
    # Not grouped: for that SQLite would walk through the whole table in the order of parents.
    lately = select(inbox.c.parent_key, inbox.c.received_at).where(inbox.c.received_at > moment)
    if keys is not None:
        lately = lately.where(inbox.c.parent_key.in_(list(keys)))
    return dict(session.execute(lately.order_by(inbox.c.received_at)).all())


def purge(session: Session, before: datetime) -> int:
    """Delete messages received before `before`, answered or not; returns how many."""
    return int(session.execute(delete(inbox).where(inbox.c.received_at < before)).rowcount)


def erase(session: Session, parent_key: str) -> int:
    return int(session.execute(delete(inbox).where(inbox.c.parent_key == parent_key)).rowcount)
