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
from rasa.shared.core.events import ActionExecuted, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot import services
from bot.assistant.tables import TurnRow
from bot.clock import Clock
from bot.db import Database, DatabaseError

log = structlog.get_logger(__name__)

# A form has seven questions a child; sixty turns hold one for several children with every second answer misunderstood.
TURNS_REMEMBERED = 60
FORGET_SLOT = "privacy_forget"
_STORED = "_jiashu_stored_events"


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

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new tracker; unlike Rasa's it is not saved before the turn has happened."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        try:
            events = await self._database.read(_events_of, sender_id)
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
            await self._database.run(erase, tracker.sender_id)
            return
        await self.stream_events(tracker)
        new = list(tracker.events)[getattr(tracker, _STORED, 0) :]
        if new:
            starts_session = any(isinstance(event, SessionStarted) for event in new)
            as_text = json.dumps([event.as_dict() for event in new], ensure_ascii=False)
            await self._database.run(_append, tracker.sender_id, self._clock.now(), starts_session, as_text)
        setattr(tracker, _STORED, len(tracker.events))

    async def keys(self) -> Iterable[str]:
        return await self._database.read(_keys)


def erase(session: Session, parent_key: str) -> int:
    """Forget the talk of a parent; return how many turns went."""
    return int(session.execute(delete(TurnRow).where(TurnRow.parent_key == parent_key)).rowcount)


def purge(session: Session, before: datetime) -> int:
    """Forget turns older than `before` (aware); return how many."""
    return int(session.execute(delete(TurnRow).where(TurnRow.at < before)).rowcount)


def _events_of(session: Session, parent_key: str) -> list[dict[str, Any]]:
    latest = select(TurnRow.events, TurnRow.starts_session).where(TurnRow.parent_key == parent_key)
    turns: list[str] = []
    for events, starts_session in session.execute(latest.order_by(TurnRow.id.desc()).limit(TURNS_REMEMBERED)):
        turns.append(events)
        if starts_session:
            break
    return [event for events in reversed(turns) for event in json.loads(events)]


def _append(session: Session, parent_key: str, now: datetime, starts_session: bool, events: str) -> None:
    session.add(TurnRow(parent_key=parent_key, at=now, starts_session=starts_session, events=events))


def _keys(session: Session) -> list[str]:
    return list(session.scalars(select(TurnRow.parent_key).distinct()))
