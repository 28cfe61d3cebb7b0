"""Which child is a question about?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.people.parents import Profile

BEIJING = ZoneInfo("Asia/Shanghai")


def age_for(ages: tuple[int, int], profile: Profile, now: datetime) -> int | None:
    """The age in months of the one child that a lesson for `ages` [from, to) fits; None when none or several do."""
    today = now.astimezone(BEIJING).date()
    fitting = [age for age in (child.age_months(today) for child in profile.children) if ages[0] <= age < ages[1]]
    return fitting[0] if len(fitting) == 1 else None
