"""What a parent wishes of messages that come unasked: when, which kinds, and what would hurt now.

Every function takes a session and belongs inside `Database.run`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.people.tables import ConsentRow, PreferencesRow

DAY, NIGHT, ROTATING = "day", "night", "rotating"
# What can be stopped by itself, and how it is called. The reminders' campaigns and the call coach name these kinds.
KINDS = {
    "holiday": "节日",
    "vacation": "寒暑假",
    "reunion": "团聚计划",
    "weekly": "每周一次的",
    "course": "课程",
    "birthday": "生日",
    "call_coach": "问电话聊得怎样",
}
LIVING = "living"
LIVING_VERSION = 1
# Asking again for leave to notify sooner than that would be begging.
ASK_CONSENT_EVERY = timedelta(days=30)


@dataclass(frozen=True)
class Shift:
    """day, night or rotating. Night: from `since` on. Rotating: blocks of `period` days from `since` on, the first one at night or not.

    `until`: the last day of it, None: no end was said. After it, and before a `since`, holds `then`; None is by day.
    """

    kind: str = DAY
    since: date | None = None
    period: int = 7
    starts_with_night: bool = False
    until: date | None = None
    then: Shift | None = None

    def on(self, day: date) -> Shift:
        """The shift that holds on `day`: this one, or after its end the one of before."""
        over = self.until is not None and day > self.until
        return (self.then or Shift()) if over else self


@dataclass(frozen=True)
class Preferences:
    """None everywhere: nothing was said. `grief_until`: no cheerful texts up to this day, it included.

    `not_before`, `not_after`: times of a day in China. `apart`: whether parent and child live apart.
    """

    shift: Shift | None = None
    not_before: time | None = None
    not_after: time | None = None
    stopped_kinds: frozenset[str] = frozenset()
    grief_until: date | None = None
    apart: bool | None = None
    consent_asked_at: datetime | None = None


NOTHING_SAID = Preferences()


def preferences(session: Session, parent_key: str) -> Preferences:
    """Of one parent; `NOTHING_SAID` for a stranger."""
    row: PreferencesRow | None = session.get(PreferencesRow, parent_key)
    return NOTHING_SAID if row is None else _preferences(row)


def between(session: Session, first: str, last: str) -> dict[str, Preferences]:
    """Of all parents with keys from `first` to `last`, both included, who said something."""
    return _read(session, lambda key: key.between(first, last))


def of(session: Session, keys: Collection[str]) -> dict[str, Preferences]:
    """Of those of these parents who said something."""
    wanted = list(keys)
    return _read(session, lambda key: key.in_(wanted))


def set_shift(session: Session, parent_key: str, shift: Shift) -> None:
    """The parent told when they work. After a shift with an end holds again what held before it, unless `then` says otherwise."""
    row = _row(session, parent_key)
    before = _shift(row)
    if shift.until is not None and shift.then is None and before is not None:
        # Of two with an end, one after the other, it is what was before the first.
        # Who works nights and says until when tells when they end.
        same = before.kind == shift.kind and before.until is None
        shift = replace(shift, then=None if same else before.then if before.until else before)
    row.shift, row.shift_since = shift.kind, shift.since
    row.shift_period, row.starts_with_night = shift.period, shift.starts_with_night
    row.shift_until, row.shift_then = shift.until, _packed(shift.then) if shift.until and shift.then else None


def set_hours(session: Session, parent_key: str, not_before: time | None, not_after: time | None) -> None:
    """Between which hours messages may come; None: as for everybody."""
    row = _row(session, parent_key)
    row.not_before, row.not_after = not_before, not_after


def stop_kinds(session: Session, parent_key: str, kinds: Collection[str]) -> None:
    """No messages of these kinds any more."""
    row = _row(session, parent_key)
    row.stopped_kinds = _joined(_split(row.stopped_kinds) | _known(kinds))


def resume_kinds(session: Session, parent_key: str, kinds: Collection[str]) -> None:
    """Messages of these kinds again."""
    row: PreferencesRow | None = session.get(PreferencesRow, parent_key)
    if row is not None:
        row.stopped_kinds = _joined(_split(row.stopped_kinds) - _known(kinds))


def spare_until(session: Session, parent_key: str, day: date) -> None:
    """Something bad happened: nothing cheerful until then, and never shorter than was said before."""
    row = _row(session, parent_key)
    row.grief_until = max(day, row.grief_until or day)


def spare_no_more(session: Session, parent_key: str) -> None:
    """It was a misunderstanding, or the parent wants the festive texts again."""
    row: PreferencesRow | None = session.get(PreferencesRow, parent_key)
    if row is not None:
        row.grief_until = None


def set_apart(session: Session, parent_key: str, apart: bool, now: datetime) -> None:
    """Whether child and parent live apart: data about the child, so only what the parent agreed to have written down.

    The parent's yes to this one thing is kept as a consent of its own.
    """
    _row(session, parent_key).apart = apart
    session.add(ConsentRow(parent_key=parent_key, purpose=LIVING, version=LIVING_VERSION, given=True, at=now))


def forget_living(session: Session, parent_key: str) -> None:
    """The parent wants nothing kept about the child: whether it lives with them is such a thing."""
    row: PreferencesRow | None = session.get(PreferencesRow, parent_key)
    if row is not None:
        row.apart = None


def take_consent_question(session: Session, parent_key: str, now: datetime) -> bool:
    """Whether the parent may be asked now to allow notifications; True at most once in `ASK_CONSENT_EVERY`."""
    row = _row(session, parent_key)
    if row.consent_asked_at is not None and row.consent_asked_at > now - ASK_CONSENT_EVERY:
        return False
    row.consent_asked_at = now
    return True


def erase(session: Session, parent_key: str) -> int:
    """Delete a parent's; return how many rows went. `parents.erase` calls it."""
    return int(session.execute(delete(PreferencesRow).where(PreferencesRow.parent_key == parent_key)).rowcount)


def _read(session: Session, chosen: Callable[[Any], Any]) -> dict[str, Preferences]:
    rows = session.scalars(select(PreferencesRow).where(chosen(PreferencesRow.parent_key)))
    return {row.parent_key: _preferences(row) for row in rows}


def _preferences(row: PreferencesRow) -> Preferences:
    said = Preferences(shift=_shift(row), not_before=row.not_before, not_after=row.not_after, grief_until=row.grief_until)
    return replace(
        said, stopped_kinds=_split(row.stopped_kinds), apart=row.apart, consent_asked_at=row.consent_asked_at
    )


def _shift(row: PreferencesRow) -> Shift | None:
    if not row.shift:
        return None
    then = _unpacked(row.shift_then) if row.shift_then else None
    return Shift(row.shift, row.shift_since, row.shift_period, row.starts_with_night, row.shift_until, then)


def _packed(shift: Shift) -> str:
    """A shift without an end in one column: `rotating 2026-11-23 14 1`, `-` for no day."""
    since = shift.since.isoformat() if shift.since else "-"
    return f"{shift.kind} {since} {shift.period} {int(shift.starts_with_night)}"


def _unpacked(packed: str) -> Shift:
    kind, since, period, night = packed.split()
    return Shift(kind, None if since == "-" else date.fromisoformat(since), int(period), night == "1")


def _row(session: Session, parent_key: str) -> PreferencesRow:
    row: PreferencesRow | None = session.get(PreferencesRow, parent_key)
    if row is None:
        row = PreferencesRow(parent_key=parent_key, shift_period=7, starts_with_night=False, stopped_kinds="")
        session.add(row)
        session.flush()
    return row


def _known(kinds: Collection[str]) -> frozenset[str]:
    unknown = set(kinds) - set(KINDS)
    if unknown:
        raise ValueError(f"no such kind of message: {', '.join(sorted(unknown))}")
    return frozenset(kinds)


def _split(kinds: str) -> frozenset[str]:
    return frozenset(kind for kind in kinds.split(",") if kind)


def _joined(kinds: frozenset[str]) -> str:
    return ",".join(sorted(kinds))
