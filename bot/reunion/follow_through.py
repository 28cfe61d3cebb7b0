"""Whether what was advised got done: the measure of the whole reminding. Functions take a session, as in plans.py."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.reunion.tables import AnswerRow

YES, NO, NOT_YET = "yes", "no", "not_yet"
ANSWERS = (YES, NO, NOT_YET)
TOLD = {YES: "做了", NO: "不做", NOT_YET: "还没"}
# What is asked, as campaigns name it, in words for the desk.
ASKED = {
    "plan_done": "和孩子商量计划",
    "ticket_done": "买票",
    "gift_done": "挑礼物",
    "talk_done": "和带孩子的人通气",
    "activity_done": "一起玩",
    "call_done": "打电话",
    "safety_done": "安全检查",
    "lesson_done": "上课",
}

# What is done once for a reunion, and then need not be said again; playing and telephoning go on.
ONCE = frozenset({"plan_done", "ticket_done", "gift_done", "talk_done"})
# Without a plan it counts for the festival or vacation that is near.
FRESH = timedelta(days=30)
# The occurrence of what was told without a plan and without being asked.
UNPLANNED = "unplanned"


@dataclass(frozen=True)
class Counts:
    """How many steps were answered how."""

    yes: int = 0
    no: int = 0
    not_yet: int = 0

    @property
    def answered(self) -> int:
        """All that were answered."""
        return self.yes + self.no + self.not_yet


@dataclass(frozen=True)
class Asked:
    """One step that reached the parent; `step` without the "?" of its follow-up."""

    campaign: str
    occurrence: str
    step: str
    expect: str


def note(session: Session, parent_key: str, asked: Asked, answer: str, now: datetime) -> None:
    """Keep the parent's answer; a later one to the same step takes its place."""
    if answer not in ANSWERS:
        raise ValueError(f"{answer} is no answer; known are: {', '.join(ANSWERS)}")
    key = (parent_key, asked.campaign, asked.occurrence, asked.step.removesuffix("?"))
    row: AnswerRow | None = session.get(AnswerRow, key)
    if row is None:
        row = AnswerRow(parent_key=key[0], campaign=key[1], occurrence=key[2], step=key[3])
        session.add(row)
    row.expect, row.answer, row.at = asked.expect, answer, now
    session.flush()


def settled_of(session: Session, keys: Collection[str], planned: Mapping[str, str], now: datetime) -> dict[str, frozenset[str]]:
    """What these parents have done or will not do (of `ONCE`), asked or not; those without any are missing.

    `planned`: the keys of their plans: for who has one, only what was said about this plan counts.
    """
    wanted = list(keys)
    return _settled(session, lambda key: key.in_(wanted), planned, now)


def settled_between(
    session: Session, first: str, last: str, planned: Mapping[str, str], now: datetime
) -> dict[str, frozenset[str]]:
    """The same of parents with keys from `first` to `last`, both included."""
    return _settled(session, lambda key: key.between(first, last), planned, now)


def _settled(
    session: Session, chosen: Callable[[Any], Any], planned: Mapping[str, str], now: datetime
) -> dict[str, frozenset[str]]:
    columns = (AnswerRow.parent_key, AnswerRow.occurrence, AnswerRow.expect, AnswerRow.answer, AnswerRow.at)
    mine = (chosen(AnswerRow.parent_key), AnswerRow.answer.in_((YES, NO)), AnswerRow.expect.in_(sorted(ONCE)))
    found: dict[str, set[str]] = {}
    for key, occurrence, expect, answer, at in session.execute(select(*columns).where(*mine)):
        # With a plan, no ticket means another way to travel (kept in the plan) or no plan any more.
        of_plan = occurrence == planned.get(key) and (expect, answer) != ("ticket_done", NO)
        if of_plan or (key not in planned and at > now - FRESH):
            found.setdefault(key, set()).add(expect)
    return {key: frozenset(expects) for key, expects in found.items()}


def follow_through(session: Session, since: datetime | None = None) -> Mapping[str, Counts]:
    """For each thing that was asked (keys of `ASKED`), how many were done, not done, not yet; numbers without persons."""
    chosen = select(AnswerRow.expect, AnswerRow.answer, func.count()).group_by(AnswerRow.expect, AnswerRow.answer)
    if since is not None:
        chosen = chosen.where(AnswerRow.at >= since)
    found: dict[str, dict[str, int]] = {}
    for expect, answer, count in session.execute(chosen):
        found.setdefault(expect, {})[answer] = count
    return {expect: Counts(**answers) for expect, answers in sorted(found.items())}
