"""A year as a table: every day on which something is, with its lunar day. For the terminal and for the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.calendar.anchors import Calendar
from bot.calendar.festivals import FESTIVALS, festival, in_lunar_words
from bot.calendar.occurrence import LAST_YEAR
from bot.calendar.statutory import DaysOff, days_off

ESTIMATED = "（推算）"
_VACATIONS = ("winter_vacation", "summer_vacation")
_SCHOOL = ("school_start_spring", "school_start_autumn")


@dataclass(frozen=True)
class Row:
    """One day: its weekday (一 … 日), its lunar day (腊月廿三) and what it is, in the order in which one says it."""

    day: date
    weekday: str
    lunar: str
    notes: tuple[str, ...]


def year_table(calendar: Calendar, year: int, province: str | None = None) -> tuple[Row, ...]:
    """The rows of a year, in order. Without a province school days are those of the general rule.

    Raises:
        CalendarError: an unknown province, or a year outside 2020–2050.
    """
    notes: dict[date, list[str]] = defaultdict(list)
    for day, note in (*_festivals(calendar, year, province), *_off(year), *_school(calendar, year, province)):
        notes[day].append(note)
    return tuple(_row(day, notes[day]) for day in sorted(notes))


def weekday(day: date) -> str:
    """一 … 日."""
    return "一二三四五六日"[day.weekday()]


def span(start: date, end: date) -> str:
    """2月5日–2月12日; one day alone: 2月5日."""
    first = f"{start.month}月{start.day}日"
    return first if start == end else f"{first}–{end.month}月{end.day}日"


def _row(day: date, notes: list[str]) -> Row:
    return Row(day, weekday(day), in_lunar_words(day), tuple(notes))


def _festivals(calendar: Calendar, year: int, province: str | None) -> Iterator[tuple[date, str]]:
    for anchor, name in FESTIVALS.items():
        found = calendar.occurrence(anchor, year, province)
        if found:
            yield found.start, name


def _off(year: int) -> Iterator[tuple[date, str]]:
    for near in _years(year):
        for off in days_off(near):
            yield from _in_year(year, off.start, off.end, _off_in_words(near, off))
            yield from ((day, f"补班（{_names(off)}）") for day in off.make_up if day.year == year)


def _off_in_words(year: int, off: DaysOff) -> str:
    # On the festival's own day its name stands before this note already.
    named = any(festival(anchor, year) == off.start for anchor in off.festivals)
    days = (off.end - off.start).days + 1
    return (
        f"{'' if named else _names(off)}放假 {span(off.start, off.end)}，{days} 天{ESTIMATED if off.estimated else ''}"
    )


def _names(off: DaysOff) -> str:
    return "、".join(FESTIVALS[anchor] for anchor in off.festivals)


def _school(calendar: Calendar, year: int, province: str | None) -> Iterator[tuple[date, str]]:
    found = (calendar.occurrence(anchor, near, province) for anchor in (*_VACATIONS, *_SCHOOL) for near in _years(year))
    for each in (each for each in found if each):
        mark = ESTIMATED if each.estimated else ""
        days = f" {span(each.start, each.end)}，{each.days} 天" if each.anchor in _VACATIONS else ""
        yield from _in_year(year, each.start, each.end, f"{each.name}{days}{mark}")


def _years(year: int) -> range:
    """The year, and the next, whose first days off and vacation may begin in this December."""
    return range(year, min(year + 1, LAST_YEAR) + 1)


def _in_year(year: int, start: date, end: date, note: str) -> Iterator[tuple[date, str]]:
    """The note on the first day that lies in the year."""
    first = max(start, date(year, 1, 1))
    if first <= end and first.year == year:
        yield first, note
