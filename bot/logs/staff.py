"""What a human writes to a parent. The desk puts it here; the assistant's process takes it and gives it to WeChat.

States: queued → sending → sent, or held (WeChat's window is closed: it is given at the next contact, then: given), or dropped (the
parent has left).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from bot.logs.outcomes import QUESTIONS, SILENT
from bot.logs.shapes import StaffMessage
from bot.logs.tables import parents, staff_messages, turns
from bot.logs.takeovers import id_of

LONGEST = 600  # characters: one WeChat text message holds 2048 bytes
QUESTION = 40
# A process that took a message and died leaves it: after this long another may send it.
LEASE = timedelta(minutes=2)

# Made once: building a statement costs SQLAlchemy more than the database needs for it, and each batch of turns needs this one.
_GIVEN = (
    update(staff_messages)
    .where(
        staff_messages.c.parent_id.in_(bindparam("whose", expanding=True)),
        staff_messages.c.state == "held",
        staff_messages.c.sent_at < bindparam("moment"),
    )
    .values(state="given", sent_at=bindparam("moment"))
)


@dataclass(frozen=True)
class Due:
    """A message to send now; `late`: written while the window was closed, so it never goes without its question."""

    id: int
    parent_key: str
    question: str
    text: str
    late: bool


def write(session: Session, parent_ref: str, by: str, text: str, now: datetime, late: bool = False) -> int:
    """Queue a message with the question it answers: the parent's last one, as it stands in the log. Returns its id.

    `late`: its writer saw that WeChat's window is closed.

    Raises:
        ValueError: empty or too long; the message says so in Chinese.
        LookupError: there is no such parent (any more).
    """
    said = text.strip()
    if not said:
        raise ValueError("先写一句话再发")
    if len(said) > LONGEST:
        raise ValueError(f"太长了：现在 {len(said)} 个字，最多 {LONGEST} 个字，分两条发")
    parent_id = id_of(session, parent_ref)
    values = {"parent_id": parent_id, "by": by, "question": _asked(session, parent_id), "text": said, "state": "queued", "late": late}
    return int(session.execute(staff_messages.insert().values(at=now, **values)).inserted_primary_key[0])


def due(session: Session, now: datetime, limit: int = 20) -> list[Due]:
    """Take what is queued, in order, for this process."""
    free = _free(now)
    found = (
        select(staff_messages.c.id, parents.c.parent_key, staff_messages.c.question, staff_messages.c.text, staff_messages.c.late)
        .join(parents, parents.c.id == staff_messages.c.parent_id)
        .where(free)
        .order_by(staff_messages.c.id)
        .limit(limit)
    )
    taken = []
    for row in session.execute(found).all():
        claim = update(staff_messages).where(staff_messages.c.id == row.id, free).values(state="sending", sent_at=now)
        if session.execute(claim).rowcount:
            taken.append(Due(*row))
    return taken


def waits(session: Session, now: datetime) -> bool:
    """Whether anything is to be sent."""
    return session.execute(select(staff_messages.c.id).where(_free(now)).limit(1)).first() is not None


def settle(session: Session, message_id: int, state: str, text: str, now: datetime) -> None:
    """What became of it: sent, held or dropped; `text`: its words, anonymised, which are kept from now on."""
    values = {"state": state, "text": text, "sent_at": now}
    session.execute(update(staff_messages).where(staff_messages.c.id == message_id).values(**values))


def given(session: Session, parent_ids: set[int], now: datetime) -> None:
    """These parents have written again, so what was held has been given with the answer."""
    session.execute(_GIVEN, {"whose": list(parent_ids), "moment": now})


def between(session: Session, parent_id: int, start: datetime, end: datetime | None) -> tuple[StaffMessage, ...]:
    """What humans wrote to the parent in that time, oldest first."""
    found = select(staff_messages).where(staff_messages.c.parent_id == parent_id, staff_messages.c.at >= start)
    if end is not None:
        found = found.where(staff_messages.c.at < end)
    rows = session.execute(found.order_by(staff_messages.c.id))
    return tuple(StaffMessage(row.id, row.by, row.text, row.state, row.at, row.sent_at) for row in rows)


def _free(now: datetime) -> Any:
    left = (staff_messages.c.state == "sending") & (staff_messages.c.sent_at < now - LEASE)
    return or_(staff_messages.c.state == "queued", left)


def _asked(session: Session, parent_id: int) -> str:
    asked = (turns.c.outcome.in_((*QUESTIONS, SILENT)), turns.c.text != "", turns.c.text.not_like("/%"))
    last = select(turns.c.text).where(turns.c.parent_id == parent_id, *asked).order_by(turns.c.id.desc())
    text = session.execute(last.limit(1)).scalar_one_or_none() or ""
    # A placeholder means nothing to the parent: rather no question than 〈孩子1〉.
    return "" if "〈" in text else text[:QUESTION]
