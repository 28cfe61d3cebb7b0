"""What a reunion plan tells by itself, so that a festival's or vacation's series need not tell it too."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from bot.calendar import FIRST_YEAR, LAST_YEAR, festival

# The countdown begins 25 days before and ends 10 days after the parting (content/campaigns/reunion*.yml).
BEFORE, AFTER = timedelta(days=30), timedelta(days=12)
# Whether the child comes needs no thinking about when it is planned that it does.
DECIDING, BEFORE_DECIDING = frozenset({"summer-visit"}), timedelta(days=75)
KINDS = frozenset({"holiday", "vacation"})
EXPECTS = frozenset({"plan_done", "ticket_done", "gift_done", "talk_done", "activity_done", "call_done"})
LESSONS = frozenset(
    {
        "plan-with-the-child", "train-tickets", "festivals-apart", "speaking-with-the-caregiver", "keeping-the-plan",
        "first-day-shyness", "saying-goodbye", "first-call-after", "summer-visit",
    }
)


def is_doubled(kind: str, expect: str, lesson: str, day: date, start: date, end: date) -> bool:
    """Whether a step on `day` says what the plan of a reunion from `start` to `end` says anyway; never what keeps safe."""
    before = BEFORE_DECIDING if lesson in DECIDING else BEFORE
    if kind not in KINDS or not start - before <= day <= end + AFTER or is_new_year(day):
        return False
    return expect in EXPECTS or lesson in LESSONS


@lru_cache(maxsize=4096)
def is_new_year(day: date) -> bool:
    """New Year's Eve (除夕) and New Year's Day by the lunar calendar: on these a greeting goes before everything else."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return False
    return (festival("spring_festival", day.year) - day).days in (0, 1)
