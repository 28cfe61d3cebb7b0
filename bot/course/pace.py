"""How fast a parent wants to go, and when the next lesson is due then."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

from bot.clock import BEIJING

# Words as on the buttons; the keys stand in the database and in campaigns (`course_pace`).
PACES = {"daily": "每天一课", "twice_weekly": "每周两课", "weekly": "每周一课", "own": "自己来，不用提醒"}
OWN = "own"

_DAYS = {"daily": 1, "twice_weekly": 3, "weekly": 7}
# After the midday meal; quiet hours and shifts are the dispatcher's to mind.
_AT = time(12, 15)


def next_due(pace: str, now: datetime) -> datetime | None:
    """When the next lesson is due after one was done (or the pace chosen) at `now`; None for who sets out alone.

    `twice_weekly` is every third day: a fixed weekday would fall on a night shift every other week.
    """
    days = _DAYS.get(pace)
    if days is None:
        return None
    day = now.astimezone(BEIJING).date() + timedelta(days=days)
    return datetime.combine(day, _AT, BEIJING).astimezone(timezone.utc)
