"""How long the desk's questions to the record take with many turns in it.

    python -m bench.record [TURNS] [DATABASE_URL]

Fills an empty database (default: SQLite in a temporary folder) by the same code that writes turns in service, then asks each
question again and again. Turns are put together from lesson questions, so that words are shared as they are in life.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy.orm import Session

from bot import services
from bot.db import Database
from bot.logs import counts, flags, misses, outcomes, reading, review, writing
from bot.logs.cleaning import Clean, Reply
from bot.logs.days import day_of
from bot.logs.grouping import Grouping
from bot.logs.heard import Heard
from bot.logs.shapes import TalkFilter

KEY = "k" * 32
BATCH = 200
ROUNDS = 20
DAYS = 300
START = datetime(2026, 1, 1, tzinfo=timezone.utc)
# Roughly as on our own evaluation sets.
MIX = (
    (outcomes.ANSWERED, 62), (outcomes.ALTERNATIVES, 14), (outcomes.FALLBACK, 6), (outcomes.OFF_TOPIC, 3), (outcomes.SMALL_TALK, 8),
    (outcomes.FORM, 4), (outcomes.TASK, 2), (outcomes.DANGER, 1),
)  # fmt: skip


def turns(total: int, chance: random.Random) -> Iterator[Clean]:
    """Turns of some thousand parents over `DAYS` days, in order of time, in sittings of a few."""
    lessons = list(services.library().lessons.values())
    names, weights = zip(*MIX, strict=True)
    number = 0
    while number < total:
        at = START + timedelta(days=DAYS) * (number / total)
        parent = f"p{chance.randrange(max(50, total // 40))}"
        for step in range(chance.randint(1, 6)):
            number += 1
            outcome = chance.choices(names, weights)[0]
            yield _clean(number, parent, at + timedelta(seconds=40 * step), outcome, chance.choice(lessons), chance)


def _clean(number: int, parent: str, at: datetime, outcome: str, lesson: Any, chance: random.Random) -> Clean:
    text = chance.choice(lesson.questions) + chance.choice(["", "", "啊", "，急", "谢谢", f"{chance.randint(1, 14)}岁了"])
    if outcome == outcomes.FALLBACK:
        # Half of what is missed is asked by many, half by one.
        text = chance.choice(lesson.questions) if chance.random() < 0.5 else "".join(chance.sample("".join(lesson.questions), 9))
    given = lesson.slug if outcome in (outcomes.ANSWERED, outcomes.ALTERNATIVES) else ""
    heard = Heard(
        key=f"{number:032d}", parent_key=parent, at=at, kind="text", text="", outcome=outcome, intent="lesson", confidence=0.8,
        ranking=((lesson.slug, 0.8), ("other", 0.1)), age_months=chance.choice([None, 30, 60]),
        danger_script="choking" if outcome == outcomes.DANGER else "", danger_by="patterns", answered_with=given, replies=(),
    )  # fmt: skip
    return Clean(heard, text, False, (Reply(lesson.reply(None), shared=True),), "{}", number)


def questions(first: date, last: date, ref: str, flag_words: str) -> dict[str, Callable[[Session], object]]:
    """What the pages of the desk ask."""

    def page(**wanted: Any) -> Callable[[Session], object]:
        return lambda session: reading.talks_page(session, TalkFilter(**wanted))

    return {
        "talks": page(),
        "talks deep down": lambda session: reading.talks_page(session, TalkFilter(), "500"),
        "open": page(state="open"),
        "fallback": page(fallback=True),
        "low confidence, one topic": page(low_confidence=True, topic="child_safety"),
        "danger in one week": page(danger=True, week=first),
        "not useful (none)": page(not_useful=True),
        "search, frequent": page(words="孩子"),
        "search, rare": page(words=flag_words),
        "search, nothing": page(words="没有这几个字的"),
        "search, two parts and a sign": page(words="孩子 岁了", danger=True),
        "one talk": lambda session: reading.talk(session, ref),
        "queues": review.queue_counts,
        "safety queue": flags.flags_page,
        "groups of misses": misses.groups_page,
        "overview of 30 days": lambda session: counts.overview(session, last - timedelta(days=29), last),
        "overview of all": lambda session: counts.overview(session, first, last),
        "CSV of all": lambda session: counts.csv_rows(session, first, last),
    }


def fill(database: Database, total: int) -> float:
    """Write the turns; returns seconds."""
    grouping, batch, began = Grouping(), list[Clean](), time.perf_counter()
    for clean in turns(total, random.Random(7)):
        batch.append(clean)
        if clean.heard.outcome == outcomes.DANGER:
            with database.session() as session:
                session.add(flags.SafetyFlagRow(parent_key=clean.heard.parent_key, script="choking", found_by="patterns", at=clean.heard.at))
        if len(batch) == BATCH:
            _write(database, batch, grouping)
            batch = []
    _write(database, batch, grouping)
    return time.perf_counter() - began


def _write(database: Database, batch: list[Clean], grouping: Grouping) -> None:
    with database.session() as session:
        writing.write(session, batch, KEY, grouping)


def main(total: int, url: str) -> None:
    database = Database(url)
    database.upgrade()
    services.library()
    took = fill(database, total)
    print(f"{total} turns written in {took:.0f} s, {total / took:.0f} a second")
    with database.session(readonly=True) as session:
        ref = reading.talks_page(session, TalkFilter(state="open")).items[0].ref
    first, last = day_of(START), day_of(START + timedelta(days=DAYS))
    print(f"{'':34}p50 ms  p95 ms")
    for name, ask in questions(first, last, ref, "尿床").items():
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            with database.session(readonly=True) as session:
                ask(session)
            times.append((time.perf_counter() - began) * 1000)
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name:34}{statistics.median(times):6.1f}  {p95:6.1f}")
    database.close()


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        main(how_many, sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/record.db")
