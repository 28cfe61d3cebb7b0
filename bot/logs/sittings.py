"""Sittings: turns of a parent with less than two hours between them are one talk, and what happened in it is marked on it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from bot.logs import outcomes
from bot.logs.cleaning import Clean
from bot.logs.tables import talks

# As long as Rasa's session (domain/basics.yml): after that a new matter is taken up.
SITTING = timedelta(hours=2)
_PREVIEW = 60
_SIGNS = ("fallback", "low_confidence", "not_useful", "danger")

# Made once: building a statement costs SQLAlchemy more than the database needs for it, and each batch of turns needs these.
_LATEST = select(talks).where(
    talks.c.id.in_(
        select(func.max(talks.c.id)).where(talks.c.parent_id.in_(bindparam("whose", expanding=True))).group_by(talks.c.parent_id)
    )
)
_BEGIN = talks.insert()
_CHANGE = (
    update(talks)
    .where(talks.c.id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in ("last_at", "turns", "preview", "state", *_SIGNS)})
)


@dataclass
class Sitting:
    """A talk while turns are added to it."""

    id: int
    parent_id: int
    started_at: datetime
    last_at: datetime
    turns: int
    preview: str
    state: str
    signs: dict[str, bool]
    fresh: list[Clean] = field(default_factory=list)


def take_up(session: Session, new: Sequence[Clean], whose: Mapping[str, int]) -> list[Sitting]:
    """The talks that these turns belong to, new ones begun, each with its turns in `fresh`; `whose`: row of a parent by parent_key."""
    current = {each.parent_id: each for each in _latest(session, set(whose.values()))}
    touched: dict[int, Sitting] = {}
    for each in new:
        parent = whose[each.heard.parent_key]
        sitting = current.get(parent)
        if sitting is None or each.heard.at - sitting.last_at >= SITTING:
            sitting = current[parent] = _begin(session, parent, each.heard.at)
        _add(sitting, each)
        touched[sitting.id] = sitting
    return list(touched.values())


def _latest(session: Session, parent_ids: set[int]) -> list[Sitting]:
    rows = session.execute(_LATEST, {"whose": list(parent_ids)})
    return [
        Sitting(row.id, row.parent_id, row.started_at, row.last_at, row.turns, row.preview, row.state, _signs(row)) for row in rows
    ]


def _signs(row: Any) -> dict[str, bool]:
    return {name: getattr(row, name) for name in _SIGNS}


def _begin(session: Session, parent: int, at: datetime) -> Sitting:
    signs = dict.fromkeys(_SIGNS, False)
    values = {"ref": secrets.token_hex(6), "parent_id": parent, "started_at": at, "last_at": at, "turns": 0, "preview": "", "state": "none"}
    made = session.execute(_BEGIN, {**values, **signs}).inserted_primary_key[0]
    return Sitting(int(made), parent, at, at, 0, "", "none", signs)


def _add(sitting: Sitting, clean: Clean) -> None:
    heard = clean.heard
    sitting.fresh.append(clean)
    sitting.turns += 1
    sitting.last_at = max(sitting.last_at, heard.at)
    if not sitting.preview and not clean.text.startswith("/"):
        sitting.preview = clean.text[:_PREVIEW]
    raised = {
        "fallback": heard.outcome in (outcomes.FALLBACK, outcomes.REJECTED),
        "low_confidence": is_doubtful(clean),
        "not_useful": heard.score == 0 or heard.outcome == outcomes.MISSING,
        "danger": bool(heard.danger_script),
    }
    sitting.signs = {name: sitting.signs[name] or now for name, now in raised.items()}
    # Doubt alone is for the filter: it would put every fifth talk into the queue.
    worth = raised["fallback"] or raised["not_useful"] or raised["danger"]
    if worth and sitting.state in ("none", "done"):
        sitting.state = "open"


def is_doubtful(clean: Clean) -> bool:
    """Answered with a lesson of which it was not sure."""
    heard = clean.heard
    unsure = heard.outcome == outcomes.ANSWERED and heard.intent == "lesson" and bool(heard.ranking)
    return heard.outcome == outcomes.ALTERNATIVES or (unsure and heard.ranking[0][1] < outcomes.LOW_CONFIDENCE)


def save(session: Session, sittings: Sequence[Sitting]) -> None:
    """Write what the turns have changed in their talks."""
    rows = [
        {
            "which": each.id,
            "new_last_at": each.last_at,
            "new_turns": each.turns,
            "new_preview": each.preview,
            "new_state": each.state,
            **{f"new_{name}": sign for name, sign in each.signs.items()},
        }
        for each in sittings
    ]
    session.connection().execute(_CHANGE, rows)
