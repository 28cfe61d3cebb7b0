"""What becomes of a due row now: a pure function of the row, the parent and the state of the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from bot.reminders.audience import why_not
from bot.reminders.campaigns import Campaign, Step
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.gateway import Reach, Rights
from bot.reminders.hours import at_hour, beijing_day
from bot.reminders.outbox import Reached, Row
from bot.reminders.whose import OF_A_REUNION, is_of_one, is_of_this_plan, whose

CUSTOM, SUBSCRIPTION, TEMPLATE, MASS, NEXT_CONTACT = (
    "customer_service", "subscription", "template", "mass", "next_contact",
)  # fmt: skip
# Messages a parent gets at most: a day, and unasked ones in any seven days. Who made a plan or chose a pace asked for it.
A_DAY, A_WEEK = 1, 3
ASKED_FOR = ("reunion", "course")
# Mass messages that a user of a 服务号 gets at most in a calendar month, whoever sends them (WeChat's page Batch_Sends).
MASS_A_MONTH = 4
# The same words about a reunion, said again within that time, are a repetition.
LATELY = timedelta(days=7)
BUSY_AGAIN = timedelta(minutes=10)
LOOK_AGAIN = timedelta(hours=6)


class Do(Enum):
    """What to do with the row."""

    SEND = "send"
    GATHER = "gather"
    LATER = "later"
    KEEP = "keep"
    STALE = "stale"
    CANCEL = "cancel"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Decision:
    """`code` (and `about`) say why; `way` with SEND, `at` with LATER."""

    do: Do
    code: str
    way: str = ""
    at: datetime | None = None
    about: str = ""


@dataclass(frozen=True)
class Account:
    """The state of the account now: rights, ways that rest until when, and mass steps that are over its budget."""

    rights: Rights
    paused: Mapping[str, datetime] = field(default_factory=dict)
    over_budget: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A row with all that is known about it. `recent`: what reached the parent since the month began, at least eight days;
    `asked_for`: campaigns that do not count for the week; `goes_first`: a more important message of the same day."""

    row: Row
    campaign: Campaign
    step: Step
    facts: Facts
    reach: Reach
    recent: Sequence[Reached] = ()
    asked_for: frozenset[str] = frozenset()
    goes_first: str = ""


def decide(candidate: Candidate, account: Account, now: datetime) -> Decision:
    """The decision; the first thing that stands against sending wins."""
    return (
        _not_any_more(candidate, now)
        or _not_now(candidate, now)
        or _too_many(candidate, now)
        or _by_some_way(candidate, account, now)
    )


def _not_any_more(candidate: Candidate, now: datetime) -> Decision | None:
    row = candidate.row
    if not candidate.reach.following:
        return Decision(Do.CANCEL, "left")
    # A follow-up asks about something that was sent: who it was for is settled.
    step = _as_follow_up(candidate.step) if row.step.endswith("?") else candidate.step
    reason = _not_of_now(candidate) or why_not(
        candidate.campaign, step, candidate.facts, beijing_day(row.due_at), _child(candidate)
    )
    if reason or _told_lately(candidate, now):
        return Decision(Do.CANCEL, reason or "told_lately")
    return Decision(Do.STALE, "stale") if row.stale_at <= now else None


def _child(candidate: Candidate) -> ChildFacts | None:
    return whose(candidate.campaign.anchor, candidate.row.occurrence, candidate.facts)


def _not_of_now(candidate: Candidate) -> str | None:
    """Of a plan that was called off, or of a child that the parent took out of the profile."""
    anchor = candidate.campaign.anchor
    if not is_of_this_plan(anchor, candidate.row.occurrence, candidate.facts):
        return "not_meant"
    return "no_child" if is_of_one(anchor) and _child(candidate) is None else None


def _told_lately(candidate: Candidate, now: datetime) -> bool:
    """A plan takes over from the day in the profile, or from one that was called off: what was said for that is not said again."""
    row = candidate.row
    if candidate.campaign.anchor not in OF_A_REUNION or candidate.step.each_day:
        return False
    said = (row.campaign, row.step)
    return any((each.campaign, each.step) == said and timedelta() <= now - each.at < LATELY for each in candidate.recent)


def _as_follow_up(step: Step) -> Step:
    return Step(**{**vars(step), "audience": type(step.audience)()})


def _not_now(candidate: Candidate, now: datetime) -> Decision | None:
    hours = candidate.facts.hours
    if not hours.allows(now):
        return _later(candidate, hours.next(now), "hours")
    if candidate.reach.busy:
        return _later(candidate, hours.next(now + BUSY_AGAIN), "busy")
    return None


def _too_many(candidate: Candidate, now: datetime) -> Decision | None:
    today = beijing_day(now)
    # After a clock was turned back there are sends of days to come: they do not count for today.
    pushed = (each for each in candidate.recent if each.way != NEXT_CONTACT)
    days = [(beijing_day(each.at), each.campaign) for each in pushed]
    if sum(day == today for day, _ in days) >= A_DAY:
        return _later(candidate, _morning(candidate, today + timedelta(days=1)), "day_full")
    unasked = (day for day, campaign in days if campaign not in candidate.asked_for)
    week = sorted(day for day in unasked if today - timedelta(days=7) < day <= today)
    if len(week) >= A_WEEK and candidate.campaign.kind not in ASKED_FOR:
        return _later(candidate, _morning(candidate, week[-A_WEEK] + timedelta(days=7)), "week_full")
    if candidate.goes_first:
        tomorrow = _morning(candidate, today + timedelta(days=1))
        return _later(candidate, tomorrow, "gives_way", candidate.goes_first)
    return None


def _morning(candidate: Candidate, day: date) -> datetime:
    """The step's own hour on `day`, or the first after it that suits the parent."""
    return candidate.facts.hours.next(at_hour(day, candidate.step.at))


def _later(candidate: Candidate, at: datetime, code: str, about: str = "") -> Decision:
    """Another time, or, if it is stale by then, at the next contact or not at all."""
    if at < candidate.row.stale_at:
        return Decision(Do.LATER, code, at=at, about=about)
    if NEXT_CONTACT in candidate.step.ways:
        return Decision(Do.KEEP, code, about=about)
    return Decision(Do.REFUSE, code, about=about)


def _by_some_way(candidate: Candidate, account: Account, now: datetime) -> Decision:
    resting: list[datetime] = []
    closed = "no_way"
    for way in candidate.step.ways:
        if way == NEXT_CONTACT:
            break
        open_now, reason = _is_open(way, candidate, account, now)
        if not open_now:
            closed = reason or closed
            continue
        if way in account.paused:
            resting.append(account.paused[way])
            continue
        return Decision(Do.GATHER, MASS) if way == MASS else Decision(Do.SEND, way, way)
    if resting:
        return _later(candidate, candidate.facts.hours.next(min(resting)), "paused")
    if NEXT_CONTACT in candidate.step.ways:
        return Decision(Do.KEEP, closed)
    return _later(candidate, candidate.facts.hours.next(now + LOOK_AGAIN), closed)


def _is_open(way: str, candidate: Candidate, account: Account, now: datetime) -> tuple[bool, str]:
    rights, reach = account.rights, candidate.reach
    # WeChat has refused this message by this way: asking again would be refused again.
    if f"closed:{way}@" in candidate.row.trail:
        return False, ""
    if way == CUSTOM:
        return rights.custom and reach.custom_left > 0, ""
    if way == SUBSCRIPTION:
        return rights.subscription and reach.consents > 0, ""
    if way == TEMPLATE:
        return rights.template, ""
    if not rights.mass or candidate.row.step.endswith("?"):
        return False, ""
    row = candidate.row
    if (row.campaign, row.occurrence, row.step) in account.over_budget:
        return False, "mass_budget"
    return _mass_left(candidate, rights, now), "mass_month"


def _mass_left(candidate: Candidate, rights: Rights, now: datetime) -> bool:
    if not rights.mass_by_list:
        return True  # one task a day for the whole account: counted where the tasks are made
    month = beijing_day(now).replace(day=1)
    return sum(each.way == MASS and beijing_day(each.at) >= month for each in candidate.recent) < MASS_A_MONTH
