"""Every room that keeps something about a parent, and how it forgets it. One list, for each process in which a parent may say so."""

from __future__ import annotations

from bot.assistant import tracker_store
from bot.coach import given as coach
from bot.course import progress as course
from bot.logs import keeping
from bot.people.erasure import register_eraser, rooms
from bot.reminders import outbox
from bot.reunion import plans as reunion
from bot.wechat import forget

ERASERS = {
    "assistant": tracker_store.erase,
    "coach": coach.erase,
    "course": course.erase,
    "logs": keeping.erase,
    "reminders": outbox.erase,
    "reunion": reunion.erase,
    "wechat": forget.erase,
}


def register_erasers() -> None:
    """Register what is not registered yet; a process that holds more of a room's data registers its own before or after."""
    for room, erase in ERASERS.items():
        if room not in rooms():
            register_eraser(room, erase)
