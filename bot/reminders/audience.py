"""Whether a message is for a parent, and if not, why: the reason is a code that `jiashu why` puts into words."""

from __future__ import annotations

from datetime import date, timedelta

from bot.reminders.campaigns import Audience, Campaign, Step
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.occasions import fits_age
from bot.reunion.doubled import is_doubled, is_new_year

TICKET, SAFETY = "ticket_done", "safety_done"

# So long before a visit a place to sleep and somebody to look after the child in the daytime want to be found.
READY = timedelta(days=45)


def why_not(campaign: Campaign, step: Step, facts: Facts, day: date, child: ChildFacts | None = None) -> str | None:
    """The first reason against sending `step` on `day`; None: it is for this parent. `child`: whose occasion it is."""
    if "all" in facts.stopped:
        return "stopped_all"
    if campaign.kind in facts.stopped:
        return "stopped_kind"
    if step.cheerful and facts.grieves(day):
        return "grief"
    told = settled(campaign.kind, step.expect, facts)
    if told:
        return told
    # A day named in the profile is counted down to, and no more: the parting is the festival's to tell.
    told_by_plan = facts.reunion and (facts.reunion.planned or day <= facts.reunion.start)
    if facts.reunion and told_by_plan and is_doubled(
        campaign.kind, step.expect, step.lesson, day, facts.reunion.start, facts.reunion.end
    ):
        return "doubled"
    return _better_left(campaign, step, facts, day) or _unfit(step.audience, facts, day, (child,) if child else facts.children)


def settled(kind: str, expect: str, facts: Facts) -> str | None:
    """Why a message that leads to `expect` is needless: the parent told us how it stands; None: it is not."""
    if expect in facts.done and kind in ("reunion", "holiday", "vacation"):
        return "already"
    if facts.reunion and facts.reunion.by_train is False and expect == TICKET:
        return "no_train"
    return None


def _better_left(campaign: Campaign, step: Step, facts: Facts, day: date) -> str | None:
    """What is for the parent, but not today."""
    meeting = facts.reunion
    # What to say on the telephone is for who is away.
    if campaign.kind == "weekly" and meeting and meeting.start <= day <= meeting.end:
        return "together"
    greeted = "holiday" not in facts.stopped and not facts.grieves(day)
    if not greeted or not is_new_year(day):
        return None
    # What keeps a child safe is said on these days too.
    advice = campaign.kind in ("vacation", "weekly") and step.expect != SAFETY
    return "new_year" if advice or (campaign.kind == "reunion" and step.each_day) else None


def _unfit(audience: Audience, facts: Facts, day: date, children: tuple[ChildFacts, ...]) -> str | None:
    # Most live apart and few say so: only those who said that they live together are taken to, and those whom the child visits.
    if audience.apart is True and facts.together(day):
        return "not_apart"
    if audience.apart is False and facts.apart is not False and not facts.visited(day, READY):
        return "apart"
    if audience.factory and audience.factory != facts.factory:
        return "factory"
    if audience.course and audience.course != facts.course:
        return "course"
    return _no_child(audience, day, children)


def _no_child(audience: Audience, day: date, children: tuple[ChildFacts, ...]) -> str | None:
    """All that is asked of a child must be true of one and the same child."""
    if not (audience.child_age or audience.province or audience.carer):
        return None
    if not children:
        return "no_child"
    aged = [child for child in children if fits_age(child, audience, day)]
    if not aged:
        return "age"
    placed = [child for child in aged if not audience.province or child.province in audience.province]
    if not placed:
        return "province"
    return None if any(not audience.carer or child.carer in audience.carer for child in placed) else "carer"
