"""The decision alone, on one row: whatever the plan and the dispatcher looked at before, nothing is sent into somebody's sleep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.reminders.facts import Facts
from bot.reminders.gateway import Reach
from bot.reminders.hours import Hours
from bot.reminders.outbox import Row
from bot.reminders.ways import Account, Candidate, Do, decide
from tests.reminders.support import ALL_RIGHTS, OPEN, SEVEN, beijing, campaigns

NIGHTS = Hours("night")
LAST_NIGHT = Hours("night", last=date(2027, 1, 6))
MORNINGS = Hours(not_after=time(12))


def candidate(due: datetime, hours: Hours, reach: Reach = OPEN, stale: timedelta = timedelta(days=3)) -> Candidate:
    weekly = campaigns().by_slug["weekly"]
    row = Row(1, "pa", "weekly", "2027-W01", weekly.steps[0].name, due + stale, due, 0, "")
    return Candidate(row, weekly, weekly.steps[0], replace(SEVEN, hours=hours), reach)


@pytest.mark.parametrize(
    ("now", "hours", "opens"),
    [
        (beijing(2027, 1, 6, 21, 29), Hours(), None),
        (beijing(2027, 1, 6, 21, 30), Hours(), beijing(2027, 1, 7, 8, 30)),
        (beijing(2027, 1, 6, 3), Hours(), beijing(2027, 1, 6, 8, 30)),
        (beijing(2027, 1, 6, 8, 29), Hours(), beijing(2027, 1, 6, 8, 30)),
        (beijing(2027, 1, 6, 8, 30), Hours(), None),
        (beijing(2027, 1, 6, 12), NIGHTS, beijing(2027, 1, 6, 16, 30)),
        (beijing(2027, 1, 6, 16, 30), NIGHTS, None),
        # The sleep after the last night, and the first morning after it.
        (beijing(2027, 1, 7, 12), LAST_NIGHT, beijing(2027, 1, 7, 16, 30)),
        (beijing(2027, 1, 8, 9), LAST_NIGHT, None),
        (beijing(2027, 1, 6, 13), MORNINGS, beijing(2027, 1, 7, 8, 30)),
    ],
)
def test_nothing_is_sent_into_sleep(now: datetime, hours: Hours, opens: datetime | None) -> None:
    decision = decide(candidate(now, hours), Account(ALL_RIGHTS), now)

    if opens is None:
        assert decision.do is Do.SEND
    else:
        assert (decision.do, decision.code, decision.at) == (Do.LATER, "hours", opens)


def test_what_is_stale_when_the_parent_wakes_is_kept_for_the_next_contact() -> None:
    now = beijing(2027, 1, 6, 22)

    assert decide(candidate(now, Hours(), stale=timedelta(hours=3)), Account(ALL_RIGHTS), now).do is Do.KEEP


def test_sleep_goes_before_a_talk_that_is_under_way() -> None:
    now = beijing(2027, 1, 6, 23)
    decision = decide(candidate(now, Hours(), replace(OPEN, busy=True)), Account(ALL_RIGHTS), now)

    assert decision.code == "hours", "the trail says the reason that lasts"


def test_who_is_awake_and_busy_waits_until_the_talk_is_over_and_not_into_the_night() -> None:
    now = beijing(2027, 1, 6, 21, 25)
    decision = decide(candidate(now, Hours(), replace(OPEN, busy=True)), Account(ALL_RIGHTS), now)

    assert (decision.code, decision.at) == ("busy", beijing(2027, 1, 7, 8, 30))


def test_the_decision_knows_the_parent_of_whom_nothing_is_known() -> None:
    weekly = candidate(beijing(2027, 1, 6, 23), Hours())
    stranger = replace(weekly, facts=Facts())

    assert decide(stranger, Account(ALL_RIGHTS), beijing(2027, 1, 6, 23)).code == "hours"
