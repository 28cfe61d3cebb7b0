"""What this room keeps of a parent, for 我的资料 and 导出. The openers stand there in words, by their keys nobody would know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.coach import calls, given
from bot.coach.tables import CallRow, GivenRow
from bot.content.tables.shelf import Shelf
from bot.reminders.hours import BEIJING

_WENT = {calls.GOOD: "聊得好", calls.SO_SO: "一般", calls.NONE: "没聊成"}
_KINDS: Mapping[str, str] = {given.STARTER: "话头", given.PHOTO: "照片题目"}


@dataclass(frozen=True)
class Kept:
    """Each entry that was given (its kind, key and day) and each call (the day of the openers and how it went, "" untold)."""

    entries: tuple[tuple[str, str, str], ...] = ()
    calls: tuple[tuple[str, str], ...] = ()


def kept(session: Session, parent_key: str) -> Kept:
    """Everything, the oldest first."""
    entries = session.scalars(select(GivenRow).where(GivenRow.parent_key == parent_key).order_by(GivenRow.id))
    made = session.scalars(select(CallRow).where(CallRow.parent_key == parent_key).order_by(CallRow.id))
    return Kept(
        tuple((row.kind, row.entry, f"{row.at.astimezone(BEIJING):%Y-%m-%d}") for row in entries),
        tuple((f"{row.prepared_at.astimezone(BEIJING):%Y-%m-%d}", row.went or "") for row in made),
    )


def in_words(found: Kept) -> str:
    """One line; "" when nothing is kept."""
    counts = {kind: sum(each == kind for each, _, _ in found.entries) for kind in _KINDS}
    parts = [f"给过您 {counts[kind]} 个{name}" for kind, name in _KINDS.items() if counts[kind]]
    told = sum(bool(went) for _, went in found.calls)
    parts += [f"{told} 次电话聊得怎么样"] if told else []
    return f"今晚聊什么：记着{'、'.join(parts)}，免得重复。" if parts else ""


def as_data(found: Kept, shelf: Shelf) -> dict[str, object]:
    """For JSON; empty when nothing is kept. What editors have reworded meanwhile stands there by its key."""
    words = {each.key: each.say for each in shelf.starters} | {each.key: each.title for each in shelf.photos}
    entries = [{"日子": day, _KINDS.get(kind, kind): words.get(key, key)} for kind, key, day in found.entries]
    made = [{"日子": day, "聊得怎么样": _WENT.get(went)} for day, went in found.calls]
    return {name: value for name, value in (("给过的", entries), ("电话", made)) if value}
