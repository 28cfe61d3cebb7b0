"""The tables of the wire, on SQLite and, where the machine has it, on PostgreSQL."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from bot.clock import ManualClock
from bot.db import Database
from bot.wechat import addresses, allowance, choices, forget, inbox, pauses, receipt, waiting
from bot.wechat.addresses import ParentKeys
from bot.wechat.errors import Action
from bot.wechat.incoming import Incoming, parse
from bot.wechat.messages import Choice, NewsOut, TextOut

from .support import ALICE, BOB

ALICE_KEY, BOB_KEY = (ParentKeys("k" * 32).parent_key_for(openid) for openid in (ALICE, BOB))


@pytest.fixture
def database(either_database: Database) -> Database:
    return either_database


def said(content: str = "你好", openid: str = ALICE, msg_id: int = 1) -> Incoming:
    return parse({"FromUserName": openid, "MsgType": "text", "Content": content, "MsgId": str(msg_id)})


def did(event: str, key: str = "", openid: str = ALICE) -> Incoming:
    return parse({"FromUserName": openid, "MsgType": "event", "Event": event, "EventKey": key, "CreateTime": "1"})


def take_in(database: Database, message: Incoming, clock: ManualClock, queued: bool = False) -> receipt.Receipt:
    key = ParentKeys("k" * 32).parent_key_for(message.sender)
    with database.session() as session:
        return receipt.take_in(session, message, key, queued, False, clock.now())


def test_it_makes_keys_that_do_not_show_the_openid() -> None:
    keys = ParentKeys("k" * 32)
    made = keys.parent_key_for(ALICE)
    assert made == keys.parent_key_for(ALICE) and len(made) == 27 and made[0] == "p" and made == made.lower()
    assert made != keys.parent_key_for(BOB) and made != ParentKeys("j" * 32).parent_key_for(ALICE)
    with pytest.raises(ValueError, match="JIASHU_SECRET_KEY"):
        ParentKeys("")


def test_it_takes_a_message_in_once(database: Database, clock: ManualClock) -> None:
    assert take_in(database, said(), clock).ours
    assert not take_in(database, said(), clock).ours
    assert take_in(database, said(openid=BOB), clock).ours
    with database.session() as session:
        assert [row.attempts for row in inbox.unanswered(session, clock.now(), everything=True)] == [1, 1]
        assert inbox.finish(session, said().dedup_key(ALICE_KEY), clock.now())
        assert len(inbox.unanswered(session, clock.now(), everything=True)) == 1


def test_only_one_takes_over_a_message_of_a_dead_process(database: Database, clock: ManualClock) -> None:
    take_in(database, said(), clock)
    clock.turn(inbox.LEASE + timedelta(seconds=1))
    assert [take_in(database, said(), clock).ours for _ in range(2)] == [True, False]


def test_it_follows_who_follows(database: Database, clock: ManualClock) -> None:
    def openid() -> str | None:
        with database.session() as session:
            return addresses.openid_for(session, ALICE_KEY)

    assert openid() is None
    take_in(database, did("subscribe", "qrscene_school"), clock)
    assert openid() == ALICE
    take_in(database, did("unsubscribe"), clock)
    assert openid() is None
    clock.turn(timedelta(days=1))
    take_in(database, said(msg_id=2), clock)
    assert openid() == ALICE
    with database.session() as session:
        addresses.note_left(session, ALICE_KEY, clock.now(), addresses.DEAD)
    assert openid() is None


@pytest.mark.parametrize(
    ("message", "normal", "lifetime"),
    [(said(), 4, timedelta(hours=48)), (did("CLICK", "say:x"), 2, timedelta(minutes=1)),
     (did("SCAN", "x"), 2, timedelta(minutes=1)), (did("subscribe"), 2, timedelta(minutes=1))],
    ids=["message", "menu", "scan", "follow"],
)  # fmt: skip
def test_it_counts_what_may_be_sent(
    database: Database, clock: ManualClock, message: Incoming, normal: int, lifetime: timedelta
) -> None:
    take_in(database, message, clock)
    with database.session() as session:
        taken = [allowance.take(session, ALICE_KEY, clock.now()) for _ in range(normal + 1)]
        assert taken == [True] * normal + [False]
        assert allowance.left(session, ALICE_KEY, clock.now()) == 1
        assert [allowance.take(session, ALICE_KEY, clock.now(), urgent=True) for _ in range(2)] == [True, False]
        allowance.give_back(session, ALICE_KEY)
        assert allowance.left(session, ALICE_KEY, clock.now()) == 1
        clock.turn(lifetime)
        assert allowance.left(session, ALICE_KEY, clock.now()) == 0
        assert not allowance.take(session, ALICE_KEY, clock.now(), urgent=True)


def test_the_next_action_resets_the_count_and_adds_nothing(database: Database, clock: ManualClock) -> None:
    take_in(database, said(), clock)
    take_in(database, said(msg_id=2), clock)
    with database.session() as session:
        assert allowance.left(session, ALICE_KEY, clock.now()) == 5
        assert allowance.left(session, BOB_KEY, clock.now()) == 0
    take_in(database, did("CLICK", "say:x"), clock)
    with database.session() as session:
        assert allowance.left(session, ALICE_KEY, clock.now()) == 3
        allowance.exhaust(session, ALICE_KEY)
        assert allowance.left(session, ALICE_KEY, clock.now()) == 0


def test_many_threads_take_no_more_than_there_is(database: Database, clock: ManualClock) -> None:
    take_in(database, said(), clock)
    taken: list[bool] = []

    def take() -> None:
        for _ in range(3):
            with database.session() as session:
                taken.append(allowance.take(session, ALICE_KEY, clock.now()))

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 4


def test_what_waits_is_given_once(database: Database, clock: ManualClock) -> None:
    kept = (TextOut('答案 <a href="x">'), NewsOut("t", "d", "u", "p"))
    with database.session() as session:
        waiting.keep(session, ALICE_KEY, "问" * 60, kept, [Choice(1, "甲", "/a")], clock.now())
    first = take_in(database, said(), clock).kept
    assert [(item.question, item.messages, item.choices) for item in first] == [
        ("问" * 40, kept, (Choice(1, "甲", "/a"),))
    ]
    assert take_in(database, said(msg_id=2), clock).kept == ()  # the first turn holds it
    with database.session() as session:
        receipt.settle(session, said(), ALICE_KEY, first, (), False, (), "", clock.now())
    clock.turn(waiting.HOLD * 2)
    assert take_in(database, said(msg_id=3), clock).kept == ()


def test_what_a_crashed_turn_held_is_given_later(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        waiting.keep(session, ALICE_KEY, "问", [TextOut("答")], (), clock.now())
    assert take_in(database, said(), clock).kept
    clock.turn(waiting.HOLD + timedelta(seconds=1))
    assert take_in(database, said(msg_id=2), clock).kept


def test_stale_answers_are_dropped(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        waiting.keep(session, ALICE_KEY, "问", [TextOut("答")], (), clock.now())
    clock.turn(waiting.STALE)
    assert take_in(database, said(), clock).kept == ()
    with database.session() as session:
        assert waiting.purge(session, clock.now()) == 1


def test_choices_are_replaced_and_age(database: Database, clock: ManualClock) -> None:
    def current() -> list[str]:
        with database.session() as session:
            return [item.title for item in choices.current(session, ALICE_KEY, clock.now())[0]]

    for titles in (["甲", "乙"], ["丙"], [], ["丁"]):
        with database.session() as session:
            made = [Choice(number, title, "/x") for number, title in enumerate(titles, 1)]
            choices.replace(session, ALICE_KEY, made, clock.now())
        assert current() == titles
    clock.turn(choices.LIFETIME)
    assert current() == []


def test_choices_are_fresh_for_a_while(database: Database, clock: ManualClock) -> None:
    def fresh() -> bool:
        with database.session() as session:
            return choices.current(session, ALICE_KEY, clock.now())[1]

    assert not fresh()
    with database.session() as session:
        choices.replace(session, ALICE_KEY, [Choice(1, "甲", "/x")], clock.now())
    assert fresh()
    clock.turn(choices.FRESH)
    assert not fresh()


def test_an_unfollow_drops_what_waits(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        waiting.keep(session, ALICE_KEY, "问", [TextOut("答")], (), clock.now())
    take_in(database, did("unsubscribe"), clock)
    with database.session() as session:
        assert waiting.hold(session, ALICE_KEY, clock.now()) == ()


def test_it_pauses_by_the_action(database: Database, clock: ManualClock) -> None:
    now = clock.now()  # noon in Beijing
    with database.session() as session:
        assert pauses.begin(session, Action.LOG, now) is None and pauses.paused_until(session, now) is None
        assert pauses.begin(session, Action.BACK_OFF, now) == now + timedelta(seconds=60)
        midnight = now + timedelta(hours=12)
        assert pauses.begin(session, Action.UNTIL_MIDNIGHT, now) == midnight
        assert pauses.paused_until(session, now) == midnight
        assert pauses.paused_until(session, midnight) is None


def test_it_erases_one_parent_and_no_other(database: Database, clock: ManualClock) -> None:
    for number, (openid, key) in enumerate([(ALICE, ALICE_KEY), (BOB, BOB_KEY)]):
        take_in(database, said(openid=openid, msg_id=number), clock)
        with database.session() as session:
            waiting.keep(session, key, "问", [TextOut("答")], (), clock.now())
            choices.replace(session, key, [Choice(1, "甲", "/a")], clock.now())
    with database.session() as session:
        assert forget.erase(session, ALICE_KEY) == 4
        assert forget.erase(session, ALICE_KEY) == 0
        assert forget.erase(session, BOB_KEY) == 4


def test_it_purges_what_is_past_its_time(database: Database, clock: ManualClock) -> None:
    take_in(database, said(), clock)
    take_in(database, did("unsubscribe", openid=BOB), clock)
    take_in(database, said(openid=BOB, msg_id=5), clock)
    take_in(
        database, parse({"FromUserName": BOB, "MsgType": "event", "Event": "unsubscribe", "CreateTime": "9"}), clock
    )
    clock.turn(timedelta(days=31))
    take_in(database, said(msg_id=2), clock)
    with database.session() as session:
        assert forget.purge(session, clock.now(), 30) == {"inbox": 4, "waiting": 0, "choices": 0}
        assert forget.left_long_ago(session, clock.now()) == [BOB_KEY]
        assert addresses.openid_for(session, ALICE_KEY) == ALICE


def test_the_migrations_make_exactly_the_declared_tables(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from bot.db import metadata
    from bot.wechat import tables  # noqa: F401

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        ours = [change for change in compare_metadata(context, metadata) if "wechat_" in repr(change)]
        assert [change for change in ours if change[0] != "remove_table"] == []
        assert "wechat_inbox" in inspect(connection).get_table_names()
