"""Write anonymised turns: many in one transaction, each once."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from bot import services
from bot.logs import counts, outcomes, staff
from bot.logs.cleaning import Clean, Reply
from bot.logs.days import day_of
from bot.logs.grouping import Grouping
from bot.logs.heard import Heard
from bot.logs.sittings import Sitting, save, take_up
from bot.logs.tables import SafetyFlagRow, answers, daily, feedback, parents, talk_topics, turns, words
from bot.logs.upsert import add_up, insert_new
from bot.privacy import pseudonym
from bot.text.plain import squash

# An answer's words, and the talk that they belong to.
_Answer = tuple[str, int | None]

# A flag is raised within the turn whose record comes a moment later.
_FLAG_BEFORE = timedelta(minutes=5)

# Made once: building a statement costs SQLAlchemy more than the database needs for it, and each batch of turns needs these.
_KEYS = bindparam("keys", expanding=True)
_KNOWN = select(turns.c.key).where(turns.c.key.in_(_KEYS))
_IDS = select(turns.c.key, turns.c.id).where(turns.c.key.in_(_KEYS))
_WHOSE = select(parents.c.parent_key, parents.c.id).where(parents.c.parent_key.in_(_KEYS))
_ANSWERS = select(answers.c.id, answers.c.digest).where(answers.c.digest.in_(_KEYS))
_SEEN = (
    update(parents)
    .where(parents.c.parent_key == bindparam("whose"))
    .values(book=bindparam("new_book"), last_at=bindparam("now"))
)
_NEW_TURN, _NEW_WORDS = turns.insert(), words.insert()


def write(
    session: Session, batch: Sequence[Clean], key: str, grouping: Grouping, forgotten: Mapping[str, int] | None = None
) -> int:
    """Write what is not written yet; returns how many turns that were.

    `key`: of pseudonyms. `forgotten`: parents who were erased, and the sequence up to which their turns are dropped; looked at inside
    the transaction, so that an erasure cannot be overtaken by a turn that was on its way.
    """
    gone = forgotten or {}
    new = _new(session, [each for each in batch if each.sequence > gone.get(each.heard.parent_key, -1)])
    if not new:
        return 0
    whose = _parents(session, new, key)
    touched = take_up(session, new, whose)
    save(session, touched)
    _save_turns(session, touched, grouping)
    _save_topics(session, touched)
    add_up(session, daily, _counted(new), "count")
    # Beside what to do in danger nothing else is given.
    met = {whose[each.heard.parent_key] for each in new if each.heard.outcome != outcomes.DANGER}
    staff.given(session, met, new[-1].heard.at)
    return len(new)


def books(session: Session, parent_keys: Sequence[str]) -> dict[str, str]:
    """The stored placeholders of these parents."""
    found = select(parents.c.parent_key, parents.c.book).where(parents.c.parent_key.in_(list(parent_keys)))
    return {row.parent_key: row.book for row in session.execute(found)}


def parent_id(session: Session, parent_key: str, now: datetime, key: str) -> int:
    """The row of a parent, made if there is none."""
    found = session.execute(select(parents.c.id).where(parents.c.parent_key == parent_key)).scalar_one_or_none()
    if found is None:
        insert_new(session, parents, [_parent(parent_key, "", now, key)])
        found = session.execute(select(parents.c.id).where(parents.c.parent_key == parent_key)).scalar_one()
    return int(found)


def _new(session: Session, batch: Sequence[Clean]) -> list[Clean]:
    by_key: dict[str, Clean] = {}
    for each in batch:
        by_key.setdefault(each.heard.key, each)
    known = set(session.scalars(_KNOWN, {"keys": list(by_key)}))
    return [each for key, each in by_key.items() if key not in known]


def _parents(session: Session, new: Sequence[Clean], key: str) -> dict[str, int]:
    latest = {each.heard.parent_key: each for each in new}
    insert_new(session, parents, [_parent(name, each.book, each.heard.at, key) for name, each in latest.items()])
    values = [{"whose": name, "new_book": each.book, "now": each.heard.at} for name, each in latest.items()]
    session.connection().execute(_SEEN, values)
    return {row.parent_key: row.id for row in session.execute(_WHOSE, {"keys": list(latest)})}


def _parent(parent_key: str, book: str, now: datetime, key: str) -> dict[str, Any]:
    name, ref = pseudonym(parent_key, key), secrets.token_hex(6)
    return {"parent_key": parent_key, "ref": ref, "name": name, "book": book, "first_at": now, "last_at": now}


def _save_turns(session: Session, sittings: Sequence[Sitting], grouping: Grouping) -> None:
    ordered = sorted(((clean, sitting) for sitting in sittings for clean in sitting.fresh), key=_arrival)
    texts = _answers(session, {(reply.text, _home(reply, sitting)) for clean, sitting in ordered for reply in clean.replies})
    rows = [_row(clean, sitting, texts, _group(session, clean, grouping)) for clean, sitting in ordered]
    session.execute(_NEW_TURN, rows)
    ids = {row.key: row.id for row in session.execute(_IDS, {"keys": [row["key"] for row in rows]})}
    searched = [
        {"turn_id": ids[clean.heard.key], "talk_id": sitting.id, "words": squash(clean.text)}
        for clean, sitting in ordered
        if clean.text and not clean.text.startswith("/")
    ]
    if searched:
        session.execute(_NEW_WORDS, searched)
    for clean, sitting in ordered:
        _link(session, clean, sitting, ids[clean.heard.key])
    _link_flags(session, [(clean.heard, ids[clean.heard.key]) for clean, _ in ordered if clean.heard.danger_script])


def _arrival(pair: tuple[Clean, Sitting]) -> tuple[int, datetime]:
    return pair[0].sequence, pair[0].heard.at


def _home(reply: Reply, sitting: Sitting) -> int | None:
    return None if reply.shared else sitting.id


def _row(clean: Clean, sitting: Sitting, texts: Mapping[_Answer, int], group: int | None) -> dict[str, Any]:
    heard = clean.heard
    return {
        "key": heard.key,
        "talk_id": sitting.id,
        "parent_id": sitting.parent_id,
        "at": heard.at,
        "kind": heard.kind,
        "text": clean.text,
        "withheld": clean.withheld,
        "outcome": heard.outcome,
        "intent": heard.intent,
        "confidence": heard.confidence,
        "lesson": heard.ranking[0][0] if heard.ranking else None,
        "ranking": json.dumps(heard.ranking),
        "age_months": heard.age_months,
        "danger_script": heard.danger_script or None,
        "danger_by": heard.danger_by or None,
        "answered_with": heard.answered_with or None,
        "answers": json.dumps([texts[reply.text, _home(reply, sitting)] for reply in clean.replies]),
        "score": None,
        "group_id": group,
        "settled": "",
    }


def _answers(session: Session, given: set[_Answer]) -> dict[_Answer, int]:
    digests = {hashlib.sha256(f"{talk}:{text}".encode()).hexdigest()[:32]: (text, talk) for text, talk in given}
    rows = [{"digest": digest, "text": text, "talk_id": talk} for digest, (text, talk) in sorted(digests.items())]
    insert_new(session, answers, rows)
    return {digests[row.digest]: row.id for row in session.execute(_ANSWERS, {"keys": list(digests)})}


def _group(session: Session, clean: Clean, grouping: Grouping) -> int | None:
    missed = clean.heard.outcome in outcomes.MISSES and clean.text and not clean.text.startswith("/")
    return grouping.place(session, clean.text, clean.heard.at) if missed else None


def _link(session: Session, clean: Clean, sitting: Sitting, turn_id: int) -> None:
    """What hangs on this turn: the answer that it is the parent's word on."""
    heard = clean.heard
    if heard.score is not None:
        scored = select(func.max(turns.c.id)).where(
            turns.c.parent_id == sitting.parent_id, turns.c.answered_with == heard.lesson_scored, turns.c.id < turn_id
        )
        _set(session, update(turns).where(turns.c.id == scored.scalar_subquery()).values(score=heard.score))
    if heard.outcome == outcomes.MISSING:
        asked = select(func.max(feedback.c.id)).where(feedback.c.parent_id == sitting.parent_id, feedback.c.score == 0)
        _set(session, update(feedback).where(feedback.c.id == asked.scalar_subquery()).values(missing_turn_id=turn_id))


def _link_flags(session: Session, dangerous: Sequence[tuple[Heard, int]]) -> None:
    """A flag belongs to the first turn of its parent and its script that ended after it was raised."""
    for heard, turn_id in dangerous:
        flagged = select(func.min(SafetyFlagRow.id)).where(
            SafetyFlagRow.parent_key == heard.parent_key,
            SafetyFlagRow.script == heard.danger_script,
            SafetyFlagRow.turn_id.is_(None),
            SafetyFlagRow.at > heard.at - _FLAG_BEFORE,
            SafetyFlagRow.at <= heard.at,
        )
        _set(session, update(SafetyFlagRow).where(SafetyFlagRow.id == flagged.scalar_subquery()).values(turn_id=turn_id))


def _set(session: Session, change: Any) -> None:
    session.execute(change.execution_options(synchronize_session=False))


def _save_topics(session: Session, sittings: Sequence[Sitting]) -> None:
    rows = [
        {"topic": topic, "talk_id": each.id, "parent_id": each.parent_id, "started_at": each.started_at}
        for each in sittings
        for topic in sorted({topic_of(clean) for clean in each.fresh} - {""})
    ]
    insert_new(session, talk_topics, rows)


def topic_of(clean: Clean) -> str:
    """The series of the lesson that was given, or danger; "" for talk around it."""
    heard = clean.heard
    if heard.outcome == outcomes.DANGER:
        return "danger"
    lesson = services.library().lessons.get(heard.answered_with)
    return lesson.series if lesson and heard.outcome in (outcomes.ANSWERED, outcomes.ALTERNATIVES) else ""


def _counted(new: Sequence[Clean]) -> list[dict[str, Any]]:
    counted: Counter[tuple[date, str, str]] = Counter()
    for clean in new:
        heard, day = clean.heard, day_of(clean.heard.at)
        counted[day, counts.OUTCOME, heard.outcome] += 1
        for measure, name in (
            (counts.TOPIC, topic_of(clean)),
            (counts.LESSON, heard.answered_with if heard.outcome in (outcomes.ANSWERED, outcomes.ALTERNATIVES) else ""),
            (counts.DANGER, heard.danger_script if heard.outcome == outcomes.DANGER else ""),
            (counts.SCORE, "" if heard.score is None else str(heard.score)),
            (counts.WITHHELD, "text" if clean.withheld else ""),
        ):
            if name:
                counted[day, measure, name] += 1
    # Sorted, so that two processes take the rows in the same order and never wait for each other.
    return [{"day": day, "measure": measure, "name": name, "count": count} for (day, measure, name), count in sorted(counted.items())]
