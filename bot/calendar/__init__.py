"""Festivals, lunar days, statutory days off and school vacations, 2020–2050. Knows nobody and keeps nothing.

`Calendar` answers by anchor (`spring_festival`, `winter_vacation`, …); `festival`, `days_off` and `is_workday` need no
content. All dates are calendar days in China; what is not published yet says `estimated`.
"""

from bot.calendar.anchors import ANCHORS, Calendar
from bot.calendar.festivals import FESTIVALS, festival, from_lunar, in_lunar_words
from bot.calendar.occurrence import FIRST_YEAR, LAST_YEAR, CalendarError, Occurrence
from bot.calendar.statutory import DaysOff, days_off, is_published, is_workday
from bot.calendar.vacations import PROVINCES, Fixed, Known, Rule, Vacations

__all__ = [
    "ANCHORS",
    "FESTIVALS",
    "FIRST_YEAR",
    "LAST_YEAR",
    "PROVINCES",
    "Calendar",
    "CalendarError",
    "DaysOff",
    "Fixed",
    "Known",
    "Occurrence",
    "Rule",
    "Vacations",
    "days_off",
    "festival",
    "from_lunar",
    "in_lunar_words",
    "is_published",
    "is_workday",
]
