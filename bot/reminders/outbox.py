"""The outbox: one row a parent and step, claimed by one dispatcher, sent once.

planned → claimed → sending → sent → confirmed | failed; or kept, stale, cancelled, refused, unsure. `gathered`: in a mass
job. `unsure`: it may have arrived, nobody can know, so it is not sent again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, String, bindparam, case, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.reminders import trail
from bot.reminders.tables import IS_IN_HAND, IS_PLANNED, busy, contexts, outbox

PLANNED, CLAIMED, SENDING, GATHERED = "planned", "claimed", "sending", "gathered"
SENT, CONFIRMED, FAILED, KEPT = "sent", "confirmed", "failed", "kept"
STALE, CANCELLED, REFUSED, UNSURE = "stale", "cancelled", "refused", "unsure"
# What counts as having reached the parent when messages are counted.
IN_HAND = (CLAIMED, SENDING, GATHERED)
REACHED = (SENDING, GATHERED, SENT, CONFIRMED, UNSURE)
NEXT_CONTACT = "next_contact"

COLUMNS = (
    outbox.c.id, outbox.c.parent_key, outbox.c.campaign, outbox.c.occurrence, outbox.c.step,
    outbox.c.stale_at, outbox.c.due_at, outbox.c.attempts, outbox.c.trail,
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A row in hand."""

    id: int
    parent_key: str
    campaign: str
    occurrence: str
    step: str
    stale_at: datetime
    due_at: datetime
    attempts: int
    trail: str


@dataclass(frozen=True)
class Change:
    """What becomes of a row in hand. `not_before` only for one that is planned again."""

    row: Row
    state: str
    code: str
    about: object = ""
    not_before: datetime | None = None
    way: str | None = None
    words: str | None = None
    message_id: str | None = None
    sent_at: datetime | None = None


# Statements that every round needs are made once: making one costs more than the database needs for it.
_DUE = (
    select(*COLUMNS)
    .where(IS_PLANNED, outbox.c.not_before <= bindparam("moment"))
    .order_by(outbox.c.not_before, outbox.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.state == PLANNED)
    .values(state=CLAIMED, owner=bindparam("me"))
)
_MARK_SENDING = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.state == CLAIMED, outbox.c.owner == bindparam("me"))
    .values(state=SENDING, way=bindparam("by"), sent_at=bindparam("moment"), attempts=outbox.c.attempts + 1)
)


def claim(session: Session, owner: str, now: datetime, most: int) -> list[Row]:
    """Take up to `most` due rows, the longest due first. Two dispatchers never get the same one."""
    rows = [Row(*found) for found in session.execute(_DUE, {"moment": now, "most": most})]
    if rows:
        session.execute(_TAKE, {"ids": [row.id for row in rows], "me": owner})
    return rows


def mark_sending(session: Session, rows: Sequence[Row], owner: str, way: str, now: datetime) -> list[Row]:
    """Write down that these are about to go, before they go; returns those that still are ours to send."""
    ids = [row.id for row in rows]
    marked = session.execute(_MARK_SENDING, {"ids": ids, "me": owner, "by": way, "moment": now}).rowcount
    if marked == len(rows):
        return list(rows)
    left = select(outbox.c.id).where(outbox.c.id.in_(ids), outbox.c.state == SENDING, outbox.c.owner == owner)
    still = set(session.execute(left).scalars())
    return [row for row in rows if row.id in still]


def settle(session: Session, owner: str, changes: Sequence[Change], now: datetime) -> None:
    """Write down what became of rows in hand; those of the same fate in one statement."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for change in changes:
        mark = trail.add("", change.code, now, change.about)
        written = trail.add(change.row.trail, change.code, now, change.about) != change.row.trail
        later = change.not_before or change.row.due_at
        ends = (change.state, later, change.way, change.words, change.message_id, change.sent_at, mark if written else "")
        alike.setdefault(ends, []).append(change.row.id)
    alone: list[dict[str, object]] = []
    for fate, ids in alike.items():
        values: dict[str, object] = dict(zip(_ITS, fate, strict=True), me=owner)
        if len(ids) == 1:
            alone.append({**values, "row": ids[0]})
        else:
            session.execute(_SETTLE_ALIKE, {**values, "ids": ids})
    if alone:
        session.execute(_SETTLE_ONE, alone)


_FATE = ("state", "not_before", "way", "words", "message_id", "sent_at", "mark")
# Unsure: another took over while our call was on its way; what we know is better than what it had to assume.
_STILL_OPEN = or_(*(outbox.c.state == name for name in (*IN_HAND, UNSURE)))
_MARK = bindparam("its_mark", type_=String)
_ITS = tuple(f"its_{name}" for name in _FATE)
_SETTLED = (
    update(outbox)
    .where(outbox.c.owner == bindparam("me"), _STILL_OPEN)
    .values(
        **{name: bindparam(f"its_{name}") for name in _FATE[:-1]},
        trail=case((_MARK == "", outbox.c.trail), (outbox.c.trail == "", _MARK), else_=outbox.c.trail + " " + _MARK),
    )
)
_SETTLE_ONE = _SETTLED.where(outbox.c.id == bindparam("row"))
_SETTLE_ALIKE = _SETTLED.where(outbox.c.id.in_(bindparam("ids", expanding=True)))


def recover(session: Session, owner: str, now: datetime) -> tuple[int, int]:
    """Rows in nobody's hand any more, to be called by the leader with nothing on its way: (planned again, unsure).

    What was only claimed had not gone. What was being sent may have arrived. What was gathered is ours now.
    """
    session.execute(update(outbox).where(IS_IN_HAND, outbox.c.state == GATHERED, outbox.c.owner != owner).values(owner=owner))
    in_hand = select(outbox.c.id, outbox.c.state, outbox.c.trail).where(IS_IN_HAND, outbox.c.state != GATHERED)
    found = session.execute(in_hand).all()
    again = [{"row": row.id, "marks": row.trail} for row in found if row.state == CLAIMED]
    lost = [{"row": row.id, "marks": trail.add(row.trail, "died", now)} for row in found if row.state == SENDING]
    for state, rows in ((PLANNED, again), (UNSURE, lost)):
        if rows:
            put = update(outbox).where(outbox.c.id == bindparam("row")).values(state=state, trail=bindparam("marks"))
            session.execute(put, rows)
    return len(again), len(lost)


@dataclass(frozen=True)
class Reached:
    """A message that reached a parent, or may have; `way` NEXT_CONTACT: beside an answer."""

    at: datetime
    way: str
    campaign: str
    step: str


def recent(session: Session, keys: Collection[str], since: datetime) -> dict[str, list[Reached]]:
    """What was pushed to these parents since then, and what they were told at a contact of theirs."""
    found: dict[str, list[Reached]] = {}
    for key, *values in session.execute(_RECENT, {"keys": list(keys), "since": since}):
        found.setdefault(key, []).append(Reached(*values))
    return found


_RECENT = select(outbox.c.parent_key, outbox.c.sent_at, outbox.c.way, outbox.c.campaign, outbox.c.step).where(
    outbox.c.parent_key.in_(bindparam("keys", expanding=True)), outbox.c.sent_at >= bindparam("since"), outbox.c.state.in_(REACHED)
)


def waiting_count(session: Session, now: datetime) -> int:
    """How many rows are due and not sent, for the health answer."""
    due = select(outbox.c.id).where(IS_PLANNED, outbox.c.not_before <= now).limit(100_000)
    return len(session.execute(due).all())


def make_stale(session: Session, now: datetime) -> int:
    """Kept words that are not worth telling any more go."""
    old = (outbox.c.words.is_not(None), outbox.c.stale_at <= now)
    found = session.execute(select(outbox.c.id, outbox.c.state, outbox.c.trail).where(*old).limit(5000)).all()
    rows = [
        {"row": row.id, "becomes": STALE if row.state == KEPT else row.state, "marks": trail.add(row.trail, "stale", now)}
        for row in found
    ]
    if rows:
        put = update(outbox).where(outbox.c.id == bindparam("row"), outbox.c.words.is_not(None))
        session.execute(put.values(state=bindparam("becomes"), words=None, trail=bindparam("marks")), rows)
    return len(rows)


def of_parent(session: Session, parent_key: str, step: str = "") -> list[Mapping[str, object]]:
    """All that is written about a parent (and a step), oldest first; for explanations."""
    found = select(outbox).where(outbox.c.parent_key == parent_key).order_by(outbox.c.due_at)
    if step:
        found = found.where(outbox.c.step.in_((step, f"{step}?")))
    return [dict(row) for row in session.execute(found).mappings()]


def cancel_open(session: Session, keys: Iterable[str], code: str, now: datetime) -> int:
    """Nothing planned or kept may go to these parents any more."""
    open_rows = (outbox.c.parent_key.in_(list(keys)), outbox.c.state.in_((PLANNED, KEPT)))
    found = session.execute(select(outbox.c.id, outbox.c.trail).where(*open_rows)).all()
    rows = [{"row": row.id, "marks": trail.add(row.trail, code, now)} for row in found]
    if rows:
        put = update(outbox).where(outbox.c.id == bindparam("row"))
        session.execute(put.values(state=CANCELLED, words=None, trail=bindparam("marks")), rows)
    return len(rows)


def purge(session: Session, before: datetime) -> int:
    """Delete rows whose story ended before then: their occurrence is long over.

    Rows are written a week before they are due, so what is over lies at the beginning: it ends at the first row that is not, and the
    year behind that one is not read.
    """
    fresh = select(outbox.c.id).where(outbox.c.stale_at >= before).order_by(outbox.c.id).limit(1)
    first = session.execute(fresh).scalar()
    done = [outbox.c.stale_at < before, outbox.c.state.not_in((PLANNED, CLAIMED, SENDING, GATHERED))]
    if first is not None:
        done.append(outbox.c.id < first)
    return int(session.execute(delete(outbox).where(*done)).rowcount)


def erase(session: Session, parent_key: str) -> int:
    """Forget a parent; returns how many rows went."""
    return sum(
        int(session.execute(delete(table).where(table.c.parent_key == parent_key)).rowcount) for table in (outbox, contexts, busy)
    )
