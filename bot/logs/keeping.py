"""What goes when: one parent at once, the record after its time. Counts by day stay: they are of nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.logs import flags
from bot.logs.grouping import normal
from bot.logs.tables import (
    SafetyFlagRow,
    examples,
    groups,
    notices,
    parents,
    requests,
    staff_messages,
    takeovers,
    talks,
    turns,
)


def erase(session: Session, parent_key: str) -> int:
    """Delete everything of this room about a parent; returns how many rows went.

    An example that staff have confirmed names nobody and stays, without its tie to the talk.
    """
    gone = flags.erase(session, parent_key)
    row = session.execute(select(parents.c.id).where(parents.c.parent_key == parent_key)).scalar_one_or_none()
    if row is None:
        return gone
    said = list(session.execute(select(turns.c.id, turns.c.group_id).where(turns.c.parent_id == row)))
    gone += _forget_turns(session, [each.id for each in said], {each.group_id for each in said if each.group_id})
    return gone + int(session.execute(delete(parents).where(parents.c.id == row)).rowcount)


def purge(session: Session, before: datetime) -> int:
    """Delete talks whose last turn is older than `before`, and what hangs on them; returns how many talks went."""
    old = list(session.scalars(select(talks.c.id).where(talks.c.last_at < before).limit(500)))
    if old:
        said = list(session.execute(select(turns.c.id, turns.c.group_id).where(turns.c.talk_id.in_(old))))
        _forget_turns(session, [each.id for each in said], {each.group_id for each in said if each.group_id})
        session.execute(delete(talks).where(talks.c.id.in_(old)))
    session.execute(delete(SafetyFlagRow).where(SafetyFlagRow.at < before).execution_options(synchronize_session=False))
    session.execute(delete(staff_messages).where(staff_messages.c.at < before))
    session.execute(delete(takeovers).where(takeovers.c.until < before))
    session.execute(delete(notices).where(notices.c.at < before))
    session.execute(delete(parents).where(parents.c.last_at < before))
    return len(old)


def _forget_turns(session: Session, ids: list[int], of_groups: set[int]) -> int:
    """Turns, and what was made of them. Rows that hang on talks and parents follow by their foreign keys."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        session.execute(delete(examples).where(examples.c.turn_id.in_(some), examples.c.state == "proposed"))
        session.execute(update(examples).where(examples.c.turn_id.in_(some)).values(turn_id=None))
        session.execute(update(requests).where(requests.c.turn_id.in_(some)).values(turn_id=None))
        session.execute(delete(turns).where(turns.c.id.in_(some)))
    for group_id in of_groups:
        _recount(session, group_id)
    return len(ids)


def _recount(session: Session, group_id: int) -> None:
    """A group without the misses that went: its title must be the words of somebody who is still there."""
    left = (turns.c.group_id == group_id,)
    count, first = session.execute(select(func.count(turns.c.id), func.min(turns.c.id)).where(*left)).one()
    if not count:
        session.execute(delete(groups).where(groups.c.id == group_id))
        return
    title = session.execute(select(turns.c.text).where(turns.c.id == first)).scalar_one()
    values = {"misses": count, "title": title[:200], "normal": normal(title)}
    session.execute(update(groups).where(groups.c.id == group_id).values(**values))
