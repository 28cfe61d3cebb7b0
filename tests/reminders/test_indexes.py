"""What a tick asks of the outbox must not walk through its history: SQLite is asked how it would find the rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.clock import ManualClock
from bot.db import Database
from bot.reminders import outbox
from bot.reminders.hours import BEIJING
from bot.reminders.mass import _FREE
from bot.reminders.tables import outbox as table

NOW = datetime(2027, 1, 4, 12, tzinfo=BEIJING)


def plans(database: Database, work: Any) -> list[str]:
    """How SQLite finds rows for each SELECT and UPDATE of `work`, where it touches the outbox."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if "reminders_outbox" in statement and not statement.startswith("EXPLAIN"):
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.session() as session:
        work(session)
        cursor = session.connection().connection.cursor()
        found = [row[3] for statement, parameters in asked for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    event.remove(database.engine, "before_cursor_execute", note)
    return found


@pytest.mark.parametrize(
    ("what", "work"),
    [
        ("claim", lambda session: outbox.claim(session, "me", NOW, 10)),
        ("recover", lambda session: outbox.recover(session, "me", NOW)),
        ("count", lambda session: outbox.waiting_count(session, NOW)),
        ("gathered", lambda session: session.execute(table.select().where(*_FREE)).all()),
    ],
)
def test_a_tick_reads_only_what_is_still_to_be_done(database: Database, clock: ManualClock, what: str, work: Any) -> None:
    with database.session() as session:
        session.execute(text("ANALYZE"))
    found = plans(database, work)

    assert found and all("USING INDEX ix_reminders_outbox" in each for each in found if "reminders_outbox" in each), found
    assert not any(each.startswith("SCAN reminders_outbox") and "USING INDEX" not in each for each in found)


def write(database: Database, *rows: tuple[str, int]) -> None:
    """A row for each state and number of days since it went stale, in this order."""
    with database.session() as session:
        for number, (state, days) in enumerate(rows):
            stale = NOW - timedelta(days=days)
            name = {"parent_key": "pa", "campaign": "c", "occurrence": str(number), "step": "s", "state": state}
            session.execute(table.insert().values(**name, due_at=stale, not_before=stale, stale_at=stale))


def left(database: Database) -> list[str]:
    with database.session(readonly=True) as session:
        return [str(row.occurrence) for row in session.execute(table.select().order_by(table.c.id))]


def test_what_is_long_over_goes_and_what_is_open_stays(database: Database) -> None:
    write(database, ("confirmed", 500), ("planned", 500), ("stale", 401), ("confirmed", 399), ("planned", -3))
    with database.session() as session:
        assert outbox.purge(session, NOW - timedelta(days=400)) == 2
    assert left(database) == ["1", "3", "4"]


def test_everything_may_be_over(database: Database) -> None:
    write(database, ("confirmed", 500), ("cancelled", 401))
    with database.session() as session:
        assert outbox.purge(session, NOW - timedelta(days=400)) == 2
    assert left(database) == []


def test_tidying_up_does_not_read_the_year_that_is_kept(database: Database) -> None:
    write(database, ("confirmed", 500), ("confirmed", 10))
    found = plans(database, lambda session: outbox.purge(session, NOW - timedelta(days=400)))

    assert found[-1] == "SEARCH reminders_outbox USING INTEGER PRIMARY KEY (rowid<?)"
