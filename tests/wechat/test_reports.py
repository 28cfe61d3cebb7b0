"""Reports that start no turn: consents to notifications, and what became of pushes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import ManualClock
from bot.db import Database
from bot.reminders.tables import early, outbox
from bot.wechat import consents
from bot.wechat.incoming import ConsentReport, NoticeResult, parse
from bot.wechat.markup import read_xml
from bot.wechat.reports import take_report
from tests.wechat.support import ALICE, ALICE_KEY

TEMPLATE = "tmpl-1"


def xml(event: str, inner: str, created: int = 1714037059) -> bytes:
    return (
        f"<xml><ToUserName>gh_a</ToUserName><FromUserName>{ALICE}</FromUserName><CreateTime>{created}</CreateTime>"
        f"<MsgType>event</MsgType><Event>{event}</Event>{inner}</xml>"
    ).encode()


def popup(*said: tuple[str, str], created: int = 1714037059) -> bytes:
    entries = "".join(
        f"<List><TemplateId>{template}</TemplateId><SubscribeStatusString>{status}</SubscribeStatusString></List>"
        for template, status in said
    )
    inner = f"<SubscribeMsgPopupEvent>{entries}</SubscribeMsgPopupEvent>"
    return xml("subscribe_msg_popup_event", inner, created)


def test_a_dialog_may_hold_several_templates() -> None:
    report = parse(read_xml(popup(("a", "accept"), ("b", "reject"), ("c", "accept"))))
    assert isinstance(report, ConsentReport)
    assert (report.allowed, report.refused) == (("a", "c"), ("b",))


async def test_each_yes_is_one_notification_however_often_it_is_delivered(database: Database, clock: ManualClock) -> None:
    first, second = parse(read_xml(popup((TEMPLATE, "accept")))), parse(read_xml(popup((TEMPLATE, "accept"), created=99)))
    for report in (first, first, second):
        await take_report(database, clock, report, ALICE_KEY)
    assert await database.read(consents.left, [ALICE_KEY], TEMPLATE) == {ALICE_KEY: 2}
    assert [await database.run(consents.take_many, [ALICE_KEY], TEMPLATE) for _ in range(3)] == [{ALICE_KEY}, {ALICE_KEY}, set()]


async def test_switching_off_ends_them_all(database: Database, clock: ManualClock) -> None:
    await take_report(database, clock, parse(read_xml(popup((TEMPLATE, "accept")))), ALICE_KEY)
    inner = (
        f"<SubscribeMsgChangeEvent><List><TemplateId>{TEMPLATE}</TemplateId>"
        "<SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>"
    )
    await take_report(database, clock, parse(read_xml(xml("subscribe_msg_change_event", inner, 5))), ALICE_KEY)
    assert await database.read(consents.left, [ALICE_KEY], TEMPLATE) == {}


def _row(clock: ManualClock, **more: object) -> dict[str, object]:
    now = clock.now()
    row = {"campaign": "c", "occurrence": "1", "step": "s", "trail": "sent@2701010000", "sent_at": now}
    times = {"due_at": now, "not_before": now, "stale_at": now + timedelta(days=1)}
    return {"parent_key": ALICE_KEY, "state": "sent", **row, **times, **more}


def _states(database: Database) -> list[str]:
    with database.session(readonly=True) as session:
        return list(session.execute(select(outbox.c.state).order_by(outbox.c.id)).scalars())


@pytest.mark.parametrize(
    ("status", "state"),
    [("success", "confirmed"), ("send success", "confirmed"), ("failed:user block", "failed"), ("err(10001)", "failed")],
)
async def test_a_job_report_closes_its_rows(database: Database, clock: ManualClock, status: str, state: str) -> None:
    with database.session() as session:
        session.execute(outbox.insert(), [_row(clock, message_id="77"), _row(clock, step="t", message_id="78")])
    job = xml("TEMPLATESENDJOBFINISH", f"<MsgID>77</MsgID><Status>{status}</Status>")
    for _ in range(2):
        await take_report(database, clock, parse(read_xml(job)), ALICE_KEY)
    assert _states(database) == [state, "sent"]


async def test_a_report_that_comes_too_early_waits(database: Database, clock: ManualClock) -> None:
    job = xml("MASSSENDJOBFINISH", "<MsgID>77</MsgID><Status>send success</Status>")
    await take_report(database, clock, parse(read_xml(job)), ALICE_KEY)
    with database.session(readonly=True) as session:
        assert session.execute(select(early.c.message_id)).scalars().all() == ["77"]


async def test_a_notification_is_confirmed_without_an_id(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        session.execute(outbox.insert().values(**_row(clock, way="subscription")))
    inner = (
        "<SubscribeMsgSentEvent><List><TemplateId>tmpl-1</TemplateId><MsgID>1</MsgID><ErrorCode>0</ErrorCode>"
        "<ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent>"
    )
    report = parse(read_xml(xml("subscribe_msg_sent_event", inner)))
    assert isinstance(report, NoticeResult)
    await take_report(database, clock, report, ALICE_KEY)
    assert _states(database) == ["confirmed"]
