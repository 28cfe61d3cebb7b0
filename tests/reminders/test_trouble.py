"""Clock jumps, edited campaigns, two leaders, two accounts' limits, and a dispatcher that dies."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.db import Database
from bot.reminders import leader as leading
from bot.reminders import outbox
from bot.reminders.campaigns import Campaigns
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.gateway import Fate, Result, Rights
from bot.reminders.hours import BEIJING
from bot.reminders.leader import Leader
from tests.reminders.engine import Engine, make_engine
from tests.reminders.support import FOLLOWS, Wire, beijing

SEVEN = Facts(children=(ChildFacts(date(2019, 5, 1), province="湖南"),))


async def test_a_jump_ahead_skips_what_is_stale_and_goes_on(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.tick()
    clock.set(beijing(2027, 2, 24, 13))
    await engine.until(beijing(2027, 2, 26))
    sent = engine.rows(state="confirmed")
    assert [row["occurrence"] for row in sent] == ["2027-W08"]
    assert {row["state"] for row in engine.rows() if row["stale_at"] < beijing(2027, 2, 24)} <= {"stale", "cancelled"}


async def test_a_jump_back_sends_nothing_again(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 20))
    before = len(engine.wire.sent)
    assert before > 2
    clock.set(beijing(2027, 1, 4, 9))
    await engine.until(beijing(2027, 1, 19))
    assert len(engine.wire.sent) == before


async def test_a_clock_that_ran_ahead_for_a_moment_holds_nothing_up(engine: Engine, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.parent("pa", SEVEN)
    engine.planner.tick(beijing(2031, 5, 1, 9))
    looked: list[datetime] = []
    monkeypatch.setattr(engine.wire, "active_since", lambda _, moment: looked.append(moment) or [])
    clock.set(beijing(2027, 1, 4, 9))

    await engine.until(beijing(2027, 1, 8))
    assert [row["occurrence"] for row in engine.rows(campaign="weekly", state="confirmed")] == ["2027-W01"]
    assert all(moment < beijing(2027, 1, 8) for moment in looked), "who writes now is looked at now"


def edited(engine: Engine, campaign: str, **changes: object) -> Campaigns:
    """The campaigns with the steps of one changed."""
    old = engine.campaigns.by_slug[campaign]
    steps = tuple(replace(step, **changes) for step in old.steps) if changes else ()
    others = tuple(each for each in engine.campaigns.all if each.slug != campaign)
    return Campaigns((*others, replace(old, steps=steps)) if steps else others, "edited")


async def test_an_edit_on_the_day_changes_what_is_not_sent_yet(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 6, 10))
    new = engine.reborn(changed=edited(engine, "weekly", texts=("新的说法一。", "新的说法二。")))
    await new.until(beijing(2027, 1, 6, 18))
    assert new.wire.sent[0][2].startswith("新的说法")
    assert len(new.rows(campaign="weekly", occurrence="2027-W01")) == 1


async def test_an_edit_after_it_was_sent_does_not_send_it_again(engine: Engine) -> None:
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 6, 18))
    new = engine.reborn(changed=edited(engine, "weekly", at=beijing(2027, 1, 1, 20).timetz().replace(tzinfo=None)))
    await new.until(beijing(2027, 1, 7, 9))
    assert len(new.wire.sent) == 1


async def test_a_campaign_that_is_gone_is_not_sent(engine: Engine) -> None:
    engine.parent("pa", SEVEN)
    await engine.tick()
    new = engine.reborn(changed=edited(engine, "weekly"))
    await new.until(beijing(2027, 1, 6, 18))
    assert new.wire.sent == []
    assert {row["state"] for row in new.rows(campaign="weekly")} == {"cancelled"}


async def test_what_was_only_claimed_is_sent_by_the_next_dispatcher(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.tick()
    clock.set(beijing(2027, 1, 6, 13))
    with engine.database.session() as session:
        assert len(outbox.claim(session, "dead", clock.now(), 10)) == 1
    await engine.reborn().tick()
    assert len(engine.wire.sent) == 1


async def test_what_was_on_its_way_is_never_sent_again(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.tick()
    clock.set(beijing(2027, 1, 6, 13))
    with engine.database.session() as session:
        rows = outbox.claim(session, "dead", clock.now(), 10)
        outbox.mark_sending(session, rows, "dead", "customer_service", clock.now())
    await engine.reborn().tick()
    assert engine.wire.sent == []
    assert [row["state"] for row in engine.rows(occurrence="2027-W01")] == ["unsure"]


def test_two_dispatchers_never_get_the_same_row(postgres_tables: str, clock: ManualClock) -> None:
    database = Database(postgres_tables)
    engine = make_engine(database, clock)
    for number in range(40):
        engine.parent(f"p{number:02}", SEVEN)
    engine.planner.tick(clock.now())
    clock.set(beijing(2027, 1, 6, 13))
    with database.session() as one, database.session() as other:
        first = {row.id for row in outbox.claim(one, "one", clock.now(), 25)}
        second = {row.id for row in outbox.claim(other, "other", clock.now(), 25)}
    database.close()
    assert len(first) == 25 and len(second) == 15 and not first & second


async def test_it_works_the_same_on_postgresql(postgres_tables: str, clock: ManualClock) -> None:
    database = Database(postgres_tables)
    engine = make_engine(database, clock)
    for key in ("pa", "pb", "pc"):
        engine.parent(key, SEVEN, FOLLOWS)
    engine.parent("pd", SEVEN)
    await engine.until(beijing(2027, 1, 8), timedelta(hours=6))
    engine.wire.active = ["pa"]
    engine.known.facts["pa"] = Facts(stopped=frozenset({"all"}))
    await engine.tick()
    states = {(row["parent_key"], row["campaign"]): row["state"] for row in engine.rows() if row["occurrence"] in ("2027", "2027-W01")}
    database.close()
    assert states["pd", "weekly"] == "confirmed" and states["pb", "weekly"] == "kept"
    assert states["pb", "spring_festival"] == "sent"
    assert len(engine.wire.mass) == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def somewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/lead.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


def test_one_leads_and_another_takes_over(somewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(somewhere)
    database.upgrade()
    other_database = Database(somewhere)
    one, other = Leader(database, "one"), Leader(other_database, "other")
    assert (one.check(), other.check(), one.check()) == (True, False, True)
    one.resign()
    assert (other.check(), one.check()) == (True, False)
    if database.is_sqlite:
        # Dead, without a word: its lease runs out.
        monkeypatch.setattr(leading, "LEASE", timedelta(seconds=-1))
        other.check()
    else:
        other_database.engine.dispose()
        assert other._connection is not None
        other._connection.invalidate()
    # The server takes a moment to notice that a connection is gone.
    assert any(one.check() or time.sleep(0.05) for _ in range(1200))
    database.close()
    other_database.close()


async def test_a_subscription_account_has_one_mass_message_a_day(database: Database, clock: ManualClock) -> None:
    rights = Rights(custom=True, subscription=False, template=False, mass=True, mass_by_list=False)
    engine = make_engine(database, clock, Wire(allowed=rights))
    for key in ("pa", "pb"):
        engine.parent(key, SEVEN, FOLLOWS)
    await engine.until(beijing(2027, 1, 7, 14))
    assert len(engine.wire.mass) == 1
    # One who slept then: tomorrow, not today.
    engine.parent("pc", SEVEN, FOLLOWS)
    engine.wire.active = ["pc"]
    await engine.until(beijing(2027, 1, 7, 20))
    assert len(engine.wire.mass) == 1
    await engine.until(beijing(2027, 1, 8, 14))
    assert [keys for _, keys, _ in engine.wire.mass] == [("pa", "pb"), ("pc",)]


async def test_a_mass_message_in_doubt_is_repeated_by_its_name(engine: Engine) -> None:
    for key in ("pa", "pb"):
        engine.parent(key, SEVEN, FOLLOWS)
    await engine.until(beijing(2027, 1, 7, 12))
    engine.wire.results = [Result(Fate.UNSURE)]
    await engine.until(beijing(2027, 1, 7, 13))
    assert engine.wire.mass == [] and {row["state"] for row in engine.rows(step="plan_30")} == {"gathered"}
    await engine.until(beijing(2027, 1, 7, 15))
    assert len(engine.wire.mass) == 1
    assert {row["state"] for row in engine.rows(step="plan_30")} == {"sent"}


async def test_a_mass_message_in_doubt_ends_when_they_go_to_sleep(engine: Engine) -> None:
    for key in ("pa", "pb"):
        engine.parent(key, SEVEN, FOLLOWS)
    await engine.until(beijing(2027, 1, 7, 12))
    engine.wire.results = [Result(Fate.UNSURE)] * 12
    await engine.until(beijing(2027, 1, 7, 23))
    assert engine.wire.mass == [] and {row["state"] for row in engine.rows(step="plan_30")} == {"unsure"}


async def test_a_fifth_mass_message_of_a_month_is_refused(engine: Engine, clock: ManualClock) -> None:
    for key in ("pa", "pb"):
        engine.parent(key, SEVEN, FOLLOWS)
    clock.set(beijing(2027, 1, 7, 10))
    await engine.tick()
    rows = [
        {"parent_key": "pa", "campaign": "c", "occurrence": str(day), "step": "s", "state": "confirmed", "way": "mass",
         "sent_at": beijing(2027, 1, day, 12), "due_at": clock.now(), "not_before": clock.now(), "stale_at": clock.now(),
         "trail": "sent"} for day in (1, 2, 3, 3)
    ]  # fmt: skip
    rows[3]["occurrence"] = "again"
    with engine.database.session() as session:
        session.execute(outbox.outbox.insert(), rows)
    # Three in the last week would stop it as well: look at the month alone.
    engine.dispatcher.decider._asked_for = frozenset({"c"})
    await engine.until(beijing(2027, 1, 7, 14))
    assert [row["state"] for row in engine.rows(step="plan_30", parent_key="pa")] == ["kept"]
    assert "mass_month" in engine.rows(step="plan_30", parent_key="pa")[0]["trail"]



async def test_a_round_that_takes_long_ends_in_the_evening(engine: Engine, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3 * engine.at_once):
        engine.parent(f"p{number:02}", SEVEN)
    clock.set(beijing(2027, 1, 6, 9))
    await engine.tick()
    send = engine.wire.send

    async def slowly(*asked: Any) -> Result:
        clock.set(max(clock.now(), beijing(2027, 1, 6, 21, 31)))
        return await send(*asked)

    monkeypatch.setattr(engine.wire, "send", slowly)
    clock.set(beijing(2027, 1, 6, 21, 29))
    await engine.tick()
    assert len(engine.wire.sent) == engine.at_once
    waiting = engine.rows(campaign="weekly", occurrence="2027-W01", state="planned")
    assert len(waiting) == 2 * engine.at_once and all("hours@" in row["trail"] for row in waiting)


async def test_hours_are_kept_by_the_dispatcher_too(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    clock.set(beijing(2027, 1, 6, 12))
    await engine.tick()
    clock.set(beijing(2027, 1, 6, 22))
    await engine.dispatcher.tick()
    assert engine.wire.sent == []
    clock.set(beijing(2027, 1, 7, 8, 31))
    await engine.dispatcher.tick()
    (row,) = engine.rows(occurrence="2027-W01")
    assert row["state"] == "planned" and row["not_before"].astimezone(BEIJING).hour == 12
