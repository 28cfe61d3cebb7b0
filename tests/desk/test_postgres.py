"""The same desk on PostgreSQL: every page is opened, and a talk is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from bot import services
from bot.clock import ManualClock
from bot.desk import accounts, throttle
from bot.desk.app import pages
from bot.logs import tables
from tests.databases import services_on
from tests.desk import odd
from tests.desk.seed import Record, Said
from tests.desk.support import PASSWORD, desk_serving, hire

pytestmark = pytest.mark.postgres


@pytest.fixture
def clock(postgres_tables: str, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[ManualClock]:
    with services_on(postgres_tables, monkeypatch):
        yield clock


async def test_every_page_opens_and_a_talk_is_reviewed(clock: ManualClock) -> None:
    async with desk_serving(clock) as desk:
        hire("editor")
        with services.database().session() as session:
            made = Record(session, desk.clock.now())
            group = made.group("学校要交伙食费从哪交", 12)
            said = Said("学校要交伙食费从哪交", "fallback", confidence=0.3, group=group, score=0)
            ref = made.talk(made.parent("家长 K7F3QX"), said, Said("娃掉塘里了", "danger", "马上打120。"))
        assert services.database().is_sqlite is False

        admin = await desk.staff("admin")
        deep = [
            f"/desk/talks/{ref}",
            "/desk/talks?words=伙食+学校&fallback=1&topic=remote_communication",
            "/desk/misses/1",
            "/desk/safety/1",
            "/desk/turns/1/teach",
        ]
        for path in [
            *(page.url for page in pages() if page.method == "GET" and "<" not in page.path and page.path != "/login"),
            *deep,
        ]:
            assert (await admin.get(path)).status == 200, path
        assert f"/desk/talks/{ref}" in (await admin.get(deep[1])).text
        assert (await admin.post(f"/desk/talks/{ref}/state", what="done")).status == 303
        assert (await admin.post(f"/desk/talks/{ref}/note", text="好")).status == 303
        assert (await admin.post("/desk/safety/1/state", what="take")).status == 303
        assert (await desk.stranger().sign_in("nobody", "wrong password")).status == 401
        assert (await desk.stranger().sign_in("no\x00body", "wrong\x00password")).status == 400
        with services.database().session() as session:
            parent = session.execute(select(tables.parents.c.ref)).scalar_one()
        assert await odd.walk(admin, {"ref": ref, "parent_ref": parent}) == []


@pytest.mark.parametrize("how", ["role", "close"])
def test_two_admins_who_put_each_other_out_at_once_leave_one(clock: ManualClock, how: str) -> None:
    def put_out(name: str) -> bool:
        try:
            with services.database().session() as session:
                # Both have looked before either of them writes.
                accounts.get(session, name)
                together.wait(timeout=60)
                if how == "role":
                    accounts.set_role(session, name, "editor")
                else:
                    accounts.set_disabled(session, name, True, clock.now())
        except accounts.AccountError:
            return False
        return True

    names = ("alice", "bob")
    for round in range(5):
        with services.database().session() as session:
            for name in names:
                if round:
                    accounts.set_disabled(session, name, False, clock.now())
                    accounts.set_role(session, name, "admin")
                else:
                    accounts.add(session, name, "admin", PASSWORD, clock.now())
        together = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(put_out, names)) == [False, True]
        with services.database().session() as session:
            assert len([each for each in accounts.everyone(session) if each.role == "admin" and not each.disabled]) == 1


def test_many_wrong_sign_ins_at_once_are_counted_one_by_one(clock: ManualClock) -> None:
    def attempt(_number: int) -> bool:
        with services.database().session() as session:
            return throttle.attempt(session, "alice", "192.0.2.1", clock.now()) == timedelta()

    with ThreadPoolExecutor(8) as together:
        let_through = sum(together.map(attempt, range(80)))

    assert let_through == throttle.BOTH.free
