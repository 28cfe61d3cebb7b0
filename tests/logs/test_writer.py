"""The way of a turn into the record: in order, once, never lost in silence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.assistant import tracker_store
from bot.assistant.tracker_store import FORGET_SLOT, ExpiringTrackerStore
from bot.clock import ManualClock
from bot.db import Database, DatabaseError
from bot.logs import keeping, writing
from bot.logs import writer as writer_module
from bot.logs.broker import LogBroker
from bot.logs.heard import turns_in
from bot.logs.tables import parents, turns
from bot.logs.writer import LogWriter
from tests.logs.support import ALICE, BOB, KEY, answered, dicts, missed

pytestmark = pytest.mark.asyncio

DOMAIN = Domain.from_yaml(f"""
version: "3.1"
intents: [lesson, nlu_fallback]
slots:
  {FORGET_SLOT}: {{type: bool, initial_value: false, mappings: [{{type: custom}}]}}
  lesson_last: {{type: text, mappings: [{{type: custom}}]}}
actions: [action_answer_lesson, action_offer_lessons]
""")


def make(database: Database, clock: ManualClock, **more: Any) -> LogWriter:
    return LogWriter(database, clock, KEY, tracker_store.recalled, **more)


@pytest.fixture
async def writer(database: Database, clock: ManualClock) -> AsyncIterator[LogWriter]:
    made = make(database, clock)
    made.start()
    yield made
    await made.close()


def written(database: Database) -> list[str]:
    with database.session(readonly=True) as session:
        return list(session.scalars(select(turns.c.text).order_by(turns.c.id)))


async def turn(database: Database, clock: ManualClock, broker: LogBroker | None, parent: str, events: list[Any]) -> None:
    """A turn as Rasa runs it: the talk is read, gets its events, and is saved."""
    store = ExpiringTrackerStore(DOMAIN, event_broker=broker, database=database, clock=clock)
    tracker = await store.get_or_create_tracker(parent)
    for event in events:
        tracker.update(event, DOMAIN)
    await store.save(tracker)


async def test_a_turn_of_rasas_comes_into_the_record(writer: LogWriter, database: Database, clock: ManualClock) -> None:
    broker = LogBroker(writer)
    await turn(database, clock, broker, ALICE, answered("发烧怎么办"))
    await turn(database, clock, broker, ALICE, missed("那个那个"))
    await turn(database, clock, broker, BOB, answered("挑食"))
    await writer.settled()

    assert written(database) == ["发烧怎么办", "那个那个", "挑食"]


async def test_many_turns_keep_their_order(writer: LogWriter, database: Database) -> None:
    for number in range(180):
        writer.put_all(ALICE if number % 3 else BOB, dicts(answered(f"第{number}问")))
    await writer.settled()

    assert written(database) == [f"第{number}问" for number in range(180)]


async def test_rasas_own_broker_way_gives_the_same(writer: LogWriter, database: Database) -> None:
    broker = LogBroker(writer)
    for events in zip(dicts(answered("一")), dicts(answered("二")), strict=True):
        for parent, event in zip((ALICE, BOB), events, strict=True):
            broker.publish({"sender_id": parent, **event})
    await writer.settled()

    assert sorted(written(database)) == ["一", "二"]


async def test_what_a_crash_left_out_is_written_at_the_next_start_and_once(database: Database, clock: ManualClock) -> None:
    first = make(database, clock)
    first.start()
    await turn(database, clock, LogBroker(first), ALICE, answered("一"))
    await first.settled()
    await first.close()
    # The process is gone before its writer got to these.
    clock.turn(timedelta(minutes=1))
    await turn(database, clock, LogBroker(make(database, clock)), ALICE, answered("二"))
    await turn(database, clock, LogBroker(make(database, clock)), BOB, missed("三"))

    with capture_logs() as said:
        again = make(database, clock)
        again.start()
        await again.settled()
        await again.close()

    assert written(database) == ["一", "二", "三"]
    assert [each["turns"] for each in said if each["event"] == "logs.caught_up"] == [2]


async def test_more_than_the_queue_holds_is_fetched_later(database: Database, clock: ManualClock) -> None:
    small = make(database, clock, waiting=3)
    broker = LogBroker(small)
    with capture_logs() as said:
        small._behind = False
        for number in range(8):
            await turn(database, clock, broker, ALICE, answered(f"第{number}问"))
        small.start()
        await small.settled()
    await small.close()

    assert sorted(written(database)) == [f"第{number}问" for number in range(8)]
    assert [each["event"] for each in said if each["log_level"] == "error"] == ["logs.behind"]


async def test_a_database_that_comes_back_gets_everything(
    database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "AGAIN", (0.01,))
    failing = Failing(monkeypatch, times=3)
    made = make(database, clock)
    made._behind = False
    made.start()
    made.put_all(ALICE, dicts(answered("一")))
    await made.settled()
    await made.close()

    assert failing.left == 0 and written(database) == ["一"]


class Failing:
    """The database is locked for the first attempts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self.left = times
        real: Callable[..., int] = writing.write

        def write(*args: Any) -> int:
            if self.left:
                self.left -= 1
                raise DatabaseError("locked", "The database is locked.")
            return real(*args)

        monkeypatch.setattr(writing, "write", write)


async def test_a_turn_that_cannot_be_written_does_not_end_the_record(writer: LogWriter, database: Database) -> None:
    (good,) = turns_in(ALICE, dicts(answered("一")), ManualClock().now())
    with capture_logs() as said:
        writer.put(None)  # type: ignore[arg-type]
        await writer.settled()
        writer.put(good)
        await writer.settled()

    assert written(database) == ["一"] and [each["event"] for each in said if each["log_level"] == "error"] == ["logs.turn_lost"]


async def test_closing_writes_what_waits(database: Database, clock: ManualClock) -> None:
    made = make(database, clock)
    made.start()
    for number in range(60):
        made.put_all(ALICE, dicts(answered(f"第{number}问")))
    await made.close()

    assert len(written(database)) == 60


async def test_an_erased_parent_is_not_written_by_what_was_on_its_way(database: Database, clock: ManualClock) -> None:
    made = make(database, clock)
    made._behind = False
    made.put_all(ALICE, dicts(answered("一")))
    made.put_all(BOB, dicts(answered("二")))
    made.forget(ALICE)
    await database.run(keeping.erase, ALICE)
    made.put_all(ALICE, dicts(answered("三")))
    made.start()
    await made.settled()
    await made.close()

    assert written(database) == ["二", "三"]


async def test_the_turn_that_erases_leaves_nothing(writer: LogWriter, database: Database, clock: ManualClock) -> None:
    broker = LogBroker(writer)
    await turn(database, clock, broker, ALICE, answered("一"))
    await writer.settled()
    await turn(database, clock, broker, ALICE, [*answered("删除"), SlotSet(FORGET_SLOT, True), ActionExecuted("action_listen")])
    await writer.settled()

    with database.session(readonly=True) as session:
        assert session.execute(select(parents.c.id)).all() == []
    assert written(database) == []


async def test_it_does_not_read_the_talk_again_to_publish_it(writer: LogWriter, database: Database, clock: ManualClock) -> None:
    store = ExpiringTrackerStore(DOMAIN, event_broker=LogBroker(writer), database=database, clock=clock)
    tracker = await store.get_or_create_tracker(ALICE)
    reads: list[str] = []

    async def retrieve(sender_id: str) -> None:
        reads.append(sender_id)

    store.retrieve = retrieve
    for event in answered("一"):
        tracker.update(event, DOMAIN)
    await store.save(tracker)

    assert reads == []


async def test_no_raw_word_goes_into_the_program_log(writer: LogWriter, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    writer.put_all(ALICE, dicts(answered("我叫欧阳建国，电话13812345678")))
    await writer.settled()

    printed = "".join(capsys.readouterr())
    assert "欧阳建国" not in printed and "13812345678" not in printed
    assert json.dumps(written(database), ensure_ascii=False).count("13812345678") == 0


async def test_the_loop_is_free_while_words_are_anonymised(writer: LogWriter, database: Database) -> None:
    for number in range(100):
        writer.put_all(ALICE, dicts(answered(f"孩子发烧第{number}天了怎么办")))
    rounds = 0
    while writer.written < 100:
        await asyncio.sleep(0)
        rounds += 1

    # One round a batch would mean that the loop had waited for each of them.
    assert rounds > 100


@pytest.mark.parametrize("either_database", ["sqlite"], indirect=True)
async def test_a_database_file_holds_no_raw_word_after_a_turn_of_rasas(
    writer: LogWriter, database: Database, clock: ManualClock, tmp_path: Path
) -> None:
    """The tracker store's own rows apart: they are the short memory, raw and purged."""
    await turn(database, clock, LogBroker(writer), ALICE, answered("我叫欧阳建国，电话13812345678，发烧怎么办"))
    await writer.settled()
    with database.session() as session:
        tracker_store.erase(session, ALICE)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    content = b"".join(path.read_bytes() for path in tmp_path.glob("jiashu.db*"))
    assert "发烧怎么办".encode() in content
    assert "欧阳建国".encode() not in content and b"13812345678" not in content
