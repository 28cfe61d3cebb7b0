"""Numbers for the overview and for its CSV. What fewer than ten parents or messages make up is never shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from bot.logs import outcomes
from bot.logs.days import start_of
from bot.logs.shapes import Count, Day, Overview, Useful
from bot.logs.tables import SafetyFlagRow, daily, feedback, groups, talk_topics, talks

# Fewer could be told apart by somebody who knows the factory.
SMALLEST = 10
_LISTED = 12

OUTCOME, TOPIC, LESSON, SCORE, DANGER, WITHHELD = "outcome", "topic", "lesson", "score", "danger", "withheld"
_HEAD = ("日期", "类别", "名称", "次数")
_FEW = f"少于{SMALLEST}"

Counts = dict[tuple[date, str, str], int]


def overview(session: Session, first: date, last: date) -> Overview:
    """The days from `first` to `last`, both included."""
    summed = _summed(session, first, last)
    by_day = _by_day(session, first, last)
    flags = _flags(session, first, last)
    waits = [(looked - at).total_seconds() / 60 for at, looked in flags if looked]
    asked = {name: count for name, count in summed.get(OUTCOME, {}).items() if name in outcomes.QUESTIONS}
    return Overview(
        first=first,
        last=last,
        days=tuple(_day(by_day, first + timedelta(days=number)) for number in range((last - first).days + 1)),
        outcomes=_listed(asked),
        topics=_topics(session, first, last),
        lessons=_listed(summed.get(LESSON, {})),
        scores=tuple(Count(name, shown(summed.get(SCORE, {}).get(name, 0))) for name in ("100", "50", "0")),
        misses=_misses(session, first, last),
        dangers=_listed(summed.get(DANGER, {})),
        questions=shown(sum(asked.values())),
        danger=shown(len(flags)),
        not_looked_at=sum(1 for _, looked in flags if not looked),
        first_look_minutes=median(waits) if len(waits) >= SMALLEST else None,
        withheld=sum(summed.get(WITHHELD, {}).values()),
        parents=shown(_parents(session, first, last)),
    )


def csv_rows(session: Session, first: date, last: date) -> list[tuple[str, ...]]:
    """Counts as rows of text, the head first; nothing in them begins a formula.

    By day; lessons for the whole span, because a lesson a day is nearly always too few to be shown.
    """
    rows: list[tuple[str, ...]] = [_HEAD]
    for (day, measure, name), count in sorted(_by_day(session, first, last).items()):
        rows.append((day.isoformat(), measure, name, _told(count)))
    span = f"{first.isoformat()}..{last.isoformat()}"
    for name, count in sorted(_summed(session, first, last).get(LESSON, {}).items()):
        rows.append((span, LESSON, name, _told(count)))
    return rows


def usefulness(session: Session) -> tuple[Useful, ...]:
    """What parents said of each lesson, the least useful first; lessons with fewer than ten answers are left out."""
    answered = func.count(feedback.c.score)
    found = select(feedback.c.lesson, answered, func.avg(feedback.c.score)).where(feedback.c.score.isnot(None))
    rows = session.execute(found.group_by(feedback.c.lesson).having(answered >= SMALLEST))
    made = [Useful(lesson, count, float(mean)) for lesson, count, mean in rows]
    return tuple(sorted(made, key=lambda each: (each.mean, each.lesson)))


def shown(count: int) -> int | None:
    """The count; None where it is too small to be shown. Nothing at all is shown as nothing."""
    return count if count >= SMALLEST or count == 0 else None


def _told(count: int) -> str:
    return str(count) if count >= SMALLEST else _FEW


def _by_day(session: Session, first: date, last: date) -> Counts:
    found = select(daily).where(daily.c.day >= first, daily.c.day <= last, daily.c.measure != LESSON)
    return {(row.day, row.measure, row.name): row.count for row in session.execute(found)}


def _summed(session: Session, first: date, last: date) -> dict[str, dict[str, int]]:
    found = select(daily.c.measure, daily.c.name, func.sum(daily.c.count)).where(daily.c.day >= first, daily.c.day <= last)
    summed: dict[str, dict[str, int]] = {}
    for measure, name, count in session.execute(found.group_by(daily.c.measure, daily.c.name)):
        summed.setdefault(measure, {})[name] = int(count)
    return summed


def _listed(summed: dict[str, int]) -> tuple[Count, ...]:
    """The largest first, without what is too small to be shown."""
    ordered = sorted(summed.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(name, count) for name, count in ordered if count >= SMALLEST)[:_LISTED]


def _day(by_day: Counts, day: date) -> Day:
    def count(measure: str, names: Iterable[str]) -> int:
        return sum(by_day.get((day, measure, name), 0) for name in names)

    return Day(
        day=day,
        questions=shown(count(OUTCOME, outcomes.QUESTIONS)),
        answered=shown(count(OUTCOME, (outcomes.ANSWERED, outcomes.DANGER))),
        unsure=shown(count(OUTCOME, (outcomes.ALTERNATIVES, outcomes.FALLBACK, outcomes.REJECTED))),
        not_useful=shown(count(SCORE, ("0",))),
        danger=shown(count(OUTCOME, (outcomes.DANGER,))),
    )


def _topics(session: Session, first: date, last: date) -> tuple[Count, ...]:
    """Topics by the number of parents, not of messages: one who asks twelve times is still one."""
    people = func.count(distinct(talk_topics.c.parent_id))
    found = select(talk_topics.c.topic, people).where(
        talk_topics.c.started_at >= start_of(first), talk_topics.c.started_at < start_of(last + timedelta(days=1))
    )
    return _listed(dict(session.execute(found.group_by(talk_topics.c.topic)).all()))


def _misses(session: Session, first: date, last: date) -> tuple[Count, ...]:
    found = select(groups.c.title, groups.c.misses).where(
        groups.c.last_at >= start_of(first), groups.c.first_at < start_of(last + timedelta(days=1)), groups.c.misses >= SMALLEST
    )
    rows = session.execute(found.order_by(groups.c.misses.desc(), groups.c.id).limit(_LISTED))
    return tuple(Count(title, misses) for title, misses in rows)


def _flags(session: Session, first: date, last: date) -> list[tuple[datetime, datetime | None]]:
    found = select(SafetyFlagRow.at, SafetyFlagRow.looked_at).where(
        SafetyFlagRow.at >= start_of(first), SafetyFlagRow.at < start_of(last + timedelta(days=1))
    )
    return [(row.at, row.looked_at) for row in session.execute(found)]


def _parents(session: Session, first: date, last: date) -> int:
    found = select(func.count(distinct(talks.c.parent_id))).where(
        talks.c.started_at >= start_of(first), talks.c.started_at < start_of(last + timedelta(days=1))
    )
    return int(session.execute(found).scalar_one())
