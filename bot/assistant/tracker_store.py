"""Rasa tracker store over our database: one short row a turn, read back only as far as a talk needs.

Rasa's own SQLTrackerStore works on the event loop's thread, writes a row an event, reads the whole session for every message,
counts it again before saving, and cannot forget a parent within the turn that asked for it (it would save the talk again at the
turn's end). Measured in docs/performance.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from bot import services
from bot.assistant.tables import TurnRow
from bot.clock import Clock
from bot.db import Database, DatabaseError
from bot.logs import keeping
from bot.logs.broker import LogBroker
from bot.logs.writer import Remembered
from bot.reminders import busy
from bot.wechat import sql

log = structlog.get_logger(__name__)

# A form has seven questions a child; sixty turns hold one for several children with every second answer misunderstood.
TURNS_REMEMBERED = 60
FORGET_SLOT = "privacy_forget"
_STORED = "_jiashu_stored_events"

# Each message needs both.
_LATEST = sql.Prepared(
    select(TurnRow.events, TurnRow.starts_session)
    .where(TurnRow.parent_key == bindparam("parent_key"))
    .order_by(TurnRow.id.desc())
    .limit(bindparam("most"))
)
_APPEND = sql.Prepared(
    insert(TurnRow.__table__).values(
        {name: bindparam(name, type_=TurnRow.__table__.c[name].type) for name in ("parent_key", "at", "starts_session", "events")}
    )
)


class ExpiringTrackerStore(TrackerStore, SerializedTrackerAsText):  # type: ignore[misc]  # Rasa's base is untyped
    """Keeps the events of the current session, at most `TURNS_REMEMBERED` turns of it.

    A database that is locked or full costs the memory of the talk, not the answer: it is logged, and the turn goes on.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        database: Database | None = None,
        clock: Clock | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._database = database or services.database()
        self._clock = clock or services.clock()
        self._forms: set[str] = set()

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new tracker; unlike Rasa's it is not saved before the turn has happened."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        try:
            events = await self._database.glance(_events_of, sender_id)
        except DatabaseError as error:
            log.error("tracker.unreadable", reason=error.reason)
            return None
        if not events or self.domain is None:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        setattr(tracker, _STORED, len(tracker.events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        try:
            await self._save(tracker)
        except DatabaseError as error:
            log.error("tracker.not_saved", reason=error.reason)

    async def _save(self, tracker: DialogueStateTracker) -> None:
        if tracker.get_slot(FORGET_SLOT):
            await self._forget(tracker.sender_id)
            return
        new = list(tracker.events)[getattr(tracker, _STORED, 0) :]
        if new:
            # Not `stream_events`: it would read the talk again to find out which events are new.
            events = [event.as_dict() for event in new]
            await self._stream(tracker.sender_id, new, events)
            starts_session = any(isinstance(event, SessionStarted) for event in new)
            as_text = json.dumps(events, ensure_ascii=False)
            form = self._form(tracker)
            await self._database.run(_append, tracker.sender_id, self._clock.now(), starts_session, as_text, form)
        setattr(tracker, _STORED, len(tracker.events))

    def _form(self, tracker: DialogueStateTracker) -> bool | None:
        """Whether a form is open now; None: none is, and none was, which nearly always is so and needs no writing."""
        if tracker.active_loop_name:
            self._forms.add(tracker.sender_id)
            return True
        if tracker.sender_id not in self._forms:
            return None
        self._forms.discard(tracker.sender_id)
        return False

    async def _stream(self, parent_key: str, new: list[Event], as_dicts: list[dict[str, Any]]) -> None:
        if isinstance(self.event_broker, LogBroker):
            self.event_broker.publish_turn(parent_key, as_dicts)
        elif self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, parent_key)

    async def _forget(self, parent_key: str) -> None:
        await self._database.run(erase, parent_key)
        if isinstance(self.event_broker, LogBroker):
            # The action may have run in another process: what this one still has on its way must go too.
            self.event_broker.writer.forget(parent_key)
            await self._database.run(keeping.erase, parent_key)

    async def keys(self) -> Iterable[str]:
        return await self._database.read(_keys)


def erase(session: Session, parent_key: str) -> int:
    """Forget the talk of a parent; return how many turns went."""
    return int(session.execute(delete(TurnRow).where(TurnRow.parent_key == parent_key)).rowcount)


def purge(session: Session, before: datetime) -> int:
    """Forget turns older than `before` (aware); return how many."""
    return int(session.execute(delete(TurnRow).where(TurnRow.at < before)).rowcount)


def recalled(session: Session, since: datetime, after: int, limit: int = 100) -> list[Remembered]:
    """Turns from `since` on with an id above `after`, oldest first: for a log that has missed some."""
    found = select(TurnRow).where(TurnRow.at >= since, TurnRow.id > after).order_by(TurnRow.id).limit(limit)
    return [Remembered(row.id, row.parent_key, row.at, json.loads(row.events)) for row in session.scalars(found)]


def _events_of(session: Session, parent_key: str) -> list[dict[str, Any]]:
    turns: list[str] = []
    for events, starts_session in _LATEST.run(session, parent_key=parent_key, most=TURNS_REMEMBERED):
        turns.append(events)
        if starts_session:
            break
    return [event for events in reversed(turns) for event in json.loads(events)]


def _append(
    session: Session, parent_key: str, now: datetime, starts_session: bool, events: str, form: bool | None = None
) -> None:
    _APPEND.run(session, parent_key=parent_key, at=now, starts_session=starts_session, events=events)
    if form:
        busy.enter(session, parent_key, now)
    elif form is False:
        busy.leave(session, parent_key)


def _keys(session: Session) -> list[str]:
    return list(session.scalars(select(TurnRow.parent_key).distinct()))
