"""Misses: those that ask the same in one group, and what is made of them: a training example or the wish for a lesson."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.logs import news
from bot.logs.paging import row_id
from bot.logs.reading import PAGE, ranking
from bot.logs.review import ReviewError
from bot.logs.shapes import Example, Group, Miss, Page, Request
from bot.logs.tables import examples, groups, notices, requests, talks, turns
from bot.privacy import scrubber

_LONGEST = 200


def groups_page(session: Session, state: str = "open", after: str = "", limit: int = PAGE) -> Page[Group]:
    """Groups with the most misses first; `state`: open, taken, done, or empty for all."""
    found = select(groups).where(groups.c.misses > 0)
    if state:
        found = found.where(groups.c.state == state)
    count, last = map(row_id, after.partition("-")[::2])
    if count is not None and last is not None:
        same_count = (groups.c.misses == count) & (groups.c.id < last)
        found = found.where((groups.c.misses < count) | same_count)
    rows = session.execute(found.order_by(groups.c.misses.desc(), groups.c.id.desc()).limit(limit + 1)).all()
    more = f"{rows[limit - 1].misses}-{rows[limit - 1].id}" if len(rows) > limit else ""
    return Page(tuple(_group(row) for row in rows[:limit]), more)


def group(session: Session, group_id: int) -> Group | None:
    """One group."""
    row = session.execute(select(groups).where(groups.c.id == group_id)).one_or_none()
    return _group(row) if row else None


def misses_of(session: Session, group_id: int, after: str = "", limit: int = PAGE) -> Page[Miss]:
    """The misses of a group, newest first."""
    found = select(turns, talks.c.ref).join(talks, talks.c.id == turns.c.talk_id).where(turns.c.group_id == group_id)
    last = row_id(after)
    if last is not None:
        found = found.where(turns.c.id < last)
    rows = session.execute(found.order_by(turns.c.id.desc()).limit(limit + 1)).all()
    made = tuple(
        Miss(row.id, row.ref, row.at, row.text, row.outcome, ranking(row.ranking), row.settled) for row in rows[:limit]
    )
    return Page(made, str(made[-1].turn_id) if len(rows) > limit else "")


def take_group(session: Session, group_id: int, reviewer: str) -> None:
    """Assign a group; an empty reviewer gives it back."""
    change = update(groups).where(groups.c.id == group_id, groups.c.state != "done")
    session.execute(change.values(state="taken" if reviewer else "open", reviewer=reviewer or None))


def close_group(session: Session, group_id: int, reviewer: str, now: datetime) -> None:
    """Nothing (more) is to be made of it."""
    values = {"state": "done", "reviewer": reviewer, "done_at": now}
    session.execute(update(groups).where(groups.c.id == group_id).values(**values))


def reopen_group(session: Session, group_id: int) -> None:
    """It was closed too early."""
    session.execute(update(groups).where(groups.c.id == group_id).values(state="open", reviewer=None, done_at=None))


def dismiss(session: Session, turn_id: int) -> None:
    """A miss of which nothing can be learned."""
    _settle(session, turn_id, "dismissed")


def propose_example(session: Session, turn_id: int | None, text: str, target: str, by: str, now: datetime) -> Example:
    """Make a training example; anonymised again, because the reviewer may have changed the words. Shown before it is confirmed.

    `target`: lesson/<slug>, or the name of an intent.

    Raises:
        ReviewError: nothing was written.
        ScrubError: it could not be anonymised; nothing was kept.
    """
    said = scrubber().scrub(" ".join(text.split())[:_LONGEST]).text
    if not said:
        raise ReviewError("例句不能是空的")
    values = {"turn_id": turn_id, "text": said, "target": target, "state": "proposed", "by": by, "at": now}
    made = session.execute(examples.insert().values(**values)).inserted_primary_key[0]
    if turn_id is not None:
        _settle(session, turn_id, "example")
    return Example(made, said, target, "proposed", by, "", now)


def confirm_example(session: Session, example_id: int, by: str) -> None:
    """It is right and names nobody: the next publishing takes it.

    Raises:
        ReviewError: it still holds a placeholder, or is gone.
    """
    row = session.execute(select(examples).where(examples.c.id == example_id)).one_or_none()
    if row is None:
        raise ReviewError("这个例句已经不在了")
    if "〈" in row.text:
        raise ReviewError("例句里还有〈…〉，先改成一般的说法，比如“孩子”“老师”")
    change = update(examples).where(examples.c.id == example_id, examples.c.state == "proposed")
    session.execute(change.values(state="confirmed", confirmed_by=by))


def drop_example(session: Session, example_id: int) -> None:
    """Take it back; what is published stays."""
    row = session.execute(select(examples).where(examples.c.id == example_id)).one_or_none()
    if row is None or row.state == "published":
        return
    session.execute(examples.delete().where(examples.c.id == example_id))
    if row.turn_id is not None:
        _settle(session, row.turn_id, "")


def examples_in(session: Session, state: str, limit: int = 500) -> tuple[Example, ...]:
    """Examples that are proposed, confirmed or published; oldest first."""
    rows = session.execute(select(examples).where(examples.c.state == state).order_by(examples.c.id).limit(limit))
    return tuple(Example(row.id, row.text, row.target, row.state, row.by, row.confirmed_by or "", row.at) for row in rows)


def examples_published(session: Session, ids: list[int], now: datetime) -> None:
    """They are in the data files now; who asked so is told that there is an answer."""
    rows = session.execute(select(examples).where(examples.c.id.in_(ids), examples.c.state == "confirmed")).all()
    session.execute(update(examples).where(examples.c.id.in_([row.id for row in rows])).values(state="published", published_at=now))
    for row in rows:
        kind, _, slug = row.target.partition("/")
        if kind == "lesson" and slug and row.turn_id is not None:
            news.tell(session, [row.turn_id], slug, now)


def unpublished(session: Session, at: datetime) -> None:
    """What was published at that moment was taken back: its examples wait again, its wishes are open, who was not told yet is not told."""
    again = update(examples).where(examples.c.state == "published", examples.c.published_at == at)
    session.execute(again.values(state="confirmed", published_at=None))
    session.execute(notices.delete().where(notices.c.at == at, notices.c.told_at.is_(None)))
    fulfilled = (requests.c.state == "done", requests.c.done_at == at)
    answered = select(requests.c.group_id).where(*fulfilled, requests.c.group_id.is_not(None))
    reopened = update(groups).where(groups.c.id.in_(answered), groups.c.done_at == at)
    session.execute(reopened.values(state="open", done_at=None).execution_options(synchronize_session=False))
    session.execute(update(requests).where(*fulfilled).values(state="open", done_at=None))


def ask_for_lesson(
    session: Session, wish: str, owner: str, by: str, now: datetime, group_id: int | None = None, turn_id: int | None = None
) -> int:
    """Ask an editor for a lesson on what was missed; returns the id of the request.

    Raises:
        ReviewError: nothing was written, or nobody is to write it.
    """
    said = " ".join(wish.split())[:_LONGEST]
    if not said or not owner:
        raise ReviewError("写明想要一课讲什么，再选一位编辑来写")
    values = {"group_id": group_id, "turn_id": turn_id, "wish": said, "owner": owner, "by": by, "at": now, "state": "open"}
    made = int(session.execute(requests.insert().values(**values)).inserted_primary_key[0])
    if turn_id is not None:
        _settle(session, turn_id, "request")
    if group_id is not None:
        session.execute(update(turns).where(turns.c.group_id == group_id, turns.c.settled == "").values(settled="request"))
    return made


def requests_in(session: Session, state: str = "open", owner: str = "") -> tuple[Request, ...]:
    """Wanted lessons, oldest first, with the number of misses behind each."""
    found = select(requests, func.coalesce(groups.c.misses, 1).label("misses"))
    found = found.join(groups, groups.c.id == requests.c.group_id, isouter=True).where(requests.c.state == state)
    if owner:
        found = found.where(requests.c.owner == owner)
    return tuple(_request(row) for row in session.execute(found.order_by(requests.c.id)))


def fulfil(session: Session, request_id: int, lesson: str, now: datetime) -> int:
    """The lesson is published: those who asked are told at their next contact. Returns how many will be."""
    row = session.execute(select(requests).where(requests.c.id == request_id)).one_or_none()
    if row is None or row.state == "done":
        return 0
    session.execute(update(requests).where(requests.c.id == request_id).values(state="done", lesson=lesson, done_at=now))
    asked = [row.turn_id] if row.turn_id else []
    if row.group_id:
        asked += session.scalars(select(turns.c.id).where(turns.c.group_id == row.group_id))
        session.execute(update(groups).where(groups.c.id == row.group_id).values(state="done", done_at=now))
    return news.tell(session, asked, lesson, now)


def lesson_published(session: Session, lesson: str, now: datetime) -> int:
    """To be called when a lesson is published: fulfils every open request that names it. Returns how many will be told."""
    named = session.scalars(select(requests.c.id).where(requests.c.state == "open", requests.c.lesson == lesson)).all()
    return sum(fulfil(session, request_id, lesson, now) for request_id in named)


def assign_lesson(session: Session, request_id: int, lesson: str) -> None:
    """The draft of this slug is the answer to the request."""
    session.execute(update(requests).where(requests.c.id == request_id).values(lesson=lesson))


def _settle(session: Session, turn_id: int, how: str) -> None:
    session.execute(update(turns).where(turns.c.id == turn_id).values(settled=how))


def _group(row: Any) -> Group:
    return Group(row.id, row.title, row.misses, row.first_at, row.last_at, row.state, row.reviewer or "")


def _request(row: Any) -> Request:
    return Request(row.id, row.wish, row.owner, row.by, row.at, row.state, row.lesson or "", row.misses)
