"""How far the plan reaches, for which campaigns, and since when nobody was looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.reminders.tables import state

_LONG_AGO = datetime(2000, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Known:
    """`digest` of the campaigns that were planned; `looked_at`: everything that parents did before was taken in."""

    planned_until: datetime = _LONG_AGO
    digest: str = ""
    looked_at: datetime = _LONG_AGO


def read(session: Session) -> Known:
    """What the last pass left; `Known()` before the first one."""
    found = dict(session.execute(select(state.c.name, state.c.value)).all())
    return Known(
        _moment(found.get("planned_until")), str(found.get("digest", "")), _moment(found.get("looked_at"))
    )


def write(session: Session, known: Known) -> None:
    """Keep it for the next pass, and for the next leader."""
    values = {
        "planned_until": known.planned_until.isoformat(),
        "digest": known.digest,
        "looked_at": known.looked_at.isoformat(),
    }
    session.execute(delete(state).where(state.c.name.in_(list(values))))
    session.execute(state.insert(), [{"name": name, "value": value} for name, value in values.items()])


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else _LONG_AGO
