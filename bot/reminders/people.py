"""The facts of parents, read a few thousand at a time through the rooms that keep them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from bot.course import standing
from bot.course.standing import Standing
from bot.people import in_bulk, preferences
from bot.people.preferences import NOTHING_SAID, Preferences, Shift
from bot.reminders.facts import ChildFacts, CourseDue, Facts, Reunion
from bot.reminders.hours import EVENING, MORNING, Hours, beijing_day
from bot.reunion import follow_through, plans
from bot.reunion.plans import CHILD_COMES, Plan

_UNKNOWN = in_bulk.Known()


class FactsSource(Protocol):
    """Where facts come from. Parents of whom nothing is known are missing in what is returned."""

    def between(self, session: Session, first: str, last: str) -> dict[str, Facts]:
        """Of all parents with keys from `first` to `last`, both included."""

    def many(self, session: Session, keys: Collection[str]) -> dict[str, Facts]:
        """Of these parents."""


class People:
    """From profile, preferences, reunion plan and course. `now` tells the time: plans that are over do not count."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def between(self, session: Session, first: str, last: str) -> dict[str, Facts]:
        now = self._now()
        known = in_bulk.known_between(session, first, last)
        said = preferences.between(session, first, last)
        planned = plans.between(session, first, last, beijing_day(now))
        course = standing.between(session, first, last)
        done = follow_through.settled_between(session, first, last, _keys(planned), now)
        return _together(known, said, planned, course, done)

    def many(self, session: Session, keys: Collection[str]) -> dict[str, Facts]:
        now = self._now()
        known, said = in_bulk.known_of(session, keys), preferences.of(session, keys)
        planned = plans.of(session, keys, beijing_day(now))
        done = follow_through.settled_of(session, keys, _keys(planned), now)
        return _together(known, said, planned, standing.of(session, keys), done)


def _keys(planned: Mapping[str, Plan]) -> dict[str, str]:
    return {parent_key: plan.key for parent_key, plan in planned.items()}


def _together(
    known: Mapping[str, in_bulk.Known],
    said: Mapping[str, Preferences],
    planned: Mapping[str, Plan],
    course: Mapping[str, Standing],
    done: Mapping[str, frozenset[str]],
) -> dict[str, Facts]:
    keys = {*known, *said, *planned, *course, *done}
    return {
        key: _facts(
            known.get(key, _UNKNOWN), said.get(key, NOTHING_SAID), planned.get(key), course.get(key), done.get(key, frozenset())
        )
        for key in keys
    }


def _facts(
    known: in_bulk.Known, said: Preferences, plan: Plan | None, course: Standing | None, done: frozenset[str]
) -> Facts:
    children = tuple(
        ChildFacts(child.birth_month, child.birth_estimated, child.province, child.carer, child.sex)
        for child in known.children
    )
    return Facts(
        children=children,
        apart=said.apart,
        hours=_hours(said),
        stopped=frozenset({"all"}) if known.reminders_stopped_at else said.stopped_kinds,
        grief_until=said.grief_until,
        reunion=_reunion(plan) if plan else _meeting(known.meeting_on),
        course=course.state if course else "not_started",
        course_due=CourseDue(course.lesson, course.due_on) if course and course.due_on else None,
        done=done,
    )


def _hours(said: Preferences) -> Hours:
    shift = said.shift
    begin, end = said.not_before or MORNING, said.not_after or EVENING
    if shift is None:
        return Hours(not_before=begin, not_after=end)
    return replace(hours_of(shift), not_before=begin, not_after=end)


def hours_of(shift: Shift) -> Hours:
    """The hours of a shift, with what holds before and after it."""
    otherwise = hours_of(shift.then) if shift.then else None
    return Hours(shift.kind, shift.since, shift.period, shift.starts_with_night, last=shift.until, otherwise=otherwise)


def _reunion(plan: Plan) -> Reunion:
    comes = plan.who == CHILD_COMES
    return Reunion(plan.key, plan.start, plan.end, plan.by_train, plan.child_birth, child_comes=comes, budget=plan.budget)


def _meeting(day: date | None) -> Reunion | None:
    """Said in the profile without a plan: a day to be ready for. One a month, so that its key outlives a change of days."""
    return Reunion(f"{day:%Y-%m}", day, day, planned=False) if day else None
