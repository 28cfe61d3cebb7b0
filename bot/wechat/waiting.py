"""Answers that may not be sent any more wait here with their question and are given, once, at the next contact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.wechat import sql
from bot.wechat.messages import Choice, Outgoing, dump_choices, dump_outgoing, load_choices, load_outgoing
from bot.wechat.tables import waiting

QUESTION_LENGTH = 40
# An older answer would only puzzle.
STALE = timedelta(days=14)

# Longer than a turn may take, see inbox.LEASE: while one turn holds an answer no other gives it too.
HOLD = timedelta(minutes=4)

_FREE = sql.Prepared(
    select(waiting.c.id, waiting.c.question, waiting.c.messages, waiting.c.choices)
    .where(
        waiting.c.parent_key == bindparam("parent_key"),
        waiting.c.created_at > bindparam("since"),
        or_(waiting.c.held_until.is_(None), waiting.c.held_until < bindparam("now")),
    )
    .order_by(waiting.c.id)
)


@dataclass(frozen=True)
class Kept:
    """An answer that waits, rendered, with the numbers of its buttons."""

    id: int
    question: str
    messages: tuple[Outgoing, ...]
    choices: tuple[Choice, ...]


def keep(
    session: Session,
    parent_key: str,
    question: str,
    messages: Sequence[Outgoing],
    choices: Sequence[Choice],
    now: datetime,
) -> None:
    """Let the messages wait; the question is cut to its first 40 characters."""
    values = {
        "parent_key": parent_key,
        "question": question[:QUESTION_LENGTH],
        "messages": dump_outgoing(messages),
        "choices": dump_choices(choices),
        "created_at": now,
    }
    session.execute(waiting.insert().values(**values))


def hold(session: Session, parent_key: str, now: datetime) -> tuple[Kept, ...]:
    """What waits for the parent, oldest first, held for the turn that will give it.

    After a crash the hold runs out and the answer is given at a later contact.
    """
    rows = _FREE.run(session, parent_key=parent_key, since=now - STALE, now=now).all()
    if not rows:
        return ()
    ids = [row.id for row in rows]
    session.execute(update(waiting).where(waiting.c.id.in_(ids)).values(held_until=now + HOLD))
    return tuple(Kept(row.id, row.question, load_outgoing(row.messages), load_choices(row.choices)) for row in rows)


def given(session: Session, ids: Collection[int]) -> None:
    """These are with the parent, or in the answer that now waits instead."""
    if ids:
        session.execute(delete(waiting).where(waiting.c.id.in_(list(ids))))


def release(session: Session, ids: Collection[int]) -> None:
    """These were not given after all: they wait on."""
    if ids:
        session.execute(update(waiting).where(waiting.c.id.in_(list(ids))).values(held_until=None))


def purge(session: Session, now: datetime) -> int:
    """Delete what is stale; returns how many."""
    return int(session.execute(delete(waiting).where(waiting.c.created_at <= now - STALE)).rowcount)


def erase(session: Session, parent_key: str) -> int:
    return int(session.execute(delete(waiting).where(waiting.c.parent_key == parent_key)).rowcount)
