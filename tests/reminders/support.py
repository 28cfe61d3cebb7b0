"""What the tests of reminders share: campaigns of their own, a calendar, parents as facts, and a wire that is a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.calendar import Calendar
from bot.content.vacations import read_vacations
from bot.reminders.campaigns import Campaigns, load_campaigns
from bot.reminders.facts import ChildFacts, Facts, Reunion
from bot.reminders.gateway import Fate, Message, Reach, Result, Rights
from bot.reminders.hours import BEIJING

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(__file__).parent / "campaigns"
ALL_RIGHTS = Rights(custom=True, subscription=True, template=True, mass=True, mass_by_list=True)
OPEN = Reach(following=True, custom_left=4)
FOLLOWS = Reach(following=True)
SEVEN = Facts(children=(ChildFacts(date(2019, 5, 1), province="湖南"),))


def campaigns() -> Campaigns:
    return load_campaigns(FOLDER)


def calendar() -> Calendar:
    return Calendar(read_vacations(ROOT / "content" / "calendar" / "vacations.yml"))


def around(start: date, key: str = "plan-1", **more: Any) -> Facts:
    """Of a parent with a reunion of ten days."""
    return Facts(children=SEVEN.children, reunion=Reunion(key, start, start + timedelta(days=9), **more))


def beijing(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


@dataclass
class Wire:
    """A gateway whose parents are a dict; what was sent stands in `sent`."""

    parents: dict[str, Reach] = field(default_factory=dict)
    allowed: Rights = ALL_RIGHTS
    active: list[str] = field(default_factory=list)
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    mass: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    noted: list[Result] = field(default_factory=list)
    resting: dict[str, datetime] = field(default_factory=dict)

    def rights(self) -> Rights:
        return self.allowed

    def reach(self, _session: Session, keys: Collection[str], _now: datetime) -> dict[str, Reach]:
        return {key: self.parents[key] for key in keys if key in self.parents}

    def followers(self, _session: Session, after: str, most: int) -> list[str]:
        return sorted(key for key, reach in self.parents.items() if key > after and reach.following)[:most]

    def active_since(self, _session: Session, _moment: datetime) -> list[str]:
        return list(self.active)

    def pauses(self, _session: Session, now: datetime) -> dict[str, datetime]:
        return {way: until for way, until in self.resting.items() if until > now}

    def take(self, _session: Session, keys: Sequence[str], _way: str, _now: datetime) -> set[str]:
        return set(keys)

    async def send(self, parent_key: str, way: str, message: Message) -> Result:
        result = self.results.pop(0) if self.results else Result(Fate.SENT)
        if result.fate is Fate.SENT:
            self.sent.append((parent_key, way, message.text))
        return result

    def note(self, _session: Session, way: str, _parent_key: str, result: Result, _now: datetime) -> None:
        self.noted.append(result)
        if result.pause_until:
            self.resting[way] = result.pause_until

    async def send_mass(self, client_id: str, keys: Sequence[str], text: str) -> Result:
        result = self.results.pop(0) if self.results else Result(Fate.SENT, message_id=f"m{len(self.mass)}")
        if result.fate is Fate.SENT:
            self.mass.append((client_id, tuple(keys), text))
        return result


@dataclass
class Known:
    """A source of facts that is a dict."""

    facts: dict[str, Facts] = field(default_factory=dict)

    def between(self, _session: Session, first: str, last: str) -> dict[str, Facts]:
        return {key: each for key, each in self.facts.items() if first <= key <= last}

    def many(self, _session: Session, keys: Collection[str]) -> dict[str, Facts]:
        return {key: self.facts[key] for key in keys if key in self.facts}


def days(moments: Collection[datetime]) -> list[date]:
    return [moment.astimezone(BEIJING).date() for moment in moments]
