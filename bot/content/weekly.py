"""The tip of the week: the `try` of one lesson, another each week, the same for all parents of children of one age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from bot.clock import BEIJING
from bot.content.lessons import Lesson

# What a parent may be handed unasked: not what belongs to one family's trouble.
_SERIES = ("remote_communication", "child_safety", "early_childhood", "wellbeing", "older_children")

def tip_of_the_week(lessons: Mapping[str, Lesson], age_months: int | None, now: datetime) -> Lesson | None:
    """The lesson whose `try` is this week's, for a child of that age; None when no lesson has one."""
    # Shuffled, always in the same way: by name the neighbours are of one series, and each week would be like the last.
    fitting = sorted((each for each in lessons.values() if _fits(each, age_months)), key=_shuffled)
    if not fitting:
        return None
    # Weeks since Monday, 5 January 1970, in China.
    week = (now.astimezone(BEIJING).date().toordinal() - 719_167) // 7
    return fitting[week % len(fitting)]


def _shuffled(lesson: Lesson) -> bytes:
    return sha256(lesson.slug.encode()).digest()


def _fits(lesson: Lesson, age_months: int | None) -> bool:
    if not lesson.try_this or lesson.series not in _SERIES or "parents" not in lesson.audience:
        return False
    return age_months is None or lesson.ages[0] <= age_months < lesson.ages[1]
