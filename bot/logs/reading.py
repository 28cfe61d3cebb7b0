"""Talks in a list, by signs and by words, and one talk whole. Every function takes a session and only reads.

Lists go from the newest talk to the oldest and are paged by id, so that a page costs the same however deep it lies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.logs import staff, takeovers
from bot.logs.days import start_of
from bot.logs.paging import row_id
from bot.logs.shapes import Note, Page, Talk, TalkFilter, TalkLine, Turn
from bot.logs.tables import SafetyFlagRow, answers, notes, parents, talk_topics, talks, turns, words
from bot.text.plain import squash

PAGE = 30
# A search reads the words of every turn until it has enough talks; longer parts than this only cost.
_LONGEST_PART = 40

_LINE = (*talks.c, parents.c.ref.label("parent_ref"), parents.c.name.label("parent_name"))
_SIGNS = ("fallback", "low_confidence", "not_useful", "danger")


def talks_page(session: Session, wanted: TalkFilter, after: str = "", limit: int = PAGE) -> Page[TalkLine]:
    """The talks that fit, newest first.

    No full-text index of SQLite or PostgreSQL cuts Chinese. The words of 200,000 turns are read in some 40 ms; so a search stays
    exact, finds parts of words, and is the same on both databases. Measured in docs/review.md.
    """
    found = select(*_LINE).join(parents, parents.c.id == talks.c.parent_id)
    conditions = _conditions(wanted)
    parts = [squash(part)[:_LONGEST_PART] for part in wanted.words.split()]
    said = [words.c.words.like(f"%{part}%") for part in parts if part]  # squash leaves nothing that LIKE takes for a wildcard
    if wanted.words.strip() and not said:
        return Page(())
    if said and not conditions:
        return _searched(session, found, said, row_id(after), limit)
    if said:
        # Signs leave few talks: better to look into those than through all words.
        conditions.append(exists().where(words.c.talk_id == talks.c.id, *said))
    last = row_id(after)
    if last is not None:
        conditions.append(talks.c.id < last)
    rows = session.execute(found.where(*conditions).order_by(talks.c.id.desc()).limit(limit + 1)).all()
    return Page(tuple(_line(row) for row in rows[:limit]), str(rows[limit - 1].id) if len(rows) > limit else "")


def talk(session: Session, ref: str) -> Talk | None:
    """One talk with its turns, notes and what humans wrote; None: there is none (any more)."""
    row = session.execute(
        select(*_LINE).join(parents, parents.c.id == talks.c.parent_id).where(talks.c.ref == ref)
    ).one_or_none()
    if row is None:
        return None
    said = session.execute(select(turns).where(turns.c.talk_id == row.id).order_by(turns.c.id)).all()
    written = select(notes).where(notes.c.talk_id == row.id).order_by(notes.c.id)
    flags = select(SafetyFlagRow.id).where(SafetyFlagRow.turn_id.in_([each.id for each in said]))
    return Talk(
        line=_line(row),
        turns=_turns(session, said),
        # A human's words belong to the talk that they follow, until the next one begins.
        staff=staff.between(session, row.parent_id, row.started_at, _next_start(session, row)),
        notes=tuple(Note(each.author, each.text, each.at) for each in session.execute(written)),
        takeover=takeovers.current(session, row.parent_id),
        done_by=row.done_by or "",
        done_at=row.done_at,
        seconded_at=row.seconded_at,
        flags=tuple(session.scalars(flags)),
    )


def turn(session: Session, turn_id: int) -> Turn | None:
    """One turn by its id."""
    rows = session.execute(select(turns).where(turns.c.id == turn_id)).all()
    return next(iter(_turns(session, rows)), None)


def parent_key(session: Session, parent_ref: str) -> str | None:
    """For routing only (bot.wechat.window): it never goes onto a page."""
    key: str | None = session.execute(select(parents.c.parent_key).where(parents.c.ref == parent_ref)).scalar_one_or_none()
    return key


def replies(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The texts of answers by their ids."""
    found = select(answers.c.id, answers.c.text).where(answers.c.id.in_(set(ids)))
    return {row.id: row.text for row in session.execute(found)}


def _conditions(wanted: TalkFilter) -> list[Any]:
    conditions: list[Any] = [talks.c[sign].is_(True) for sign in _SIGNS if getattr(wanted, sign)]
    if wanted.topic:
        of_topic = exists().where(talk_topics.c.talk_id == talks.c.id, talk_topics.c.topic == wanted.topic)
        conditions.append(of_topic)
    if wanted.week:
        begins = start_of(wanted.week)
        conditions += [talks.c.started_at >= begins, talks.c.started_at < begins + timedelta(days=7)]
    if wanted.state:
        conditions.append(talks.c.state == wanted.state)
    if wanted.reviewer:
        conditions.append(talks.c.reviewer == wanted.reviewer)
    if wanted.parent:
        conditions.append(parents.c.ref == wanted.parent)
    return conditions


def _searched(session: Session, found: Select, said: Sequence[Any], last: int | None, limit: int) -> Page[TalkLine]:
    """By words alone: turns from the newest on, until there are enough talks. The page goes on after the id of a turn."""
    matching = select(words.c.turn_id, words.c.talk_id).where(*said).order_by(words.c.turn_id.desc())
    hits: dict[int, int] = {}
    start = last
    while len(hits) <= limit:
        batch = matching if last is None else matching.where(words.c.turn_id < last)
        rows = session.execute(batch.limit(limit * 4)).all()
        earlier = _found_before(session, said, start, {row.talk_id for row in rows})
        for row in rows:
            if row.talk_id not in earlier:
                hits.setdefault(row.talk_id, row.turn_id)
            last = row.turn_id
        if len(rows) < limit * 4:
            break
    shown = list(hits)[:limit]
    lines = {row.id: _line(row) for row in session.execute(found.where(talks.c.id.in_(shown)))}
    more = str(hits[list(hits)[limit]] + 1) if len(hits) > limit else ""
    return Page(tuple(lines[talk_id] for talk_id in shown if talk_id in lines), more)


def _found_before(session: Session, said: Sequence[Any], start: int | None, among: set[int]) -> set[int]:
    """Talks that a page before this one has shown: a later turn of theirs says the same."""
    if start is None:
        return set()
    shown = select(words.c.talk_id).where(words.c.talk_id.in_(among), words.c.turn_id >= start, *said)
    return set(session.scalars(shown))


def _next_start(session: Session, row: Any) -> datetime | None:
    following = select(talks.c.started_at).where(talks.c.parent_id == row.parent_id, talks.c.id > row.id)
    moment: datetime | None = session.execute(following.order_by(talks.c.id).limit(1)).scalar_one_or_none()
    return moment


def _turns(session: Session, rows: Sequence[Any]) -> tuple[Turn, ...]:
    given = {row.id: json.loads(row.answers) for row in rows}
    texts = replies(session, (each for ids in given.values() for each in ids))
    return tuple(_turn(row, tuple(texts[each] for each in given[row.id] if each in texts)) for row in rows)


def _turn(row: Any, said: tuple[str, ...]) -> Turn:
    return Turn(
        id=row.id,
        at=row.at,
        kind=row.kind,
        text=row.text,
        withheld=row.withheld,
        outcome=row.outcome,
        intent=row.intent,
        confidence=row.confidence,
        lesson=row.lesson or "",
        ranking=ranking(row.ranking),
        age_months=row.age_months,
        danger_script=row.danger_script or "",
        danger_by=row.danger_by or "",
        answered_with=row.answered_with or "",
        answers=said,
        score=row.score,
        group=row.group_id,
        settled=row.settled,
    )


def ranking(text: str) -> tuple[tuple[str, float], ...]:
    """The stored ranking."""
    return tuple((str(slug), float(sure)) for slug, sure in json.loads(text))


def _line(row: Any) -> TalkLine:
    return TalkLine(
        ref=row.ref,
        parent_ref=row.parent_ref,
        parent=row.parent_name,
        started_at=row.started_at,
        last_at=row.last_at,
        turns=row.turns,
        preview=row.preview,
        fallback=row.fallback,
        low_confidence=row.low_confidence,
        not_useful=row.not_useful,
        danger=row.danger,
        state=row.state,
        reviewer=row.reviewer or "",
        second_reviewer=row.second_reviewer or "",
    )
