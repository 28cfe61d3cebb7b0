"""What is past its time goes, again and again, whatever fails once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import services
from bot.assistant import purging
from bot.clock import ManualClock
from bot.db import Database, DatabaseError
from bot.erasers import register_erasers
from bot.people import parents
from bot.people.tables import ParentRow
from bot.wechat import addresses
from bot.wechat.incoming import parse
from bot.wechat.tables import address

LEFT, STAYS = "a" * 32, "b" * 32
NOW = datetime(2026, 11, 22, 4, tzinfo=timezone.utc)


@pytest.mark.asyncio
@pytest.mark.parametrize("fault", [RuntimeError("孩子的名字"), DatabaseError("full", "The disk is full.")])
async def test_a_failure_does_not_end_the_purging(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    times = 0

    async def purge() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise fault

    monkeypatch.setattr(purging, "purge", purge)
    monkeypatch.setattr(purging, "PURGE_EVERY", timedelta(seconds=0.01))
    with capture_logs() as lines:
        task = asyncio.create_task(purging.purge_forever())
        for _ in range(300):
            if times > 2 or task.done():
                break
            await asyncio.sleep(0.01)
        assert times > 2
        task.cancel()
    assert [line["event"] for line in lines] == ["purge.failed"] and "孩子" not in str(lines)


@pytest.mark.asyncio
async def test_who_left_long_ago_is_forgotten_in_every_room(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_erasers()
    clock = ManualClock(NOW)
    monkeypatch.setattr(services, "database", lambda: database)
    monkeypatch.setattr(services, "clock", lambda: clock)
    with database.session() as session:
        for parent in (LEFT, STAYS):
            come = parse({"FromUserName": parent, "MsgType": "event", "Event": "subscribe", "CreateTime": "1"})
            addresses.note_contact(session, parent, come, 0, clock.now(), clock.now())
            parents.mark_offered(session, parent, clock.now())
        addresses.note_left(session, LEFT, clock.now())
    clock.turn(timedelta(days=29))
    await purging.purge()
    assert _known(database) == [LEFT, STAYS]
    clock.turn(timedelta(days=2))
    await purging.purge()

    assert _known(database) == [STAYS]


def _known(database: Database) -> list[str]:
    with database.session(readonly=True) as session:
        known = list(session.execute(select(ParentRow.parent_key).order_by(ParentRow.parent_key)).scalars())
        addressed = list(session.execute(select(address.c.parent_key).order_by(address.c.parent_key)).scalars())
    assert known == addressed
    return known
