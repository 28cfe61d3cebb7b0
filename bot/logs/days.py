"""Days and weeks as parents and staff count them: China has one time zone, without summer time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


def day_of(moment: datetime) -> date:
    """The day in China of an aware moment."""
    return moment.astimezone(BEIJING).date()


def start_of(day: date) -> datetime:
    """The moment in which that day begins in China, in UTC."""
    return datetime.combine(day, time(), BEIJING).astimezone(timezone.utc)


def monday_of(day: date) -> date:
    """The Monday of that week."""
    return day - timedelta(days=day.weekday())
