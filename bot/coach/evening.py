"""What tonight is like for one parent: what was said before, how the last call went, night shift, grief."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.coach import calls, given
from bot.coach.wanted import Wanted
from bot.people.preferences import preferences
from bot.reminders.hours import beijing_day
from bot.reminders.people import hours_of

STOPPED = "call_coach"
# Jokes, games and make-believe are out of place in a house of mourning.
CHEERFUL = frozenset({"fun", "games", "dreams"})
_SHORT = 10


@dataclass(frozen=True)
class Evening:
    """`used`: keys of openers of the last sixty days; `went`: how the last call of this week went (see `bot.coach.calls`)."""

    used: frozenset[str] = frozenset()
    went: str | None = None
    night_shift: bool = False
    grieving: bool = False

    def shaped(self, wanted: Wanted) -> Wanted:
        """The wish, and what the last call teaches: after a halting one openers for the silent, after none a short one."""
        if self.went == calls.SO_SO and wanted.mood is None:
            return replace(wanted, mood="quiet")
        if self.went == calls.NONE and wanted.minutes is None:
            return replace(wanted, minutes=_SHORT)
        return wanted


def evening(session: Session, parent_key: str, now: datetime) -> Evening:
    """Read it all at once."""
    today = beijing_day(now)
    wishes = preferences(session, parent_key)
    return Evening(
        used=given.recently(session, parent_key, given.STARTER, now),
        went=calls.last_went(session, parent_key, now),
        night_shift=bool(wishes.shift and hours_of(wishes.shift).works_nights(today)),
        grieving=bool(wishes.grief_until and wishes.grief_until >= today),
    )


def may_ask(session: Session, parent_key: str) -> bool:
    """Whether the parent wants to be asked how a call went."""
    return STOPPED not in preferences(session, parent_key).stopped_kinds
