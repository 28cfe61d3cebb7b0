"""Wrong sign-ins make the next one wait, longer each time.

An attempt is counted before the password is looked at, so that many at once cannot slip through together; the right
password clears the count. Three counts: this account from this address (strict), this address (a machine that tries many
names), this account from anywhere (mild: a stranger must not be able to lock a colleague out for long).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.desk.tables import AttemptRow

# Failures without a break this long are one series.
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Rule:
    """So many failures are free; each further one doubles the wait, from one second up to `longest`."""

    free: int
    longest: timedelta


BOTH = Rule(5, timedelta(minutes=15))
ADDRESS = Rule(30, timedelta(minutes=15))
ACCOUNT = Rule(50, timedelta(seconds=30))


def attempt(session: Session, name: str, address: str, now: datetime) -> timedelta:
    """Count an attempt. Returns how long the door is still closed; zero: go on and look at the password."""
    rows = [(_row(session, key, now), rule) for key, rule in _keys(name, address)]
    wait = max(_left(row, rule, now) for row, rule in rows)
    if wait > timedelta():
        return wait
    for row, rule in rows:
        row.failures += 1
        row.last_at = now
        row.closed_until = now + _wait(row.failures, rule)
    session.flush()
    return timedelta()


def clear(session: Session, name: str, address: str) -> None:
    """The password was right: the account's series end. That of the address goes on: it may be trying other names."""
    keys = [key for key, rule in _keys(name, address) if rule is not ADDRESS]
    session.execute(delete(AttemptRow).where(AttemptRow.key.in_(keys)))


def purge(session: Session, now: datetime) -> int:
    """Delete series that ended; return how many."""
    return int(session.execute(delete(AttemptRow).where(AttemptRow.last_at < now - FORGOTTEN_AFTER)).rowcount)


def _left(row: AttemptRow, rule: Rule, now: datetime) -> timedelta:
    """How long this count keeps the door closed. Longer than any wait that we gave: the clock was turned back."""
    left = row.closed_until - now if row.closed_until else timedelta()
    return left if timedelta() < left <= rule.longest else timedelta()


def _wait(failures: int, rule: Rule) -> timedelta:
    over = failures - rule.free
    if over < 0:
        return timedelta()
    return min(timedelta(seconds=2 ** min(over, 20)), rule.longest)


def _keys(name: str, address: str) -> list[tuple[str, Rule]]:
    return [(_key("both", name, address), BOTH), (_key("address", address), ADDRESS), (_key("account", name), ACCOUNT)]


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _row(session: Session, key: str, now: datetime) -> AttemptRow:
    # Locked, always in the order of `_keys`: of many tries at once on PostgreSQL each sees the count of the one before.
    row: AttemptRow | None = session.get(AttemptRow, key, with_for_update=True) or _new(session, key, now)
    if row is None:
        row = session.get(AttemptRow, key, with_for_update=True, populate_existing=True)
    assert row is not None
    if row.last_at < now - FORGOTTEN_AFTER:
        row.failures, row.closed_until = 0, None
    return row


def _new(session: Session, key: str, now: datetime) -> AttemptRow | None:
    """A row for the first try; None: another try was first."""
    row = AttemptRow(key=key, failures=0, last_at=now)
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return None
    return row
