"""On which days a campaign hangs for one parent: festivals, the child's vacation, its birthday, the reunion, each week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.calendar import FIRST_YEAR, LAST_YEAR, PROVINCES, Calendar
from bot.reminders.campaigns import Audience
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.whose import whom_they_meet

# 小年 is on another day in the south; vacations and the start of school are every province's own.
BY_PROVINCE = ("winter_vacation", "summer_vacation", "school_start_spring", "school_start_autumn", "little_new_year")
OF_THE_PARENT = ("child_birthday", "reunion", "departure", "course_pace", "call")
_MONDAY = date(2018, 1, 1)


@dataclass(frozen=True)
class Occasion:
    """`key` names the occurrence for ever; `number` rises by one from each to the next; `child`: whose it is, if one's;
    `met`: of a reunion or a parting, the day on which they meet; `ends` False: nobody said when it ends."""

    key: str
    number: int
    start: date
    end: date
    child: ChildFacts | None = None
    met: date | None = None
    ends: bool = True


class Occasions:
    """Occasions by the calendar, remembered: a plan for a million parents asks for the same few again and again."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._year = lru_cache(maxsize=8192)(self._of_year)
        self._spans = lru_cache(maxsize=1024)(self._span)

    def near(self, anchor: str, facts: Facts, audience: Audience, first: date, last: date) -> Iterator[Occasion]:
        """Occasions that touch [first, last]."""
        if anchor == "weekly":
            yield from _weeks(first, last)
        elif anchor == "child_birthday":
            yield from _birthdays(facts, audience, first, last)
        elif anchor == "course_pace":
            yield from _course(facts, first, last)
        elif anchor == "call":
            return  # never by the calendar: the call coach plans the question when it gives openers
        elif anchor in ("reunion", "departure"):
            yield from _reunion(anchor, facts, first, last)
        else:
            yield from self._calendar_days(anchor, facts, audience, first, last)

    def anywhere(self, anchor: str, first: date, last: date) -> bool:
        """Whether [first, last] touches the time between the earliest first and the latest last day in any province."""
        spans = [self._spans(anchor, year) for year in _years(first, last)]
        return any(span and span[0] <= last and span[1] >= first for span in spans)

    def _calendar_days(
        self, anchor: str, facts: Facts, audience: Audience, first: date, last: date
    ) -> Iterator[Occasion]:
        for year in _years(first, last):
            earliest = self._of_family(anchor, year, facts, audience)
            if earliest and earliest.start <= last and earliest.end >= first:
                yield earliest

    def _of_family(self, anchor: str, year: int, facts: Facts, audience: Audience) -> Occasion | None:
        """Two children, two provinces: one message, in time for the first of those it is about.

        Which these are is asked on the occasion's own day: it must not depend on the window that is being planned.
        """
        if anchor not in BY_PROVINCE or not facts.children:
            return self._year(anchor, year, None)
        all_of_them = [(child, self._year(anchor, year, _province(child))) for child in facts.children]
        known = [(child, occasion) for child, occasion in all_of_them if occasion]
        fitting = [occasion for child, occasion in known if fits_age(child, audience, occasion.start)]
        return min(fitting or [occasion for _, occasion in known], key=lambda each: each.start, default=None)

    def _span(self, anchor: str, year: int) -> tuple[date, date] | None:
        found = [each for name in (None, *PROVINCES) if (each := self._year(anchor, year, name))]
        return (min(each.start for each in found), max(each.end for each in found)) if found else None

    def _of_year(self, anchor: str, year: int, province: str | None) -> Occasion | None:
        found = self._calendar.occurrence(anchor, year, province)
        return Occasion(str(found.year), found.year, found.start, found.end) if found else None


def _years(first: date, last: date) -> range:
    """The years of all occasions that may touch [first, last]: none begins before the December before its year."""
    return range(max(FIRST_YEAR, first.year), min(LAST_YEAR, last.year + 1) + 1)


def _province(child: ChildFacts) -> str | None:
    """Hong Kong, Macao, Taiwan, and whatever was once written down otherwise: as for a child whose province is not known."""
    return child.province if child.province in PROVINCES else None


def fits_age(child: ChildFacts, audience: Audience, day: date) -> bool:
    """Whether the child is of the age that is asked for on `day`."""
    ages = audience.child_age
    return ages is None or ages[0] <= child.age_months(day) < ages[1]


def _weeks(first: date, last: date) -> Iterator[Occasion]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        year, week, _ = monday.isocalendar()
        number = (monday - _MONDAY).days // 7
        yield Occasion(f"{year}-W{week:02}", number, monday, monday + timedelta(days=6))
        monday += timedelta(days=7)


def _birthdays(facts: Facts, audience: Audience, first: date, last: date) -> Iterator[Occasion]:
    for child in facts.children:
        # A birthday guessed from "about seven" would be wrong, and a wrong one hurts.
        if child.estimated:
            continue
        for year in range(first.year, last.year + 1):
            day = _birthday(child.birth_month, year)
            if year > child.birth_month.year and first <= day <= last and fits_age(child, audience, day):
                yield Occasion(f"{child.birth_month:%Y-%m}:{year}", year, day, day, child)


def _birthday(born: date, year: int) -> date:
    """Born on 29 February: the 28th in other years. (Only the month is kept of a child, so its first day in all other cases.)"""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _course(facts: Facts, first: date, last: date) -> Iterator[Occasion]:
    due = facts.course_due
    if due and first <= due.on <= last:
        yield Occasion(due.lesson[:40], 0, due.on, due.on)


def _reunion(anchor: str, facts: Facts, first: date, last: date) -> Iterator[Occasion]:
    meeting = facts.reunion
    # Who said only when they meet did not say when they part.
    if meeting is None or (anchor == "departure" and not meeting.planned):
        return
    start = meeting.end if anchor == "departure" else meeting.start
    if start <= last and meeting.end >= first:
        yield Occasion(meeting.key, 0, start, meeting.end, whom_they_meet(facts), meeting.start, meeting.planned)
