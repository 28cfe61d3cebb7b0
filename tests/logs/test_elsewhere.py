"""Turns gather before they are written, and another process may anonymise them: nothing raw is kept, whatever it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.clock import ManualClock
from bot.db import Database
from bot.logs import writer as writer_module
from bot.logs.cleaning import Anonymised, Order, anonymised
from bot.logs.tables import parents, turns
from bot.logs.writer import BATCH, LogWriter
from tests.logs.support import ALICE, BOB, KEY, answered, dicts

pytestmark = pytest.mark.asyncio

NAMED = "我叫欧阳建国，发烧怎么办"


class Elsewhere:
    """Stands for the other process; `state`: well, away, failing or short."""

    def __init__(self, state: str = "well") -> None:
        self.state = state
        self.orders: list[Order] = []

    async def __call__(self, order: Order) -> Sequence[Anonymised] | None:
        self.orders.append(order)
        done = list(anonymised(order))
        if self.state == "away":
            return None
        if self.state == "failing":
            return [replace(each, texts=None, reason="broken") for each in done]
        return done[1:] if self.state == "short" else done


@pytest.fixture
async def elsewhere() -> Elsewhere:
    return Elsewhere()


@pytest.fixture
async def writer(database: Database, clock: ManualClock, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LogWriter]:
    # Longer than the test may take: what is written without waiting for it was written by itself.
    monkeypatch.setattr(writer_module, "GATHER", 600.0)
    made = LogWriter(database, clock, KEY)
    made.elsewhere = elsewhere
    made.start()
    yield made
    await made.close()


def rows(database: Database) -> list[tuple[str, bool]]:
    with database.session(readonly=True) as session:
        return [(row.text, row.withheld) for row in session.execute(select(turns).order_by(turns.c.id))]


async def test_turns_gather_and_are_written_together(writer: LogWriter, elsewhere: Elsewhere, database: Database) -> None:
    for number in range(3):
        writer.put_all(ALICE, dicts(answered(f"第{number}问")))
        await asyncio.sleep(0)
    await writer.settled()

    assert [len(order.turns) for order in elsewhere.orders] == [3]
    assert [text for text, _ in rows(database)] == ["第0问", "第1问", "第2问"]


async def test_a_full_batch_does_not_wait(writer: LogWriter, elsewhere: Elsewhere) -> None:
    for number in range(BATCH):
        writer.put_all(ALICE, dicts(answered(f"第{number}问")))
    await asyncio.wait_for(writer._idle.wait(), 300)

    assert writer.written == BATCH


async def test_the_placeholders_of_a_parent_go_on_from_batch_to_batch(writer: LogWriter, database: Database) -> None:
    for words in (NAMED, "欧阳建国是我，他叫李小红"):
        writer.put_all(ALICE, dicts(answered(words)))
        await writer.settled()

    first, second = (text for text, _ in rows(database))
    assert "欧阳建国" not in first + second
    placeholder = first[first.index("〈") : first.index("〉") + 1]
    assert second.startswith(placeholder)
    with database.session(readonly=True) as session:
        assert placeholder in session.execute(select(parents.c.book)).scalar_one()


async def test_what_is_not_done_elsewhere_is_done_here(writer: LogWriter, elsewhere: Elsewhere, database: Database) -> None:
    elsewhere.state = "away"
    writer.put_all(ALICE, dicts(answered(NAMED)))
    await writer.settled()

    ((text, withheld),) = rows(database)
    assert "发烧怎么办" in text and "欧阳建国" not in text and not withheld


async def test_what_could_not_be_anonymised_elsewhere_is_withheld(writer: LogWriter, elsewhere: Elsewhere, database: Database) -> None:
    elsewhere.state = "failing"
    with capture_logs() as said:
        writer.put_all(ALICE, dicts(answered(NAMED)))
        await writer.settled()

    assert rows(database) == [("", True)]
    assert [each["event"] for each in said if each["log_level"] == "error"] == ["logs.withheld"]


async def test_an_answer_that_does_not_fit_is_not_used(writer: LogWriter, elsewhere: Elsewhere, database: Database) -> None:
    elsewhere.state = "short"
    with capture_logs() as said:
        writer.put_all(ALICE, dicts(answered(NAMED)))
        writer.put_all(BOB, dicts(answered("挑食")))
        await writer.settled()

    assert rows(database) == []
    assert [each["event"] for each in said if each["log_level"] == "error"] == ["logs.turn_lost"]


async def test_only_words_that_may_name_somebody_leave_this_process(writer: LogWriter, elsewhere: Elsewhere) -> None:
    for words in ("发烧怎么办", "挑食", "/greet"):
        writer.put_all(ALICE, dicts(answered(words)))
        await writer.settled()

    first, second, tap = (order.turns[0][1] for order in elsewhere.orders)
    # The answer is the same each time and named nobody the first time.
    assert first[0] == "发烧怎么办" and second == ("挑食",) and tap == ()
