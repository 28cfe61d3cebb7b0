"""The safety queue, and a counsellor who writes to a parent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot import services
from bot.desk.app import pages
from bot.logs import flags, staff, tables
from bot.wechat.tables import address
from tests.desk.seed import Record, Said
from tests.desk.support import Desk


@pytest.fixture
def record(desk: Desk) -> Iterator[Record]:
    with services.database().session() as session:
        made = Record(session, desk.clock.now())
        parent = made.parent("家长 K7F3")
        made.refs["talk"] = made.talk(
            parent,
            Said("娃掉塘里了", "danger", "马上打120，先看有没有呼吸。"),
            at=desk.clock.now() - timedelta(minutes=9),
        )
        made.refs["parent"] = session.execute(select(tables.parents.c.ref)).scalar_one()
    yield made


def open_window(until: datetime | None, used: int = 1) -> None:
    """What WeChat still allows towards the one parent of the record; None: nothing any more."""
    with services.database().session() as session:
        key = session.execute(select(tables.parents.c.parent_key)).scalar_one()
        session.execute(address.delete())
        values = {column.name: "x" for column in address.c if not column.nullable and column.server_default is None}
        values |= {"parent_key": key, "state": "following", "granted": 5, "used": used, "granted_until": until}
        times = {
            column.name: services.clock().now()
            for column in address.c
            if column.name.endswith("_at") and not column.nullable
        }
        session.execute(insert(address).values(**values | times))


def _flag() -> int:
    with services.database().session() as session:
        return int(session.execute(select(tables.SafetyFlagRow.id)).scalar_one())


def _written() -> list[tuple[str, str, str]]:
    with services.database().session() as session:
        rows = session.execute(select(tables.staff_messages)).all()
        return [(row.by, row.text, row.question) for row in rows]


async def test_the_queue_shows_age_and_who_has_it(desk: Desk, record: Record) -> None:
    bob = await desk.staff("counsellor")
    page = (await bob.get("/desk/safety")).text
    assert "9 分钟前" in page and "还没人看" in page and "家长 K7F3" in page

    await bob.post(f"/desk/safety/{_flag()}/state", what="take")
    assert "bob 在跟进" in (await bob.get("/desk/safety")).text


async def test_opening_a_flag_is_the_first_look(desk: Desk, record: Record) -> None:
    bob = await desk.staff("counsellor")
    await bob.get("/desk/safety")
    with services.database().session() as session:
        seen = flags.flag(session, _flag())
    assert seen is not None and seen.looked_at is None, "the list is not a look"

    page = (await bob.get(f"/desk/safety/{_flag()}")).text
    assert "娃掉塘里了" in page and "马上打120" in page
    first = desk.clock.now()
    desk.clock.turn(timedelta(minutes=5))
    await bob.get(f"/desk/safety/{_flag()}")
    with services.database().session() as session:
        seen = flags.flag(session, _flag())
    assert seen is not None and seen.looked_at == first


async def test_one_follows_up_and_the_other_is_told(desk: Desk, record: Record) -> None:
    bob, charlie = await desk.staff("counsellor"), await desk.staff("admin")
    state = f"/desk/safety/{_flag()}/state"
    assert (await bob.post(state, what="take")).status == 303
    refused = await charlie.post(state, what="take")
    assert refused.status == 409 and "bob 已经在跟进了" in refused.text
    assert (await bob.post(state, what="close")).location.startswith("/desk/safety?")
    assert f"/desk/safety/{_flag()}" not in (await bob.get("/desk/safety")).text
    assert f"/desk/safety/{_flag()}" in (await bob.get("/desk/safety?closed=1")).text
    assert (await bob.post(state, what="reopen")).status == 303
    assert f"/desk/safety/{_flag()}" in (await bob.get("/desk/safety")).text


async def test_a_reply_goes_out_while_the_window_is_open(desk: Desk, record: Record) -> None:
    open_window(desk.clock.now() + timedelta(hours=40))
    bob = await desk.staff("counsellor")
    page = (await bob.get(f"/desk/parents/{record.refs['parent']}")).text
    assert "还能发 3 条" in page and "40 小时" in page and "发给家长</button>" in page

    answer = await bob.post(f"/desk/parents/{record.refs['parent']}/write", text="孩子现在怎么样？", mode="send")
    assert "notice=written" in answer.location
    assert _written() == [("bob", "孩子现在怎么样？", "娃掉塘里了")]
    assert "孩子现在怎么样？" in (await bob.get(f"/desk/parents/{record.refs['parent']}")).text


async def test_a_closed_window_locks_the_composer_and_holds_the_reply(desk: Desk, record: Record) -> None:
    open_window(desk.clock.now() - timedelta(minutes=1))
    bob, here = await desk.staff("counsellor"), f"/desk/parents/{record.refs['parent']}"
    page = (await bob.get(here)).text
    assert "现在发不出去" in page and "存着，下次来时给</button>" in page and 'name="mode" value="hold"' in page

    answer = await bob.post(f"{here}/write", text="孩子现在怎么样？", mode="hold")
    assert "notice=held" in answer.location
    assert _written() == [("bob", "孩子现在怎么样？", "娃掉塘里了")], "with the question it answers"


async def test_who_comes_back_at_that_moment_gets_the_reply_with_the_question(desk: Desk, record: Record) -> None:
    open_window(desk.clock.now() - timedelta(minutes=1))
    bob, here = await desk.staff("counsellor"), f"/desk/parents/{record.refs['parent']}"
    await bob.get(here)
    open_window(desk.clock.now() + timedelta(hours=48))

    answer = await bob.post(f"{here}/write", text="孩子现在怎么样？", mode="hold")
    assert "notice=written" in answer.location
    with services.database().session() as session:
        (due,) = staff.due(session, desk.clock.now())
    assert due.late and due.question == "娃掉塘里了"


async def test_a_window_that_closes_while_typing_keeps_the_draft(desk: Desk, record: Record) -> None:
    open_window(desk.clock.now() + timedelta(minutes=1))
    bob, here = await desk.staff("counsellor"), f"/desk/parents/{record.refs['parent']}"
    assert 'name="mode" value="send"' in (await bob.get(here)).text
    desk.clock.turn(timedelta(minutes=2))

    answer = await bob.post(f"{here}/write", text="孩子现在怎么样？<b>", mode="send")
    assert answer.status == 409
    assert "刚才窗口关了" in answer.text and "孩子现在怎么样？&lt;b&gt;</textarea>" in answer.text
    assert _written() == []


async def test_the_last_message_of_the_allowance_is_not_offered(desk: Desk, record: Record) -> None:
    open_window(desk.clock.now() + timedelta(hours=1), used=4)
    page = (await (await desk.staff("counsellor")).get(f"/desk/parents/{record.refs['parent']}")).text

    assert "现在发不出去" in page


async def test_nobody_writes_to_a_parent_who_left(desk: Desk, record: Record) -> None:
    bob, here = await desk.staff("counsellor"), f"/desk/parents/{record.refs['parent']}"
    page = (await bob.get(here)).text
    assert "取消关注了" in page and "<textarea" not in page

    assert (await bob.post(f"{here}/write", text="在吗", mode="hold")).status == 409
    assert _written() == []


@pytest.mark.parametrize("text", ["", "   ", "长" * 601, "长" * 5000])
async def test_what_cannot_be_sent_is_refused_in_words(desk: Desk, record: Record, text: str) -> None:
    open_window(desk.clock.now() + timedelta(hours=1))
    bob = await desk.staff("counsellor")
    answer = await bob.post(f"/desk/parents/{record.refs['parent']}/write", text=text, mode="send")

    assert answer.status == 400 and re.search("先写一句|太长了|最多写", answer.text)
    assert _written() == []


async def test_one_human_at_a_time_takes_over(desk: Desk, record: Record) -> None:
    open_window(desk.clock.now() + timedelta(hours=40))
    bob, charlie, here = (
        await desk.staff("counsellor"),
        await desk.staff("admin"),
        f"/desk/parents/{record.refs['parent']}",
    )
    assert (await bob.post(f"{here}/takeover", what="begin")).status == 303
    assert "2 小时后自动交还" in (await charlie.get(here)).text
    refused = await charlie.post(f"{here}/takeover", what="begin")
    assert refused.status == 409 and "bob 已经接手" in refused.text
    assert (await bob.post(f"{here}/takeover", what="end")).status == 303
    assert "接手了，机器不说话" not in (await bob.get(here)).text

    await bob.post(f"{here}/takeover", what="begin")
    desk.clock.turn(timedelta(hours=2, minutes=1))
    assert "接手了，机器不说话" not in (await bob.get(here)).text, "handed back by itself"


async def test_the_buttons_beside_an_open_page_know_who_has_taken_over(desk: Desk, record: Record) -> None:
    """Renewed with the conversation: two hours later the page must not offer to hand back what is handed back already."""
    open_window(desk.clock.now() + timedelta(hours=40))
    bob, charlie, here, flag = await desk.staff("counsellor"), await desk.staff("admin"), f"/desk/parents/{record.refs['parent']}", f"/desk/safety/{_flag()}"
    live = re.findall(r'data-live="([^"]+)"', (await bob.get(flag)).text)[0]
    assert "我来接手" in (await bob.get(live)).text
    await bob.post(f"{here}/takeover", what="begin", back=flag)

    mine, theirs = (await bob.get(live)).text, (await charlie.get(live)).text
    assert "交还给机器" in mine and "我来接手" not in mine and "再延两小时" in mine
    assert "交还给机器</button>" not in theirs and "我来接手" not in theirs
    assert f'name="back" value="{flag}"' in mine, "and leads back to where it stood"
    assert "evil" not in (await bob.get(f"{here}/live?back=https://evil.example")).text
    desk.clock.turn(timedelta(hours=2, minutes=1))
    later = (await bob.get(live)).text
    assert "我来接手" in later and "交还给机器</button>" not in later


async def test_what_the_page_asks_for_does_not_keep_a_session_open(desk: Desk, record: Record) -> None:
    bob, here = await desk.staff("counsellor"), f"/desk/parents/{record.refs['parent']}"
    for _ in range(9):
        desk.clock.turn(timedelta(hours=1))
        status = (await bob.get(f"{here}/live")).status
    assert status == 303
    polled = {
        "/parents/<parent_ref:str>/live",
        "/safety/live",
        "/publish/<run_id:int>/fresh",
        "/try/live/<number:int>",
        "/try/phone/<path:path>",
    }
    assert {page.path for page in pages() if page.polled} == polled


async def test_a_reviewer_sees_no_way_to_write(desk: Desk, record: Record) -> None:
    alice = await desk.staff("reviewer")
    page = (await alice.get(f"/desk/talks/{record.refs['talk']}")).text

    assert "娃掉塘里了" in page
    assert "/desk/parents/" not in page and "/desk/safety" not in page
    assert (await alice.post(f"/desk/parents/{record.refs['parent']}/write", text="你好", mode="hold")).status == 403


async def test_open_flags_stand_in_the_menu_of_those_who_follow_them_up(desk: Desk, record: Record) -> None:
    bob, alice = await desk.staff("counsellor"), await desk.staff("reviewer")
    assert 'aria-label="1 条没了结"' in (await bob.get("/desk/me")).text
    assert "没了结" not in (await alice.get("/desk/me")).text

    await bob.post(f"/desk/safety/{_flag()}/state", what="close")
    assert "没了结" not in (await bob.get("/desk/me")).text


async def test_the_queue_alone_is_given_to_the_script(desk: Desk, record: Record) -> None:
    part = (await (await desk.staff("counsellor")).get("/desk/safety/live")).text

    assert f"/desk/safety/{_flag()}" in part
    assert "<html" not in part and "<nav" not in part
