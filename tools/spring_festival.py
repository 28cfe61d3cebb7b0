"""`make screenshots`: one mother's phone from thirty days before Spring Festival to ten days after, for docs/spring-festival.md.

Starts `jiashu run` on a database of its own and turns the simulator's clock: to each thing that the mother says (tools/spring_story.py)
and to each moment at which something is due. Takes some minutes: the clock process looks every five seconds.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.reminders.hours import at_hour
from tools import spring_story as story
from tools import taking

PORT, PHONE_PORT, WEB_PORT, CLOCK_PORT = 5125, 5126, 5127, 5128
PHONE = f"http://127.0.0.1:{PHONE_PORT}"
# The day and hour after which the picture is taken.
PICTURES = {
    "spring-festival-plan": (-30, 13, 10),
    "spring-festival-call": (-27, 20, 30),
    "spring-festival-tickets": (-16, 19, 0),
    "spring-festival-gifts": (-12, 20, 30),
    "spring-festival-before": (-5, 13, 0),
    "spring-festival-eve": (-1, 9, 30),
    "spring-festival-together": (1, 14, 0),
    "spring-festival-parting": (4, 9, 0),
    "spring-festival-after": (8, 20, 30),
}


def main() -> int:
    """Tell the story and take its pictures."""
    with _jiashu() as database, taking.chromium() as browser:
        _turn(story.TALK[0].moment - timedelta(hours=3))
        page = taking.follow(browser, PHONE, taking.NARROW, "小梅")
        for moment, words, picture in _script():
            _until(database, moment)
            if words:
                taking.say(page, words)
            if picture:
                taking.still(page)
                taking.save(page, picture)
    return 0


def _script() -> list[tuple[datetime, str, str]]:
    """What is said and what is photographed, in order of time."""
    said = [(each.moment, each.words, "") for each in story.TALK]
    taken = [
        (at_hour(story.NEW_YEAR + timedelta(days=day), datetime.min.replace(hour=hour, minute=minute).time()), "", name)
        for name, (day, hour, minute) in PICTURES.items()
    ]
    return sorted(said + taken)


def _until(database: Path, moment: datetime) -> None:
    """There, with a stop at every day and wherever something is due."""
    while True:
        now = _now()
        _wait_until_sent(database, now)
        stop = min(moment, _next_due(database) or moment, now + timedelta(days=1))
        if stop <= now:
            return
        _turn(stop + timedelta(seconds=1))


def _wait_until_sent(database: Path, now: datetime) -> None:
    """Until nothing is open that was due `now`."""
    ends = time.monotonic() + taking.WITHIN
    while (due := _next_due(database)) is not None and due <= now:
        if time.monotonic() > ends:
            raise SystemExit("the clock process does not send what is due")
        time.sleep(0.5)


def _next_due(database: Path) -> datetime | None:
    with sqlite3.connect(database, timeout=30) as connection:
        open_states = "('planned', 'claimed', 'sending', 'gathered')"
        (found,) = connection.execute(f"SELECT min(not_before) FROM reminders_outbox WHERE state IN {open_states}").fetchone()  # noqa: S608
    return datetime.fromisoformat(found).replace(tzinfo=timezone.utc) if found else None


def _turn(moment: datetime) -> None:
    _set_clock({"set": moment.isoformat()})
    time.sleep(1)  # the other processes look at the clock's file twice a second


def _set_clock(body: dict[str, object]) -> None:
    asked = urllib.request.Request(f"{PHONE}/sim/clock", json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    urllib.request.urlopen(asked, timeout=10).close()  # noqa: S310 - our own loopback address


def _now() -> datetime:
    with urllib.request.urlopen(f"{PHONE}/sim/state", timeout=10) as answer:  # noqa: S310 - as above
        return datetime.fromisoformat(json.load(answer)["now"].replace("Z", "+00:00"))


@contextmanager
def _jiashu() -> Iterator[Path]:
    """A running Jiashu of its own; gives its database."""
    with taking.folder() as place:
        database = place / "spring.db"
        own = {"JIASHU_PORT": str(PORT), "JIASHU_SIMULATOR_PORT": str(PHONE_PORT), "JIASHU_WEB_PORT": str(WEB_PORT)}
        own |= {"JIASHU_CLOCK_PORT": str(CLOCK_PORT), "JIASHU_DATABASE_URL": f"sqlite:///{database}"}
        well = [f"http://127.0.0.1:{port}/health" for port in (PORT, CLOCK_PORT)]
        with taking.serving("run", well, own):
            try:
                yield database
            finally:
                with suppress(OSError):
                    _set_clock({"reset": True})  # the clock's file outlives the run


if __name__ == "__main__":
    sys.exit(main())
