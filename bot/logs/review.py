"""What reviewers do with a talk and with a miss. Functions of the desk; every one takes a session.

A talk: open (something in it was missed, not useful or dangerous) → taken → done; done may be undone, and something new opens it
again. A second reviewer may confirm what another one has done.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.logs.shapes import QueueCounts
from bot.logs.tables import SafetyFlagRow, examples, groups, notes, requests, talks

NOTE_LENGTH = 1000


class ReviewError(Exception):
    """It cannot be done as things stand; the message says so in Chinese."""


def take(session: Session, ref: str, reviewer: str) -> None:
    """Assign the talk, also to somebody else than oneself.

    Raises:
        ReviewError: it is done already, or another has it.
    """
    row = _row(session, ref)
    if row.state == "done":
        raise ReviewError("这段对话已经看完了；要重看，先点“重新打开”")
    if row.state == "taken" and row.reviewer != reviewer:
        raise ReviewError(f"{row.reviewer} 正在看这段对话")
    _change(session, row.id, state="taken", reviewer=reviewer)


def release(session: Session, ref: str) -> None:
    """Nobody has it any more."""
    row = _row(session, ref)
    if row.state == "taken":
        _change(session, row.id, state="open", reviewer=None)


def done(session: Session, ref: str, reviewer: str, now: datetime) -> None:
    """The talk is reviewed."""
    row = _row(session, ref)
    _change(
        session, row.id, state="done", reviewer=row.reviewer or reviewer, done_by=reviewer, done_at=now, seconded_at=None
    )


def undo(session: Session, ref: str) -> None:
    """Not done after all: it goes back to who had it."""
    row = _row(session, ref)
    _change(session, row.id, state="taken" if row.reviewer else "open", done_by=None, done_at=None, seconded_at=None)


def ask_second(session: Session, ref: str, second: str) -> None:
    """Ask another reviewer to look too; empty: nobody any more.

    Raises:
        ReviewError: it would be the same person.
    """
    row = _row(session, ref)
    if second and second == row.reviewer:
        raise ReviewError("第二位复核的人要换一个人")
    _change(session, row.id, second_reviewer=second or None, seconded_at=None)


def second(session: Session, ref: str, reviewer: str, now: datetime) -> None:
    """The second reviewer agrees with what was done.

    Raises:
        ReviewError: it is not done yet, or it is one's own work.
    """
    row = _row(session, ref)
    if row.state != "done":
        raise ReviewError("还没看完，等看完了再复核")
    if reviewer == row.done_by:
        raise ReviewError("自己看完的，要请另一位来复核")
    _change(session, row.id, second_reviewer=reviewer, seconded_at=now)


def note(session: Session, ref: str, author: str, text: str, now: datetime) -> None:
    """Write a note on a talk.

    Raises:
        ReviewError: it is empty or too long.
    """
    said = text.strip()
    if not said or len(said) > NOTE_LENGTH:
        raise ReviewError(f"备注写 1 到 {NOTE_LENGTH} 个字")
    row = _row(session, ref)
    session.execute(notes.insert().values(talk_id=row.id, author=author, text=said, at=now))


def queue_counts(session: Session) -> QueueCounts:
    """How much waits, by queue."""
    return QueueCounts(
        danger=_count(session, SafetyFlagRow.id, SafetyFlagRow.closed_at.is_(None)),
        talks=_count(session, talks.c.id, talks.c.state == "open"),
        groups=_count(session, groups.c.id, groups.c.state == "open"),
        proposed_examples=_count(session, examples.c.id, examples.c.state == "proposed"),
        confirmed_examples=_count(session, examples.c.id, examples.c.state == "confirmed"),
        requests=_count(session, requests.c.id, requests.c.state == "open"),
    )


def _count(session: Session, column: object, condition: object) -> int:
    return int(session.execute(select(func.count(column)).where(condition)).scalar_one())


def _row(session: Session, ref: str) -> Any:
    row = session.execute(select(talks).where(talks.c.ref == ref)).one_or_none()
    if row is None:
        raise ReviewError("这段对话已经不在了：家长可能删除了自己的资料")
    return row


def _change(session: Session, talk_id: int, **values: object) -> None:
    session.execute(update(talks).where(talks.c.id == talk_id).values(**values))
