"""Who first came after its time does not get this week's digest minutes after saying hello: there is another next week."""

from __future__ import annotations

from datetime import date

from bot.clock import ManualClock
from tests.reminders.engine import Engine
from tests.reminders.support import OPEN, SEVEN, around, beijing


async def test_the_first_digest_is_next_weeks(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN, OPEN)
    await engine.until(beijing(2027, 1, 7, 18))
    engine.parent("pb", SEVEN, OPEN)
    engine.wire.active = ["pa", "pb"]
    await engine.until(beijing(2027, 1, 14, 18))

    weeks = {key: [row["occurrence"] for row in engine.rows(step="digest") if row["parent_key"] == key and row["sent_at"]] for key in ("pa", "pb")}
    assert weeks == {"pa": ["2027-W01", "2027-W02"], "pb": ["2027-W02"]}


async def test_what_counts_down_is_told_late_rather_than_never(engine: Engine, clock: ManualClock) -> None:
    await engine.until(beijing(2027, 1, 7, 18))
    engine.parent("pb", around(date(2027, 1, 22)), OPEN)
    engine.wire.active = ["pb"]
    await engine.until(beijing(2027, 1, 8, 18))
    assert [row["state"] for row in engine.rows(step="tickets")] == ["confirmed"]
